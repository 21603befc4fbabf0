import { z } from 'zod';
import { annotationDocument } from './annotations.ts';
import { ranges, sha256, size } from './fields.ts';

export const annotationsExportDocument = z
  .object({
    path: z.string(),
    sha256,
    size,
    signature: z.string().nullable().describe('The signature that was written beside it; null for none.'),
    fingerprint: z.string().nullable().describe('Of the key that signed.'),
  })
  .describe('assay seed export --json');

const mergeItem = z.object({
  number: z.int().min(1).describe('Its place in the source.'),
  state: z
    .enum(['new', 'same', 'conflict', 'changed', 'elsewhere'])
    .describe('changed: this seed has only a part of its bytes, or others in their place.'),
  ranges: ranges.nullable().describe('Where the bytes stand in this seed.'),
  moved: z.boolean(),
  theirs: annotationDocument
    .pick({ id: true, ranges: true, kind: true, label: true, note: true, group: true, colour: true })
    .extend({ by: z.string(), at: z.string() }),
  ours: annotationDocument.nullable().describe('What it is in conflict with; null when that was taken away.'),
});

export const annotationsLookDocument = z
  .object({
    source: z.object({
      kind: z.enum(['file', 'case']),
      name: z.string(),
      sha256,
      seed: z.object({ name: z.string(), size, sha256 }),
      same: z.boolean().describe('Whether it speaks of exactly this seed.'),
    }),
    signature: z.object({
      state: z.enum(['none', 'good', 'bad']).describe('Good says which key, not whose it is.'),
      fingerprint: z.string().nullable(),
      problem: z.string().nullable(),
    }),
    items: z.array(mergeItem),
    fresh: ranges
      .nullable()
      .describe('What this seed has and that one had not; null when the bytes of that one are not known.'),
  })
  .describe('assay seed import --look, carry --json');

export const annotationsImportDocument = z
  .object({
    ...annotationsLookDocument.shape,
    added: z.array(z.string()).describe('Ids of the annotations that were added.'),
    replaced: z.array(z.string()).describe('Ids of one’s own that were taken away for them.'),
  })
  .describe('assay seed import, carry --json');
