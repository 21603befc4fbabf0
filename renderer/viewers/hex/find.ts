import type { ByteSource } from './byte-source.ts';
import { type BytePattern, indexOfPattern, lastIndexOfPattern } from './pattern.ts';

/** Bytes read at a time; pieces overlap by the pattern's length less one. */
const PIECE = 1 << 20;

export type FindDirection = 'next' | 'previous';

/** Finds a pattern from an offset on (or back), or null. Rejects with the signal's reason, or as reading does. */
export type FindBytes = (
  pattern: BytePattern,
  from: number,
  direction: FindDirection,
  signal: AbortSignal,
) => Promise<number | null>;

/** A search that reads the source piece by piece. Where the engine can search by itself, that is faster. */
export function findIn(source: ByteSource): FindBytes {
  return (pattern, from, direction, signal) =>
    direction === 'next'
      ? findNext(source, pattern, from, signal)
      : findPrevious(source, pattern, from, signal);
}

async function findNext(
  source: ByteSource,
  pattern: BytePattern,
  from: number,
  signal: AbortSignal,
): Promise<number | null> {
  const { length } = pattern.bytes;
  for (let at = Math.max(0, from); at + length <= source.size; at += PIECE) {
    signal.throwIfAborted();
    const buffer = await source.read(at, Math.min(PIECE + length - 1, source.size - at));
    const found = indexOfPattern(buffer, pattern, 0);
    if (found !== -1) return at + found;
  }
  return null;
}

async function findPrevious(
  source: ByteSource,
  pattern: BytePattern,
  from: number,
  signal: AbortSignal,
): Promise<number | null> {
  const { length } = pattern.bytes;
  for (let last = Math.min(from, source.size - length); last >= 0; ) {
    signal.throwIfAborted();
    const start = Math.max(0, last - PIECE + 1);
    const buffer = await source.read(start, last - start + length);
    const found = lastIndexOfPattern(buffer, pattern, last - start);
    if (found !== -1) return start + found;
    last = start - 1;
  }
  return null;
}
