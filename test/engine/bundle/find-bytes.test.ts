import assert from 'node:assert/strict';
import { chmodSync, closeSync, openSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { AssayError, sha256Of, sha256OfFile } from '../../../main/engine/base/index.ts';
import {
  type BytePattern,
  CheckedContents,
  COUNT_LIMIT,
  type Content,
  findBytes,
  hexPattern,
  measureBytes,
  storedObject,
  textPattern,
} from '../../../main/engine/bundle/index.ts';
import { createCase } from '../../../main/engine/case/index.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const ALL = { limit: COUNT_LIMIT };
const PIECE = 1 << 20;
const STEP_BACK = 1 << 18;

function inMemory(bytes: Uint8Array): Content {
  return {
    size: bytes.length,
    readAt(buffer, offset) {
      assert.ok(offset >= 0 && offset + buffer.length <= bytes.length, 'only what is there is asked for');
      buffer.set(bytes.subarray(offset, offset + buffer.length));
    },
    [Symbol.dispose]() {},
  };
}

/** Every place, by looking at each. */
function scanned(bytes: Uint8Array, pattern: BytePattern, first = 0, last = bytes.length): number[] {
  const places: number[] = [];
  for (let at = first; at <= Math.min(last, bytes.length - pattern.bytes.length); at += 1) {
    const fits = pattern.bytes.every((byte, i) => {
      const bits = pattern.mask[i] as number;
      return ((bytes[at + i] as number) & bits) === (byte & bits);
    });
    if (fits) places.push(at);
  }
  return places;
}

const digits = fc
  .array(fc.constantFrom('00', '01', '0?', '?1', '??', '10', 'ff'), { minLength: 1, maxLength: 7 })
  .filter(pairs => pairs.some(pair => pair !== '??'))
  .map(pairs => hexPattern(pairs.join(' ')));
/** Few values, so that patterns are often nearly there; now and then one rare byte. */
const few = fc
  .array(fc.constantFrom(0, 0, 0, 1, 1, 0x10, 0xff), { maxLength: 120 })
  .map(bytes => Uint8Array.from(bytes));
const sparse = fc
  .array(fc.tuple(fc.nat(9_999), fc.constantFrom(1, 0x10, 0xff, 0x11)), { maxLength: 60 })
  .map(spots => {
    const bytes = new Uint8Array(10_000);
    for (const [at, byte] of spots) bytes[at] = byte;
    return bytes;
  });

test('a search finds what looking at every place finds, from anywhere, both ways', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(few, sparse), digits, fc.nat(10_100), async (bytes, pattern, from) => {
      const content = inMemory(bytes);
      const found = await findBytes(content, pattern, ALL);
      assert.deepEqual(found, {
        length: pattern.bytes.length,
        offsets: scanned(bytes, pattern),
        total: found.offsets.length,
        complete: true,
      });
      const onwards = await findBytes(content, pattern, { ...ALL, from });
      assert.deepEqual(onwards.offsets, scanned(bytes, pattern, from));
      const back = await findBytes(content, pattern, { ...ALL, from, direction: 'previous' });
      assert.deepEqual(back.offsets, scanned(bytes, pattern, 0, from).reverse());
    }),
    { numRuns: 300 },
  );
});

test('places that lie across the edges of what is read at once are found once', async () => {
  const bytes = new Uint8Array(2 * PIECE + 300_000);
  const places = [0, STEP_BACK - 2, PIECE - 3, PIECE - 1, PIECE, PIECE + STEP_BACK - 4, 2 * PIECE - 4];
  for (const at of [...places, bytes.length - 4]) bytes.set([0xde, 0xad, 0xbe, 0xef], at);
  for (const text of ['de ad be ef', 'd? ad ?? ef', '?e ?d ?e ?f']) {
    const pattern = hexPattern(text);
    const expected = scanned(bytes, pattern);
    assert.ok(expected.length >= 6);
    const content = inMemory(bytes);
    assert.deepEqual((await findBytes(content, pattern, ALL)).offsets, expected, text);
    const back = await findBytes(content, pattern, { ...ALL, direction: 'previous' });
    assert.deepEqual(back.offsets, expected.toReversed(), text);
  }
});

