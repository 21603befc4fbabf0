import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ANSWER_LIMIT } from '../../../main/contract/requests/bundle.ts';
import { assay } from '../../support/assay.ts';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { header } from '../bundle/tar-maker.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

const folder = temporaryFolder();
const location = join(folder, 'case');
/** Larger than what is read at once, and than one answer. */
const BINARY = Buffer.alloc(40 << 20, 'no rhyme ');
const PLACES = [0, (1 << 20) - 2, (20 << 20) + 7, BINARY.length - 4];
for (const at of PLACES) BINARY.set([0x48, 0x8b, 0xff, 0xc3], at);

async function withFile(): Promise<EngineProcess> {
  const engine = new EngineProcess();
  await engine.ask('case.create', { location, name: 'Bytes', kit: 'bedrock-amd64', by: 'Ada' });
  const archive = join(folder, 'sources.tar');
  writeFileSync(
    archive,
    Buffer.concat([header({ name: 'large.bin', size: BINARY.length }), BINARY, Buffer.alloc(1024)]),
  );
  // The seed is not in it: the import stands, the missing seed is told.
  await assert.rejects(engine.ask('bundle.import', { locations: [archive] }), code('seed.missing'));
  return engine;
}

let engine: EngineProcess;
before(async () => {
  engine = await withFile();
});
after(() => engine[Symbol.asyncDispose]());

test('bytes of a file are checked once, then read, searched and measured in any part', async () => {
  const path = 'large.bin';
  const told: string[] = [];
  await engine.start('bundle.check', { path }, progress => told.push(progress.task)).answer;
  assert.ok(told.includes('Checking against its sha256'));
  const again: string[] = [];
  const pattern = { as: 'hex', text: '48 8? ?? C3' } as const;
  const all = { path, pattern, limit: 100 };
  const found = await engine.start('bundle.find-bytes', all, progress => again.push(progress.task)).answer;
  assert.deepEqual(found, { length: 4, offsets: PLACES, total: 4, complete: true });
  assert.deepEqual([...new Set(again)], ['Searching'], 'what was checked is not checked again');
  const previous = await engine.ask('bundle.find-bytes', {
    ...all,
    from: PLACES[3] as number,
    direction: 'previous',
    limit: 1,
  });
  assert.deepEqual(previous, { length: 4, offsets: [PLACES[3]], total: 1, complete: false });
  const offset = (20 << 20) - 5;
  const part = await engine.ask('bundle.bytes', { path, offset, length: ANSWER_LIMIT });
  assert.ok(Buffer.from(part.bytes, 'base64').equals(BINARY.subarray(offset, offset + ANSWER_LIMIT)));
  const measured = await engine.ask('bundle.measure', { path, offset, length: 1_000_000 });
  const expected = createHash('sha256')
    .update(BINARY.subarray(offset, offset + 1_000_000))
    .digest('hex');
  assert.equal(measured.sha256, expected);
  await assert.rejects(
    engine.ask('bundle.find-bytes', { path, pattern: { as: 'hex', text: '4' }, limit: 1 }),
    code('search.bad-pattern'),
  );
  await assert.rejects(engine.ask('bundle.check', { path: 'nothing' }), code('bundle.no-entry'));
});

test('while a search runs others are answered, and it stops when asked to', async () => {
  const told: number[] = [];
  // Nearly everywhere and nowhere, so that every byte is looked at.
  const text = '?? ?0 ?? ?1';
  const searches = Array.from({ length: 24 }, () =>
    engine.start(
      'bundle.find-bytes',
      { path: 'large.bin', pattern: { as: 'hex', text }, limit: 1 },
      progress => told.push(progress.done),
    ),
  );
  let over = 0;
  const ends = searches.map(({ answer }) =>
    answer.catch((error: unknown) => error).finally(() => (over += 1)),
  );
  assert.equal((await engine.ask('case.summary', {}))?.name, 'Bytes');
  assert.ok(over < searches.length, 'the answer did not wait for the searches');
  for (const { id } of searches) engine.cancel(id);
  const results = await Promise.all(ends);
  assert.ok(results.some(code('task.stopped')));
});

test('what was changed in the case is not shown, searched or measured', async () => {
  const { bundle } = (await engine.ask('bundle.summary', {})) ?? {};
  const file = join(location, 'objects', bundle?.sha256.slice(0, 2) ?? '', bundle?.sha256.slice(2) ?? '');
  chmodSync(file, 0o644);
  const changed = Buffer.from(BINARY);
  changed[30 << 20] = 1;
  writeFileSync(
    file,
    Buffer.concat([header({ name: 'large.bin', size: BINARY.length }), changed, Buffer.alloc(1024)]),
  );
  const path = 'large.bin';
  const sha256 = bundle?.sha256 ?? '';
  const pattern = { as: 'hex', text: 'c3' } as const;
  for (const answer of [
    engine.ask('bundle.bytes', { path, offset: 0, length: 1 }),
    engine.ask('bundle.find-bytes', { path, pattern, limit: 1 }),
    engine.ask('bundle.measure', { path, offset: 0, length: 1 }),
  ]) {
    await assert.rejects(answer, code('bundle.damaged'));
  }
  for (const answer of [
    engine.ask('object.bytes', { sha256, offset: 0, length: 1 }),
    engine.ask('object.find', { sha256, pattern, limit: 1 }),
    engine.ask('object.measure', { sha256, offset: 0, length: 1 }),
  ]) {
    await assert.rejects(answer, code('object.damaged'));
  }
});

test('the command line finds and measures bytes of a seed as the engine does', async () => {
  const place = join(folder, 'own');
  await using own = new EngineProcess();
  await own.ask('case.create', { location: place, name: 'Own', kit: 'bedrock-amd64', by: 'Ada' });
  await own.ask('bundle.import', { locations: [] });
  const [seed] = await own.ask('seed.list', {});
  const sha256 = seed?.seed.sha256 ?? '';
  const size = seed?.seed.size ?? 0;
  const bytes = Buffer.from(
    (await own.ask('object.bytes', { sha256, offset: 0, length: size })).bytes,
    'base64',
  );
  const run = assay(['seed', 'find', place, '7f 4? 4c', '--json']);
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(JSON.parse(run.stdout), {
    name: seed?.name,
    seed: sha256,
    length: 3,
    offsets: [0],
    total: 1,
    complete: true,
  });
  assert.match(assay(['seed', 'find', place, 'elf', '--text', '--ignore-case']).stdout, /^0x1\n1 place\n$/);
  assert.equal(assay(['seed', 'find', place, 'de ad be ef de ad']).status, 1);
  assert.equal(assay(['seed', 'find', place, '4', '--json']).status, 2);
  const last = assay(['seed', 'find', place, '00', '--back', '--limit', '1', '--json']);
  assert.deepEqual(JSON.parse(last.stdout).offsets, [bytes.lastIndexOf(0)]);
  const measured = JSON.parse(assay(['seed', 'measure', place, '--range', '0x4+16', '--json']).stdout);
  assert.equal(measured.sha256, createHash('sha256').update(bytes.subarray(4, 20)).digest('hex'));
  const asked = await own.ask('object.measure', { sha256, offset: 4, length: 16 });
  assert.deepEqual(measured, { name: seed?.name, seed: sha256, offset: 4, ...asked });
});
