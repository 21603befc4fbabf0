import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Asks, askedSource } from '../../../../renderer/viewers/hex/asked-source.ts';
import type { ByteSource } from '../../../../renderer/viewers/hex/byte-source.ts';
import { copyAs } from '../../../../renderer/viewers/hex/copy-as.ts';
import { findIn } from '../../../../renderer/viewers/hex/find.ts';
import { goTo } from '../../../../renderer/viewers/hex/go-to.ts';
import { COLUMNS, rowCount } from '../../../../renderer/viewers/hex/layout.ts';
import { PAGE_SIZE, PageCache } from '../../../../renderer/viewers/hex/page-cache.ts';
import { hexRow } from '../../../../renderer/viewers/hex/row.ts';
import {
  type HexSelection,
  selectedRange,
  selectionAfter,
} from '../../../../renderer/viewers/hex/selection.ts';
import { file } from '../../../engine/bundle/tar-maker.ts';
import { EngineError, EngineProcess } from '../../../support/engine-process.ts';
import { temporaryFolder } from '../../../support/folders.ts';

/** The viewer's model over a real file of many pages, through the real engine process. */

/** Ends in the middle of a row and of a page. */
const BYTES = Buffer.from(
  Uint8Array.from(
    { length: 5 * PAGE_SIZE + 1_237 },
    (_, at) => Math.imul(at ^ (at >>> 7), 0x9e3779b1) >>> 24,
  ),
);
const SIZE = BYTES.length;

const folder = temporaryFolder();
let engine: EngineProcess;
const sources: ByteSource[] = [];
const path = 'pages.bin';
const fileAsks: Asks = {
  check: () => engine.ask('bundle.check', { path }),
  bytes: (offset, length, look) => engine.ask('bundle.bytes', { path, offset, length, look }),
  find: query => engine.ask('bundle.find-bytes', { path, ...query }),
  measure: (offset, length) => engine.ask('bundle.measure', { path, offset, length }),
};
const objectAsks = (sha256: string): Asks => ({
  check: () => engine.ask('object.check', { sha256 }),
  bytes: (offset, length, look) => engine.ask('object.bytes', { sha256, offset, length, look }),
  find: query => engine.ask('object.find', { sha256, ...query }),
  measure: (offset, length) => engine.ask('object.measure', { sha256, offset, length }),
});

before(async () => {
  const archive = join(folder, 'sources.tar');
  writeFileSync(archive, Buffer.concat([file(path, BYTES), Buffer.alloc(1024)]));
  engine = new EngineProcess();
  const location = join(folder, 'case');
  await engine.ask('case.create', { location, name: 'Bytes', kit: 'bedrock-amd64', by: 'Ada' });
  // The seed is not in it: the import stands, the missing seed is told.
  await assert.rejects(
    engine.ask('bundle.import', { locations: [archive] }),
    (error: unknown) => error instanceof EngineError && error.problem.code === 'seed.missing',
  );
  const bundle = (await engine.ask('bundle.summary', {}))?.bundle;
  assert.ok(bundle);
  const { offset } = await engine.ask('bundle.entry', { path });
  sources.push(
    askedSource(SIZE, fileAsks),
    within(askedSource(bundle.size, objectAsks(bundle.sha256)), offset ?? 0),
  );
});
after(() => engine[Symbol.asyncDispose]());

/** The stored archive around the file is an object too; the file is a part of it. */
function within(source: ByteSource, begin: number): ByteSource {
  return {
    size: SIZE,
    read: (offset, length) => source.read(begin + offset, Math.min(length, SIZE - offset)),
  };
}

/** Somewhere, more often than not near the edge of a page or the end. */
const somewhere = fc.oneof(
  fc.nat(SIZE - 1),
  fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -40, max: 40 })).map(([page, off]) => {
    return Math.max(0, Math.min(SIZE - 1, page * PAGE_SIZE + off));
  }),
  fc.integer({ min: 1, max: 40 }).map(back => SIZE - back),
);

test('each byte that a row shows is the file’s', async () => {
  for (const source of sources) {
    await fc.assert(
      fc.asyncProperty(somewhere, async offset => {
        const first = Math.floor(offset / COLUMNS);
        let told = () => {};
        const cache = new PageCache(source, () => told());
        for (;;) {
          const come = new Promise<void>(resolve => (told = resolve));
          cache.want(first * COLUMNS, (first + 30) * COLUMNS);
          const rows = Array.from({ length: Math.min(30, rowCount(SIZE) - first) }, (_, i) =>
            hexRow(cache, first + i),
          );
          const shown = rows.flatMap(row => row.bytes);
          if (shown.includes(undefined)) {
            assert.equal(cache.failureAt(offset), undefined);
            await come;
            continue;
          }
          assert.deepEqual(
            Buffer.from(shown as number[]),
            BYTES.subarray(first * 16, first * 16 + shown.length),
          );
          assert.ok(shown.length > offset - first * COLUMNS);
          return;
        }
      }),
      { numRuns: 25 },
    );
  }
});

test('what is selected by keys and copied is the file’s', async () => {
  const keys = fc.constantFrom('ArrowRight', 'ArrowDown', 'PageDown', 'End', 'ArrowUp', 'Home');
  const [source] = sources;
  assert.ok(source);
  await fc.assert(
    fc.asyncProperty(somewhere, fc.array(keys, { maxLength: 12 }), async (offset, presses) => {
      const at = goTo(`0x${offset.toString(16)}`, { caret: 0, size: SIZE }) ?? -1;
      assert.equal(at, offset);
      let selection: HexSelection = { anchor: at, caret: at };
      for (const key of presses) {
        selection = selectionAfter(selection, { key, ctrl: false, shift: true }, SIZE, 1500) ?? selection;
      }
      const { start, end } = selectedRange(selection, SIZE);
      const copied = copyAs(await source.read(start, end - start), 'base64', start);
      assert.ok(Buffer.from(copied, 'base64').equals(BYTES.subarray(start, end)));
      const { signal } = new AbortController();
      const measured = await source.measure?.({ start, end }, signal);
      assert.equal(measured?.sha256, createHash('sha256').update(BYTES.subarray(start, end)).digest('hex'));
    }),
    { numRuns: 25 },
  );
});

test('what is found is where it is found, by the engine and by reading', async () => {
  const { signal } = new AbortController();
  await fc.assert(
    fc.asyncProperty(somewhere, fc.integer({ min: 1, max: 9 }), fc.nat(8), async (offset, length, hole) => {
      const pairs = [...BYTES.subarray(offset, offset + length)].map((byte, i) =>
        i === hole % 9 && length > 1 ? '??' : byte.toString(16).padStart(2, '0'),
      );
      const query = { pattern: { as: 'hex', text: pairs.join(' ') }, limit: 50_000 } as const;
      const results = await Promise.all(sources.map(source => findIn(source)(query, signal)));
      assert.deepEqual(results[0], results[1]);
      assert.ok(results[0]?.offsets.includes(offset));
      for (const found of results[0]?.offsets.slice(0, 20) ?? []) {
        for (const [i, pair] of pairs.entries()) {
          if (pair !== '??') assert.equal(BYTES[found + i], Number.parseInt(pair, 16));
        }
      }
    }),
    { numRuns: 25 },
  );
});
