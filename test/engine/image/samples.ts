/** Bytes that are the same everywhere and look like many kinds of file. */

/** A linear congruential generator (Numerical Recipes), so that no library decides what the bytes are. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

/** `size` bytes of an alphabet of so many letters. */
export function letters(size: number, alphabet: number, seed = 1): Buffer {
  const next = numbers(seed);
  return Buffer.from(Array.from({ length: size }, () => next.next().value % alphabet));
}

/** Bytes with repetitions at all distances: pieces of what came before, and new ones. */
export function repeating(size: number, seed = 1): Buffer {
  const next = numbers(seed);
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const length = Math.min(1 + (next.next().value % 400), size - at);
    if (at > 500 && next.next().value % 3 > 0) {
      const from = next.next().value % Math.min(at - 1, 70_000);
      for (let i = 0; i < length; i += 1) bytes[at + i] = bytes[at - 1 - from + i] ?? 0;
    } else for (let i = 0; i < length; i += 1) bytes[at + i] = next.next().value % 97;
    at += length;
  }
  return bytes;
}

/** Twenty bytes come again farther back than the window holds once it has moved. */
function reaching(): Buffer {
  const bytes = letters(70_000, 90, 9);
  bytes.copy(bytes, 65_274, 32_600, 32_620);
  return bytes;
}

/** By name; together they make every kind of block and cross every border of the window. */
export const SAMPLES: Record<string, Buffer> = {
  empty: Buffer.alloc(0),
  'one byte': Buffer.from('a'),
  'a few bytes': Buffer.from('abcabcabcabcd'),
  zeros: Buffer.alloc(300_000),
  'noise, a block': letters(65_535, 256),
  'noise, more': letters(200_000, 256, 2),
  'four letters': letters(250_000, 4),
  'ninety letters': letters(150_000, 90),
  'repetitions, a window': repeating(65_536),
  'repetitions, more': repeating(400_000, 3),
  'far repetition': reaching(),
  'all kinds': Buffer.concat([
    repeating(70_000, 5),
    letters(70_000, 256, 6),
    Buffer.alloc(70_000),
    letters(9_000, 3),
  ]),
};
