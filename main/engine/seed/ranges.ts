import type { ByteRange } from '../case/index.ts';

/** Sets of bytes as ranges: ascending, apart from each other. All functions take and give that form unless they say otherwise. */

const endOf = (range: ByteRange) => range.offset + range.length;

/** Ranges in any order, overlapping or touching, as a set of bytes. */
export function rangeSet(ranges: Iterable<ByteRange>): ByteRange[] {
  const set: { offset: number; length: number }[] = [];
  for (const { offset, length } of [...ranges].sort((a, b) => a.offset - b.offset)) {
    const last = set.at(-1);
    if (last && offset <= endOf(last)) last.length = Math.max(endOf(last), offset + length) - last.offset;
    else set.push({ offset, length });
  }
  return set;
}

/** Whether ranges are a set, and all of it lies within `size` bytes. */
export function isRangeSet(ranges: readonly ByteRange[], size: number): boolean {
  const apart = ranges.every(({ offset }, i) => i === 0 || offset > endOf(ranges[i - 1] as ByteRange));
  return apart && ranges.every(range => endOf(range) <= size);
}

/** How many bytes there are. */
export function bytesIn(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, range) => sum + range.length, 0);
}

/** The bytes below `size` that are not in the set. */
export function gapsIn(ranges: readonly ByteRange[], size: number): ByteRange[] {
  const gaps: ByteRange[] = [];
  let at = 0;
  for (const range of ranges) {
    if (range.offset > at) gaps.push({ offset: at, length: range.offset - at });
    at = endOf(range);
  }
  if (at < size) gaps.push({ offset: at, length: size - at });
  return gaps;
}

/** The bytes that are in at least `needed` of the sets. */
export function inAtLeast(sets: readonly (readonly ByteRange[])[], needed: number): ByteRange[] {
  const edges = sets.flatMap(set =>
    set.flatMap(range => [
      [range.offset, 1],
      [endOf(range), -1],
    ]),
  ) as [number, number][];
  // At one place ends come after beginnings, so that sets that touch do not leave a seam.
  edges.sort(([a, up], [b, other]) => a - b || other - up);
  const found: ByteRange[] = [];
  let [depth, from] = [0, 0];
  for (const [at, change] of edges) {
    const before = depth;
    depth += change;
    if (before < needed && depth >= needed) from = at;
    if (before >= needed && depth < needed && at > from) found.push({ offset: from, length: at - from });
  }
  return rangeSet(found);
}

/** Where to look next: the first byte of the set at or after `offset`, else the first of all; null when it is empty. */
export function nextByteIn(ranges: readonly ByteRange[], offset: number): number | null {
  const next = ranges.find(range => endOf(range) > offset);
  if (next) return Math.max(next.offset, offset);
  return ranges[0]?.offset ?? null;
}

/** `0x0-0x3f`: a range with its last byte, as people write it. */
export function rangeText({ offset, length }: ByteRange): string {
  const from = `0x${offset.toString(16)}`;
  return length === 1 ? from : `${from}-0x${(offset + length - 1).toString(16)}`;
}
