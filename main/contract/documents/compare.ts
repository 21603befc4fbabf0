import { z } from 'zod';
import { chainVerdict, sha256, size } from './fields.ts';

export const compareDocument = z
  .object({
    reports: z.array(
      z.object({
        path: z.string(),
        valid: z.boolean(),
        verdict: chainVerdict.nullable(),
        kit: z.string().nullable(),
        bundle: sha256.nullable(),
        signers: z.array(z.object({ identity: z.string(), fingerprint: z.string() })),
        environment: z.object({ kernel: z.string(), processor: z.string(), runtime: z.string() }).nullable(),
        kind: z.enum(['replay', 'report']),
        name: z.string().describe('What it is called: Replay 2, or the name of the file.'),
        replay: size.nullable().describe('Number of the replay, for one of a case.'),
        completed: z
          .boolean()
          .nullable()
          .describe('Whether it ran to its end; null where that is not known.'),
        running: z
          .boolean()
          .describe('Whether it is a replay that runs now; what it does not have yet is no difference.'),
      }),
    ),
    says: z.string().describe('How many agree on everything, as a sentence.'),
    environment: z
      .array(
        z.object({
          name: z.string(),
          values: z
            .array(z.string().nullable())
            .describe('One for each report, in their order; null where it is not known.'),
          differs: z.boolean(),
          together: z
            .string()
            .nullable()
            .describe(
              'When it differs together with the first divergence: between whom, as a sentence. No cause is claimed.',
            ),
        }),
      )
      .describe('What the replays were run with.'),
    unanimous: z
      .boolean()
      .describe('Whether all reports have the same hash for every artifact that any of them has.'),
    quorum: z.object({ needed: size, agreeing: size }),
    reached: z.boolean().describe('Whether as many agree as were asked for.'),
    firstDivergence: z
      .object({
        path: z.string(),
        step: size.nullable(),
        later: size.describe('Artifacts after it that do not agree.'),
        says: z.string().describe('What it means for what comes after, as a sentence.'),
      })
      .nullable(),
    artifacts: z.array(
      z.object({
        path: z.string(),
        step: size.nullable(),
        state: z.enum(['agrees', 'differs', 'partial']),
        hashes: z
          .array(sha256.nullable())
          .describe('One for each report, in their order; null where it is not there.'),
        expected: sha256
          .nullable()
          .describe('What somebody published; null when nobody did, or not one hash.'),
        sizes: z.array(size.nullable()).describe('In bytes, one for each report.'),
        verdicts: z
          .array(z.enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run']).nullable())
          .describe('One for each report; null where nobody published a hash.'),
      }),
    ),
  })
  .describe('assay compare --json');

export type CompareDocument = z.infer<typeof compareDocument>;
