import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ByteSource, sourceOfBytes } from '../../../../renderer/viewers/hex/byte-source.ts';
import { copyAs } from '../../../../renderer/viewers/hex/copy-as.ts';
import { findIn } from '../../../../renderer/viewers/hex/find.ts';
import { COLUMNS, rowCount } from '../../../../renderer/viewers/hex/layout.ts';
import { PAGE_SIZE, PageCache } from '../../../../renderer/viewers/hex/page-cache.ts';
import { hexPattern, indexOfPattern, patternOf } from '../../../../renderer/viewers/hex/pattern.ts';
import { hexRow } from '../../../../renderer/viewers/hex/row.ts';

/** A file of any size whose byte at an offset is known without having the file. */
function byteOf(offset: number): number {
  return (Math.imul(offset ^ (offset >>> 8), 2654435761) >>> 24) & 0xff;
}
function madeUp(size: number): ByteSource {
  return {
    size,
    read: async (offset, length) =>
      Uint8Array.from({ length: Math.max(0, Math.min(length, size - offset)) }, (_, i) => byteOf(offset + i)),
  };
}

/** A cache after the pages of these rows were asked for and had time to come. */
async function shown(source: ByteSource, from: number, rows: number): Promise<PageCache> {
  const cache = new PageCache(source);
  cache.want(from * COLUMNS, Math.min(source.size, (from + rows) * COLUMNS));
  for (let turn = 0; turn < 5; turn += 1) await new Promise(resolve => setImmediate(resolve));
  return cache;
}

