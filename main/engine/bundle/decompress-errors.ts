import { AssayError, inputError, type Where } from '../base/index.ts';

/** The compressed data ends too early. */
export function truncated(where: Where): AssayError {
  return inputError(
    'archive.truncated',
    'the compressed data ends too early',
    where,
    'Get a complete copy of it.',
  );
}

/** The compressed data is damaged or made so. */
export function corrupt(where: Where, cause?: unknown): AssayError {
  const detail = cause instanceof Error ? `: ${cause.message}` : '';
  return new AssayError({
    kind: 'input',
    code: 'archive.corrupt',
    message: `the compressed data is damaged${detail}`,
    where,
    cure: 'Get another copy of it.',
    cause,
  });
}

/** Something that is no compressed data follows the compressed data. */
export function trailing(where: Where): AssayError {
  return inputError('archive.trailing-data', 'there is data after the end of the compressed data', where);
}

/** The decompressor would have to remember more than `limit` bytes. */
export function dictionaryTooLarge(limit: number, where: Where): AssayError {
  return inputError(
    'archive.dictionary-too-large',
    `the archive needs a larger dictionary than the ${limit} bytes that are given`,
    where,
  );
}
