import assert from 'node:assert/strict';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { probeRuntimes } from '../../../main/engine/replay/index.ts';
import { withCode } from '../../support/errors.ts';
import { processesWith } from './processes.ts';
import { lacking, machine, play, toolStep } from './stand.ts';

for (const name of ['bubblewrap', 'unshare'] as const) {
  const skip = lacking || (machine[name] ? false : `no ${name}`);
  const runtime = () => ({ runtime: machine[name] ?? (undefined as never) });

  test(`${name}: the container is empty, clean, nameless and has no network`, { skip }, async () => {
    const steps = [
      toolStep(1, ['environment']),
      toolStep(2, ['list', '/']),
      toolStep(3, ['who']),
      toolStep(4, ['connect']),
      toolStep(5, ['environment'], {
        environment: [
          ['A', 'b c'],
          ['PATH', '/x'],
        ],
      } as never),
    ];
    const { printed, outcome } = await play(steps, { 'src/a': { content: 'a' } }, runtime());
    assert.equal(outcome.outcome, 'completed');
    assert.equal(printed(1), 'PWD=/\n');
    assert.deepEqual(printed(2).trim().split('\n').sort(), ['.', '..', 'src', 'tool']);
    assert.equal(printed(3), '1000 1000 assay\n');
    assert.equal(printed(4), 'connect 101\n');
    assert.deepEqual(printed(5).trim().split('\n').sort(), ['A=b c', 'PATH=/x', 'PWD=/']);
  });

  test(`${name}: files belong to the user outside, and a signal is told from a status`, {
    skip,
  }, async () => {
    const done = await play(
      [toolStep(1, ['write', 'f', 'x'])],
      {},
      { ...runtime(), options: { keepTree: true } },
    );
    const stat = lstatSync(join(done.theCase.scratch, 'replay-1/root/f'));
    assert.deepEqual([stat.uid, stat.gid], [process.getuid?.(), process.getgid?.()]);
    const exited = await play([toolStep(1, ['exit', '137'])], {}, runtime());
    assert.deepEqual(exited.records[0]?.end, { how: 'exited', status: 137 });
    // With unshare the program is the first process of its namespace, which its own signals do not reach.
    const signalled = await play(
      [
        toolStep(1, [
          name === 'unshare' ? 'exec' : 'signal',
          ...(name === 'unshare' ? ['./tool', 'signal'] : []),
          '9',
        ]),
      ],
      {},
      runtime(),
    );
    if (name === 'bubblewrap')
      assert.deepEqual(signalled.records[0]?.end, { how: 'signalled', signal: 'SIGKILL' });
    else assert.equal(signalled.printed(1), './tool: 9\n');
  });

  test(`${name}: is observed alike`, { skip }, async () => {
    const { records } = await play(
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
        ]),
      ],
      {},
      runtime(),
    );
    const seen = records[0]?.observation;
    assert.equal(seen?.notUnderstood, 0);
    assert.deepEqual(
      seen?.programs.map(program => program.path),
      ['/tool', '/d/x'],
    );
    assert.equal(seen?.programs[1]?.sha256, seen?.programs[0]?.sha256);
    assert.deepEqual(
      seen?.files.filter(file => file.program === 1),
      [{ program: 1, path: '/d/y', use: 'write', sha256: null }],
    );
    assert.deepEqual(
      records[0]?.written.map(file => file.path),
      ['d', 'd/x', 'd/y'],
    );
  });
}

test('a step that fails ends the replay with what is needed to go on', { skip: lacking }, async () => {
  const lines = Array.from({ length: 25 }, (_, i) => ['print', `line ${i}`, ';']).flat();
  const { outcome, records, theCase } = await play([
    toolStep(1, ['write', 'a', '1']),
    toolStep(2, [...lines, 'write', 'b', '2', ';', 'exit', '3']),
    toolStep(3, ['write', 'c', '3']),
  ]);
  assert.equal(outcome.outcome, 'failed');
  assert.equal(outcome.failure?.number, 2);
  assert.equal(outcome.failure?.reason, 'it ended with status 3');
  assert.deepEqual(outcome.failure?.argv.slice(-2), ['exit', '3']);
  assert.equal(outcome.failure?.logTail.length, 20);
  assert.equal(outcome.failure?.logTail.at(-1), 'line 24');
  assert.equal(records.length, 2);
  assert.deepEqual(
    records[1]?.written.map(file => file.path),
    ['b'],
  );
  assert.equal(theCase.log.last('replay-finished')?.outcome, 'failed');
});

