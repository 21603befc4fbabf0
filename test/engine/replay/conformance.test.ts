/** What every runtime has to be, shown on each that works on this machine. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import type { AuditDocument } from '../../../main/contract/documents.ts';
import { canonicalJson, sha256Of } from '../../../main/engine/base/index.ts';
import {
  chooseObserver,
  chooseRuntime,
  type ReadyObserver,
  type ReadyRuntime,
  RUNTIMES,
  type StepRecord,
} from '../../../main/engine/replay/index.ts';
import type { HostCommand } from '../../../main/engine/replay/runtime.ts';
import { startAssay } from '../../support/assay.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { startDaemon } from './dockerd.ts';
import { playAndKill, playAsUser, processesWith, until } from './processes.ts';
import { lacking, play, toolStep } from './stand.ts';

const daemon = lacking ? lacking : await startDaemon();
if (typeof daemon !== 'string') process.env.DOCKER_HOST = daemon.host;
after(async () => {
  if (typeof daemon !== 'string') await daemon.stop();
});

const POURED = sha256Of(Array.from({ length: 4000 }, (_, i) => `${`${i}`.padStart(1023, '0')}\n`).join(''));
/** Signals that the first process of a namespace sends itself do not reach it, and unshare starts the program as that. */
const isFirst = (name: string) => name === 'unshare';
/** By name of the runtime: what steps did and were seen to do, to be the same with all. */
const seen = new Map<string, unknown>();

const runtimes: [string, ReadyRuntime, ReadyObserver | null][] = [];

for (const { name } of RUNTIMES) {
  const found = lacking || (await chooseRuntime(name).catch((error: Error) => error.message));
  const ready = typeof found === 'string' ? null : found;
  const skip =
    typeof found !== 'string'
      ? false
      : name === 'docker' && typeof daemon === 'string'
        ? `${daemon}; ${found}`
        : found;
  if (skip) test(`${name} conforms`, { skip }, () => {});
  if (ready) runtimes.push([name, ready, await chooseObserver(ready)]);
}

// Side by side: most of the time is waiting.
suite('runtimes', { concurrency: 3, skip: lacking }, () => {
  for (const [name, ready, observer] of runtimes) suite(name, () => conforms(name, ready, observer));
});

