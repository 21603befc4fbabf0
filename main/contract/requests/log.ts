import { z } from 'zod';
import { count, sha256 } from './common.ts';
import { request } from './define.ts';

/** Most lines that are given at once, and most characters of each. */
export const LINES_LIMIT = 500;
export const LINE_LIMIT = 4096;
/** Most lines that a search names; it counts all. */
export const FOUND_LIMIT = 10_000;

/** A log: that of a recorded step by its sha256, or what the running replay printed so far. */
const log = z.union([sha256, z.literal('live')]);

/** Looking at what a step printed, however much that is. Lines count from 0. */
export const logRequests = {
  /** Some lines of a log, as UTF-8 with other bytes replaced. An index of where lines begin is made at the first asking. */
  'log.lines': request({
    input: z.strictObject({ log, from: count, count: z.int().min(1).max(LINES_LIMIT) }),
    output: z.strictObject({
      total: count.describe('Lines of the whole log.'),
      bytes: count.describe('Bytes of the whole log.'),
      lines: z.array(
        z.strictObject({
          text: z.string(),
          bytes: count.describe('Bytes of the whole line; more than the text has where it is cut.'),
          cut: z.boolean(),
        }),
      ),
    }),
  }),
  /** Every line of a log that has a text. Without case only the letters of ASCII are alike. */
  'log.find': request({
    input: z.strictObject({
      log,
      text: z.string().min(1).max(1000),
      matchCase: z.boolean().default(false),
    }),
    output: z.strictObject({
      found: count.describe('Lines that have it.'),
      lines: z.array(count).describe('The first of them, ascending.'),
    }),
  }),
};
