import { z } from 'zod';
import { sha256, size } from './fields.ts';

export const kitsDocument = z
  .object({
    kits: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        version: z.string(),
        architecture: z.string(),
        summary: z.string(),
        embedded: z.boolean().describe('Whether the kit brings its bundle.'),
        seeds: z.array(
          z.object({
            name: z.string(),
            size: size.nullable().describe('Null when nobody published it.'),
            sha256,
          }),
        ),
        steps: size.nullable().describe('Null when the steps stand in the bundle, not in the kit.'),
      }),
    ),
  })
  .describe('assay kits --json');

export const kitsMatchDocument = z
  .object({
    bundle: z.object({ name: z.string(), sha256, files: size, beside: size }),
    best: z.string().nullable().describe('The kit that an audit would take; null when none or several fit.'),
    matches: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          version: z.string(),
          architecture: z.string(),
          fit: z
            .enum(['fits', 'partly', 'no'])
            .describe('partly: a seed or the pinned files are there, but not all that the kit needs.'),
          reasons: z.array(
            z.object({
              what: z.enum(['seed', 'description', 'published', 'pins', 'version']),
              met: z.boolean(),
              text: z.string(),
            }),
          ),
        }),
      )
      .describe('Every kit, the best first.'),
  })
  .describe('assay kits match --json');

export const kitsNewDocument = z
  .object({
    folder: z.string().describe('Absolute path of the kit.'),
    id: z.string(),
    seeds: z.array(
      z.object({
        path: z.string(),
        size,
        sha256,
        source: z.string().nullable().describe('The hex0 source that assembles to exactly it.'),
      }),
    ),
    reader: z.enum(['steps', 'kaem', 'containerfile']),
    steps: size.nullable().describe('Of its plan; null while that cannot be read.'),
    expectations: size.describe('Published hashes that were read.'),
    published: z.array(z.string()),
    todo: z.array(z.string()).describe('What a person has still to fill in.'),
  })
  .describe('assay kits new --json');

export type KitsDocument = z.infer<typeof kitsDocument>;

export type KitsMatchDocument = z.infer<typeof kitsMatchDocument>;

export type KitsNewDocument = z.infer<typeof kitsNewDocument>;
