import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedClock } from '../../../main/engine/base/index.ts';
import type { Case } from '../../../main/engine/case/index.ts';
import { openCase } from '../../../main/engine/case/index.ts';
import { recordsOf, runReplay, type StepRecord } from '../../../main/engine/replay/index.ts';
import { inputOf, lacking, newCase, planOf, toolStep } from './stand.ts';

const FILES = { a: { content: 'a' }, b: { content: 'b' }, 'd/c': { content: 'c' } };
const STEPS = [
  toolStep(1, ['copy', 'a', 'x']),
  toolStep(2, ['copy', 'x', 'y', ';', 'unlink', 'b', ';', 'mkdir', 'e', ';', 'symlink', '../y', 'e/l']),
  toolStep(3, ['read', 'e/l', ';', 'rename', 'd', 'f', ';', 'chmod', '750', 'f']),
];

/** Which steps of a replay were taken over, and from where. */
const reusedOf = (theCase: Case, replay: number) =>
  recordsOf(theCase, replay).map(({ reused }) => reused && `${reused.replay}.${reused.number}`);
const withoutOrigin = ({ replay: _, reused: __, number: ___, ...rest }: StepRecord) => rest;

/** Replays one plan and then others in the same case, the others with results taken over. */
async function replays(...plans: (typeof STEPS)[]): Promise<Case> {
  const theCase = newCase();
  for (const steps of plans) {
    const { failure } = await runReplay(theCase, inputOf(theCase, planOf(steps, ['x', 'y']), FILES), {
      again: true,
      reuse: true,
    });
    assert.equal(failure, null);
  }
  return theCase;
}

test('what a step was given and used is the same: its results are taken over, and the tree is as if it had run', {
  skip: lacking,
}, async () => {
  const theCase = await replays(STEPS, STEPS, STEPS);
  assert.deepEqual(reusedOf(theCase, 1), [null, null, null]);
  assert.deepEqual(reusedOf(theCase, 2), ['1.1', '1.2', '1.3']);
  // The origin is the replay in which it ran.
  assert.deepEqual(reusedOf(theCase, 3), ['1.1', '1.2', '1.3']);
  const [one, two] = [recordsOf(theCase, 1), recordsOf(theCase, 2)];
  assert.deepEqual(two.map(withoutOrigin), one.map(withoutOrigin));
  const trees = theCase.log.of('replay-finished').map(event => event.tree.sha256);
  assert.equal(new Set(trees).size, 1);
});

test('nothing is taken over unless that was asked for', { skip: lacking }, async () => {
  const theCase = await replays(STEPS);
  await runReplay(theCase, inputOf(theCase, planOf(STEPS, ['x', 'y']), FILES), { again: true });
  assert.deepEqual(reusedOf(theCase, 2), [null, null, null]);
});

test('a step that is asked something else runs, and so does what used its results', {
  skip: lacking,
}, async () => {
  const other = [toolStep(1, ['copy', 'b', 'x']), ...STEPS.slice(1)];
  // x and y have other content; step 3 reads y through a link.
  assert.deepEqual(reusedOf(await replays(STEPS, other), 2), [null, null, null]);
  const environment = STEPS.map(step => ({ ...step, environment: [['A', 'b']] })) as typeof STEPS;
  assert.deepEqual(reusedOf(await replays(STEPS, environment), 2), [null, null, null]);
});

test('a step that did not use what changed is taken over', { skip: lacking }, async () => {
  const one = [toolStep(1, ['write', 'p', '1']), toolStep(2, ['copy', 'a', 'x'])];
  const two = [toolStep(1, ['write', 'p', '2']), toolStep(2, ['copy', 'a', 'x'])];
  assert.deepEqual(reusedOf(await replays(one, two), 2), [null, '1.2']);
});

test('another name, mode or emptiness anywhere makes a step run: it may have looked', {
  skip: lacking,
}, async () => {
  const look = toolStep(2, ['copy', 'a', 'x']);
  const first = ['write', 'p', '1'];
  for (const operations of [
    ['write', 'q', '1'],
    ['write', 'p', ''],
    ['write', 'p', '1', ';', 'chmod', '600', 'p'],
  ]) {
    const theCase = await replays([toolStep(1, first), look], [toolStep(1, operations), look]);
    assert.deepEqual(reusedOf(theCase, 2), [null, null], operations.join(' '));
  }
});

test('what a folder that moved holds is used with it', { skip: lacking }, async () => {
  const move = toolStep(2, ['rename', 'd', 'f']);
  const theCase = await replays(
    [toolStep(1, ['write', 'd/c', '1']), move],
    [toolStep(1, ['write', 'd/c', '2']), move],
  );
  assert.deepEqual(reusedOf(theCase, 2), [null, null]);
});

test('a step that failed or was not observed is not taken over', { skip: lacking }, async () => {
  const theCase = newCase();
  const input = (steps: typeof STEPS, more = {}) => inputOf(theCase, planOf(steps), FILES, more);
  const failing = [toolStep(1, ['copy', 'a', 'x', ';', 'exit', '1'])];
  for (let i = 0; i < 2; i += 1) await runReplay(theCase, input(failing), { again: true, reuse: true });
  assert.deepEqual(reusedOf(theCase, 2), [null]);
  for (let i = 0; i < 2; i += 1) {
    await runReplay(theCase, input(STEPS, { observer: null }), { again: true, reuse: true });
  }
  assert.deepEqual(reusedOf(theCase, 4), [null, null, null]);
});

test('a replay that was stopped goes on taking over', { skip: lacking }, async () => {
  const theCase = await replays(STEPS);
  const stop = new AbortController();
  const input = () => inputOf(theCase, planOf(STEPS, ['x', 'y']), FILES);
  await assert.rejects(
    runReplay(theCase, input(), {
      again: true,
      reuse: true,
      signal: stop.signal,
      onProgress: ({ done }) => done === 1 && stop.abort(),
    }),
  );
  theCase.close();
  const opened = openCase(theCase.folder, { clock: fixedClock('2026-11-24T11:15:00Z') });
  const { before } = await runReplay(opened, inputOf(opened, planOf(STEPS, ['x', 'y']), FILES), {
    reuse: true,
  });
  assert.equal(before, 1);
  assert.deepEqual(reusedOf(opened, 2), ['1.1', '1.2', '1.3']);
  opened.close();
});
