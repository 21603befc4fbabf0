import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateDemonstrationKey } from '../../../main/engine/index.ts';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

test('a whole audit over the channel ends in a report that verifies', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  await engine.ask('case.create', {
    location: join(folder, 'case'),
    name: 'Whole',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  assert.equal(await engine.ask('chain.plan', {}), null);
  const codes = async () => (await engine.ask('case.overview', {})).open.map(point => point.code);
  assert.deepEqual((await codes())[0], 'case.no-bundle');
  await engine.ask('bundle.import', { locations: [] });
  assert.deepEqual((await codes())[0], 'replay.none');
  const planned = await engine.ask('chain.plan', {});
  assert.ok(planned && planned.steps.length > 20 && planned.steps.every(step => step.outcome === 'not-run'));
  assert.ok(
    planned.steps.some(step => step.plans === 'bin/hex0'),
    'what each step is to write is known before',
  );
  assert.equal(await engine.ask('verdict.get', {}), null);
  await assert.rejects(engine.ask('report.preview', {}), code('report.incomplete'));

  const dones: number[] = [];
  const { answer } = engine.start('replay.run', {}, progress => dones.push(progress.done));
  const outcome = await answer;
  assert.equal(outcome.outcome, 'completed');
  assert.ok(dones.length > 1);
  assert.ok(engine.events.some(event => event.type === 'case-changed'));

  const plan = await engine.ask('chain.plan', {});
  assert.ok(plan?.steps.every(step => step.outcome === 'done' && step.seconds !== null));
  const verdict = await engine.ask('verdict.get', {});
  assert.equal(verdict?.verdict, 'reproduced');
  const overview = await engine.ask('case.overview', {});
  const [next] = overview.open;
  assert.deepEqual([next?.code, next?.place, next?.items[0]], ['seed.unexplained', 'seed', 'hex0-seed']);
  assert.deepEqual([overview.fileReview?.reviewed, overview.fileReview?.files], [0, 19]);
  assert.ok(verdict.proved.length > 0 && verdict.notProved.length > 0);
  const artifacts = await engine.ask('chain.artifacts', {});
  const made = artifacts.find(artifact => artifact.verdict === 'reproduced' && artifact.step !== null);
  assert.ok(made?.sha256);
  const lineage = await engine.ask('chain.lineage', { path: made.path });
  assert.ok(lineage?.nodes.some(node => node.kind === 'seed'));
  const step = await engine.ask('chain.step', { number: made.step ?? 1 });
  assert.ok(step.artifacts.some(artifact => artifact.path === made.path));
  assert.ok(step.inputs.some(input => input.role === 'program' && input.sha256 !== null));
  const bytes = await engine.ask('object.bytes', { sha256: made.sha256, offset: 0, length: 4 });
  assert.equal(Buffer.from(bytes.bytes, 'base64').toString('latin1'), '\x7fELF');
  const alone = await engine.ask('replay.only', { number: made.step ?? 1 });
  assert.match(alone.end, /status 0/);
  const [replay] = await engine.ask('replay.list', {});
  assert.deepEqual([replay?.outcome, replay?.done], ['completed', plan?.steps.length]);

  const preview = await engine.ask('report.preview', {});
  assert.match(preview.html, /Draft/);
  const location = join(folder, 'report.assay.tar');
  const exported = await engine.ask('report.export', { location });
  assert.deepEqual(
    [exported.verdict, exported.readBack, exported.demonstrationKey],
    ['reproduced', true, true],
  );
  assert.ok(existsSync(location));
  const custody = await engine.ask('case.custody', { limit: 2 });
  assert.deepEqual([custody.lines.length, custody.lines[0]?.what], [2, 'Report sealed']);
  const before = custody.lines[1]?.event ?? 0;
  const earlier = await engine.ask('case.custody', { before, limit: 1000 });
  assert.equal(earlier.lines.length, custody.total - 2);
  const oldest = earlier.lines.at(-1);
  assert.deepEqual([oldest?.event, oldest?.by, oldest?.what], [1, 'Ada', 'Case Whole created']);
  const checked = await engine.ask('report.verify', { location });
  assert.ok(checked.verification.valid);
  assert.match(checked.html ?? '', /^<!doctype html>/);
  const compared = await engine.ask('compare.reports', { locations: [location], withCase: true });
  assert.ok(compared.unanimous);
  await assert.rejects(engine.ask('compare.reports', { locations: [location] }), code('usage.wrong'));

  const answered: string[] = [];
  const verifying = engine.ask('report.verify', { location }).then(() => answered.push('report.verify'));
  await engine.ask('case.custody', { limit: 1 });
  answered.push('case.custody');
  await verifying;
  assert.deepEqual(answered, ['case.custody', 'report.verify'], 'the engine answers while it verifies');
  const stopped = engine.start('report.verify', { location });
  engine.cancel(stopped.id);
  await assert.rejects(stopped.answer, code('task.stopped'));
  rmSync(location);
  await assert.rejects(engine.ask('report.verify', { location }), code('report.unreadable'));
});

test('findings are waived with a name and a reason, and waivers withdrawn', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  await engine.ask('case.create', {
    location: join(folder, 'case'),
    name: 'W',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  await engine.ask('bundle.import', { locations: [] });
  await engine.ask('replay.run', { observe: false });
  const [finding] = await engine.ask('findings.list', {});
  assert.ok(finding);
  await assert.rejects(engine.ask('findings.waive', { key: 'none', reason: 'x' }), code('finding.none'));
  await assert.rejects(
    engine.ask('findings.waive', { key: finding.key, reason: '  ' }),
    code('request.invalid'),
  );
  await engine.ask('findings.waive', { key: finding.key, reason: 'known' });
  const waived = (await engine.ask('findings.list', {})).find(each => each.key === finding.key);
  assert.deepEqual([waived?.state, waived?.waiver?.by, waived?.waiver?.reason], ['waived', 'Ada', 'known']);
  await engine.ask('findings.withdraw', { key: finding.key, reason: 'mistake' });
  await assert.rejects(
    engine.ask('findings.withdraw', { key: finding.key, reason: '' }),
    code('waive.not-waived'),
  );
});

test('a replay that is stopped goes on where it stopped', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  await engine.ask('case.create', {
    location: join(folder, 'case'),
    name: 'S',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  await engine.ask('bundle.import', { locations: [] });
  const running = engine.start('replay.run', {}, ({ unit, done }) => {
    if (unit === 'steps' && done >= 3) engine.cancel(running.id);
  });
  await assert.rejects(running.answer, code('task.stopped'));
  const stopped = (await engine.ask('case.summary', {}))?.replay;
  assert.ok(stopped && stopped.done >= 3 && stopped.done < stopped.steps);
  assert.equal((await engine.ask('replay.run', {})).replay, stopped.number);
  assert.equal((await engine.ask('case.summary', {}))?.replay?.outcome, 'completed');
});

test('a case is signed in roles, and what comes after makes it void', async () => {
  const folder = temporaryFolder();
  const key = join(folder, 'key');
  writeFileSync(key, generateDemonstrationKey().file, { mode: 0o600 });
  await using engine = new EngineProcess();
  await engine.ask('case.create', {
    location: join(folder, 'case'),
    name: 'R',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  await engine.ask('bundle.import', { locations: [] });
  await engine.ask('replay.run', {});
  const about = await engine.ask('key.describe', { location: key });
  assert.deepEqual([about.encrypted, about.external, about.type], [false, false, 'ssh-ed25519']);
  const signing = { key, identity: 'ada@example.org', role: 'reviewer' as const };
  await assert.rejects(engine.ask('report.sign', signing), code('sign-off.blocked'));
  await engine.ask('report.sign', { ...signing, notProved: true });
  const before = await engine.ask('report.signers', {});
  assert.deepEqual(
    before.signers.map(each => [each.role, each.identity, each.as, each.fingerprint]),
    [['reviewer', 'ada@example.org', 'not-proved', about.fingerprint]],
  );
  assert.ok((before.signers[0]?.open ?? 0) > 0);
  await engine.ask('scope.set', { text: 'More was said afterwards.' });
  const later = await engine.ask('report.signers', {});
  assert.deepEqual([later.signers, later.lapsed[0]?.state], [[], 'void']);
});
