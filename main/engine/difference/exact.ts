import type { RunList } from './runs.ts';

/**
 * What an alignment costs: a changed byte 2, a stretch of inserted or of deleted bytes 8 and 1 for each byte. So bytes that stand in
 * each other's place count as changed, not as gone and come, and a shift has to explain more than a few of them.
 */
export const COST = { changed: 2, open: 8, each: 1 } as const;

const FAR = 0x3fffffff;
/** The three tables, by how an alignment ends: with a pair of bytes, with one deleted, with one inserted. */
const PAIR = 0;
const GONE = 1;
const COME = 2;
/** Bits of a cell. The two lowest: the table that its pair came from. */
const GONE_ON = 4;
const COME_ON = 8;
const GONE_FROM_COME = 16;
const COME_FROM_GONE = 32;

/** The last row of each table, and the cells that tell the way back. */
interface Tables {
  readonly pair: Int32Array;
  readonly gone: Int32Array;
  readonly come: Int32Array;
  readonly cells: Uint8Array;
}

/**
 * The cheapest alignment of two short byte strings, by Gotoh's three tables, `(p.length + 1) * (q.length + 1)` bytes of memory
 * (O. Gotoh, An improved algorithm for matching biological sequences, J. Mol. Biol. 162, 1982).
 */
export function alignExactly(p: Buffer, q: Buffer, runs: RunList): void {
  const tables = firstRow(p.length, q.length);
  for (let i = 1; i <= p.length; i += 1) fillRow(p[i - 1] as number, q, tables, i * (q.length + 1));
  const steps = stepsBack(p.length, q.length, tables);
  let [i, j] = [0, 0];
  for (let at = steps.length; at > 0; ) {
    const state = steps[at - 1];
    const begin = at;
    while (at > 0 && steps[at - 1] === state) at -= 1;
    const length = begin - at;
    if (state === GONE) runs.deleted(length);
    else if (state === COME) runs.inserted(length);
    else addDiagonal(p.subarray(i, i + length), q.subarray(j, j + length), runs);
    if (state !== COME) i += length;
    if (state !== GONE) j += length;
  }
}

/** Adds two pieces of one length, byte against byte. */
export function addDiagonal(p: Buffer, q: Buffer, runs: RunList): void {
  for (let at = 0; at < p.length; ) {
    const begin = at;
    while (at < p.length && p[at] === q[at]) at += 1;
    runs.equal(at - begin);
    const end = at;
    while (at < p.length && p[at] !== q[at]) at += 1;
    runs.changed(at - end);
  }
}

function firstRow(rows: number, columns: number): Tables {
  const width = columns + 1;
  const row = () => new Int32Array(width).fill(FAR);
  const tables = { pair: row(), gone: row(), come: row(), cells: new Uint8Array((rows + 1) * width) };
  tables.pair[0] = 0;
  for (let j = 1; j < width; j += 1) {
    tables.come[j] = COST.open + j * COST.each;
    tables.cells[j] = j > 1 ? COME_ON : 0;
  }
  return tables;
}

function fillRow(byte: number, q: Buffer, { pair, gone, come, cells }: Tables, row: number): void {
  const begin = COST.open + COST.each;
  let pairAbove = FAR;
  let goneAbove = FAR;
  let comeAbove = FAR;
  for (let j = 0; j <= q.length; j += 1) {
    const up = pair[j] as number;
    const upGone = gone[j] as number;
    const upCome = come[j] as number;
    let bits = 0;
    if (upGone + COST.each <= Math.min(up, upCome) + begin) {
      gone[j] = upGone + COST.each;
      bits = GONE_ON;
    } else {
      gone[j] = Math.min(up, upCome) + begin;
      if (upCome < up) bits = GONE_FROM_COME;
    }
    if (j === 0) {
      pair[0] = FAR;
      come[0] = FAR;
    } else {
      const state = cheapest(pairAbove, goneAbove, comeAbove);
      const least = Math.min(pairAbove, goneAbove, comeAbove);
      pair[j] = least + (byte === q[j - 1] ? 0 : COST.changed);
      bits |= state;
      const left = pair[j - 1] as number;
      const leftGone = gone[j - 1] as number;
      const leftCome = come[j - 1] as number;
      if (leftCome + COST.each <= Math.min(left, leftGone) + begin) {
        come[j] = leftCome + COST.each;
        bits |= COME_ON;
      } else {
        come[j] = Math.min(left, leftGone) + begin;
        if (leftGone < left) bits |= COME_FROM_GONE;
      }
    }
    cells[row + j] = bits;
    pairAbove = up;
    goneAbove = upGone;
    comeAbove = upCome;
  }
}

function cheapest(pair: number, gone: number, come: number): number {
  if (pair <= gone && pair <= come) return PAIR;
  return gone <= come ? GONE : COME;
}

/** How the alignment came about, from its end to its beginning: one table for each byte or pair. */
function stepsBack(rows: number, columns: number, { pair, gone, come, cells }: Tables): Uint8Array {
  const steps = new Uint8Array(rows + columns);
  let count = 0;
  let [i, j] = [rows, columns];
  let state = cheapest(pair[j] as number, gone[j] as number, come[j] as number);
  while (i > 0 || j > 0) {
    const bits = cells[i * (columns + 1) + j] as number;
    steps[count] = state;
    count += 1;
    if (state === PAIR) {
      state = bits & 3;
      i -= 1;
      j -= 1;
    } else if (state === GONE) {
      state = bits & GONE_ON ? GONE : bits & GONE_FROM_COME ? COME : PAIR;
      i -= 1;
    } else {
      state = bits & COME_ON ? COME : bits & COME_FROM_GONE ? GONE : PAIR;
      j -= 1;
    }
  }
  return steps.subarray(0, count);
}
