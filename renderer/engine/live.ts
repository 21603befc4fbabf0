import type { LiveReplay } from '../../main/contract/requests/index.ts';
import { ask } from './client.ts';
import { showProblem } from './problems.ts';
import { Store } from './store.ts';
import { advanceTask, beginTask, endTask, tasks } from './tasks.ts';
import { wordsOf } from './words.ts';

/** A replay that runs now, as the engine told last, and when that was (`performance.now()`). */
export interface ToldReplay {
  readonly state: LiveReplay;
  readonly at: number;
}

/** The replay that runs, whoever of the pages that were here began it; null when none does. */
export const liveReplay = new Store<ToldReplay | null>(null);

/** Name of the task that a running replay is. */
const TASK = 'live-replay';

/** Takes what the engine tells of the replay that runs. */
export function takeLive(state: LiveReplay | null): void {
  const at = performance.now();
  liveReplay.set(state && { state, at });
  if (!state) {
    endTask(TASK);
    return;
  }
  if (!tasks.get().some(task => task.name === TASK)) {
    const words = { ...wordsOf('replay.run'), ...(state.mode === 'unaided' && { title: 'Unaided replay' }) };
    beginTask({
      name: TASK,
      method: 'replay.run',
      ...words,
      started: at - state.seconds * 1000,
      stop: () => void stopReplay('now'),
    });
  }
  const { steps, done, step, preparing } = state;
  const unit = 'steps' as const;
  const progress =
    steps === null ? preparing : { task: 'Replaying', done, total: steps, unit, detail: step?.id ?? '' };
  if (progress) advanceTask(TASK, progress, { left: state.left, at, stopping: state.stopping !== null });
}

/** Stops the replay that runs: after the running step, or at once. */
export async function stopReplay(when: 'after-step' | 'now'): Promise<void> {
  try {
    await ask('replay.stop', { when }, { quiet: true });
  } catch (error) {
    showProblem('The replay was not stopped', error);
  }
}