test('a long pattern is found whichever part of it is looked for first', async () => {
  const value = fc.constantFrom(0, 0, 0, 1, 0x10, 0x11);
  const mask = fc.constantFrom(0xff, 0xf0, 0x0f, 0x0f, 0);
  const content = fc.array(value, { minLength: 64, maxLength: 400 });
  const masks = fc.array(mask, { minLength: 8, maxLength: 60 }).filter(all => all.some(bits => bits !== 0));
  await fc.assert(
    fc.asyncProperty(content, masks, fc.nat(), async (values, bits, from) => {
      const bytes = Uint8Array.from(values);
      const at = from % (bytes.length - bits.length + 1);
      const pattern = { bytes: bytes.slice(at, at + bits.length), mask: Uint8Array.from(bits) };
      const { offsets } = await findBytes(inMemory(bytes), pattern, ALL);
      assert.deepEqual(offsets, scanned(bytes, pattern));
      assert.ok(offsets.includes(at));
    }),
    { numRuns: 300 },
  );
  const pattern = hexPattern('4? '.repeat(20) + '?7 '.repeat(20));
  const bytes = new Uint8Array(3 * PIECE).fill(0x41, 0, PIECE).fill(0x17, PIECE);
  const places = [70_000, PIECE - 20, 2 * PIECE - 15];
  for (const at of places) bytes.fill(0x40, at, at + 20).fill(0x27, at + 20, at + 40);
  assert.deepEqual((await findBytes(inMemory(bytes), pattern, ALL)).offsets, places);
});

test('texts are found in both encodings, whatever their case when that does not count', async () => {
  const bytes = Buffer.concat([
    Buffer.from('Seed sEED é '),
    Buffer.from('Seed', 'utf16le'),
    Buffer.from('[`{@'),
  ]);
  const places = async (pattern: BytePattern) =>
    (await findBytes(inMemory(bytes), pattern, ALL)).offsets.join(' ');
  assert.equal(await places(textPattern('Seed', false)), '0');
  assert.equal(await places(textPattern('seeD', true)), '0 5');
  assert.equal(await places(textPattern('é', true)), '10');
  assert.equal(await places(textPattern('seed', true, 'utf-16le')), '13');
  assert.equal(await places(textPattern('seed', false, 'utf-16le')), '');
  assert.equal(await places(textPattern('[', true)), '21', 'only letters have a case');
});

test('listing is limited, counting goes on, and what was not seen is said', async () => {
  const zeros = inMemory(new Uint8Array(3_000));
  const pattern = hexPattern('00 00');
  const listed = await findBytes(zeros, pattern, { limit: 10 });
  assert.deepEqual([listed.offsets.length, listed.total, listed.complete], [10, 10, false]);
  const counted = await findBytes(zeros, pattern, { limit: 10, count: true });
  assert.deepEqual([counted.offsets.length, counted.total, counted.complete], [10, 2_999, true]);
  const exact = await findBytes(zeros, pattern, { limit: 2_999 });
  assert.deepEqual([exact.total, exact.complete], [2_999, true]);
  const many = await findBytes(inMemory(new Uint8Array(2_000_000)), pattern, { limit: 1, count: true });
  assert.deepEqual([many.total, many.complete], [COUNT_LIMIT, false]);
});

test('a search lets other things happen and can be stopped', async () => {
  const endless: Content = { size: 2 ** 40, readAt: buffer => buffer.fill(0), [Symbol.dispose]() {} };
  const stop = new AbortController();
  const told: number[] = [];
  const search = findBytes(endless, hexPattern('01'), {
    limit: 1,
    signal: stop.signal,
    onProgress: ({ done }) => told.push(done),
  });
  while (told.length < 2) await nextTurn();
  stop.abort();
  await assert.rejects(search, withCode('task.stopped'));
});

