import type { CaseSummary, Input } from '../../main/contract/requests/index.ts';
import { type Command, useCommands } from '../commands/index.ts';
import { ask, attempt, tasks, useStored } from '../engine/index.ts';
import { go } from '../location.ts';

type Mode = NonNullable<Input<'replay.run'>['mode']>;

/** Replays the chain, or goes on where a replay stopped. A step that failed is shown on the page Chain. */
export async function runReplay(mode: Mode, again = false): Promise<void> {
  const title = mode === 'unaided' ? 'The unaided replay was not run' : 'The replay was not run';
  const words = { title: mode === 'unaided' ? 'Unaided replay' : 'Replay' };
  const ended = await attempt(title, () => ask('replay.run', { mode, again }, { words }));
  if (ended?.failure) go('chain', { replay: ended.replay, step: ended.failure.number });
}

/** The replays as commands; while one runs no other can. */
export function useReplayCommands(summary: CaseSummary | null | undefined): void {
  const running = useStored(tasks, all => all.some(task => task.method === 'replay.run'));
  const ready = Boolean(summary?.bundle) && !running && !summary?.readonly && !summary?.broken;
  const unfinished = summary?.replay?.outcome === 'unfinished';
  useCommands(
    () => [
      replayCommand('replay.stepped', unfinished ? 'Resume the replay' : 'Run the replay', ready, 'stepped'),
      replayCommand('replay.unaided', 'Run the unaided replay', ready, 'unaided'),
      replayCommand('replay.both', 'Run both replays and compare every file', ready, 'both'),
    ],
    [ready, unfinished],
  );
}

function replayCommand(id: string, title: string, enabled: boolean, mode: Mode): Command {
  return { id, title, group: 'Case', enabled, run: () => void runReplay(mode) };
}
