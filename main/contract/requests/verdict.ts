import { z } from 'zod';
import { compareDocument, countsDocument, seedReviewDocument, statementDocument } from '../documents.ts';
import { exhibitedDocument } from '../review-documents.ts';
import { count, location, nothing, personName } from './common.ts';
import { request } from './define.ts';

const waiver = z.strictObject({ by: z.string(), reason: z.string(), event: count });

/** Something that an auditor has to look at. */
export const findingRow = z.strictObject({
  id: z.string(),
  key: z.string(),
  code: z.string(),
  severity: z.enum(['high', 'medium', 'low', 'note']),
  message: z.string(),
  where: z.string(),
  state: z.enum(['open', 'waived', 'resolved']),
  waiver: waiver.nullable(),
  raised: z
    .strictObject({ by: z.string(), event: count })
    .nullable()
    .describe('Who raised it; null when it follows from the evidence.'),
  resolution: waiver.nullable().describe('What settled a finding that a person raised.'),
  exhibits: z
    .array(z.strictObject({ id: z.string(), by: z.string(), event: count, exhibit: exhibitedDocument }))
    .describe('What people laid beside it.'),
  step: z
    .strictObject({ number: count, program: count.nullable() })
    .nullable()
    .describe(
      'The step that it is about, and the place of the program among those seen in it; null when it is about none.',
    ),
});
export type FindingRow = z.infer<typeof findingRow>;

/** Verdict, findings, and how replays and reports agree. */
export const verdictRequests = {
  /** What the newest replay proved and what it did not; null when there was none. */
  'verdict.get': request({
    input: nothing,
    output: z
      .strictObject({
        verdict: z.enum(['reproduced', 'not-reproduced']),
        completed: z.boolean(),
        headline: z.string(),
        explanation: z.string(),
        proved: z.array(statementDocument),
        notProved: z.array(statementDocument),
        counts: countsDocument,
        closure: z.enum(['held', 'broken', 'not-observed']),
        seedReview: seedReviewDocument,
      })
      .nullable(),
  }),
  'findings.list': request({ input: nothing, output: z.array(findingRow) }),
  'findings.waive': request({
    input: z.strictObject({
      key: z.string().min(1).max(4500),
      reason: z.string().trim().min(1).max(20_000),
      by: personName.optional(),
    }),
    output: nothing,
  }),
  'findings.withdraw': request({
    input: z.strictObject({ key: z.string().min(1).max(4500), reason: z.string().trim().max(20_000) }),
    output: nothing,
  }),
  /**
   * Whether replays of the open case and reports agree, artifact by artifact. `replays` by their numbers; with `withCase` the newest
   * is one of them.
   */
  'compare.reports': request({
    input: z.strictObject({
      locations: z.array(location).max(200),
      withCase: z.boolean().default(false),
      replays: z.array(z.int().min(1)).max(200).default([]),
      quorum: z.int().min(1).optional(),
    }),
    output: compareDocument,
    grants: ['locations'],
  }),
};
