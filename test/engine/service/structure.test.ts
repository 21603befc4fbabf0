import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

test('the structure of a seed, of any other object and of a file of the bundle', async () => {
  await using engine = new EngineProcess();
  const location = join(temporaryFolder(), 'case');
  await engine.ask('case.create', { location, name: 'Structure', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  const [seed] = await engine.ask('seed.list', {});
  assert.ok(seed);
  const { sha256, size } = seed.seed;
  const structure = await engine.ask('seed.structure', { seed: sha256 });
  const { format, machine, bits, entry, nodes, leftOut } = structure;
  assert.deepEqual([format, machine, bits, leftOut], ['elf', 'amd64', 64, 0]);
  assert.deepEqual(entry, { address: '0x400078', offset: 0x78 });
  const branch = nodes.find(({ id }) => id === 'code');
  assert.deepEqual([branch?.offset, branch?.length], [0x78, size - 0x78]);

  assert.deepEqual(await engine.ask('bundle.structure', { path: seed.path }), structure, 'the same bytes');
  const text = await engine.ask('bundle.structure', { path: seed.source?.path ?? '' });
  assert.deepEqual([text.format, text.nodes.length], ['flat', 1]);
  const source = await engine.ask('seed.structure', { seed: seed.source?.sha256 ?? '' });
  assert.deepEqual(source, text, 'an object that is no seed');

  await assert.rejects(engine.ask('seed.structure', { seed: 'a'.repeat(64) }), code('object.missing'));
  await assert.rejects(engine.ask('bundle.structure', { path: 'no/such' }), code('bundle.no-entry'));
});

test('bytes that are not those of their name have no structure', async () => {
  await using engine = new EngineProcess();
  const location = join(temporaryFolder(), 'case');
  await engine.ask('case.create', { location, name: 'Structure', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  const [seed] = await engine.ask('seed.list', {});
  assert.ok(seed);
  const { sha256 } = seed.seed;
  const path = join(location, 'objects', sha256.slice(0, 2), sha256.slice(2));
  chmodSync(path, 0o600);
  writeFileSync(path, 'something else');
  await assert.rejects(engine.ask('seed.structure', { seed: sha256 }), code('object.damaged'));
});
