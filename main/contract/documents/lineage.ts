import { z } from 'zod';
import { sha256, size } from './fields.ts';

/** The sign of a box in the figure of a chain. */
export const figureSign = z.enum([
  'reproduced',
  'differs',
  'waived',
  'missing',
  'unexpected',
  'not-run',
  'no-expectation',
  'failed',
  'blocks',
]);

export const lineageDocument = z
  .object({
    target: z.string().describe('The id of the file itself.'),
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['seed', 'source', 'artifact', 'unknown']),
        path: z.string(),
        sha256: sha256.nullable(),
        step: size.nullable(),
        verdict: z
          .enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run'])
          .nullable()
          .describe('Null where nobody published a hash.'),
        reviewers: z.array(z.string()).describe('Of a source: who reviewed it as it is.'),
      }),
    ),
    edges: z.array(z.object({ from: z.string(), to: z.string(), role: z.enum(['program', 'input']) })),
    spine: z
      .array(z.object({ path: z.string(), step: size.nullable() }))
      .describe('From the file, always along the program that made it, to a seed.'),
    steps: size,
    programs: size,
    artifacts: size,
    sources: z.object({
      files: size,
      reviewed: size,
      byTwo: size,
      notReviewed: z.array(z.string()).describe('The first 1,000 of them.'),
    }),
    seeds: z.array(
      z.object({ name: z.string(), path: z.string(), sha256, bytes: size, explained: size, byTwo: size }),
    ),
    strangers: z.array(z.string()).describe('Programs that ran as they came with the bundle.'),
  })
  .describe('assay status --lineage --json');

export type LineageDocument = z.infer<typeof lineageDocument>;

export const graphDocument = z
  .object({
    lanes: z.array(z.object({ id: z.string(), title: z.string() })),
    nodes: z
      .array(
        z.object({
          id: z.string(),
          lane: z.string(),
          kind: z.enum(['seed', 'file', 'step', 'program']),
          name: z.string().describe('Its path; of a step its title.'),
          step: size.nullable(),
          sign: figureSign
            .nullable()
            .describe('`blocks`: a program that is neither a seed nor was made here.'),
        }),
      )
      .describe('Makers before what they made.'),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        through: z.boolean().describe('Files that are not drawn lie between.'),
      }),
    ),
    folded: size.describe('Artifacts that are not drawn.'),
  })
  .describe('assay status --graph --json');

export type GraphDocument = z.infer<typeof graphDocument>;
