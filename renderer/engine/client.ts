import type { RequestProgress } from '../../main/contract/channel.ts';
import type { DesktopInput, DesktopMethod, DesktopOutput } from '../../main/contract/desktop.ts';
import type { Input, Method, Output } from '../../main/contract/requests/index.ts';
import { bridge } from './bridge.ts';
import { type ProblemFix, showProblem } from './problems.ts';
import { advanceTask, beginTask, endTask, stopTask, TASK_AFTER } from './tasks.ts';
import { type TaskWords, wordsOf } from './words.ts';

export interface AskOptions {
  /** Stops the request when it is aborted. */
  readonly signal?: AbortSignal;
  /** Words other than the method's own. */
  readonly words?: Partial<TaskWords>;
  /** True for what a page asks in order to draw itself: no task, however long it takes. */
  readonly quiet?: boolean;
  /** True for what the engine tells of by itself, as of a replay: no task of its own. */
  readonly told?: boolean;
  /** Hears the progress that the engine tells. */
  readonly onProgress?: (progress: RequestProgress) => void;
}

/** Called when something that a person asked for is over. */
export const whenDone = new Set<() => void>();

let last = 0;
/** A page that was loaded again does not know which names the one before used. */
const PAGE = crypto.randomUUID().slice(0, 8);

/**
 * Asks the engine. A request that takes longer than {@link TASK_AFTER} or tells progress is a task meanwhile. Rejects with
 * an `EngineProblem`.
 */
export async function ask<M extends Method>(
  method: M,
  params: Input<M>,
  options: AskOptions = {},
): Promise<Output<M>> {
  last += 1;
  const name = `r${last}-${PAGE}`;
  const started = performance.now();
  const words = { ...wordsOf(method), ...options.words };
  const begin = () => beginTask({ name, method, ...words, started });
  const silent = options.quiet || options.told;
  const timer = silent ? undefined : setTimeout(begin, TASK_AFTER);
  const stop = () => stopTask(name);
  options.signal?.addEventListener('abort', stop);
  waiting.set(name, progress => {
    if (!silent) begin();
    options.onProgress?.(progress);
  });
  try {
    const answer = bridge().request(method, params, name);
    if (options.signal?.aborted) stop();
    return JSON.parse(await answer) as Output<M>;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    waiting.delete(name);
    endTask(name);
    if (!options.quiet) for (const tell of whenDone) tell();
  }
}

/** Asks the main process itself. */
export function desktop<M extends DesktopMethod>(
  method: M,
  params: DesktopInput<M>,
): Promise<DesktopOutput<M>> {
  return bridge().desktop(method, params);
}

/** Does something that a person asked for; what goes wrong is shown under this title, with its fix, until it is dismissed. */
export async function attempt<T>(
  title: string,
  action: () => Promise<T>,
  fix?: ProblemFix,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    showProblem(title, error, fix);
    return undefined;
  }
}

/** What hears of the progress of each request under way. */
const waiting = new Map<string, (progress: RequestProgress) => void>();

/** Follows the progress that the bridge tells. Gives a function that ends it. */
export function followProgress(): () => void {
  return bridge().onProgress((name, progress) => {
    waiting.get(name)?.(progress);
    advanceTask(name, progress);
  });
}
