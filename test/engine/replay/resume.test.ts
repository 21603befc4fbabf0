import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { canonicalBytes, fixedClock } from '../../../main/engine/base/index.ts';
import { type Case, openCase } from '../../../main/engine/case/index.ts';
import { recordsOf, rerunStep, runReplay } from '../../../main/engine/replay/index.ts';
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
    import { canonicalBytes, fixedClock } from ${JSON.stringify(join(import.meta.dirname, '../../../main/engine/base/index.ts'))};
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

/** Lets the third step fail for want of room for what it prints. */
const TIGHT = { limits: { output: 4 } };
const reusedOf = (theCase: Case, replay: number) =>
  recordsOf(theCase, replay).map(({ reused }) => reused && `${reused.replay}.${reused.number}`);

test('a failed replay is gone on from by a new one that names it and takes over what its steps gave', {
  skip: lacking,
}, async () => {
  for (const observed of [{}, { observer: null }]) {
    const theCase = newCase();
    const input = () => inputOf(theCase, PLAN, FILES, observed);
    assert.equal((await runReplay(theCase, input(), TIGHT)).failure?.number, 3);
    // It fails once more: then the third goes on from the second, whose results are of the first.
    assert.equal((await runReplay(theCase, input(), { ...TIGHT, resume: true })).failure?.number, 3);
    const { replay, outcome } = await runReplay(theCase, input(), { resume: true });
    assert.deepEqual([replay, outcome], [3, 'completed']);
    assert.deepEqual(reusedOf(theCase, 2), ['1.1', '1.2', null]);
    assert.deepEqual(reusedOf(theCase, 3), ['1.1', '1.2', null, null]);
    const resumes = theCase.log.of('replay-started').map(event => event.resumes);
    assert.deepEqual(resumes, [undefined, 1, 2]);
    const whole = newCase();
    const { tree } = await runReplay(whole, inputOf(whole, PLAN, FILES, observed));
    const last = theCase.log.last('replay-finished')?.tree;
    assert.deepEqual(theCase.objects.read(last?.sha256 ?? ''), canonicalBytes(tree));
  }
});

test('a replay that goes on from a failed one can itself be stopped and gone on with', {
  skip: lacking,
}, async () => {
  let theCase = newCase();
  await runReplay(theCase, inputOf(theCase, PLAN, FILES), TIGHT);
  const stop = new AbortController();
  const onProgress = ({ done }: { done: number }) => void (done === 1 && stop.abort());
  const stopped = runReplay(theCase, inputOf(theCase, PLAN, FILES), {
    ...{ resume: true, signal: stop.signal, onProgress },
  });
  await assert.rejects(stopped, { code: 'task.stopped' });
  theCase = reopen(theCase);
  // Without a word of it: what the log says of the replay counts.
  const { before } = await runReplay(theCase, inputOf(theCase, PLAN, FILES));
  assert.equal(before, 1);
  assert.deepEqual(reusedOf(theCase, 2), ['1.1', '1.2', null, null]);
});

test('what cannot be gone on from is told, and nothing is begun', { skip: lacking }, async () => {
  const theCase = newCase();
  const resume = (more = {}, plan = PLAN) =>
    runReplay(theCase, inputOf(theCase, plan, FILES, more), { resume: true });
  const none = (message: RegExp) => ({ code: 'replay.not-resumable', message });
  await assert.rejects(resume(), none(/not replayed yet/));
  await runReplay(theCase, inputOf(theCase, PLAN, FILES), TIGHT);
  const events = theCase.log.events.length;
  await assert.rejects(resume({ observer: null }), none(/another runtime or observer/));
  await assert.rejects(resume({}, planOf(PLAN.steps.slice(0, 1))), none(/another plan/));
  assert.equal(theCase.log.events.length, events);
  await runReplay(theCase, inputOf(theCase, PLAN, FILES), { again: true });
  await assert.rejects(resume(), none(/came to its end/));
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
