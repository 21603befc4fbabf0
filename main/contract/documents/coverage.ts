import { z } from 'zod';
import { act, ranges, sha256, size } from './fields.ts';

export const blindReviewDocument = z.object({
  by: z.string(),
  begun: z.object(act),
  ended: z.object(act).nullable().describe('Null while it goes on.'),
  others: size.describe('Annotations of others that stood when it began.'),
  explained: size.describe('Bytes that the person had explained when it ended, or has now.'),
  whole: z.boolean().describe('Whether these were all bytes of the seed.'),
});

export const blindDocument = z
  .object({
    seed: sha256,
    hides: z.boolean().describe('Whether who looks reviews it blind, and is shown only what is their own.'),
    reviews: z.array(blindReviewDocument),
  })
  .describe('assay seed blind begin, end, status --json');

export const disagreementsDocument = z
  .object({
    seed: sha256,
    hidden: z.boolean().describe('Whether who looks reviews it blind, and is told nothing.'),
    disagreements: z.array(
      z.object({
        offset: size,
        length: z.int().min(1),
        what: z
          .enum(['doubt', 'kinds', 'one'])
          .describe(
            'doubt: one explained what another asks about or warns of; kinds: one asks, another warns; one: only one of several people says anything.',
          ),
        sides: z.array(
          z.object({
            by: z.string(),
            kinds: z.array(z.enum(['explained', 'question', 'concern'])),
            annotations: z.array(z.string()).describe('Their ids.'),
          }),
        ),
      }),
    ),
  })
  .describe('assay seed disagreements --json');

export const coverageDocument = z
  .object({
    seeds: z.array(
      z.object({
        name: z.string(),
        sha256,
        size,
        explained: size.describe('Bytes that somebody explained.'),
        byTwo: size.describe('Bytes that at least two people explained.'),
        byTwoBlind: size.describe('Those of them of which the one who wrote later was reviewing blind.'),
        blind: z.array(blindReviewDocument),
        reviewers: z.array(z.object({ name: z.string(), bytes: size, ranges })),
        unexplained: ranges,
        notByTwo: ranges,
        open: z
          .object({ questions: size, concerns: size })
          .describe('Questions and concerns that nobody settled.'),
        next: size.nullable().describe('The next byte that is not explained; null when there is none.'),
      }),
    ),
  })
  .describe('assay seed coverage --json');

export type CoverageDocument = z.infer<typeof coverageDocument>;
