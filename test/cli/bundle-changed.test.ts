import assert from 'node:assert/strict';
import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION } from '../../main/engine/base/index.ts';
import { assay, makeKey } from '../support/assay.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();

test('a replay says nothing of a bundle that was imported after it', async () => {
  const [place, sources, others] = ['case', 'sources', 'others'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const copy of [sources, others]) {
    cpSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle'), copy, { recursive: true });
  }
  appendFileSync(join(others, 'bedrock.kaem'), '# changed\n');
  const key = join(folder, 'key');
  makeKey(key);
  const run = (...args: string[]) => assay([...args, '--json']);
  const status = () => JSON.parse(run('status', place).stdout);
  assert.equal(run('case', 'create', place, '--kit', 'bedrock-amd64', '--by', 'Ada').status, 0);
  assert.equal(run('import', place, sources).status, 0);
  assert.equal(run('seed', place).status, 0);
  assert.equal(run('replay', place).status, 0);
  assert.equal(status().verdict, 'reproduced');

  assert.equal(run('import', place, others).status, 0);
  const { verdict, replay, open } = status();
  assert.deepEqual([verdict, replay], [null, null]);
  const codes = open.map((point: { code: string }) => point.code);
  assert.ok(codes.includes('replay.none'), codes.join(' '));
  const exported = run('export', place, '--report', join(folder, 'report.tar'), '--key', key);
  assert.equal(exported.status, 2);
  assert.match(exported.stdout + exported.stderr, /report\.incomplete/);

  await using engine = new EngineProcess();
  await engine.ask('case.open', { location: place, by: 'Ada' });
  assert.equal(await engine.ask('verdict.get', {}), null);
  const { open: points } = await engine.ask('case.overview', {});
  assert.ok(points.some(({ code }) => code === 'replay.none'));
});
