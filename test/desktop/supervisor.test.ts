import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EngineState } from '../../main/contract/desktop.ts';
import { chooseLaunch, type Launch, shared, startEngine } from '../../main/desktop/engine-launch.ts';
import { EngineSupervisor, type Patience } from '../../main/desktop/engine-supervisor.ts';
import { DesktopProblem } from '../../main/desktop/problem.ts';
import { INSTALLATION } from '../../main/engine/base/index.ts';
import { temporaryFolder } from '../support/folders.ts';

const PROGRAM = { node: process.execPath, main: join(INSTALLATION, 'main/engine/service/main.ts') };
const HERE = shared('as the test wants');
const QUICK: Patience = { ready: 20_000, close: 10_000, again: [1, 1], window: 60_000 };

const code = (expected: string) => (error: unknown) =>
  error instanceof DesktopProblem && error.problem.code === expected;

/** A supervisor over real engines, and what it told. */
class Stand implements AsyncDisposable {
  readonly children: ChildProcess[] = [];
  readonly states: EngineState[] = [];
  readonly told = new EventEmitter();
  readonly supervisor: EngineSupervisor;

  constructor(start: () => ChildProcess = () => startEngine(PROGRAM, HERE), patience = QUICK) {
    this.supervisor = new EngineSupervisor(
      () => {
        const child = start();
        this.children.push(child);
        return child;
      },
      {
        event: event => this.told.emit(event.type, event),
        state: state => {
          this.states.push(state);
          this.told.emit(state.state, state);
        },
      },
      patience,
    );
  }

  async becomes(state: EngineState['state']): Promise<EngineState> {
    const [told] = await once(this.told, state);
    return told;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.supervisor.close();
  }
}

function create(stand: Stand, folder: string): Promise<unknown> {
  const params = { location: join(folder, 'case'), name: 'Kept', kit: 'bedrock-amd64', by: 'Ada' };
  return stand.supervisor.request('case.create', params);
}

test('requests wait for the engine and are answered', async () => {
  await using stand = new Stand();
  const early = stand.supervisor.request('kits.list', {});
  stand.supervisor.start();
  assert.ok(Array.isArray(await early));
  await assert.rejects(
    stand.supervisor.request('case.open', { location: '/nowhere', by: 'Ada' }),
    code('case.none'),
  );
  assert.deepEqual(
    stand.states.map(each => each.state),
    ['starting', 'ready'],
  );
});

test('a killed engine is started again with its case, and what waited is told', async () => {
  await using stand = new Stand();
  stand.supervisor.start();
  await create(stand, temporaryFolder());
  const before = stand.children.at(-1);
  const waiting = stand.supervisor.request('bundle.import', { locations: [] }, 'import');
  await new Promise(resolve => setImmediate(resolve));
  assert.ok(stand.supervisor.busy);
  const ready = stand.becomes('ready');
  before?.kill('SIGKILL');
  await assert.rejects(waiting, code('engine.gone'));
  const state = await ready;
  assert.equal(state.problem?.code, 'engine.died');
  assert.match(state.problem?.message ?? '', /SIGKILL/);
  assert.equal(state.reopened?.name, 'Kept');
  assert.ok(!stand.supervisor.busy);
  const summary = (await stand.supervisor.request('case.summary', {})) as { name: string };
  assert.equal(summary.name, 'Kept');
  assert.notEqual(stand.children.at(-1)?.pid, before?.pid);
});

test('an engine that keeps dying is given up, and can be started by hand', async () => {
  let works = false;
  const dying = () => spawn(process.execPath, ['-e', 'throw new Error("no disk")'], { stdio: STDIO });
  await using stand = new Stand(() => (works ? startEngine(PROGRAM, HERE) : dying()));
  const waiting = stand.supervisor.request('kits.list', {});
  const stopped = stand.becomes('stopped');
  stand.supervisor.start();
  await assert.rejects(waiting, code('engine.stopped'));
  assert.match((await stopped).problem?.message ?? '', /3 times within a minute/);
  assert.equal(stand.children.length, 3);
  await assert.rejects(stand.supervisor.request('kits.list', {}), code('engine.stopped'));
  works = true;
  stand.supervisor.start();
  assert.ok(Array.isArray(await stand.supervisor.request('kits.list', {})));
});

const STDIO = ['ignore', 'ignore', 'pipe', 'ipc'] as const satisfies readonly string[] as [
  'ignore',
  'ignore',
  'pipe',
  'ipc',
];

test('an engine that never gets ready is ended, one that cannot be started is said', async () => {
  const mute = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: STDIO });
  await using silent = new Stand(mute, { ...QUICK, ready: 100, again: [] });
  silent.supervisor.start();
  assert.match((await silent.becomes('stopped')).problem?.message ?? '', /SIGKILL/);
  await using absent = new Stand(() => startEngine({ ...PROGRAM, node: '/nowhere/node' }, HERE), {
    ...QUICK,
    again: [],
  });
  absent.supervisor.start();
  assert.match((await absent.becomes('stopped')).problem?.message ?? '', /ENOENT/);
});

test('an engine that breaks the contract is ended', async () => {
  const liar = () =>
    spawn(process.execPath, ['-e', 'process.send({ kind: "event", event: { type: "all-is-well" } })'], {
      stdio: STDIO,
    });
  await using stand = new Stand(liar, { ...QUICK, again: [] });
  stand.supervisor.start();
  assert.equal((await stand.becomes('stopped')).state, 'stopped');
});

test('a task is cancelled by its name, and a name is used once at a time', async () => {
  await using stand = new Stand();
  stand.supervisor.start();
  const first = stand.supervisor.request('machine.describe', {}, 'look');
  await stand.supervisor.request('kits.list', {});
  await assert.rejects(stand.supervisor.request('kits.list', {}, 'look'), code('task.exists'));
  stand.supervisor.cancel('another');
  await first;
  await stand.supervisor.request('kits.list', {}, 'look');
});

test('the engine gets a network of its own where the system gives one, and the case comes with it', async t => {
  const launch: Launch = chooseLaunch();
  if (!launch.isolated) return t.skip(launch.reason ?? '');
  let isolated = false;
  await using stand = new Stand(() => startEngine(PROGRAM, isolated ? launch : HERE));
  stand.supervisor.start();
  await create(stand, temporaryFolder());
  isolated = true;
  await stand.supervisor.replace();
  const network = (await stand.supervisor.request('machine.network', {})) as { isolated: boolean };
  assert.ok(network.isolated);
  const summary = (await stand.supervisor.request('case.summary', {})) as { name: string };
  assert.equal(summary.name, 'Kept');
});

test('where the system gives no network namespace the reason is said', () => {
  const { PATH } = process.env;
  try {
    process.env.PATH = '/nowhere';
    const launch = chooseLaunch();
    assert.deepEqual([launch.isolated, launch.prefix], [false, []]);
    assert.match(launch.reason ?? '', /does not let it have one of its own \(.*ENOENT\)/);
  } finally {
    process.env.PATH = PATH;
  }
});
