import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

test('the kit’s own bundle is imported, walked through and read', async () => {
  const location = join(temporaryFolder(), 'case');
  await using engine = new EngineProcess();
  await engine.ask('case.create', { location, name: 'Walk', kit: 'bedrock-amd64', by: 'Ada' });
  await assert.rejects(
    engine.ask('bundle.children', { folder: '', offset: 0, limit: 10 }),
    code('bundle.none'),
  );
  const imported = await engine.ask('bundle.import', { locations: [] });
  const summary = await engine.ask('bundle.summary', {});
  assert.equal(summary?.files, imported.files);
  const top = await engine.ask('bundle.children', { folder: '', offset: 0, limit: 1000 });
  assert.equal(top.total, top.rows.length);
  assert.equal(
    top.rows.reduce((sum, row) => sum + row.files, 0),
    imported.files,
  );
  const seed = (await engine.ask('case.summary', {}))?.seeds[0];
  assert.ok(seed?.matches);
  const entry = await engine.ask('bundle.entry', { path: 'seed/hex0.hex0' }).catch(() => null);
  const path = entry?.row.path ?? top.rows.find(row => row.type === 'file')?.path ?? '';
  const { text, encoding } = await engine.ask('bundle.text', { path });
  assert.equal(encoding, 'utf-8');
  const { row } = await engine.ask('bundle.entry', { path });
  assert.equal(createHash('sha256').update(text).digest('hex'), row.sha256);
  const part = await engine.ask('bundle.bytes', { path, offset: 3, length: 5 });
  assert.equal(
    Buffer.from(part.bytes, 'base64').toString('utf8'),
    Buffer.from(text).subarray(3, 8).toString('utf8'),
  );
  const beyond = await engine.ask('bundle.bytes', { path, offset: part.size + 10, length: 5 });
  assert.equal(beyond.bytes, '');
  await assert.rejects(engine.ask('bundle.text', { path: '../x' }), code('bundle.no-entry'));
});

test('folders that the archive does not name are there, counted, and in order', async () => {
  const folder = temporaryFolder();
  const source = join(folder, 'source');
  for (const path of ['b/deep/er/file', 'a', 'b/one', 'zero\u202e']) {
    mkdirSync(join(source, path, '..'), { recursive: true });
    writeFileSync(join(source, path), 'content');
  }
  await using engine = new EngineProcess();
  await engine.ask('case.create', {
    location: join(folder, 'case'),
    name: 'Tree',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  // The seed is not in it: the import stands, the missing seed is told.
  await assert.rejects(engine.ask('bundle.import', { locations: [source] }), code('seed.missing'));
  const top = await engine.ask('bundle.children', { folder: '', offset: 0, limit: 1 });
  assert.deepEqual([top.total, top.rows[0]?.name, top.rows[0]?.files, top.rows[0]?.bytes], [3, 'b', 2, 14]);
  const rest = await engine.ask('bundle.children', { folder: '', offset: 1, limit: 10 });
  assert.deepEqual(
    rest.rows.map(row => [row.name, row.flags.length > 0]),
    [
      ['a', false],
      ['zero\u202e', true],
    ],
  );
  const inner = await engine.ask('bundle.children', { folder: 'b/deep', offset: 0, limit: 10 });
  assert.deepEqual(
    inner.rows.map(row => row.path),
    ['b/deep/er'],
  );
});

test('two imports do not run at once, and one that is stopped leaves nothing', async () => {
  const folder = temporaryFolder();
  const source = join(folder, 'source');
  mkdirSync(source);
  for (let i = 0; i < 300; i += 1) writeFileSync(join(source, `f${i}`), Buffer.alloc(100_000, i));
  await using engine = new EngineProcess();
  await engine.ask('case.create', {
    location: join(folder, 'case'),
    name: 'Busy',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  const first = engine.start('bundle.import', { locations: [source] });
  await assert.rejects(engine.ask('bundle.import', { locations: [] }), code('case.busy'));
  engine.cancel(first.id);
  await assert.rejects(first.answer, code('task.stopped'));
  assert.equal((await engine.ask('case.summary', {}))?.bundle, null);
});
