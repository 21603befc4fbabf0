import type { Bytes } from './bytes.ts';

/** Bytes compared at a time: large enough that system calls do not show. */
const CHUNK = 1 << 18;
/** Equal bytes after which a caller gets a turn. */
const TURN = 1 << 24;

/** Stretches of two byte strings: from `a` and `b` up to `aEnd` and `bEnd`. */
export interface Gap {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

/** A long computation: says now and then how many bytes it went through since it last said so. */
export type Working<T> = Generator<number, T, void>;

/** How many bytes at the beginning of two stretches are the same. */
export function* commonStart(x: Bytes, y: Bytes, { a, aEnd, b, bEnd }: Gap): Working<number> {
  const most = Math.min(aEnd - a, bEnd - b);
  // Differences lie close together more often than not: begin small.
  let size = 256;
  let said = 0;
  for (let at = 0; at < most; ) {
    const length = Math.min(size, most - at);
    const [p, q] = [x.read(a + at, length), y.read(b + at, length)];
    const same = sameStart(p, q);
    if (same < length) return at + same;
    at += length;
    size = Math.min(CHUNK, size * 4);
    if (at - said >= TURN) {
      yield at - said;
      said = at;
    }
  }
  return most;
}

/** How many bytes at the end of two stretches are the same. */
export function* commonEnd(x: Bytes, y: Bytes, { a, aEnd, b, bEnd }: Gap): Working<number> {
  const most = Math.min(aEnd - a, bEnd - b);
  let size = 256;
  let said = 0;
  for (let at = 0; at < most; ) {
    const length = Math.min(size, most - at);
    const [p, q] = [x.read(aEnd - at - length, length), y.read(bEnd - at - length, length)];
    const same = sameEnd(p, q);
    if (same < length) return at + same;
    at += length;
    size = Math.min(CHUNK, size * 4);
    if (at - said >= TURN) {
      yield at - said;
      said = at;
    }
  }
  return most;
}

/** Where two pieces first differ; their common length when they do not. */
export function sameStart(p: Buffer, q: Buffer): number {
  const length = Math.min(p.length, q.length);
  let [low, high] = [0, length];
  // Halving by the fast comparison first leaves few bytes to look at one by one.
  while (high - low > 64) {
    const middle = (low + high) >>> 1;
    if (p.compare(q, low, middle, low, middle) === 0) low = middle;
    else high = middle;
  }
  while (low < length && p[low] === q[low]) low += 1;
  return low;
}

function sameEnd(p: Buffer, q: Buffer): number {
  const length = Math.min(p.length, q.length);
  if (p.equals(q)) return length;
  let at = 0;
  while (at < length && p[p.length - 1 - at] === q[q.length - 1 - at]) at += 1;
  return at;
}