function conforms(name: string, runtime: ReadyRuntime, observer: ReadyObserver | null): void {
  test(`${name}: a program finds an empty, clean and nameless place and no network`, async () => {
    const environment = [
      ['A', 'b c'],
      ['HOME', '/x'],
      ['PATH', '/y'],
    ];
    const { outcome, records, printed, theCase } = await play(
      [
        toolStep(1, ['environment']),
        toolStep(2, ['environment'], { environment } as never),
        toolStep(3, ['list', '/', ';', 'who', ';', 'privileges', ';', 'interfaces', ';', 'connect']),
        toolStep(4, ['process', ';', 'input', ';', 'descriptors']),
        toolStep(5, ['where', ';', 'list', '.'], {
          argv: ['../tool', 'where', ';', 'list', '.'],
          cwd: '/src',
        } as never),
        toolStep(6, ['pour', '4000']),
      ],
      { 'src/a': { content: 'a' }, 'dev/null': { content: 'a file' } },
      { runtime, observer, options: { keepTree: true } },
    );
    assert.equal(outcome.outcome, 'completed');
    const added = runtime.runtime.adds.includes('environment variable PWD') ? ['PWD=/'] : [];
    assert.deepEqual(lines(printed(1)), added);
    assert.deepEqual(lines(printed(2)), ['A=b c', 'HOME=/x', 'PATH=/y', ...added]);
    const [identity, privileges, ...rest] = printed(3).trim().split('\n').slice(5);
    assert.deepEqual(lines(printed(3)).slice(0, 2), ['.', '..']);
    assert.deepEqual(printed(3).trim().split('\n').slice(0, 5).sort(), ['.', '..', 'dev', 'src', 'tool']);
    assert.equal(identity, '1000 1000 assay');
    assert.equal(privileges?.slice(0, 4), '0 0 ');
    assert.deepEqual(rest, ['lo', 'connect 101']);
    const [process, input, ...descriptors] = printed(4).trim().split('\n');
    assert.match(process ?? '', isFirst(name) ? /^1 0$/ : /^\d{1,2} 1$/);
    assert.equal(input, '0');
    assert.deepEqual(descriptors, []);
    assert.deepEqual(lines(printed(5)), ['.', '..', '/src', 'a']);
    assert.equal(records[5]?.stdout?.sha256, POURED);
    for (const { stderr, written, removed } of records)
      assert.deepEqual([stderr?.size, written, removed], [0, [], []]);
    assert.deepEqual(outcome.tree.unaccounted, []);
    const root = join(theCase.scratch, 'replay-1/root');
    assert.deepEqual(readdirSync(root).sort(), ['dev', 'src', 'tool']);
    assert.deepEqual(readdirSync(join(root, 'dev')), ['null']);
  });

  test(`${name}: what a program does and how it ends is recorded as with any other`, async () => {
    const signal = (number: number, value: string) =>
      toolStep(number, isFirst(name) ? ['nothing'] : ['signal', value], { expectedStatus: null });
    const { records, outcome, theCase } = await play(
      [
        toolStep(1, [
          'mkdir',
          'd',
          ';',
          'chdir',
          'd',
          ';',
          'copy',
          '../tool',
          'x',
          ';',
          'exec',
          './x',
          'write',
          'y',
          'z',
          ';',
          'write',
          '/dev/null',
          'kept',
          ';',
          'connect',
          ';',
          'parallel',
          './x',
          '/tool',
        ]),
        toolStep(2, ['chmod', '600', 'd/y', ';', 'rename', 'd/y', 'y', ';', 'background']),
        toolStep(3, ['exit', '137'], { expectedStatus: 137 }),
        signal(4, '9'),
        signal(5, '6'),
        toolStep(6, [], { argv: ['tool', 'who'], environment: [['PATH', '/none:/']] } as never),
        toolStep(7, [], { argv: ['/script'], program: 'script' } as never),
      ],
      { script: { content: '#!/none\n', mode: 0o755 }, 'dev/null': { content: 'a file' } },
      { runtime, observer, options: { keepTree: true } },
    );
    assert.equal(outcome.failure?.number, 7);
    const exited = (status: number) => ({ how: 'exited', status });
    const signalled = (signal: string) => (isFirst(name) ? exited(0) : { how: 'signalled', signal });
    assert.deepEqual(
      records.map(record => record.end),
      [
        exited(0),
        exited(0),
        exited(137),
        signalled('SIGKILL'),
        signalled('SIGABRT'),
        exited(0),
        { how: 'not-started', reason: 'ENOENT' },
      ],
    );
    for (const file of ['d', 'd/x', 'y', 'dev/null']) {
      const { uid, gid } = lstatSync(join(theCase.scratch, 'replay-1/root', file));
      assert.deepEqual([uid, gid], [process.getuid?.(), process.getgid?.()], file);
    }
    assert.equal(observer === null, name === 'docker');
    if (name === 'bubblewrap' && observer)
      for (const { observation } of records) assert.equal(observation?.notUnderstood ?? 0, 0);
    seen.set(
      name,
      records.slice(0, 3).map(done => (observer ? done : { ...done, observation: null })),
    );
  });

  test(`${name}: a program that takes too long or prints too much is ended with all it started`, async () => {
    const mark = `mark-${name}-${process.pid}`;
    const operations = ['background', ';', 'background', ';', 'spin', mark];
    const slow = await play([toolStep(1, operations, { timeoutSeconds: 1 })], {}, { runtime, observer });
    assert.deepEqual(slow.records[0]?.end, { how: 'timed-out', afterSeconds: 1 });
    assert.deepEqual(processesWith(mark), []);
    const limits = { output: 100_000 };
    const loud = await play([toolStep(1, ['flood', mark])], {}, { runtime, observer, options: { limits } });
    assert.deepEqual(loud.records[0]?.end, { how: 'too-much-output', limit: 100_000 });
    assert.equal(loud.records[0]?.stdout?.size, 100_000);
    assert.deepEqual(processesWith(mark), []);
  });

  test(`${name}: nothing goes on when Assay is stopped or killed`, async () => {
    const mark = `stop-${name}-${process.pid}`;
    const stop = new AbortController();
    const steps = [toolStep(1, ['background', ';', 'spin', mark]), toolStep(2, ['spin', mark])];
    const stopped = play(steps, {}, { runtime, observer, options: { signal: stop.signal } });
    await until(() => processesWith(mark).some(isTool));
    stop.abort();
    await assert.rejects(stopped, withCode('task.stopped'));
    assert.deepEqual(processesWith(mark), []);
    await playAndKill(name, `kill-${name}-${process.pid}`);
  });

  const { sweep } = runtime.runtime;
  if (sweep) {
    test(`${name}: a container that a killed client left is taken away by its owner, and by nobody else`, () => {
      const [ours, theirs] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')];
      const left = [leave(runtime, ours), leave(runtime, theirs)];
      sweep(runtime.tool, ours);
      assert.deepEqual(left.map(isThere), [false, true]);
      sweep(runtime.tool, theirs);
      assert.deepEqual(left.map(isThere), [false, false]);
    });
  }

  test(`${name}: the embedded chain comes out as published, and is proved as far as it was watched`, async () => {
    const folder = join(temporaryFolder(), 'case');
    const { status, stdout } = await audit(['--runtime', name, '--case', folder, '--json']);
    const { artifacts, closure, verified, findings } = JSON.parse(stdout) as AuditDocument;
    assert.deepEqual([artifacts.reproduced, artifacts.differs, artifacts.missing], [23, 0, 0]);
    assert.equal(verified.assay, true);
    // strace now and then breaks a line of a runtime's many threads; then the report has to say that there is a gap.
    const gap = findings.some(finding => finding.code === 'observer.incomplete');
    assert.equal(closure, observer && !gap ? 'held' : 'not-observed');
    assert.equal(status, closure === 'held' ? 0 : 1);
    assert.ok(name !== 'bubblewrap' || !gap);
  });

  test(`${name}: an ordinary user owns what a program wrote`, async t => {
    const result = playAsUser(name);
    if ('lacks' in result) return t.skip(result.lacks);
    assert.deepEqual(result, {
      ...{ outcome: 'completed', who: '1000 1000 assay\n', left: [], owned: true },
      observed: name !== 'docker',
    });
  });
}

