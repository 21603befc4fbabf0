import { z } from 'zod';
import { seedCodeDocument, seedQuestionsDocument } from '../documents/seed-code.ts';
import { count, sha256 } from './common.ts';
import { request } from './define.ts';

/** Most rows of code that one answer carries. */
export const CODE_ROWS = 2000;

/** What the instructions of a seed are. */
export const seedCodeRequests = {
  /** The part of a seed's code that holds a byte; by default the first. */
  'seed.code': request({
    input: z.strictObject({
      seed: sha256,
      offset: count.default(0),
      limit: z.int().min(1).max(CODE_ROWS).default(CODE_ROWS),
    }),
    output: seedCodeDocument,
  }),
  /** Where comments of the source say something else than the first part of the code does. It may be the comments that are wrong. */
  'seed.questions': request({ input: z.strictObject({ seed: sha256 }), output: seedQuestionsDocument }),
};
