import type { ByteSource, FindBytes } from './byte-source.ts';
import { indexOfPattern, patternOf } from './pattern.ts';

/** Bytes read at a time; pieces overlap by the pattern's length less one. */
const PIECE = 1 << 20;
/** A count goes no further than this. */
const COUNT_LIMIT = 1_000_000;

/** The search of a source, or where it has none one that reads everything. */
export function findIn(source: ByteSource): FindBytes {
  return (
    source.find ??
    (async ({ pattern: input, from, direction = 'next', limit }, signal) => {
      const pattern = patternOf(input);
      if (!pattern) throw new Error('this is no pattern of bytes');
      const { length } = pattern.bytes;
      const all: number[] = [];
      for (let at = 0; at + length <= source.size && all.length <= COUNT_LIMIT; at += PIECE) {
        signal.throwIfAborted();
        const piece = await source.read(at, Math.min(PIECE + length - 1, source.size - at));
        for (let found = indexOfPattern(piece, pattern, 0); found !== -1; ) {
          all.push(at + found);
          found = indexOfPattern(piece, pattern, found + 1);
        }
      }
      const wanted =
        direction === 'next'
          ? all.filter(offset => offset >= (from ?? 0))
          : all.filter(offset => offset <= (from ?? source.size)).reverse();
      return {
        length,
        offsets: wanted.slice(0, limit),
        total: wanted.length,
        complete: all.length <= COUNT_LIMIT,
      };
    })
  );
}
