import type { Bytes } from './bytes.ts';
import type { Gap, Working } from './common.ts';

/** Bytes that an anchor is known by. */
export const ANCHOR_BYTES = 32;
/** Most samples that are taken of one side. */
const SAMPLES = 1 << 17;
const CHUNK = 1 << 18;

/** A place that looks the same in both stretches, and occurs once in each. */
export interface Anchor {
  readonly a: number;
  readonly b: number;
}

/**
 * Places of two stretches that belong together, in an order that both have: contents of {@link ANCHOR_BYTES} bytes that occur once in
 * each, of them the longest rising sequence (patience sorting, after Bram Cohen's diff). Of a large stretch only samples are looked at,
 * chosen by their content, so that both sides choose the same. Anchors go by a hash: whoever uses one compares the bytes.
 */
export function* findAnchors(x: Bytes, y: Bytes, gap: Gap): Working<readonly Anchor[]> {
  const longer = Math.max(gap.aEnd - gap.a, gap.bEnd - gap.b);
  const bits = Math.max(0, Math.ceil(Math.log2(longer / SAMPLES)));
  const table = new SampleTable(Math.min(SAMPLES * 4, longer * 2));
  yield* sample(x, gap.a, gap.aEnd, bits, (hash, at) => table.addA(hash, at));
  yield* sample(y, gap.b, gap.bEnd, bits, (hash, at) => table.addB(hash, at));
  return longestRising(table.unique());
}

/** A fixed table of random numbers for the rolling hash, from a linear congruential generator. */
const GEAR = new Int32Array(256);
for (let i = 0, state = 0x9e3779b9; i < 256; i += 1) {
  for (let k = 0; k < 4; k += 1) state = (Math.imul(state, 1664525) + 1013904223) | 0;
  GEAR[i] = state ^ (state >>> 15);
}

/** Calls `take` with the hash and the beginning of every sampled window. The hash that samples is not the one that is told. */
function* sample(
  bytes: Bytes,
  begin: number,
  end: number,
  bits: number,
  take: (hash: number, at: number) => void,
): Working<void> {
  const threshold = 2 ** (32 - bits);
  for (let at = begin; at + ANCHOR_BYTES <= end; at += CHUNK) {
    // Windows that begin in this chunk; they reach into the next one.
    const piece = bytes.read(at, Math.min(CHUNK + ANCHOR_BYTES - 1, end - at));
    let gear = 0;
    for (let i = 0; i < piece.length; i += 1) {
      gear = ((gear << 1) + (GEAR[piece[i] as number] as number)) | 0;
      if (gear >>> 0 < threshold && i >= ANCHOR_BYTES - 1) {
        const start = i - ANCHOR_BYTES + 1;
        take(hashOf(piece, start), at + start);
      }
    }
    yield piece.length;
  }
}

function hashOf(piece: Buffer, start: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + ANCHOR_BYTES; i += 1) {
    hash = Math.imul(hash ^ (piece[i] as number), 0x01000193);
  }
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) | 1;
}

/** Where each sampled content lies, as long as it lies in one place. Open addressing over flat arrays; 0 is a free slot. */
class SampleTable {
  readonly #mask: number;
  readonly #keys: Int32Array;
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  #used = 0;

  constructor(samples: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(64, samples * 2)));
    this.#mask = slots - 1;
    this.#keys = new Int32Array(slots);
    this.#a = new Float64Array(slots).fill(-1);
    this.#b = new Float64Array(slots).fill(-1);
  }

  addA(hash: number, at: number): void {
    // Content can be made so that every window is a sample; half full is full.
    if (this.#used * 2 > this.#mask) return;
    const slot = this.#slot(hash);
    if (this.#keys[slot] === 0) {
      this.#keys[slot] = hash;
      this.#used += 1;
    }
    this.#a[slot] = this.#a[slot] === -1 ? at : -2;
  }

  addB(hash: number, at: number): void {
    const slot = this.#slot(hash);
    if (this.#keys[slot] === 0) return;
    this.#b[slot] = this.#b[slot] === -1 ? at : -2;
  }

  /** Contents that lie in one place of each, in the order of A. */
  unique(): Anchor[] {
    const found: Anchor[] = [];
    for (let slot = 0; slot <= this.#mask; slot += 1) {
      const [a, b] = [this.#a[slot] as number, this.#b[slot] as number];
      if (a >= 0 && b >= 0) found.push({ a, b });
    }
    return found.sort((p, q) => p.a - q.a);
  }

  #slot(hash: number): number {
    let slot = (hash ^ (hash >>> 17)) & this.#mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== hash) slot = (slot + 1) & this.#mask;
    return slot;
  }
}

/** The longest sequence of anchors that rises in B too. */
function longestRising(anchors: readonly Anchor[]): readonly Anchor[] {
  /** The anchor that ends the best sequence of each length. */
  const ends: number[] = [];
  const before = new Int32Array(anchors.length).fill(-1);
  for (let i = 0; i < anchors.length; i += 1) {
    const { b } = anchors[i] as Anchor;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((anchors[ends[middle] as number] as Anchor).b < b) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? (ends[low - 1] as number) : -1;
    ends[low] = i;
  }
  const chain: Anchor[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] as number) chain.push(anchors[i] as Anchor);
  return chain.reverse();
}
