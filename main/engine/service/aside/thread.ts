import { parentPort, workerData } from 'node:worker_threads';
import { problemOf } from '../problem.ts';
import type { Order, Word } from './messages.ts';
import { WORK } from './work.ts';

/** The thread's own program: does the one piece of work it was started for, tells of it, and ends. */
const { name, input } = workerData as Order;
const say = (word: Word) => parentPort?.postMessage(word);
try {
  say({
    kind: 'result',
    value: await WORK[name](input as never, { onProgress: progress => say({ kind: 'progress', progress }) }),
  });
} catch (error) {
  say({ kind: 'error', problem: problemOf(error) });
}
