import { z } from 'zod';
import { resolutionDocument } from './annotations.ts';
import { act, sha256, size } from './fields.ts';

const entryKind = z.string().describe('directory, link, empty, text, script, elf, archive, image or binary.');

export const listDocument = z
  .object({
    entries: z.array(
      z.object({
        path: z.string(),
        type: z.enum(['file', 'directory', 'symlink', 'hardlink']),
        kind: entryKind,
        files: size.describe('Files in it, at any depth; 1 for a file.'),
        size: size.describe('Bytes of the file, or of all files in it.'),
        sha256: sha256.nullable(),
        target: z.string().nullable(),
        flags: z.array(z.string()),
        reviewers: z.array(z.string()).describe('Who reviewed exactly this file.'),
      }),
    ),
  })
  .describe('assay bundle ls --json');

export const catDocument = z
  .object({
    path: z.string(),
    sha256: sha256.nullable(),
    size: size.describe('Of the whole file.'),
    offset: size,
    base64: z.base64(),
  })
  .describe('assay bundle cat --json');

export const searchDocument = z
  .object({
    hits: z.array(
      z.object({
        path: z.string(),
        kind: entryKind,
        size,
        sha256: sha256.nullable(),
        offset: size.nullable().describe('Null when only the name was looked for.'),
        line: z.int().min(1).nullable().describe('From 1; null where the file is no text.'),
        excerpt: z.string().nullable().describe('The line, or bytes as hexadecimal digits.'),
      }),
    ),
    truncated: z.boolean(),
    files: size.describe('Files whose content was looked at.'),
    bytes: size,
  })
  .describe('assay bundle search --json');

const ofSeed = { name: z.string(), seed: sha256 };

export const seedFindDocument = z
  .object({
    ...ofSeed,
    length: size.describe('Of the pattern, in bytes.'),
    offsets: z.array(size).describe('Where it stands, in the order of the search; places may overlap.'),
    total: size.describe('Places found, those that were only counted included.'),
    complete: z.boolean().describe('False when there are more than `total`.'),
  })
  .describe('assay seed find --json');

export const seedMeasureDocument = z
  .object({
    ...ofSeed,
    offset: size,
    sha256,
    length: size,
    zeros: size,
    distinct: size.describe('Different values, 0 to 256.'),
    entropy: z.number().min(0).max(8).describe('Bits a byte.'),
  })
  .describe('assay seed measure --json');

export const reviewDocument = z
  .object({
    by: z.string(),
    withdrawn: z.boolean(),
    files: z.array(z.object({ path: z.string(), sha256 })),
  })
  .describe('assay bundle review --json');

export const commentsDocument = z
  .object({
    comments: z.array(
      z.object({
        id: z.string(),
        on: z.union([
          z.object({ path: z.string(), sha256, line: z.int().min(1).nullable() }),
          z.object({ finding: z.string().describe('The key of the finding.') }),
        ]),
        text: z.string(),
        ...act,
        resolution: resolutionDocument.nullable(),
      }),
    ),
  })
  .describe('assay bundle comment, bundle comments, finding comment --json');

export const progressDocument = z
  .object({
    folders: z.array(
      z.object({
        path: z.string().describe('Empty for the whole bundle.'),
        files: size,
        bytes: size,
        reviewed: size,
        byTwo: size,
        reviewers: z.record(z.string(), size),
      }),
    ),
  })
  .describe('assay bundle progress --json');
