import type { PlacedRun } from '../../../main/contract/requests/index.ts';

/** Places of one part; parts kept, so some MB whatever the size of the files. */
export const PART = 4096;
const KEPT = 64;
/** Parts asked for at once. */
const AT_ONCE = 2;

/** A part of two aligned files as the engine gives it. */
export interface AlignedAnswer {
  readonly runs: readonly PlacedRun[];
  /** Base64. */
  readonly a: string;
  readonly b: string;
}

/** One place: a byte of each side, or a gap. */
export interface AlignedCell {
  /** Null: a gap, this side has nothing here. */
  readonly a: number | null;
  readonly b: number | null;
  /** Where the byte is in its file; of a gap, where the next byte of that side is. */
  readonly aOffset: number;
  readonly bOffset: number;
  readonly differs: boolean;
  /** Whether it was not aligned any more. */
  readonly unaligned: boolean;
}

interface Part {
  readonly runs: readonly PlacedRun[];
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Reads parts of two aligned files as they come into view; those looked at last are kept. */
export class AlignedCache {
  readonly length: number;
  readonly #read: (at: number, length: number) => Promise<AlignedAnswer>;
  readonly #changed: () => void;
  readonly #parts = new Map<number, Part>();
  readonly #reading = new Set<number>();
  #wanted: number[] = [];
  /** Why a part could not be read; null while none failed. */
  failure: unknown = null;

  constructor(
    length: number,
    read: (at: number, length: number) => Promise<AlignedAnswer>,
    changed: () => void,
  ) {
    this.length = length;
    this.#read = read;
    this.#changed = changed;
  }

  /** What stands at a place; undefined when it is not here yet. Never starts a read. */
  at(place: number): AlignedCell | undefined {
    const part = this.#parts.get(Math.floor(place / PART));
    return part && cellOf(part, place);
  }

  /** Says what is looked at now: what is missing is read, what was asked for before and not begun is forgotten. */
  want(from: number, to: number): void {
    const [first, last] = [Math.floor(from / PART), Math.floor(Math.max(from, to - 1) / PART)];
    const parts = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    this.#wanted = parts.filter(part => part * PART < this.length && !this.#parts.has(part));
    this.#next();
  }

  #next(): void {
    while (this.#reading.size < AT_ONCE) {
      const part = this.#wanted.find(each => !this.#reading.has(each));
      if (part === undefined) return;
      this.#wanted = this.#wanted.filter(each => each !== part);
      this.#reading.add(part);
      void this.#load(part);
    }
  }

  async #load(number: number): Promise<void> {
    try {
      const { runs, a, b } = await this.#read(number * PART, PART);
      this.#parts.set(number, { runs, a: bytesOf(a), b: bytesOf(b) });
      for (const oldest of this.#parts.keys()) {
        if (this.#parts.size <= KEPT) break;
        this.#parts.delete(oldest);
      }
      this.failure = null;
    } catch (reason) {
      this.failure = reason;
    } finally {
      this.#reading.delete(number);
      this.#changed();
      if (this.failure === null) this.#next();
    }
  }
}

function cellOf({ runs, a, b }: Part, place: number): AlignedCell | undefined {
  const run = runAt(runs, place);
  const first = runs[0];
  if (!run || !first) return undefined;
  const within = place - run.at;
  const [hasA, hasB] = [within < run.aLength, within < run.bLength];
  const aOffset = run.a + Math.min(within, run.aLength);
  const bOffset = run.b + Math.min(within, run.bLength);
  const byteA = hasA ? (a[aOffset - first.a] ?? null) : null;
  const byteB = hasB ? (b[bOffset - first.b] ?? null) : null;
  return {
    a: byteA,
    b: byteB,
    aOffset,
    bOffset,
    differs: byteA !== byteB,
    unaligned: run.kind === 'unaligned',
  };
}

function runAt(runs: readonly PlacedRun[], place: number): PlacedRun | undefined {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle] as PlacedRun).at <= place) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  return run && place < run.at + run.length ? run : undefined;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
