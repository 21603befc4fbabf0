import type { Run } from './runs.ts';

/** A run with its place in the row of all aligned places: one for a byte of each side, or of one where the other has a gap. */
export interface PlacedRun extends Run {
  readonly at: number;
  /** Places: the longer of both lengths. */
  readonly length: number;
}

/** A stretch of runs that are not equal and touch. */
export interface DifferentPlace {
  readonly at: number;
  readonly length: number;
  readonly a: number;
  readonly b: number;
  /** Which it is, from 1. */
  readonly number: number;
}

/** Finds one's way through the runs of an alignment, by place. */
export class AlignedPlaces {
  readonly #runs: readonly PlacedRun[];
  readonly #different: readonly DifferentPlace[];
  /** Places in all. */
  readonly length: number;

  constructor(runs: readonly Run[]) {
    let at = 0;
    this.#runs = runs.map(run => {
      const length = Math.max(run.aLength, run.bLength);
      at += length;
      return { ...run, at: at - length, length };
    });
    this.length = at;
    this.#different = differentPlaces(this.#runs);
  }

  /** The runs of a stretch of places, cut where it begins and ends. */
  part(from: number, length: number): PlacedRun[] {
    const end = Math.min(from + length, this.length);
    const parts: PlacedRun[] = [];
    const first = lastAtOrBefore(this.#runs, from, run => run.at);
    for (let i = Math.max(0, first); i < this.#runs.length; i += 1) {
      const run = this.#runs[i] as PlacedRun;
      if (run.at >= end) break;
      const cut = cutRun(run, Math.max(from, run.at), Math.min(end, run.at + run.length));
      if (cut.length > 0) parts.push(cut);
    }
    return parts;
  }

  /** The first difference that begins after a place, or the last that begins before it. */
  next(from: number, step: 1 | -1): DifferentPlace | null {
    const upTo = lastAtOrBefore(this.#different, step === 1 ? from : from - 1, place => place.at);
    return this.#different[step === 1 ? upTo + 1 : upTo] ?? null;
  }

  /** The place of a byte of one side; the end for one that lies beyond it. */
  placeOf(side: 'a' | 'b', offset: number): number {
    const [start, size] = side === 'a' ? (['a', 'aLength'] as const) : (['b', 'bLength'] as const);
    const i = lastAtOrBefore(this.#runs, offset, run => run[start]);
    // Runs that have nothing of this side lie at the same offset as the one that has.
    const run = this.#runs.slice(Math.max(0, i - 2), i + 1).find(each => offset < each[start] + each[size]);
    return run ? run.at + (offset - run[start]) : this.length;
  }
}

function differentPlaces(runs: readonly PlacedRun[]): DifferentPlace[] {
  const places: { at: number; length: number; a: number; b: number; number: number }[] = [];
  runs.forEach((run, i) => {
    const last = places.at(-1);
    if (run.kind === 'equal') return;
    if (last && i > 0 && runs[i - 1]?.kind !== 'equal') last.length += run.length;
    else places.push({ at: run.at, length: run.length, a: run.a, b: run.b, number: places.length + 1 });
  });
  return places;
}

function cutRun(run: PlacedRun, from: number, to: number): PlacedRun {
  const skip = from - run.at;
  const share = (length: number) => Math.max(0, Math.min(length, to - run.at) - Math.min(length, skip));
  return {
    ...run,
    at: from,
    length: to - from,
    a: run.a + Math.min(run.aLength, skip),
    aLength: share(run.aLength),
    b: run.b + Math.min(run.bLength, skip),
    bLength: share(run.bLength),
  };
}

/** The last of some things, ascending, whose key is at most a number; -1 when there is none. */
function lastAtOrBefore<T>(things: readonly T[], limit: number, key: (thing: T) => number): number {
  let [low, high] = [0, things.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key(things[middle] as T) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
