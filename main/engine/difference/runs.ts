/** What a run of an alignment says of the bytes it covers. */
export type RunKind = 'equal' | 'changed' | 'inserted' | 'deleted' | 'unaligned';

/**
 * A stretch of two byte strings that belongs together. Runs follow each other without a gap and cover both strings wholly.
 * `equal`: the same bytes in both. `changed`: as many bytes in each, the first and the last pair different; a few equal ones
 * may lie between. `inserted`: only in B. `deleted`: only in A. `unaligned`: not looked at any more; either length may be 0.
 */
export interface Run {
  readonly kind: RunKind;
  /** Where it begins in A, in bytes. */
  readonly a: number;
  readonly aLength: number;
  /** Where it begins in B, in bytes. */
  readonly b: number;
  readonly bLength: number;
  /** Of a changed run, the pairs that differ; else the bytes of it that are not equal, in A and B together. */
  readonly differing: number;
}

/** Fewer equal bytes than this between two changed runs belong to the change. */
export const JOIN = 4;

/** Thrown inside this folder when there are more runs than were asked for. */
export class TooManyRuns extends Error {}

interface OpenRun {
  kind: RunKind;
  a: number;
  aLength: number;
  b: number;
  bLength: number;
  differing: number;
}

/** Collects runs in their order, joins what belongs together and keeps their number bounded. */
export class RunList {
  readonly #limit: number;
  readonly #runs: OpenRun[] = [];
  #a = 0;
  #b = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** How far A is covered. */
  get a(): number {
    return this.#a;
  }

  /** How far B is covered. */
  get b(): number {
    return this.#b;
  }

  equal(length: number): void {
    this.#add('equal', length, length, 0);
  }

  /** As many bytes in each, all of them different. */
  changed(length: number): void {
    const [before, last] = [this.#runs.at(-2), this.#runs.at(-1)];
    if (length > 0 && before?.kind === 'changed' && last?.kind === 'equal' && last.aLength < JOIN) {
      this.#runs.pop();
      before.aLength += last.aLength;
      before.bLength += last.bLength;
    }
    this.#add('changed', length, length, length);
  }

  inserted(length: number): void {
    this.#add('inserted', 0, length, length);
  }

  deleted(length: number): void {
    this.#add('deleted', length, 0, length);
  }

  /** Everything from here up to these places was not aligned. Never refused. */
  unaligned(aEnd: number, bEnd: number): void {
    const [aLength, bLength] = [aEnd - this.#a, bEnd - this.#b];
    if (aLength + bLength > 0) this.#push('unaligned', aLength, bLength, aLength + bLength);
  }

  /** What is the same at the end. Never refused. */
  equalEnd(length: number): void {
    if (length > 0) this.#push('equal', length, length, 0);
  }

  #add(kind: RunKind, aLength: number, bLength: number, differing: number): void {
    if (aLength + bLength === 0) return;
    const last = this.#runs.at(-1);
    if (last?.kind === kind) {
      last.aLength += aLength;
      last.bLength += bLength;
      last.differing += differing;
      this.#a += aLength;
      this.#b += bLength;
      return;
    }
    if (this.#runs.length >= this.#limit) throw new TooManyRuns();
    this.#push(kind, aLength, bLength, differing);
  }

  /** Adds a run, whatever the limit. */
  #push(kind: RunKind, aLength: number, bLength: number, differing: number): void {
    this.#runs.push({ kind, a: this.#a, aLength, b: this.#b, bLength, differing });
    this.#a += aLength;
    this.#b += bLength;
  }
}
