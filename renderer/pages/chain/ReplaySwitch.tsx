import { HTMLSelect, SegmentedControl } from '@blueprintjs/core';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useCommands } from '../../commands/index.ts';
import { useEngine } from '../../engine/index.ts';
import { showReplay } from '../../replay/shown.ts';

type Replay = Output<'replay.list'>[number];

/** So many replays stand side by side; more are a list. */
const BESIDE = 4;

/** Chooses which replay of the case is shown. Nothing where there is but one. */
export function ReplaySwitch({ shown }: { readonly shown: number | null }) {
  const { value: replays = [] } = useEngine('replay.list', {});
  const oldestFirst = replays.toReversed();
  const newest = replays[0]?.number ?? null;
  useCommands(
    () =>
      oldestFirst.map(replay => ({
        id: `chain.replay-${replay.number}`,
        title: `Show ${nameOf(replay, replays).toLowerCase()}`,
        group: 'On this page' as const,
        enabled: replays.length > 1,
        run: () => choose(replay.number, newest),
      })),
    [replays],
  );
  if (replays.length < 2 || newest === null) return null;
  const options = oldestFirst.map(replay => ({
    label: nameOf(replay, replays),
    value: String(replay.number),
  }));
  const value = String(shown ?? newest);
  if (options.length <= BESIDE) {
    return (
      <SegmentedControl
        size="small"
        aria-label="Replay"
        options={options}
        value={value}
        onValueChange={wanted => choose(Number(wanted), newest)}
      />
    );
  }
  return (
    <HTMLSelect
      aria-label="Replay"
      options={options}
      value={value}
      onChange={event => choose(Number(event.currentTarget.value), newest)}
    />
  );
}

/** The newest is shown as such, so that a replay after it is shown in its turn. */
function choose(wanted: number, newest: number | null): void {
  showReplay(wanted === newest ? null : wanted);
}

function nameOf({ number, mode }: Replay, replays: readonly Replay[]): string {
  if (mode === 'stepped') return `Replay ${number}`;
  return replays.filter(each => each.mode === 'unaided').length > 1 ? `Unaided ${number}` : 'Unaided';
}
