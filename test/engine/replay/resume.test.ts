import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fixedClock } from '../../../main/engine/base/index.ts';
import { type Case, openCase } from '../../../main/engine/case/index.ts';
import { rerunStep, runReplay } from '../../../main/engine/replay/index.ts';
import { inputOf, lacking, newCase, planOf, toolStep } from './stand.ts';

const FILES = { 'src/a': { content: 'a' }, 'src/b': { content: 'b', mode: 0o755 }, l: { target: 'src' } };
const PLAN = planOf(
  [
    toolStep(1, [
      'write',
      'one',
      '1',
      ';',
      'mkdir',
      'd',
      ';',
      'copy',
      'tool',
      'd/t',
      ';',
      'symlink',
      'one',
      's',
    ]),
    toolStep(2, [
      'rename',
      'd',
      'e',
      ';',
      'unlink',
      'src/a',
      ';',
      'link',
      'one',
      'uno',
      ';',
      'chmod',
      '0500',
      'e',
    ]),
    toolStep(3, ['sleep', '400', ';', 'exec', 'e/t', 'append', 'one', '2', ';', 'list', 'src']),
    toolStep(4, ['unlink', 's', ';', 'mkdir', 's', ';', 'write', 's/f', 'f', ';', 'read', 'l/b']),
  ],
  ['s', 'one'],
);

const lines = (theCase: Case) =>
  theCase.database
    .prepare<[], { json: string }>('SELECT json FROM event ORDER BY seq')
    .all()
    .map(row => row.json);
const reopen = (theCase: Case) => {
  theCase.close();
  return openCase(theCase.folder, { clock: fixedClock('2026-11-24T11:15:00Z') });
};

/** Everything in the object store, by name. */
function objectsOf(theCase: Case): string[] {
  return readdirSync(theCase.objects.folder, { recursive: true, encoding: 'utf8' }).sort();
}

test('a replay that is stopped at any step ends as one that was not', { skip: lacking }, async () => {
  const whole = newCase();
  await runReplay(whole, inputOf(whole, PLAN, FILES));
  const expected = lines(whole);
  let theCase = newCase();
  for (let n = 0; n < PLAN.steps.length; n += 1) {
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => void (done === n + 1 && stop.abort());
    const options = { signal: stop.signal, onProgress };
    const run = runReplay(theCase, inputOf(theCase, PLAN, FILES), options);
    if (n + 1 < PLAN.steps.length) await assert.rejects(run, { code: 'task.stopped' });
    else await run;
    theCase = reopen(theCase);
  }
  assert.deepEqual(lines(theCase), expected);
  assert.deepEqual(objectsOf(theCase), objectsOf(whole));
  assert.deepEqual(readdirSync(theCase.scratch), []);
});

test('a killed process loses the running step alone, and leaves none of its own behind', {
  skip: lacking,
}, async () => {
  const whole = newCase();
  await runReplay(whole, inputOf(whole, PLAN, FILES));
  let theCase = newCase();
  theCase.close();
  const script = `
    import { openCase } from ${JSON.stringify(join(import.meta.dirname, '../../../main/engine/case/index.ts'))};
    import { fixedClock } from ${JSON.stringify(join(import.meta.dirname, '../../../main/engine/base/index.ts'))};
    import { runReplay } from ${JSON.stringify(join(import.meta.dirname, '../../../main/engine/replay/index.ts'))};
    import { inputOf } from ${JSON.stringify(join(import.meta.dirname, 'stand.ts'))};
    const theCase = openCase(process.argv[1], { clock: fixedClock('2026-11-24T11:15:00Z') });
    await runReplay(theCase, inputOf(theCase, JSON.parse(process.argv[2]), JSON.parse(process.argv[3])), {
      onProgress: p => console.log(p.done),
    });
  `;
  const args = [
    '--input-type=module',
    '-e',
    script,
    theCase.folder,
    JSON.stringify(PLAN),
    JSON.stringify(FILES),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of child.stdout) if (String(line).includes('2')) break;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  theCase = openCase(theCase.folder, { clock: fixedClock('2026-11-24T11:15:00Z') });
  assert.equal(theCase.log.of('step-finished').length, 2);
  await waitUntil(() => !anyProcessIn(theCase.scratch));
  const outcome = await runReplay(theCase, inputOf(theCase, PLAN, FILES));
  assert.equal(outcome.before, 2);
  assert.deepEqual(lines(theCase), lines(whole));
  theCase.close();
});

test('another plan or machine starts another replay, and a finished one is given back', {
  skip: lacking,
}, async () => {
  const theCase = newCase();
  const first = await runReplay(theCase, inputOf(theCase, PLAN, FILES));
  const events = theCase.log.events.length;
  assert.deepEqual(await runReplay(theCase, inputOf(theCase, PLAN, FILES)), { ...first, before: 4 });
  assert.equal(theCase.log.events.length, events);
  const again = await runReplay(theCase, inputOf(theCase, PLAN, FILES), { again: true });
  assert.deepEqual([again.replay, again.tree], [2, first.tree]);
  const unwatched = await runReplay(theCase, inputOf(theCase, PLAN, FILES, { observer: null }));
  assert.equal(unwatched.replay, 3);
  const other = await runReplay(theCase, inputOf(theCase, planOf(PLAN.steps.slice(0, 1)), FILES));
  assert.equal(other.replay, 4);
});

test('a step can be run alone on the tree before it', { skip: lacking }, async () => {
  const theCase = newCase();
  await runReplay(theCase, inputOf(theCase, PLAN, FILES));
  const events = theCase.log.events.length;
  let printed = '';
  const sink = {
    write(chunk: Uint8Array) {
      printed += Buffer.from(chunk).toString();
    },
  };
  const input = inputOf(theCase, PLAN, FILES);
  const { end, compared } = await rerunStep(theCase, 3, input, { stdout: sink, stderr: sink });
  assert.deepEqual(end, { how: 'exited', status: 0 });
  assert.deepEqual([compared?.end, compared?.stdout, compared?.different], [true, true, []]);
  assert.deepEqual(printed.trim().split('\n').sort(), ['.', '..', 'b', 'e/t: 0']);
  assert.equal(theCase.log.events.length, events);
});

/** Whether a process of this machine has a file or folder below that one as its root or executable. */
function anyProcessIn(folder: string): boolean {
  return readdirSync('/proc').some(name => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return (
        readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(dirname(folder)) && existsSync(`/proc/${name}`)
      );
    } catch {
      return false;
    }
  });
}

async function waitUntil(what: () => boolean): Promise<void> {
  while (!what()) await new Promise(done => setTimeout(done, 20));
}
