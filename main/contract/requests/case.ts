import { z } from 'zod';
import { count, location, nothing, objectRef, personName, sha256 } from './common.ts';
import { request } from './define.ts';

const replayState = z.strictObject({
  number: z.int().min(1),
  mode: z.enum(['stepped', 'unaided']),
  steps: count,
  done: count,
  outcome: z.enum(['completed', 'failed', 'unfinished']),
  running: z.boolean(),
  resumes: count.nullable(),
});

/** What the frame of the window shows of the open case. */
export const caseSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  folder: z.string().describe('Absolute path, to show.'),
  by: z.string(),
  readonly: z.boolean(),
  broken: z
    .strictObject({ seq: count, problem: z.string() })
    .nullable()
    .describe('Where the log is not whole.'),
  events: count,
  logHead: sha256.describe('Root of the Merkle tree over the log.'),
  kit: z.strictObject({ id: z.string(), title: z.string(), version: z.string() }).nullable(),
  bundle: z
    .strictObject({ name: z.string(), bundle: objectRef, files: count, bytes: count, flagged: count })
    .nullable(),
  seeds: z.array(z.strictObject({ name: z.string(), size: count, matches: z.boolean().nullable() })),
  replay: replayState.nullable(),
  verdict: z.enum(['reproduced', 'not-reproduced']).nullable(),
  openFindings: count,
  reports: count.describe('Reports sealed so far.'),
});
export type CaseSummary = z.infer<typeof caseSummary>;

/** Something that stands in the way of a sign-off as proved. */
const openPoint = z.strictObject({
  code: z.string().describe('Literal, `area.problem`.'),
  text: z.string(),
  place: z
    .enum(['overview', 'bundle', 'seed', 'chain', 'findings', 'report'])
    .describe('Where it is resolved.'),
  items: z
    .array(z.string())
    .describe('What it is about: findings, items of the checklist, a seed and its ranges.'),
  label: z.string().describe('What resolves it, for a button.'),
});
export type OpenPoint = z.infer<typeof openPoint>;

/** Making, opening and closing the one case that an engine works on. */
export const caseRequests = {
  /** Makes a case with a kit that comes with Assay, by its id, or with one in a folder that a person chose. */
  'case.create': request({
    input: z.strictObject({
      location,
      name: z.string().trim().min(1).max(200),
      kit: z.string().max(100).optional(),
      kitFolder: location.optional(),
      by: personName,
    }),
    output: caseSummary,
    grants: ['location', 'kitFolder'],
  }),
  'case.open': request({
    input: z.strictObject({ location, by: personName }),
    output: caseSummary,
    grants: ['location'],
  }),
  'case.close': request({ input: nothing, output: nothing }),
  'case.summary': request({ input: nothing, output: caseSummary.nullable() }),
  /** What blocks a sign-off as proved, in the order in which to take it, and how far the review of the files is. */
  'case.overview': request({
    input: nothing,
    output: z.strictObject({
      open: z.array(openPoint),
      fileReview: z
        .strictObject({
          files: count,
          reviewed: count,
          byTwo: count,
          reviewers: z.array(z.strictObject({ name: z.string(), files: count })),
        })
        .nullable()
        .describe('Of all files of the bundle; null before a replay.'),
    }),
  }),
  /** Who did what when, newest first: as the report has it, up to the event before `before`. */
  'case.custody': request({
    input: z.strictObject({ before: z.int().min(1).optional(), limit: z.int().min(1).max(1000) }),
    output: z.strictObject({
      total: count.describe('Lines of the whole custody.'),
      lines: z.array(
        z.strictObject({ event: z.int().min(1), at: z.string(), by: z.string(), what: z.string() }),
      ),
    }),
  }),
};