test('a shown byte is the byte of the file, across page edges and up to the end', async () => {
  const sizes = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc
      .integer({ min: 1, max: 5 })
      .chain(pages => fc.integer({ min: -20, max: 20 }).map(off => pages * PAGE_SIZE + off)),
    fc.constant(2 ** 31 + 7),
  );
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      async (size, share, edge) => {
        const last = rowCount(size) - 1;
        const near = Math.round((share * size) / PAGE_SIZE) * (PAGE_SIZE / COLUMNS) - 3;
        const from = Math.max(0, Math.min(last, edge ? near : Math.floor(share * last)));
        const cache = await shown(madeUp(size), from, 40);
        for (let row = from; row < Math.min(from + 40, last + 1); row += 1) {
          const { start, bytes } = hexRow(cache, row);
          assert.equal(start, row * COLUMNS);
          assert.equal(bytes.length, Math.min(COLUMNS, size - start));
          for (const [column, byte] of bytes.entries()) assert.equal(byte, byteOf(start + column));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('the cache keeps a bounded number of pages and reads what is looked at last', async () => {
  let reads = 0;
  const source = madeUp(2 ** 31);
  let idle = () => {};
  const cache = new PageCache(
    {
      size: source.size,
      read: (...at) => {
        reads += 1;
        return source.read(...at);
      },
    },
    () => idle(),
  );
  for (let page = 0; page < 300; page += 1) {
    await new Promise<void>(resolve => {
      idle = resolve;
      cache.want(page * PAGE_SIZE, page * PAGE_SIZE + 16);
    });
  }
  assert.equal(reads, 300);
  assert.equal(cache.byteAt(0), undefined);
  assert.equal(cache.byteAt(299 * PAGE_SIZE), byteOf(299 * PAGE_SIZE));
  assert.equal(
    [...Array(300).keys()].filter(page => cache.byteAt(page * PAGE_SIZE) !== undefined).length,
    128,
  );
});

test('a page that cannot be read says why, and is read again when asked', async () => {
  let broken = true;
  let told = () => {};
  const cache = new PageCache(
    {
      size: 10,
      read: async () => {
        if (broken) throw new Error('damaged');
        return new Uint8Array(10).fill(7);
      },
    },
    () => told(),
  );
  const change = () => new Promise<void>(resolve => (told = resolve));
  let changed = change();
  cache.want(0, 10);
  await changed;
  assert.match(String(cache.failureAt(3)), /damaged/);
  cache.want(0, 10);
  broken = false;
  cache.retry();
  changed = change();
  cache.want(0, 10);
  await changed;
  assert.equal(cache.failureAt(3), undefined);
  assert.equal(cache.byteAt(3), 7);
});

test('a source that gives too little is a failure, not bytes made up', async () => {
  const cache = new PageCache({ size: 100, read: async () => new Uint8Array(50) });
  cache.want(0, 100);
  await new Promise(resolve => setImmediate(resolve));
  assert.ok(cache.failureAt(0));
  assert.equal(cache.byteAt(0), undefined);
  await assert.rejects(cache.bytes(0, 100));
});

test('a range is read as it is in the file, through pages that are here and that are not', async () => {
  const size = 3 * PAGE_SIZE + 100;
  await fc.assert(
    fc.asyncProperty(fc.nat(size), fc.nat(2 * PAGE_SIZE), async (start, length) => {
      const cache = await shown(madeUp(size), Math.floor(PAGE_SIZE / COLUMNS), 1);
      const bytes = await cache.bytes(start, start + length);
      assert.deepEqual(bytes, await madeUp(size).read(start, length));
    }),
    { numRuns: 30 },
  );
});

test('a source without a search of its own is searched by reading it, at the edges of its pieces too', async () => {
  const piece = 1 << 20;
  const bytes = new Uint8Array(2 * piece + 500);
  const places = [0, piece - 10, piece - 1, 2 * piece - 2, bytes.length - 4];
  for (const at of places) bytes.set([0xde, 0xad, 0xbe, 0xef], at);
  const find = findIn(sourceOfBytes(bytes));
  const { signal } = new AbortController();
  const query = { pattern: { as: 'hex', text: 'de ?? b? ef' }, limit: 3 } as const;
  assert.deepEqual(await find(query, signal), {
    length: 4,
    offsets: places.slice(0, 3),
    total: 5,
    complete: true,
  });
  const back = await find({ ...query, from: 2 * piece - 3, direction: 'previous' }, signal);
  assert.deepEqual(back.offsets, places.slice(0, 3).reverse());
  await assert.rejects(find(query, AbortSignal.abort()));
});

test('patterns agree with a scan byte by byte', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.constantFrom('0', '1', 'f', '?'), { minLength: 2, maxLength: 6 }),
      (buffer, digits) => {
        const text = digits.join('');
        const pattern = hexPattern(text);
        if (digits.length % 2 || /^\?+$/.test(text)) return assert.equal(pattern, null);
        assert.ok(pattern);
        const expression = new RegExp(text.replaceAll('?', '.').replace(/(..)/g, '$1'), 'i');
        const matches = (at: number) => {
          const slice = buffer.subarray(at, at + digits.length / 2);
          return slice.length === digits.length / 2 && expression.test(Buffer.from(slice).toString('hex'));
        };
        const expected = [...buffer.keys()].findIndex(matches);
        assert.equal(indexOfPattern(buffer, pattern, 0), expected);
      },
    ),
  );
  for (const bad of ['', '4', 'zz', '??', '4 8 f']) assert.equal(hexPattern(bad), null, bad);
  assert.deepEqual(hexPattern('0x48, 0x?F')?.bytes, Uint8Array.of(0x48, 0x0f));
  assert.deepEqual(patternOf({ as: 'utf-8', text: 'é' })?.bytes, Uint8Array.of(0xc3, 0xa9));
  assert.deepEqual(patternOf({ as: 'utf-16le', text: 'a[', exact: false }), {
    bytes: Uint8Array.of(0x61, 0, 0x5b, 0),
    mask: Uint8Array.of(0xdf, 0xff, 0xff, 0xff),
  });
});

test('copies can be read back, and copied text holds nothing that acts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), bytes => {
      assert.deepEqual(new Uint8Array(Buffer.from(copyAs(bytes, 'base64', 0), 'base64')), bytes);
      assert.deepEqual(new Uint8Array(Buffer.from(copyAs(bytes, 'hex', 0).replace(/\s/g, ''), 'hex')), bytes);
      const c = [...copyAs(bytes, 'c', 0).matchAll(/0x(..)/g)].map(match =>
        Number.parseInt(match[1] as string, 16),
      );
      assert.deepEqual(Uint8Array.from(c), bytes);
      assert.match(copyAs(bytes, 'text', 0), /^[\t\n\x20-\x7e·]*$/);
    }),
  );
});

test('a dump has each byte at its offset, in rows as the grid has them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(100_000), (bytes, offset) => {
      const read: number[] = [];
      for (const line of copyAs(bytes, 'dump', offset).split('\n')) {
        const [, address = '', figures = ''] = /^([0-9A-F]+) {2}(.{47}) {2}/.exec(line) ?? [];
        assert.equal(Number.parseInt(address, 16), offset + read.length);
        const row = figures.trim().split(' ');
        assert.ok((offset + read.length) % COLUMNS === 0 || read.length === 0);
        read.push(...row.map(figure => Number.parseInt(figure, 16)));
      }
      assert.deepEqual(Uint8Array.from(read), bytes);
    }),
  );
});
