import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ALIGN_LIMITS,
  type Alignment,
  alignBytes,
  alignInTurns,
  COST,
  memoryBytes,
} from '../../../main/engine/difference/index.ts';
import { withCode } from '../../support/errors.ts';

const align = (a: Uint8Array, b: Uint8Array, limits = ALIGN_LIMITS) =>
  alignBytes(memoryBytes(a), memoryBytes(b), limits);

/** Makes B out of A and what the runs say is not in A; holds every promise of a run on the way. */
function applied(a: Uint8Array, b: Uint8Array, { runs, aSize, bSize }: Alignment): Buffer {
  assert.deepEqual([aSize, bSize], [a.length, b.length]);
  const parts: Uint8Array[] = [];
  let [atA, atB] = [0, 0];
  runs.forEach((run, i) => {
    assert.deepEqual([run.a, run.b], [atA, atB], 'runs follow each other');
    const [p, q] = [a.subarray(atA, atA + run.aLength), b.subarray(atB, atB + run.bLength)];
    const differing = p.filter((byte, k) => byte !== q[k]).length;
    assert.ok(run.aLength + run.bLength > 0);
    assert.ok(run.kind === 'unaligned' || run.kind !== runs[i - 1]?.kind, 'neighbours are of two kinds');
    if (run.kind === 'equal') assert.deepEqual([run.differing, Buffer.compare(p, q)], [0, 0]);
    if (run.kind === 'changed') {
      assert.deepEqual([run.aLength, run.differing], [run.bLength, differing]);
      assert.ok(p[0] !== q[0] && p.at(-1) !== q.at(-1));
    }
    if (run.kind === 'inserted') assert.deepEqual([run.aLength, run.differing], [0, run.bLength]);
    if (run.kind === 'deleted') assert.deepEqual([run.bLength, run.differing], [0, run.aLength]);
    parts.push(run.kind === 'equal' ? p : q);
    [atA, atB] = [atA + run.aLength, atB + run.bLength];
  });
  assert.deepEqual([atA, atB], [a.length, b.length], 'runs cover both wholly');
  return Buffer.concat(parts);
}

function costOf({ runs }: Alignment): number {
  return runs.reduce((sum, { kind, differing }) => {
    if (kind === 'equal') return sum;
    return sum + (kind === 'changed' ? differing * COST.changed : COST.open + differing * COST.each);
  }, 0);
}