test('a measure is that of the bytes between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.nat(320),
      fc.nat(320),
      async (bytes, start, length) => {
        const part = bytes.subarray(start, start + length);
        const measured = await measureBytes(inMemory(bytes), start, length);
        assert.equal(measured.sha256, sha256Of(part));
        assert.equal(measured.length, part.length);
        assert.equal(measured.zeros, part.filter(byte => byte === 0).length);
        assert.equal(measured.distinct, new Set(part).size);
        assert.ok(
          measured.entropy >= 0 && measured.entropy <= Math.log2(Math.max(1, measured.distinct)) + 1e-9,
        );
      },
    ),
  );
  const each = Uint8Array.from({ length: 512 }, (_, i) => i & 0xff);
  assert.equal((await measureBytes(inMemory(each), 0, 512)).entropy, 8);
});

test('content that is being checked may be looked at until the check fails, and nothing is concluded from it', async () => {
  const file = join(folder, 'zeros');
  writeFileSync(file, '');
  truncateSync(file, 256 * PIECE);
  const stored = (sha256: string) => {
    const fd = openSync(file, 'r');
    const damaged = () => new AssayError({ kind: 'input', code: 'zeros.damaged', message: 'damaged' });
    return { sha256, size: 256 * PIECE, offset: 0, fd, damaged, close: () => closeSync(fd) };
  };
  for (const [sha256, passes] of [
    ['0'.repeat(64), false],
    [sha256OfFile(file).sha256, true],
  ] as const) {
    const checked = new CheckedContents();
    const looks: Promise<Content>[] = [];
    const heard: number[] = [];
    const joined: Promise<PromiseSettledResult<Content>[]>[] = [];
    const check = checked.open(stored(sha256), {
      onProgress({ done }) {
        if (looks.length > 0 || done === 256 * PIECE) return;
        assert.doesNotThrow(() => checked.mustBeChecked(sha256), 'nobody looks at it yet');
        looks.push(checked.look(stored(sha256)));
        const join = checked.open(stored(sha256), { onProgress: progress => heard.push(progress.done) });
        joined.push(Promise.allSettled([join]));
        assert.throws(() => checked.mustBeChecked(sha256), withCode('bytes.being-checked'));
        checked.mustBeChecked('1'.repeat(64));
      },
    });
    const [first] = await Promise.allSettled([check]);
    const ends = [first, ...(await Promise.all(joined)).flat()];
    assert.deepEqual(
      ends.map(({ status }) => status),
      passes ? ['fulfilled', 'fulfilled'] : ['rejected', 'rejected'],
    );
    assert.ok(passes ? heard.at(-1) === 256 * PIECE : heard.length > 0, 'who joins hears of the progress');
    const [looked] = await Promise.all(looks);
    assert.ok(looked);
    const part = Buffer.alloc(4, 1);
    if (passes) looked.readAt(part, 5);
    else assert.throws(() => looked.readAt(part, 5), withCode('zeros.damaged'));
    assert.equal(part[0], passes ? 0 : 1);
    checked.mustBeChecked(sha256);
    looked[Symbol.dispose]();
    for (const end of ends) if (end.status === 'fulfilled') end.value[Symbol.dispose]();
  }
});

test('content is checked once, again when its file was changed, and never given out damaged', async () => {
  using theCase = createCase(join(folder, 'checked'), 'checked', '0');
  const { sha256 } = theCase.objects.put(Buffer.alloc(3 * PIECE + 5, 7));
  const checked = new CheckedContents();
  let told = 0;
  const open = (signal?: AbortSignal) =>
    checked.open(storedObject(theCase.objects, sha256), {
      onProgress: () => (told += 1),
      ...(signal && { signal }),
    });
  const stopped = open(AbortSignal.abort());
  const waiting = open();
  await assert.rejects(stopped, withCode('task.stopped'));
  using content = await waiting;
  const part = Buffer.alloc(2);
  content.readAt(part, 3 * PIECE + 3);
  assert.deepEqual(part, Buffer.from([7, 7]));
  assert.throws(() => content.readAt(part, 3 * PIECE + 4), withCode('object.damaged'));
  told = 0;
  (await open())[Symbol.dispose]();
  assert.equal(told, 0, 'what was checked is not read again');
  const file = theCase.objects.pathOf(sha256);
  chmodSync(file, 0o644);
  writeFileSync(file, Buffer.alloc(3 * PIECE + 5, 8));
  utimesSync(file, 1, 1);
  await assert.rejects(open(), withCode('object.damaged'));
  await assert.rejects(open(), withCode('object.damaged'));
});
