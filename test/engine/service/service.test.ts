import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION, openCase } from '../../../main/engine/index.ts';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

test('a case is made, told of, closed and opened again', async () => {
  const folder = join(temporaryFolder(), 'case');
  await using engine = new EngineProcess();
  assert.equal(await engine.ask('case.summary', {}), null);
  const made = await engine.ask('case.create', {
    location: folder,
    name: 'First',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  assert.equal(made.name, 'First');
  assert.equal(made.by, 'Ada');
  assert.equal(made.kit?.id, 'bedrock-amd64');
  assert.equal(made.bundle, null);
  await engine.ask('case.close', {});
  const opened = await engine.ask('case.open', { location: folder, by: 'Ben' });
  assert.equal(opened.logHead, made.logHead);
  assert.equal(opened.by, 'Ben');
});

test('what is wrong with a message is answered and harms nothing', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  for (const junk of [1, null, 'x', {}, { kind: 'request' }, { kind: 'cancel', id: 99 }])
    engine.child.send(junk as object);
  const anything = engine as unknown as { ask(method: string, params: unknown): Promise<unknown> };
  await assert.rejects(anything.ask('toString', {}), code('request.unknown'));
  await assert.rejects(anything.ask('case.open', { location: folder }), code('request.invalid'));
  await assert.rejects(anything.ask('case.summary', { more: 1 }), code('request.invalid'));
  await assert.rejects(engine.ask('case.open', { location: folder, by: 'Ada' }), code('case.none'));
  assert.equal(await engine.ask('case.summary', {}), null);
});

test('the engine ends with its window and lets go of the case', async () => {
  const folder = join(temporaryFolder(), 'case');
  {
    await using engine = new EngineProcess();
    await engine.ask('case.create', { location: folder, name: 'Held', kit: 'bedrock-amd64', by: 'Ada' });
    assert.throws(() => openCase(folder), /another Assay/);
  }
  assert.ok(existsSync(folder));
  openCase(folder).close();
});

test('kits and machine are described as tried', async () => {
  await using engine = new EngineProcess();
  const kits = await engine.ask('kits.list', {});
  assert.ok(kits.find(kit => kit.id === 'bedrock-amd64')?.bringsBundle);
  const machine = await engine.ask('machine.describe', {});
  assert.ok(machine.runtimes.some(runtime => runtime.name === 'bubblewrap'));
  const network = await engine.ask('machine.network', {});
  assert.ok(network.checks.length >= 3);
});

test('a kit of the page is a name, never a path', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  const create = { location: join(folder, 'case'), name: 'K', by: 'Ada' };
  const path = join(INSTALLATION, 'audit-kits', 'bedrock-amd64');
  for (const kit of [path, '../audit-kits/bedrock-amd64', 'none', ''])
    await assert.rejects(engine.ask('case.create', { ...create, kit }), code('kit.unknown'));
  assert.ok(!existsSync(create.location));
  assert.equal((await engine.ask('case.create', { ...create, kitFolder: path })).kit?.id, 'bedrock-amd64');
});