/** Makes a container and does not start it, as a client leaves it that is killed in between. */
function leave({ runtime, tool }: ReadyRuntime, owner: string): HostCommand {
  const folder = temporaryFolder();
  const [root, scratch] = [join(folder, 'root'), join(folder, 'scratch')];
  mkdirSync(root);
  mkdirSync(scratch);
  const request = { argv: ['/x'], start: '/x', root, cwd: '/', environment: [], scratch, owner };
  const command = runtime.command(tool, request);
  const argv = command.argv.filter(word => word !== '--rm').map(word => (word === 'run' ? 'create' : word));
  const [program = '', ...args] = argv;
  const { status, stderr } = spawnSync(program, args, { env: command.environment, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return command;
}

function isThere({ argv, environment }: HostCommand): boolean {
  const at = argv.indexOf('run');
  const name = argv[argv.indexOf('--name') + 1] ?? '';
  const [program = '', ...args] = [...argv.slice(0, at), 'container', 'inspect', name];
  return spawnSync(program, args, { env: environment }).status === 0;
}

test('all runtimes that can be observed give the same evidence, the others the same files', {
  skip: lacking,
}, () => {
  const [first, ...others] = [...seen];
  assert.ok(first);
  for (const [name, records] of others) {
    if (name === 'docker' || hasGap(records)) {
      assert.equal(canonicalJson(withoutObservation(records)), canonicalJson(withoutObservation(first[1])));
    } else assert.equal(canonicalJson(records), canonicalJson(first[1]), name);
  }
});

function hasGap(records: unknown): boolean {
  return (records as StepRecord[]).some(record => (record.observation?.notUnderstood ?? 0) > 0);
}

function withoutObservation(records: unknown): unknown {
  return (records as StepRecord[]).map(record => ({ ...record, observation: null }));
}

async function audit(args: string[]): Promise<{ status: number | null; stdout: string }> {
  const assay = startAssay(['audit', ...args]);
  assay.stderr.resume();
  let stdout = '';
  assay.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  const [status] = (await once(assay, 'close')) as [number | null];
  return { status, stdout };
}

function isTool(commandLine: string): boolean {
  return commandLine.startsWith('./tool ');
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .sort();
}
