import type { TaskOptions } from '../base/index.ts';
import { Pace } from '../bundle/index.ts';
import { ANCHOR_BYTES, type Anchor, findAnchors } from './anchors.ts';
import type { Bytes } from './bytes.ts';
import { commonEnd, commonStart, type Gap, type Working } from './common.ts';
import { addDiagonal, alignExactly, COST } from './exact.ts';
import { type Run, RunList, TooManyRuns } from './runs.ts';

/** How much work an alignment may be. */
export interface AlignLimits {
  /** Most runs; what comes after them is one run that is `unaligned`. */
  readonly runs: number;
  /** Largest product of two lengths that is aligned exactly; as many bytes of memory. */
  readonly cells: number;
  /** Sum of such products in all; beyond it bytes are set against each other as they stand. */
  readonly allCells: number;
}

/** Limits under which two files of some hundred MB take seconds and some 100 MB of memory. */
export const ALIGN_LIMITS: AlignLimits = { runs: 1 << 16, cells: 1 << 22, allCells: 1 << 28 };

/** How two byte strings lie against each other. */
export interface Alignment {
  readonly aSize: number;
  readonly bSize: number;
  /** In order; they cover both strings wholly. Two empty strings have none. */
  readonly runs: readonly Run[];
  /** Places where they differ: runs that are not equal and touch each other are one. */
  readonly places: number;
  /** Bytes of pairs that differ, of B only, of A only, and not aligned (of both sides together). */
  readonly changed: number;
  readonly inserted: number;
  readonly deleted: number;
  readonly unaligned: number;
  /** The first byte that differs, in each; null when they are the same. */
  readonly first: { readonly a: number; readonly b: number } | null;
  /** True when no cheaper alignment exists ({@link COST}); false where places were found by samples, or not looked for. */
  readonly exact: boolean;
}

