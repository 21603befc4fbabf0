import type { ByteRange } from '../case/index.ts';
import { type Alignment, alignBytes, memoryBytes, type Run } from '../difference/index.ts';
import { gapsIn, rangeSet } from '../seed/index.ts';

/** What two versions of a seed may cost to be set against each other: well below a second. */
const LIMITS = { runs: 1 << 14, cells: 1 << 20, allCells: 1 << 24 };

/** Where bytes of an older seed are in a newer one. */
export interface Place {
  /** In the newer seed: exactly the same bytes, or where those that are left of them and what took their place are. */
  readonly range: ByteRange;
  readonly same: boolean;
}

/** How the bytes of an older seed lie in a newer one. */
export class Places {
  readonly #runs: readonly Run[];
  /** Bytes of the newer seed that the older one did not have at this place. */
  readonly fresh: readonly ByteRange[];

  constructor(older: Uint8Array, newer: Uint8Array) {
    const alignment: Alignment = alignBytes(memoryBytes(older), memoryBytes(newer), LIMITS);
    this.#runs = alignment.runs.filter(({ kind }) => kind === 'equal' || kind === 'changed');
    const kept = this.#runs.filter(({ kind }) => kind === 'equal');
    this.fresh = gapsIn(
      rangeSet(kept.map(({ b, bLength }) => ({ offset: b, length: bLength }))),
      newer.length,
    );
  }

  /** Where a range of the older seed is now; null when nothing of it is left. */
  of({ offset, length }: ByteRange): Place | null {
    const end = offset + length;
    const met = this.#from(offset, end);
    const [first, last] = [met[0], met.at(-1)];
    if (!first || !last) return null;
    const start = first.b + Math.max(offset - first.a, 0);
    const stop = last.b + Math.min(end - last.a, last.aLength);
    const same =
      met.length === 1 && first.kind === 'equal' && first.a <= offset && end <= first.a + first.aLength;
    return { range: { offset: start, length: stop - start }, same };
  }

  /** The runs that share bytes with a stretch of the older seed. */
  #from(offset: number, end: number): Run[] {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const run = this.#runs[middle] as Run;
      if (run.a + run.aLength <= offset) low = middle + 1;
      else high = middle;
    }
    const met: Run[] = [];
    for (let i = low; i < this.#runs.length; i += 1) {
      const run = this.#runs[i] as Run;
      if (run.a >= end) break;
      met.push(run);
    }
    return met;
  }
}
