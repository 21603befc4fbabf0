import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Case } from '../../../main/engine/case/index.ts';
import { type ReplayOptions, runReplay } from '../../../main/engine/replay/index.ts';
import { inputOf, lacking, newCase, planOf, toolStep } from './stand.ts';

const FILES = { a: { content: 'a' }, 'd/a': { content: 'a' } };
type Steps = ReturnType<typeof toolStep>[];

/** A step that says what it reads and writes. */
const says = (number: number, operations: string[], inputs: string[], outputs: string[]) =>
  toolStep(number, operations, { inputs, outputs } as never);

/** The event log after a replay, without the case's own name. */
const lines = (theCase: Case) => theCase.log.events.slice(1).map(event => JSON.stringify(event));

async function logOf(steps: Steps, options: ReplayOptions): Promise<string[]> {
  const theCase = newCase();
  await runReplay(theCase, inputOf(theCase, planOf(steps, ['x']), FILES), options);
  return lines(theCase);
}

/** The log is the same to the byte however many run at once; it names every record and object by hash. */
async function isSame(steps: Steps): Promise<void> {
  const alone = await logOf(steps, {});
  for (const jobs of [2, 3]) assert.deepEqual(await logOf(steps, { jobs }), alone);
}

test('steps that say that they have nothing to do with each other run at once', {
  skip: lacking,
}, async () => {
  const slow = (number: number) =>
    says(
      number,
      ['print', 'on', ';', 'sleep', '4000', ';', 'write', `x${number}`, '1', ';', 'print', 'off'],
      [],
      [`x${number}`],
    );
  const told: string[] = [];
  await logOf([slow(1), slow(2)], {
    jobs: 2,
    onOutput: (_, __, chunk) => told.push(...(Buffer.from(chunk).toString().match(/\w+/g) ?? [])),
  });
  assert.deepEqual(told, ['on', 'on', 'off', 'off']);
});

test('the evidence is the same however many run at once', { skip: lacking }, async () => {
  await isSame([
    says(1, ['copy', 'a', 'x'], ['a'], ['x']),
    says(2, ['copy', 'd/a', 'd/y', ';', 'unlink', 'd/a'], ['d/a'], ['d/y']),
    says(3, ['exec', './tool', 'copy', 'a', 'z'], ['a'], ['z']),
    says(4, ['copy', 'x', 'w'], ['x'], ['w']),
    says(5, ['mkdir', 'e', ';', 'write', 'e/f', '1'], [], ['e/f']),
    toolStep(6, ['copy', 'w', 'v']),
  ]);
});

test('a step that noticed another that ran at the same time is run again after it', {
  skip: lacking,
}, async () => {
  const late = ['sleep', '300', ';', 'write', 'd/x', '1'];
  // It reads what the first one writes, finds it missing, lists its folder, makes or removes the same, and says nothing of it.
  for (const operations of [
    ['copy', 'd/x', 'y'],
    ['read', 'd/x', ';', 'write', 'y', '1'],
    ['list', 'd', ';', 'write', 'y', '1'],
    ['rename', 'd', 'c', ';', 'write', 'y', '1'],
    ['write', 'd/x', '22', ';', 'write', 'y', '1'],
    ['symlink', 'd', 'l', ';', 'write', 'y', '1'],
  ]) {
    await isSame([says(1, late, [], ['d/x']), says(2, operations, [], ['y'])]);
  }
});

test('a step that fails among others leaves what it would have left alone', { skip: lacking }, async () => {
  const steps = [
    says(1, ['write', 'x', '1'], [], ['x']),
    says(2, ['write', 'y', '1', ';', 'exit', '1'], [], ['y']),
    says(3, ['write', 'z', '1'], [], ['z']),
  ];
  await isSame(steps);
});

test('a replay that was stopped among several goes on to the same evidence', { skip: lacking }, async () => {
  const steps = [1, 2, 3, 4].map(number => says(number, ['write', `x${number}`, '1'], [], [`x${number}`]));
  const theCase = newCase();
  const stop = new AbortController();
  const input = () => inputOf(theCase, planOf(steps, ['x']), FILES);
  const options = { jobs: 2, signal: stop.signal, onProgress: () => stop.abort() };
  await assert.rejects(runReplay(theCase, input(), options));
  await runReplay(theCase, input(), { jobs: 2 });
  assert.deepEqual(lines(theCase), await logOf(steps, {}));
});
