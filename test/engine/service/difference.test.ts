import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256Of } from '../../../main/engine/index.ts';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

test('two files over the channel: numbers, parts, next difference, explanation', async () => {
  const folder = temporaryFolder();
  const first = Buffer.concat([
    Buffer.alloc(100_000, 'a'),
    Buffer.from('\0/home/alice/\0'),
    Buffer.alloc(50, 1),
  ]);
  const second = Buffer.concat([
    Buffer.alloc(100_000, 'a'),
    Buffer.from('\0/home/bobby/\0'),
    Buffer.alloc(50, 1),
    Buffer.from('end'),
  ]);
  const [fileA, fileB] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(fileA, first);
  writeFileSync(fileB, second);
  await using engine = new EngineProcess();
  const sides = { fileA, fileB };
  const { summary, length, a } = await engine.ask('difference.bytes', sides);
  assert.deepEqual([summary.places, summary.changed, summary.inserted], [2, 5, 3]);
  assert.deepEqual([a, length], [{ sha256: sha256Of(first), size: first.length }, second.length]);
  const next = await engine.ask('difference.next', { ...sides, from: -1, step: 1 });
  assert.deepEqual(next, { at: 100_007, length: 5, a: 100_007, b: 100_007, number: 1 });
  assert.equal(await engine.ask('difference.next', { ...sides, from: 100_007, step: -1 }), null);
  const part = await engine.ask('difference.part', { ...sides, at: 100_005, length: 100 });
  assert.deepEqual(
    part.runs.map(({ kind, at, length: places }) => [kind, at, places]),
    [
      ['equal', 100_005, 2],
      ['changed', 100_007, 5],
      ['equal', 100_012, 52],
      ['inserted', 100_064, 3],
    ],
  );
  assert.equal(Buffer.from(part.b, 'base64').toString('latin1', 0, 9), 'e/bobby/\0');
  assert.deepEqual(await engine.ask('difference.place', { ...sides, side: 'b', offset: 100_065 }), {
    at: 100_065,
  });
  const { explanation } = await engine.ask('difference.explain', sides);
  assert.equal(explanation?.looks[0]?.cause, 'path');
  const { diffoscope, noDiffoscope } = await engine.ask('difference.outside', sides);
  assert.equal(diffoscope === null, noDiffoscope !== null, 'its words, or why there are none');
  await assert.rejects(
    engine.ask('difference.place', { ...sides, side: 'a', offset: 1e9 }),
    code('difference.beyond'),
  );
});

test('a file has to be the one that was asked for, and bytes that are not there are not made up', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a');
  writeFileSync(file, 'content');
  await using engine = new EngineProcess();
  const other = sha256Of('other');
  const own = { fileA: file, fileB: file };
  await assert.rejects(engine.ask('difference.bytes', { ...own, b: other }), code('difference.other-file'));
  assert.equal((await engine.ask('difference.bytes', { ...own, b: sha256Of('content') })).summary.places, 0);
  const location = join(folder, 'case');
  await engine.ask('case.create', { location, name: 'Empty', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  await assert.rejects(
    engine.ask('difference.bytes', { a: other, fileB: file }),
    code('difference.no-bytes'),
  );
  const [row] = (await engine.ask('bundle.children', { folder: 'src', offset: 0, limit: 1 })).rows;
  assert.ok(row?.sha256);
  const same = await engine.ask('difference.bytes', { a: row.sha256, b: row.sha256 });
  assert.deepEqual([same.summary.places, same.a.size], [0, row.size]);
});
