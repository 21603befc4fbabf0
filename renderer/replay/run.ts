import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { type Command, useCommands } from '../commands/index.ts';
import { ask, asProblem, attempt, stopReplay, type Task, tasks, useStored } from '../engine/index.ts';
import { go } from '../location.ts';
import { showReplay } from './shown.ts';

/** How a replay is done. */
export interface ReplayChoice {
  readonly mode: 'stepped' | 'unaided' | 'both';
  /** By name; null for the best that works here. */
  readonly runtime: string | null;
  readonly observe: boolean;
  /** True for a new replay although one has finished. */
  readonly again: boolean;
  /** True to go on where the newest one stopped or failed, in its mode and with its runtime and observer. */
  readonly resume: boolean;
  /** True to take over results of an earlier replay where all that a step was given is the same. */
  readonly reuse: boolean;
  /** Steps that may run at once. */
  readonly jobs: number;
  /** What one step may take, where other than usual. */
  readonly stepLimits: { readonly memory?: number; readonly processes?: number; readonly output?: number };
}

export const USUAL: ReplayChoice = {
  mode: 'stepped',
  runtime: null,
  observe: true,
  again: false,
  resume: false,
  reuse: false,
  jobs: 1,
  stepLimits: {},
};

/** Replays the chain, or goes on where a replay stopped. A step that failed is shown on the page Chain. */
export async function runReplay(choice: ReplayChoice): Promise<void> {
  const { runtime, ...rest } = choice;
  const unaided = rest.mode === 'unaided';
  const title = unaided ? 'The unaided replay was not run' : 'The replay was not run';
  showReplay(null);
  const ended = await attempt(title, () =>
    ask('replay.run', { ...rest, ...(runtime !== null && { runtime }) }, { told: true }).catch(untilGone),
  );
  if (ended?.failure) go('chain', { replay: ended.replay, step: ended.failure.number });
}

/** That the engine ended is told by itself, with what is kept; a replay that was under way then did run. */
function untilGone(error: unknown): undefined {
  if (asProblem(error).code !== 'engine.gone') throw error;
}

/** Whether a replay stopped or failed, so that one can go on from there. */
export function isResumable(replay: CaseSummary['replay'] | undefined): boolean {
  return replay?.outcome === 'unfinished' || replay?.outcome === 'failed';
}

/** The replay that runs now, or undefined. */
export function useRunningReplay(): Task | undefined {
  return useStored(tasks, all => all.find(task => task.method === 'replay.run'));
}

/** The replays as commands; while one runs no other can. */
export function useReplayCommands(summary: CaseSummary | null | undefined): void {
  const task = useRunningReplay();
  const running = task !== undefined;
  const ready = Boolean(summary?.bundle) && !running && !summary?.readonly && !summary?.broken;
  const goesOn = isResumable(summary?.replay);
  useCommands(
    () => [
      {
        id: 'replay.stepped',
        title: goesOn ? 'Resume the replay' : 'Run the replay',
        group: 'Case',
        enabled: ready,
        run: () => void runReplay({ ...USUAL, resume: goesOn }),
      },
      replayCommand('replay.unaided', 'Run the unaided replay', ready, 'unaided'),
      replayCommand('replay.both', 'Run both replays and compare every file', ready, 'both'),
      {
        id: 'replay.stop-after',
        title: 'Stop the replay after this step',
        group: 'Case',
        enabled: running && !task.stopping,
        run: () => void stopReplay('after-step'),
      },
      {
        id: 'replay.stop-now',
        title: 'Stop the replay now',
        group: 'Case',
        enabled: running,
        run: () => void stopReplay('now'),
      },
    ],
    [ready, goesOn, running, task?.stopping],
  );
}

function replayCommand(id: string, title: string, enabled: boolean, mode: ReplayChoice['mode']): Command {
  return { id, title, group: 'Case', enabled, run: () => void runReplay({ ...USUAL, mode }) };
}