/** Aligns two byte strings at once; for small ones, as it does not let anything else happen. */
export function alignBytes(a: Bytes, b: Bytes, limits: AlignLimits = ALIGN_LIMITS): Alignment {
  const work = new Aligner(a, b, limits).align();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Aligns two byte strings of any size, in turns, with progress and a way to stop. Throws `task.stopped`. */
export async function alignInTurns(
  a: Bytes,
  b: Bytes,
  options: TaskOptions = {},
  limits: AlignLimits = ALIGN_LIMITS,
): Promise<Alignment> {
  const pace = new Pace(options, { task: 'Aligning', unit: 'bytes' });
  const work = new Aligner(a, b, limits).align();
  for (let done = 0; ; ) {
    const step = work.next();
    if (step.done) return step.value;
    done += step.value;
    if (pace.due) await pace.rest(done);
  }
}

/** Deeper than this, stretches within stretches are set against each other as they stand. */
const DEPTH = 8;

class Aligner {
  readonly #x: Bytes;
  readonly #y: Bytes;
  readonly #limits: AlignLimits;
  readonly #runs: RunList;
  #cellsLeft: number;
  #exact = true;

  constructor(x: Bytes, y: Bytes, limits: AlignLimits) {
    this.#x = x;
    this.#y = y;
    this.#limits = limits;
    this.#runs = new RunList(limits.runs);
    this.#cellsLeft = limits.allCells;
  }

  *align(): Working<Alignment> {
    const whole = { a: 0, aEnd: this.#x.size, b: 0, bEnd: this.#y.size };
    const start = yield* commonStart(this.#x, this.#y, whole);
    const rest = { ...whole, a: start, b: start };
    const end = yield* commonEnd(this.#x, this.#y, rest);
    const middle = { ...rest, aEnd: whole.aEnd - end, bEnd: whole.bEnd - end };
    try {
      this.#runs.equal(start);
      yield* this.#middle(middle, 0);
    } catch (error) {
      if (!(error instanceof TooManyRuns)) throw error;
      this.#exact = false;
      this.#runs.unaligned(middle.aEnd, middle.bEnd);
    }
    this.#runs.equalEnd(end);
    return summed(this.#runs.runs, this.#x.size, this.#y.size, this.#exact);
  }

  /** A stretch that may begin or end with equal bytes. */
  *#gap(gap: Gap, depth: number): Working<void> {
    const start = yield* commonStart(this.#x, this.#y, gap);
    const rest = { ...gap, a: gap.a + start, b: gap.b + start };
    const end = yield* commonEnd(this.#x, this.#y, rest);
    this.#runs.equal(start);
    yield* this.#middle({ ...rest, aEnd: gap.aEnd - end, bEnd: gap.bEnd - end }, depth);
    this.#runs.equal(end);
  }

  /** A stretch whose first bytes differ and whose last bytes differ. */
  *#middle(gap: Gap, depth: number): Working<void> {
    const [aLength, bLength] = [gap.aEnd - gap.a, gap.bEnd - gap.b];
    if (aLength === 0) return this.#runs.inserted(bLength);
    if (bLength === 0) return this.#runs.deleted(aLength);
    if (aLength === bLength && (yield* this.#differsLittle(gap))) return yield* this.#asTheyStand(gap);
    const cells = (aLength + 1) * (bLength + 1);
    if (cells <= Math.min(this.#limits.cells, this.#cellsLeft)) {
      this.#cellsLeft -= cells;
      alignExactly(this.#x.read(gap.a, aLength), this.#y.read(gap.b, bLength), this.#runs);
      yield cells;
      return;
    }
    this.#exact = false;
    const anchors = depth < DEPTH ? yield* findAnchors(this.#x, this.#y, gap) : [];
    if (!(yield* this.#alongAnchors(gap, anchors, depth))) yield* this.#asTheyStand(gap);
  }

  /** Goes from anchor to anchor, each checked by its bytes. False, and nothing done, when there is none. */
  *#alongAnchors(gap: Gap, anchors: readonly Anchor[], depth: number): Working<boolean> {
    let at = { a: gap.a, b: gap.b };
    let found = false;
    for (const { a, b } of anchors) {
      if (a < at.a || b < at.b) continue;
      if (!this.#x.read(a, ANCHOR_BYTES).equals(this.#y.read(b, ANCHOR_BYTES))) continue;
      found = true;
      yield* this.#gap({ a: at.a, aEnd: a, b: at.b, bEnd: b }, depth + 1);
      const length = yield* commonStart(this.#x, this.#y, { ...gap, a, b });
      this.#runs.equal(length);
      at = { a: a + length, b: b + length };
    }
    if (found) yield* this.#gap({ ...gap, a: at.a, b: at.b }, depth + 1);
    return found;
  }

  /** Whether so few pairs differ that shifting anything could only cost more: it takes an insertion and a deletion. */
  *#differsLittle(gap: Gap): Working<boolean> {
    const most = Math.floor((2 * (COST.open + COST.each)) / COST.changed);
    let count = 0;
    for (let at = 0; ; at += 1) {
      at += yield* commonStart(this.#x, this.#y, { ...gap, a: gap.a + at, b: gap.b + at });
      if (gap.a + at >= gap.aEnd) return true;
      count += 1;
      if (count > most) return false;
    }
  }

  /** Byte against byte; what one side has more at its end was deleted or inserted. */
  *#asTheyStand(gap: Gap): Working<void> {
    const most = Math.min(gap.aEnd - gap.a, gap.bEnd - gap.b);
    for (let at = 0; at < most; at += PIECE) {
      const length = Math.min(PIECE, most - at);
      addDiagonal(this.#x.read(gap.a + at, length), this.#y.read(gap.b + at, length), this.#runs);
      yield length;
    }
    this.#runs.deleted(gap.aEnd - gap.a - most);
    this.#runs.inserted(gap.bEnd - gap.b - most);
  }
}

const PIECE = 1 << 18;

function summed(runs: readonly Run[], aSize: number, bSize: number, exact: boolean): Alignment {
  const sum = { changed: 0, inserted: 0, deleted: 0, unaligned: 0 };
  let [places, first] = [0, null as Alignment['first']];
  runs.forEach((run, i) => {
    if (run.kind === 'equal') return;
    sum[run.kind] += run.differing;
    first ??= { a: run.a, b: run.b };
    if (i === 0 || runs[i - 1]?.kind === 'equal') places += 1;
  });
  return { aSize, bSize, runs, places, ...sum, first, exact };
}
