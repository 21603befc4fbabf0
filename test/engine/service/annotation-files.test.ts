import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION } from '../../../main/engine/base/index.ts';
import { fileOf } from '../../support/annotation-files.ts';
import { makeKey } from '../../support/assay.ts';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;
const content = (offset: number, label: string) => ({
  ranges: [{ offset, length: 4 }],
  kind: 'explained' as const,
  label,
});

async function newCase(engine: EngineProcess, by: string): Promise<{ location: string; seed: string }> {
  const location = join(temporaryFolder(), 'case');
  await engine.ask('case.create', { location, name: 'Review', kit: 'bedrock-amd64', by });
  await engine.ask('bundle.import', { locations: [] });
  const [seed] = await engine.ask('seed.list', {});
  return { location, seed: seed?.seed.sha256 ?? '' };
}

test('annotations leave signed, are looked at, and come in as one action of who agrees', async () => {
  await using engine = new EngineProcess();
  const earlier = await newCase(engine, 'Ada');
  const { seed } = earlier;
  await engine.ask('seed.annotate-many', { seed, contents: [content(0, 'magic'), content(8, 'code')] });
  const folder = temporaryFolder();
  const key = join(folder, 'key');
  makeKey(key, 'sesame');
  const location = join(folder, 'notes.json');
  await assert.rejects(
    engine.ask('seed.export', { seed, location, key, passphrase: 'wrong' }),
    code('key.wrong-passphrase'),
  );
  const written = await engine.ask('seed.export', { seed, location, key, passphrase: 'sesame' });
  assert.ok(written.signature && written.fingerprint);
  await assert.rejects(engine.ask('seed.export', { seed, location }), code('annotation-file.exists'));

  await newCase(engine, 'Ben');
  const look = await engine.ask('seed.import-look', { seed, location });
  assert.deepEqual(
    [look.signature.state, look.source.same, look.items.map(({ number, state }) => [number, state])],
    [
      'good',
      true,
      [
        [1, 'new'],
        [2, 'new'],
      ],
    ],
  );
  const { sha256 } = look.source;
  const wrong = { seed, location, sha256: 'a'.repeat(64), add: [1] };
  await assert.rejects(engine.ask('seed.import', wrong), code('annotation-file.changed'));
  const done = await engine.ask('seed.import', { seed, location, sha256, add: [1, 2] });
  assert.equal(done.added.length, 2);
  await engine.ask('review.undo', {});
  assert.equal((await engine.ask('seed.annotations', { seed })).annotations.length, 0);

  writeFileSync(location, readFileSync(location, 'utf8').replace('magic', 'madge'));
  const bad = await engine.ask('seed.import-look', { seed, location });
  assert.equal(bad.signature.state, 'bad');
  const changed = { seed, location, sha256: bad.source.sha256, add: [1] };
  await assert.rejects(engine.ask('seed.import', changed), code('annotation-file.bad-signature'));
  await engine.ask('seed.import', { ...changed, asUnsigned: true });
  const [taken] = (await engine.ask('seed.annotations', { seed })).annotations;
  assert.equal(taken?.origin?.from === 'file' && taken.origin.key, undefined);

  rmSync(`${location}.sig`);
  mkdirSync(`${location}.sig`);
  const odd = await engine.ask('seed.import-look', { seed, location });
  assert.deepEqual([odd.signature.state, odd.signature.problem], ['bad', 'there is no such file']);
  const gone = { seed, location: join(folder, 'none.json') };
  await assert.rejects(engine.ask('seed.import-look', gone), code('annotation-file.invalid'));

  const carried = await engine.ask('seed.import-look', { seed, location: earlier.location });
  assert.equal(carried.source.kind, 'case');
  assert.deepEqual(
    carried.items.map(({ state, ours }) => [state, ours?.label ?? null]),
    [
      ['conflict', null],
      ['conflict', null],
    ],
    'both were imported and taken back',
  );
});

test('the seed that a file was made for stands beside another one: of the file itself, and of what the case kept of it', async () => {
  await using engine = new EngineProcess();
  const { seed } = await newCase(engine, 'Ben');
  const bytes = readFileSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle/seed/hex0-seed'));
  const older = bytes.subarray(4);
  const location = join(temporaryFolder(), 'notes.json');
  const file = fileOf('hex0-seed', older, [{ label: 'entry', offset: 0x74, length: 8 }]);
  writeFileSync(location, JSON.stringify(file));
  const inFile = await engine.ask('difference.bytes', { a: seed, fileB: location, seedInB: true });
  assert.deepEqual([inFile.b.sha256, inFile.b.size, inFile.summary.deleted], [file.seed.sha256, 272, 4]);

  assert.deepEqual(await engine.ask('seed.imports', { seed }), []);
  const { source } = await engine.ask('seed.import-look', { seed, location });
  await engine.ask('seed.import', { seed, location, sha256: source.sha256, add: [1] });
  rmSync(location);
  const [kept] = await engine.ask('seed.imports', { seed });
  assert.deepEqual(
    [kept?.by, kept?.name, kept?.sha256, kept?.key, kept?.seed.bytes],
    ['Ben', 'notes.json', source.sha256, null, true],
  );
  const ofKept = await engine.ask('difference.bytes', { a: seed, b: source.sha256, seedInB: true });
  assert.deepEqual(ofKept.summary, inFile.summary);
  await engine.ask('seed.blind.begin', { seed });
  assert.equal((await engine.ask('seed.imports', { seed })).length, 1, 'their own');

  const without = { ...file, seed: { ...file.seed, bytes: null } };
  const other = join(temporaryFolder(), 'without.json');
  writeFileSync(other, JSON.stringify(without));
  const sides = { a: seed, fileB: other, seedInB: true };
  await assert.rejects(engine.ask('difference.bytes', sides), code('difference.no-seed'));
  await assert.rejects(
    engine.ask('difference.bytes', { a: seed, b: seed, seedInB: true }),
    code('annotation-file.invalid'),
  );
});
