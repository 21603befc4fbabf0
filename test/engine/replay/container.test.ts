import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runReplay } from '../../../main/engine/replay/index.ts';
import { withCode } from '../../support/errors.ts';
import { inputOf, lacking, machine, newCase, planOf, play, toolStep } from './stand.ts';

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
      [{ program: 1, path: '/d/y', use: 'write' }],
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

test('stopping kills every process of the step and leaves the replay to be gone on with', {
  skip: lacking,
}, async () => {
  const stop = new AbortController();
  const options = { signal: stop.signal, onProgress: () => void setTimeout(() => stop.abort(), 300) };
  await assert.rejects(
    play([toolStep(1, ['background', ';', 'background', ';', 'spin'])], {}, { options }),
    withCode('task.stopped'),
  );
  assert.deepEqual(processesRunning('./tool'), []);
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

test('a step that leaves what no record can hold fails and says so', { skip: lacking }, async () => {
  const leave = async (...operations: string[]) => {
    const { records, outcome } = await play([toolStep(1, operations)]);
    assert.equal(outcome.outcome, 'failed');
    return records[0]?.refused;
  };
  assert.deepEqual(await leave('fifo', 'p'), [{ path: 'p', reason: 'pipe' }]);
  assert.deepEqual(await leave('mkdir', 'd', ';', 'bind', 'd/s'), [{ path: 'd/s', reason: 'socket' }]);
  assert.deepEqual(await leave('bad-name'), [{ path: 'bad\ufffdname', reason: 'name' }]);
  assert.equal((await leave('deep', '30'))?.[0]?.reason, 'name');
  assert.equal((await leave('deep', '400'))?.[0]?.reason, 'name');
});

test('names with newlines and quotes, links out of the tree and closed folders are recorded as they are', {
  skip: lacking,
}, async () => {
  const { records, outcome, theCase } = await play(
    [
      toolStep(1, [
        'odd-name',
        ';',
        'symlink',
        '/etc/passwd',
        'out',
        ';',
        'symlink',
        '../../..',
        'up',
        ';',
        'read',
        'out',
      ]),
      toolStep(2, [
        'mkdir',
        'shut',
        ';',
        'write',
        'shut/f',
        'x',
        ';',
        'chmod',
        '0',
        'shut/f',
        ';',
        'chmod',
        '0',
        'shut',
      ]),
    ],
    {},
    { results: ['shut'] },
  );
  assert.equal(outcome.outcome, 'completed');
  assert.deepEqual(outcome.tree.unaccounted, []);
  assert.deepEqual(
    records[0]?.written.map(({ path, type, target }) => [path, type, target]),
    [
      ['odd\n"<n>\\ = resumed', 'file', null],
      ['out', 'symlink', '/etc/passwd'],
      ['up', 'symlink', '../../..'],
    ],
  );
  assert.deepEqual(
    records[1]?.written.map(({ path, mode }) => [path, mode]),
    [
      ['shut', 0],
      ['shut/f', 0],
    ],
  );
  assert.equal(theCase.objects.read(records[1]?.written[1]?.sha256 ?? '').toString(), 'x');
});

test('a step may write so much and no more', { skip: lacking }, async () => {
  const options = { limits: { bytes: 10 } };
  const { records } = await play(
    [toolStep(1, ['write', 'a', '123456', ';', 'write', 'b', '123456'])],
    {},
    { options },
  );
  assert.equal(records[0]?.outcome, 'failed');
  assert.deepEqual(records[0]?.refused, [{ path: 'b', reason: 'limit' }]);
});

test('what is written behind the records shows in the final tree', { skip: lacking }, async () => {
  const theCase = newCase();
  const plan = planOf([toolStep(1, ['nothing']), toolStep(2, ['nothing'])]);
  const onProgress = ({ done }: { done: number }) => {
    if (done !== 1) return;
    const root = join(theCase.scratch, 'replay-1/root');
    writeFileSync(join(root, 'smuggled'), 'x');
    writeFileSync(join(root, 'src/a'), 'b');
  };
  const input = inputOf(theCase, plan, { 'src/a': { content: 'a' } });
  const outcome = await runReplay(theCase, input, { onProgress });
  assert.deepEqual(outcome.tree.unaccounted, ['smuggled', 'src/a']);
});

test('without an observer the same changes are found by looking', { skip: lacking }, async () => {
  const steps = [
    toolStep(1, ['write', 'a', '1', ';', 'mkdir', 'd', ';', 'write', 'd/x', 'x', ';', 'symlink', 'a', 'l']),
    toolStep(2, [
      'rename',
      'd',
      'e',
      ';',
      'append',
      'a',
      '2',
      ';',
      'unlink',
      'l',
      ';',
      'chmod',
      '600',
      'src/a',
    ]),
    toolStep(3, ['link', 'a', 'b', ';', 'append', 'b', '3']),
  ];
  const files = { 'src/a': { content: 'a' } };
  const seen = await play(steps, files);
  const looked = await play(steps, files, { observer: null });
  assert.deepEqual(
    looked.records.map(({ written, removed }) => ({ written, removed })),
    seen.records.map(({ written, removed }) => ({ written, removed })),
  );
  assert.deepEqual(seen.records[1]?.removed, ['d', 'd/x', 'l']);
  assert.deepEqual(
    seen.records[2]?.written.map(file => file.path),
    ['a', 'b'],
  );
  assert.deepEqual(looked.outcome.tree.unaccounted, []);
  assert.equal(looked.records[0]?.observation, null);
});

/** Processes of this machine whose command line begins like that. */
function processesRunning(program: string): string[] {
  return readdirSync('/proc').filter(name => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')[0] === program;
    } catch {
      return false;
    }
  });
}
