import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AlignedPlaces, alignBytes, memoryBytes } from '../../../../main/engine/difference/index.ts';
import {
  type AlignedAnswer,
  AlignedCache,
  PART,
} from '../../../../renderer/viewers/difference/aligned-cache.ts';
import { failureHints } from '../../../../renderer/viewers/difference/failure-hints.ts';
import { selectionAfterKey, typedOffset } from '../../../../renderer/viewers/difference/places.ts';

/** What the engine would answer for two files. */
function engine(a: Buffer, b: Buffer) {
  const places = new AlignedPlaces(alignBytes(memoryBytes(a), memoryBytes(b)).runs);
  const read = async (at: number, length: number): Promise<AlignedAnswer> => {
    const runs = places.part(at, length);
    const [first, last] = [runs[0], runs.at(-1)];
    const part = (bytes: Buffer, from = 0, to = 0) => bytes.subarray(from, to).toString('base64');
    return {
      runs,
      a: part(a, first?.a, last && last.a + last.aLength),
      b: part(b, first?.b, last && last.b + last.bLength),
    };
  };
  return { length: places.length, read };
}

/** Reads every place of two files through a cache. */
async function all(a: Buffer, b: Buffer) {
  const { length, read } = engine(a, b);
  const cells = [];
  for (let at = 0; at < length; at += PART) {
    const cache = await new Promise<AlignedCache>(resolve => {
      const made = new AlignedCache(length, read, () => resolve(made));
      made.want(at, at + 1);
    });
    for (let place = at; place < Math.min(length, at + PART); place += 1) cells.push(cache.at(place));
  }
  return cells;
}

test('every byte of both files is shown once, at its offset, with gaps between', async () => {
  const few = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 200 }).map(values => Buffer.from(values));
  await fc.assert(
    fc.asyncProperty(few, few, async (a, b) => {
      const cells = await all(a, b);
      const shown = (side: 'a' | 'b') => cells.flatMap(cell => cell?.[side] ?? []);
      assert.deepEqual(Buffer.from(shown('a')), a);
      assert.deepEqual(Buffer.from(shown('b')), b);
      for (const cell of cells) {
        assert.ok(cell && (cell.a === null || a[cell.aOffset] === cell.a));
        assert.ok(cell.b === null || b[cell.bOffset] === cell.b);
        assert.equal(cell.differs, cell.a !== cell.b);
      }
    }),
    { numRuns: 50 },
  );
});

test('an insertion longer than a part leaves a gap of its length', async () => {
  const a = Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7919) % 251));
  const b = Buffer.concat([a.subarray(0, 100), Buffer.alloc(6000, 0xee), a.subarray(100)]);
  const cells = await all(a, b);
  assert.equal(cells.length, b.length);
  assert.equal(cells.filter(cell => cell?.a === null).length, 6000);
});

test('what could not be read is told, and read again when it is wanted again', async () => {
  let fail = true;
  const { length, read } = engine(Buffer.alloc(10), Buffer.alloc(10));
  let told = () => {};
  const cache = new AlignedCache(
    length,
    (at, count) => (fail ? Promise.reject(new Error('gone')) : read(at, count)),
    () => told(),
  );
  const change = () =>
    new Promise<void>(resolve => {
      told = resolve;
      cache.want(0, 10);
    });
  await change();
  assert.match(String(cache.failure), /gone/);
  fail = false;
  await change();
  assert.equal(cache.failure, null);
  assert.equal(cache.at(0)?.a, 0);
});

test('keys move the caret, Shift keeps the anchor, S goes to the other side', () => {
  const layout = { length: 100, columns: 16, page: 3 };
  const at = { side: 'a', anchor: 20, caret: 20 } as const;
  const press = (key: string, more = {}) =>
    selectionAfterKey(at, { key, ctrl: false, shift: false, ...more }, layout);
  assert.deepEqual(press('ArrowDown'), { side: 'a', anchor: 36, caret: 36 });
  assert.deepEqual(press('End', { shift: true }), { side: 'a', anchor: 20, caret: 31 });
  assert.deepEqual(press('Home', { ctrl: true }), { side: 'a', anchor: 0, caret: 0 });
  assert.deepEqual(press('PageDown'), { side: 'a', anchor: 68, caret: 68 });
  assert.deepEqual(press('s'), { side: 'b', anchor: 20, caret: 20 });
  assert.equal(press('Tab'), null);
  assert.deepEqual(press('a', { ctrl: true }), { side: 'a', anchor: 99, caret: 0 });
});

test('offsets are hex, or decimal behind #', () => {
  assert.deepEqual(['89', '0x89', '#137', '1 000', 'x', '', '#'].map(typedOffset), [
    137,
    137,
    137,
    4096,
    null,
    null,
    null,
  ]);
});

test('a failure is explained by what was printed and how it ended, and not where nothing says why', () => {
  const step = { end: 'it ended with status 1', log: [], failedStarts: [] };
  assert.deepEqual(failureHints(step), []);
  const [missing] = failureHints({ ...step, log: ['cc: x.c: No such file or directory', 'stop'] });
  assert.match(missing?.words ?? '', /not in the tree/);
  assert.equal(missing?.line, 'cc: x.c: No such file or directory');
  assert.match(failureHints({ ...step, log: ['bin/a: FAILED'] })[0]?.words ?? '', /check of hashes/);
  assert.match(failureHints({ ...step, end: 'it was ended by SIGSEGV' })[0]?.words ?? '', /crashed/);
  const [start] = failureHints({ ...step, failedStarts: [{ path: '/bin/sh', result: 'ENOENT' }] });
  assert.equal(start?.line, '/bin/sh: ENOENT');
});
