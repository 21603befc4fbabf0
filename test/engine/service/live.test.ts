import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LiveReplay } from '../../../main/contract/requests/index.ts';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { noTool, type ToolStep, writeToolKit } from '../../support/tool-kit.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

const nap = (i: number, ms = 150): ToolStep => ({
  operations: ['sleep', String(ms), ';', 'write', `out/${i}`, `text ${i}`],
  outputs: [`out/${i}`],
  stage: i < 3 ? 'one' : 'two',
});

const NAPS = [0, 1, 2, 3, 4, 5].map(i => nap(i));

async function openCase(engine: EngineProcess, name: string, kitFolder: string): Promise<void> {
  const location = join(temporaryFolder(), name);
  await engine.ask('case.create', { location, name, kitFolder, by: 'Ada' });
  await engine.ask('bundle.import', { locations: [join(kitFolder, 'bundle')] });
}

/** Waits until the replay that runs is in a step, or for what else is wanted of it. */
async function untilLive(engine: EngineProcess, wanted: (live: LiveReplay) => boolean): Promise<LiveReplay> {
  for (;;) {
    const live = await engine.ask('replay.live', {});
    if (live && wanted(live)) return live;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

test('a replay that runs tells where it stands, and stops after the running step or at once', {
  skip: noTool,
}, async () => {
  const kit = writeToolKit(temporaryFolder(), NAPS);
  await using engine = new EngineProcess();
  await openCase(engine, 'live', kit);
  assert.equal(await engine.ask('replay.live', {}), null);
  await assert.rejects(engine.ask('replay.stop', { when: 'now' }), code('replay.not-running'));

  const first = engine.start('replay.run', {});
  const live = await untilLive(engine, ({ step }) => step?.number === 3);
  assert.deepEqual(
    [live.replay, live.mode, live.steps, live.done, live.step?.id, live.step?.stage, live.step?.stageTitle],
    [1, 'stepped', 7, 2, 'step-3', 1, 'Stage one'],
  );
  // Nobody has run these steps before, and nobody guesses.
  assert.deepEqual([live.left, live.leftFrom, live.stopping], [null, null, null]);
  await assert.rejects(engine.ask('case.close', {}), code('case.busy'));
  await engine.ask('replay.stop', { when: 'after-step' });
  assert.equal((await engine.ask('replay.live', {}))?.stopping, 'after-step');
  await assert.rejects(first.answer, code('task.stopped'));
  const kept = await engine.ask('chain.plan', {});
  assert.deepEqual(
    [kept?.outcome, kept?.steps.filter(step => step.outcome === 'done').length],
    ['unfinished', 3],
  );
  assert.ok((kept?.seconds ?? 0) > 0.3, `${kept?.seconds} s`);

  const second = engine.start('replay.run', {});
  const again = await untilLive(engine, ({ step }) => step?.number === 4);
  assert.equal(again.done, 3);
  assert.ok(again.seconds >= (kept?.seconds ?? 0), 'the time of the earlier run counts');
  await engine.ask('replay.stop', { when: 'now' });
  await assert.rejects(second.answer, code('task.stopped'));
  assert.equal((await engine.ask('case.summary', {}))?.replay?.done, 3);
  assert.equal((await engine.ask('replay.run', {})).outcome, 'completed');
  assert.equal(await engine.ask('replay.live', {}), null);
  const told = engine.events.flatMap(event => (event.type === 'replay-live' ? [event.live] : []));
  assert.ok(told.some(each => each?.step?.number === 6) && told.at(-1) === null);
});

test('what steps took before tells how long they take, in this case and in others of the same plan', {
  skip: noTool,
}, async () => {
  const kit = writeToolKit(temporaryFolder(), NAPS);
  const cache = temporaryFolder();
  await using engine = new EngineProcess(cache);
  await openCase(engine, 'first', kit);
  await engine.ask('replay.run', {});
  const again = engine.start('replay.run', { again: true });
  const live = await untilLive(engine, ({ step }) => step?.number === 3);
  assert.equal(live.leftFrom, 'case');
  assert.ok(live.left !== null && live.left > 0.4 && live.left < 10, `${live.left} s`);
  await again.answer;

  await openCase(engine, 'other', kit);
  const other = engine.start('replay.run', {});
  const known = await untilLive(engine, ({ step }) => step?.number === 3);
  assert.equal(known.leftFrom, 'machine');
  assert.ok(known.left !== null && known.left > 0.4, `${known.left} s`);
  await other.answer;

  await using stranger = new EngineProcess();
  await openCase(stranger, 'elsewhere', kit);
  const unknown = stranger.start('replay.run', {});
  assert.equal((await untilLive(stranger, ({ step }) => step !== null)).left, null);
  await unknown.answer;
});

test('any replay of a case can be looked at, and only what changed is sent of a plan', {
  skip: noTool,
}, async () => {
  const fails = [nap(0, 1), { operations: ['print', 'here it ends', ';', 'exit', '3'] }, nap(2, 1)];
  const kit = writeToolKit(temporaryFolder(), fails);
  await using engine = new EngineProcess();
  await openCase(engine, 'three', kit);
  const failed = await engine.ask('replay.run', {});
  assert.equal(failed.outcome, 'failed');
  const plan = await engine.ask('chain.plan', {});
  assert.ok(plan);
  const none = await engine.ask('chain.plan-changes', { since: plan.event });
  assert.deepEqual([none?.steps, none?.outcome], [[], 'failed']);
  await engine.ask('findings.raise', { severity: 'low', message: 'said', where: 'out' });
  const said = await engine.ask('chain.plan-changes', { since: plan.event });
  assert.deepEqual([said?.steps, said?.event], [[], plan.event + 1]);

  const second = await engine.ask('replay.run', { again: true, observe: false });
  assert.equal(second.replay, 2);
  // Another replay began since.
  assert.equal(await engine.ask('chain.plan-changes', { since: plan.event }), null);
  assert.deepEqual(
    (await engine.ask('chain.plan-changes', { since: plan.event, replay: 1 }))?.steps ?? null,
    null,
  );
  const started = (await engine.ask('chain.plan', {}))?.event ?? 0;
  const rows = await engine.ask('chain.plan-changes', { since: started - 2, replay: 2 });
  assert.deepEqual(
    rows?.steps.map(row => [row.number, row.outcome]),
    [[3, 'failed']],
  );
  const [newest, older] = await Promise.all([
    engine.ask('chain.step', { number: 2 }),
    engine.ask('chain.step', { number: 2, replay: 1 }),
  ]);
  assert.equal(newest.observation, null);
  assert.equal(older.observation?.programs[0]?.path, '/seed/tool');
  assert.equal((await engine.ask('chain.plan', { replay: 1 }))?.replay, 1);
  const log = { number: 3, stream: 'stdout', offset: 0, length: 100 } as const;
  assert.equal((await engine.ask('chain.log', { ...log, replay: 1 })).text, 'here it ends\n');
  const artifacts = await engine.ask('chain.artifacts', { replay: 1 });
  assert.ok(artifacts.some(artifact => artifact.path === 'out/0'));
  const lineage = await engine.ask('chain.lineage', { path: 'out/0', replay: 1 });
  assert.ok(lineage?.nodes.some(node => node.kind === 'seed'));
  await assert.rejects(engine.ask('chain.plan', { replay: 9 }), code('replay.no-such'));
  await assert.rejects(engine.ask('chain.artifacts', { replay: 9 }), code('replay.no-such'));
});

test('what the steps of a running replay print is there while they run, to be read and searched', {
  skip: noTool,
}, async () => {
  const noisy: ToolStep = {
    operations: ['pour', '3000', ';', 'print', 'needle', ';', 'sleep', '60000'],
    outputs: [],
    stage: 'one',
  };
  const kit = writeToolKit(temporaryFolder(), [
    { ...nap(0, 0), operations: ['print', 'first', ';', 'write', 'out/0', 'x'] },
    noisy,
  ]);
  await using engine = new EngineProcess();
  await openCase(engine, 'output', kit);
  assert.equal((await engine.ask('log.lines', { log: 'live', from: 0, count: 1 })).total, 0);
  const run = engine.start('replay.run', { observe: false });
  let total = 0;
  while (total < 3004) ({ total } = await engine.ask('log.lines', { log: 'live', from: 0, count: 1 }));
  const { lines } = await engine.ask('log.lines', { log: 'live', from: 0, count: 4 });
  assert.deepEqual(
    lines.slice(0, 3).map(line => line.text),
    ['[step 2]', 'first', '[step 3]'],
  );
  assert.deepEqual(await engine.ask('log.find', { log: 'live', text: 'NEEDLE' }), {
    found: 1,
    lines: [3003],
  });
  await engine.ask('replay.stop', { when: 'now' });
  await assert.rejects(run.answer, code('task.stopped'));
  const told = engine.events.flatMap(event => (event.type === 'output-grew' ? [event.lines] : []));
  assert.equal(told.at(-1), 3004);
  assert.equal(
    (await engine.ask('log.lines', { log: 'live', from: 3003, count: 1 })).lines[0]?.text,
    'needle',
  );
});
