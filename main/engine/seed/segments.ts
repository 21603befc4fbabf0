import type { ByteRange } from '../case/index.ts';

/** Neighbouring bytes that the same things are said of. */
export interface Segment<T> extends ByteRange {
  /** In the order in which they were given. */
  readonly about: readonly T[];
}

/** Cuts `size` bytes into segments, in order and without a gap, wherever something begins or ends. */
export function segmentsOf<T extends { readonly ranges: readonly ByteRange[] }>(
  size: number,
  things: readonly T[],
): Segment<T>[] {
  const edges: { at: number; thing: number; begins: boolean }[] = [];
  things.forEach(({ ranges }, thing) => {
    for (const { offset, length } of ranges) {
      edges.push({ at: offset, thing, begins: true }, { at: offset + length, thing, begins: false });
    }
  });
  edges.sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins));
  const segments: Segment<T>[] = [];
  const open = new Set<number>();
  let from = 0;
  const cutAt = (at: number) => {
    if (at <= from) return;
    const about = [...open].sort((a, b) => a - b).map(thing => things[thing] as T);
    segments.push({ offset: from, length: at - from, about });
    from = at;
  };
  for (const { at, thing, begins } of edges) {
    cutAt(Math.min(at, size));
    if (begins) open.add(thing);
    else open.delete(thing);
  }
  cutAt(size);
  return segments;
}