test('a step may be wanted to fail, or be found by its name', { skip: lacking }, async () => {
  const environment = [['PATH', '/none:/']] as never;
  const { outcome, records } = await play([
    toolStep(1, ['exit', '7'], { expectedStatus: 7 }),
    toolStep(2, ['exit', '8'], { expectedStatus: null }),
    toolStep(3, ['signal', '9'], { expectedStatus: null }),
    toolStep(4, [], { argv: ['tool', 'nothing'], environment } as never),
    toolStep(5, ['nothing'], { expectedStatus: 1 }),
  ]);
  assert.deepEqual(
    records.map(record => record.outcome),
    ['done', 'done', 'done', 'done', 'failed'],
  );
  assert.deepEqual(records[3]?.observation?.programs[0]?.argv, ['tool', 'nothing']);
  assert.equal(records[3]?.observation?.programs[0]?.path, '/tool');
  assert.equal(outcome.failure?.number, 5);
});

test('a step that takes too long or prints too much is ended', { skip: lacking }, async () => {
  const slow = await play([toolStep(1, ['background', ';', 'spin'], { timeoutSeconds: 1 })]);
  assert.deepEqual(slow.records[0]?.end, { how: 'timed-out', afterSeconds: 1 });
  const loud = await play([toolStep(1, ['flood'])], {}, { options: { limits: { output: 100_000 } } });
  assert.deepEqual(loud.records[0]?.end, { how: 'too-much-output', limit: 100_000 });
  assert.equal(loud.records[0]?.stdout?.size, 100_000);
});

test('a step that takes too much memory, too many processes or too large a file is ended, and says which', {
  skip: lacking,
}, async () => {
  const limits = { memory: 200 << 20, processes: 40, file: 1 << 20 };
  const end = async (operations: string[]) => {
    const { records, outcome } = await play([toolStep(1, operations)], {}, { options: { limits } });
    assert.equal(records[0]?.limits?.memory, limits.memory);
    return [records[0]?.end, outcome.failure?.reason];
  };
  assert.deepEqual(await end(['hog', '400']), [
    { how: 'over-limit', what: 'memory', limit: limits.memory },
    'it took more than 209715200 bytes of memory',
  ]);
  assert.deepEqual(await end(['swarm', '60']), [
    { how: 'over-limit', what: 'processes', limit: 40 },
    'it had more than 40 processes at once',
  ]);
  assert.deepEqual(await end(['grow', 'f']), [
    { how: 'over-limit', what: 'file', limit: 1 << 20 },
    'it wrote a file of more than 1048576 bytes',
  ]);
  const { outcome } = await play([toolStep(1, ['write', 'f', 'x'])], {}, { options: { limits } });
  assert.equal(outcome.failure, null);
});

test('a machine elsewhere that containers are to run on is refused by its variable, with what to do', async () => {
  const before = process.env.DOCKER_HOST;
  try {
    for (const name of ['DOCKER_HOST', 'CONTAINER_HOST'] as const) {
      process.env[name] = 'tcp://192.0.2.1:2375';
      const probe = (await probeRuntimes()).find(
        each => each.name === (name === 'DOCKER_HOST' ? 'docker' : 'podman'),
      );
      if (!probe?.tool) continue;
      assert.equal(probe.usable, false);
      assert.match(probe.problem ?? '', new RegExp(`${name} names a machine .* tcp://…`));
      assert.match(probe.cure ?? '', new RegExp(`env -u ${name}`));
      delete process.env[name];
    }
  } finally {
    delete process.env.CONTAINER_HOST;
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  }
});

test('stopping kills every process of the step and leaves the replay to be gone on with', {
  skip: lacking,
}, async () => {
  const stop = new AbortController();
  const options = { signal: stop.signal, onProgress: () => void setTimeout(() => stop.abort(), 300) };
  // Other tests run the same program at the same time.
  const mark = `stopped-${process.pid}`;
  await assert.rejects(
    play([toolStep(1, ['background', ';', 'background', ';', 'spin', mark])], {}, { options }),
    withCode('task.stopped'),
  );
  assert.deepEqual(processesWith(mark), []);
});

test('a program that cannot start fails its step with the reason', { skip: lacking }, async () => {
  const start = async (argv: string[], files = {}) => {
    const { records } = await play([toolStep(1, [], { argv } as never)], files);
    return records[0]?.end;
  };
  assert.deepEqual(await start(['./none']), {
    how: 'not-started',
    reason: 'ENOENT: its program is not there',
  });
  assert.deepEqual(await start(['./f'], { f: { content: 'x' } }), {
    how: 'not-started',
    reason: 'EACCES: its program may not be executed',
  });
  assert.deepEqual(await start(['./f'], { f: { content: 'x', mode: 0o755 } }), {
    how: 'not-started',
    reason: 'ENOEXEC: it is neither an ELF file nor a script with #!',
  });
  assert.deepEqual(await start(['./f'], { f: { content: '#!/none\n', mode: 0o755 } }), {
    how: 'not-started',
    reason: 'ENOENT',
  });
});
