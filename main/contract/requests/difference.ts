import { z } from 'zod';
import { alignmentSummary, differenceAccount, outsideWords } from '../documents/difference.ts';
import { count, location, objectRef, sha256 } from './common.ts';
import { request } from './define.ts';

/** Most aligned places that one answer carries. */
export const ALIGNED_LIMIT = 1 << 16;

/**
 * Which two files: each by its hash, if the case has its bytes, or as a file that a person chose. With both, the file has to be the
 * one with that hash.
 */
const sides = {
  a: sha256.optional(),
  b: sha256.optional(),
  fileA: location.optional(),
  fileB: location.optional(),
  seedInB: z
    .boolean()
    .optional()
    .describe('The second is a file of annotations: compared is the seed that it was made for.'),
};
const grants = ['fileA', 'fileB'] as const;

/** A run of an alignment. `at` counts aligned places: a place is a byte of each, or of one where the other has a gap. */
const placedRun = z.strictObject({
  kind: z.enum(['equal', 'changed', 'inserted', 'deleted', 'unaligned']),
  at: count,
  /** Aligned places: the longer of both lengths. */
  length: count,
  a: count,
  aLength: count,
  b: count,
  bLength: count,
});
export type PlacedRun = z.infer<typeof placedRun>;

/** Requests about the difference of two files. */
export const differenceRequests = {
  /** Aligns both and tells how they differ, in numbers. What else is asked of the same two files is then at hand. */
  'difference.bytes': request({
    input: z.strictObject(sides),
    output: z.strictObject({
      a: objectRef,
      b: objectRef,
      summary: alignmentSummary,
      /** Aligned places in all. */
      length: count,
    }),
    grants: [...grants],
  }),
  /** Aligned places with their bytes. Runs are cut where the part asked for begins and ends. */
  'difference.part': request({
    input: z.strictObject({ ...sides, at: count, length: z.int().min(1).max(ALIGNED_LIMIT) }),
    output: z.strictObject({
      runs: z.array(placedRun),
      /** The bytes of each side that the runs cover, base64, from the first run's `a` and `b` on. */
      a: z.base64(),
      b: z.base64(),
    }),
    grants: [...grants],
  }),
  /** The next or the previous difference from an aligned place; null when there is none. Runs that touch are one difference. */
  'difference.next': request({
    input: z.strictObject({ ...sides, from: z.int().min(-1), step: z.union([z.literal(1), z.literal(-1)]) }),
    output: z
      .strictObject({
        at: count,
        length: count,
        a: count,
        b: count,
        number: z.int().min(1).describe('Which of the places it is, from 1.'),
      })
      .nullable(),
    grants: [...grants],
  }),
  /** The aligned place of a byte of one side. */
  'difference.place': request({
    input: z.strictObject({ ...sides, side: z.enum(['a', 'b']), offset: count }),
    output: z.strictObject({ at: count }),
    grants: [...grants],
  }),
  /** What the difference is about, as `assay diff --json` prints it. */
  'difference.explain': request({
    input: z.strictObject(sides),
    output: differenceAccount,
    grants: [...grants],
  }),
  /** What diffoscope says of it, which may take minutes. */
  'difference.outside': request({
    input: z.strictObject(sides),
    output: outsideWords,
    grants: [...grants],
  }),
};
