import { z } from 'zod';
import { ANSWER_LIMIT } from './bundle.ts';
import { count, nothing, sha256, treePath } from './common.ts';
import { request } from './define.ts';

/** Most places that one search gives. */
export const PLACE_LIMIT = 50_000;

/** Bytes to look for: `48 8? ?? C3`, or a text in one of two encodings, exactly or whatever the case of ASCII letters. */
export const bytePattern = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('hex'), text: z.string().max(8192) }),
  z.strictObject({
    as: z.enum(['utf-8', 'utf-16le']),
    text: z.string().max(1024),
    exact: z.boolean().default(true),
  }),
]);
/** A pattern as the caller writes it. */
export type BytePatternInput = z.input<typeof bytePattern>;

const object = { sha256 };
const file = { path: treePath };
/** Given while a check of the whole content still runs: only to look at. */
const look = z.boolean().default(false);
const part = { offset: count, length: z.int().min(1).max(ANSWER_LIMIT), look };
const range = { offset: count, length: count };
const search = {
  pattern: bytePattern,
  /** Places from here on; backwards, places up to here. By default everything. */
  from: count.optional(),
  direction: z.enum(['next', 'previous']).default('next'),
  limit: z.int().min(1).max(PLACE_LIMIT),
  /** Whether places beyond the limit are counted, up to a million. */
  count: z.boolean().default(false),
  look,
};
const foundBytes = z.strictObject({
  length: count.describe('Of the pattern, in bytes.'),
  offsets: z.array(count).describe('Where it stands, in the order of the search; places may overlap.'),
  total: count.describe('Places found, those that were only counted included.'),
  complete: z.boolean().describe('False when there are more than `total`.'),
});
/** What a search for bytes found. */
export type FoundBytesRow = z.infer<typeof foundBytes>;
const byteMeasure = z.strictObject({
  sha256,
  length: count,
  zeros: count,
  distinct: count.describe('Different values, 0 to 256.'),
  entropy: z.number().min(0).max(8).describe('Bits a byte.'),
});
/** What a run of bytes is like, taken together. */
export type ByteMeasureRow = z.infer<typeof byteMeasure>;
const someBytes = z.strictObject({ bytes: z.base64(), size: count });

/**
 * Bytes of objects of the case (a seed, an artifact, any other) and of files of the bundle. None is given, searched or measured
 * before the whole content was checked against its sha256: that happens once, at the first of these requests, and tells progress.
 * With `look` bytes are given and searched while a check runs that another request began. As long as it does, requests that
 * record something about them are refused with `bytes.being-checked`.
 */
export const byteRequests = {
  /** Only checks. */
  'object.check': request({ input: z.strictObject(object), output: nothing }),
  /** Part of the bytes, as base64. */
  'object.bytes': request({ input: z.strictObject({ ...object, ...part }), output: someBytes }),
  'object.find': request({ input: z.strictObject({ ...object, ...search }), output: foundBytes }),
  'object.measure': request({ input: z.strictObject({ ...object, ...range }), output: byteMeasure }),
  'bundle.check': request({ input: z.strictObject(file), output: nothing }),
  'bundle.bytes': request({ input: z.strictObject({ ...file, ...part }), output: someBytes }),
  'bundle.find-bytes': request({ input: z.strictObject({ ...file, ...search }), output: foundBytes }),
  'bundle.measure': request({ input: z.strictObject({ ...file, ...range }), output: byteMeasure }),
};
