import { Worker } from 'node:worker_threads';
import { AssayError, type ErrorParts, type TaskOptions, throwIfStopped } from '../../base/index.ts';
import type { Verification } from '../../report/index.ts';
import type { Order, Word } from './messages.ts';
import type { WorkInput, WorkName, WorkResult } from './work.ts';

/** Most memory of a thread, in MiB: a report of 5,000 steps takes a quarter of it. */
const MEMORY = 2048;
const THREAD = new URL('./thread.ts', import.meta.url);

/** Checks one report. Throws as {@link aside}. */
export async function verifyAside(
  path: string,
  options: TaskOptions,
  allowedSigners?: string,
): Promise<Verification> {
  const input = { paths: [path], ...(allowedSigners !== undefined && { allowedSigners }) };
  const [verification] = await aside('verify-reports', input, options);
  if (!verification) throw died();
  return verification;
}

/**
 * Does a long piece of work in a thread of its own, so that the engine goes on answering and the work can be stopped at once,
 * wherever it is. Throws what the work throws, `task.stopped`, and `task.died` when the thread ended without an answer.
 */
export async function aside<N extends WorkName>(
  name: N,
  input: WorkInput<N>,
  { signal, onProgress }: TaskOptions,
): Promise<WorkResult<N>> {
  throwIfStopped(signal);
  const order: Order<N> = { name, input };
  const worker = new Worker(THREAD, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (word: Word) => {
        if (word.kind === 'progress') onProgress?.(word.progress);
        else if (word.kind === 'result') resolve(word.value as WorkResult<N>);
        else reject(new AssayError(word.problem as ErrorParts));
      });
      worker.on('error', cause => reject(died(cause)));
      worker.on('exit', () => {
        try {
          throwIfStopped(signal);
          reject(died());
        } catch (error) {
          reject(error);
        }
      });
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function died(cause?: unknown): AssayError {
  return new AssayError({
    kind: 'input',
    code: 'task.died',
    message: 'the work ended without a result: it took more memory than it may, or fell over its input',
    cure: 'Do not rely on this input.',
    ...(cause !== undefined && { cause }),
  });
}