/** The least cost by trying everything, remembering what was tried. */
function leastCost(a: Uint8Array, b: Uint8Array): number {
  const known = new Map<string, number>();
  const cost = (i: number, j: number, before: string): number => {
    if (i === a.length && j === b.length) return 0;
    const key = `${i} ${j} ${before}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const ways: number[] = [];
    if (i < a.length && j < b.length) ways.push((a[i] === b[j] ? 0 : COST.changed) + cost(i + 1, j + 1, '='));
    if (i < a.length) ways.push((before === '-' ? 0 : COST.open) + COST.each + cost(i + 1, j, '-'));
    if (j < b.length) ways.push((before === '+' ? 0 : COST.open) + COST.each + cost(i, j + 1, '+'));
    const least = Math.min(...ways);
    known.set(key, least);
    return least;
  };
  return cost(0, 0, '=');
}

/** Bytes of few values, so that much is alike. */
const few = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength }).map(values => Uint8Array.from(values));

/** A string and what became of it by a few edits. */
const edited = (size: number) =>
  fc
    .tuple(
      fc.uint8Array({ minLength: 0, maxLength: size }),
      fc.array(
        fc.record({
          at: fc.nat(size),
          take: fc.nat(200),
          put: fc.uint8Array({ maxLength: 200 }),
        }),
        { maxLength: 8 },
      ),
    )
    .map(([a, edits]) => {
      let b = Buffer.from(a);
      for (const { at, take, put } of edits) {
        b = Buffer.concat([b.subarray(0, at), put, b.subarray(at + take)]);
      }
      return { a, b };
    });

/** The same numbers every time, unlike each other. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    bytes[i] = state >>> 16;
  }
  return bytes;
}

test('applying the runs gives the second string from the first', () => {
  fc.assert(fc.property(few(60), few(60), (a, b) => applied(a, b, align(a, b)).equals(b)));
  fc.assert(
    fc.property(edited(3000), ({ a, b }) => applied(a, b, align(a, b)).equals(b)),
    { numRuns: 60 },
  );
});

test('a small alignment is the cheapest there is', () => {
  fc.assert(
    fc.property(few(14), few(14), (a, b) => {
      const alignment = align(a, b);
      assert.equal(alignment.exact, true);
      assert.equal(costOf(alignment), leastCost(a, b));
    }),
    { numRuns: 300 },
  );
  const alike = Uint8Array.from([...Array(40).keys()]);
  const shifted = Uint8Array.from([...alike.subarray(0, 8), 99, 98, 97, ...alike.subarray(8)]);
  assert.equal(costOf(align(alike, shifted)), leastCost(alike, shifted));
});

test('the same promises hold where nothing is aligned exactly', () => {
  const limits = { ...ALIGN_LIMITS, cells: 100, allCells: 1000 };
  fc.assert(
    fc.property(edited(3000), ({ a, b }) => applied(a, b, align(a, b, limits)).equals(b)),
    {
      numRuns: 100,
    },
  );
});

test('too many runs end in one that says so, and the common end is still found', () => {
  const a = noise(4000, 1);
  const b = Buffer.from(a);
  for (let i = 0; i < 3900; i += 40) b[i] = (b[i] as number) ^ 1;
  const alignment = align(a, b, { ...ALIGN_LIMITS, runs: 10 });
  assert.equal(alignment.runs.length, 12);
  assert.deepEqual(
    alignment.runs.slice(-2).map(({ kind }) => kind),
    ['unaligned', 'equal'],
  );
  assert.equal(alignment.exact, false);
  assert.ok(alignment.unaligned > 6000);
  assert.ok(applied(a, b, alignment).equals(b));
  fc.assert(
    fc.property(few(200), few(200), fc.integer({ min: 1, max: 6 }), (p, q, runs) =>
      applied(p, q, align(p, q, { ...ALIGN_LIMITS, runs })).equals(q),
    ),
  );
});

test('a word in the place of another is one change, not pieces of it', () => {
  const a = Buffer.from('looking in ../sample\0set MOCK_HOME to look elsewhere');
  const b = Buffer.from('looking in ../vendor\0set MOCK_HOME to look elsewhere');
  const alignment = align(a, b);
  assert.deepEqual(
    alignment.runs.map(({ kind, a: at, aLength }) => [kind, at, aLength]),
    [
      ['equal', 0, 14],
      ['changed', 14, 6],
      ['equal', 20, 32],
    ],
  );
  const { places, changed, inserted, deleted, first } = alignment;
  assert.deepEqual(
    { places, changed, inserted, deleted, first },
    { places: 1, changed: 6, inserted: 0, deleted: 0, first: { a: 14, b: 14 } },
  );
});

test('an insertion does not make what follows differ, however long it is', () => {
  const a = noise(3_000_000, 7);
  const parts = [
    a.subarray(0, 500_000),
    noise(300_000, 8),
    a.subarray(500_000, 2_000_000),
    Buffer.from('four'),
    a.subarray(2_000_000, 2_500_000),
    a.subarray(2_600_000),
  ];
  const b = Buffer.concat(parts);
  const alignment = align(a, b);
  assert.ok(applied(a, b, alignment).equals(b));
  assert.deepEqual(
    alignment.runs.map(({ kind, aLength, bLength }) => [kind, Math.max(aLength, bLength)]),
    [
      ['equal', 500_000],
      ['inserted', 300_000],
      ['equal', 1_500_000],
      ['inserted', 4],
      ['equal', 500_000],
      ['deleted', 100_000],
      ['equal', 400_000],
    ],
  );
});

test('nothing differs between equal strings, everything between unlike ones', () => {
  const a = noise(1_000_000, 3);
  assert.deepEqual(align(a, Buffer.from(a)).runs, [
    { kind: 'equal', a: 0, aLength: a.length, b: 0, bLength: a.length, differing: 0 },
  ]);
  assert.deepEqual(align(Buffer.alloc(0), Buffer.alloc(0)).runs, []);
  const unlike = align(a, noise(1_000_000, 4));
  assert.ok(unlike.runs.length < 10);
  assert.ok(unlike.changed > 990_000);
});

test('hostile content stays within bounds: zeros, one repeated window, and samples everywhere', () => {
  const zeros = Buffer.alloc(2_000_000);
  const longer = Buffer.concat([zeros, Buffer.from([1]), zeros]);
  assert.ok(applied(zeros, longer, align(zeros, longer)).equals(longer));
  const window = noise(64, 5);
  const p = Buffer.alloc(1_000_000, window);
  const q = Buffer.concat([noise(10_000, 6), Buffer.alloc(1_200_000, window.subarray(3))]);
  assert.ok(applied(p, q, align(p, q)).equals(q));
});

test('in turns the answer is the same, and it can be stopped', async () => {
  const a = noise(400_000, 9);
  const b = Buffer.concat([a.subarray(0, 1000), noise(5000, 10), a.subarray(2000)]);
  const [x, y] = [memoryBytes(a), memoryBytes(b)];
  assert.deepEqual(await alignInTurns(x, y), alignBytes(x, y));
  const stopped = alignInTurns(x, memoryBytes(noise(30_000_000, 11)), { signal: AbortSignal.abort() });
  await assert.rejects(stopped, withCode('task.stopped'));
});
