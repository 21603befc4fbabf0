import { useEffect, useMemo, useState } from 'react';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, asProblem, useEngine, useStore } from '../../engine/index.ts';
import { replaysToCompare } from './compared.ts';
import { chosenReplays, comparedReports } from './stores.ts';

export type ReplayRow = Output<'replay.list'>[number];

/** What is compared, and what came of it. */
export interface Comparison {
  readonly document: CompareDocument | null;
  readonly problem: EngineProblem | null;
  /** All replays of the case, newest first, and which of them are columns. */
  readonly replays: readonly ReplayRow[];
  readonly columns: readonly number[];
}

const NONE: ReadonlyMap<number, boolean> = new Map();

/** Compares again whenever a report came, a replay began or ended, or somebody chose other columns. */
export function useComparison(): Comparison {
  const reports = useStore(comparedReports);
  const folder = useCase()?.folder ?? '';
  const chosen = useStore(chosenReplays);
  const { value } = useEngine('replay.list', {});
  const replays = useMemo(() => value ?? [], [value]);
  const columns = useMemo(
    () =>
      replaysToCompare(
        replays.map(each => each.number),
        chosen.case === folder ? chosen.replays : NONE,
      ),
    [replays, chosen, folder],
  );
  const [state, setState] = useState<Pick<Comparison, 'document' | 'problem'>>({
    document: null,
    problem: null,
  });
  const outcomes = replays.map(({ number, outcome, running }) => `${number} ${outcome} ${running}`).join();
  const [asking, setAsking] = useState(false);
  // A report is checked whole each time: beside reports a replay that runs is compared again when it ends.
  const running = reports.length === 0 ? replays.find(each => each.running) : undefined;
  const progress = useHeld(running ? running.done : 0, asking);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns by their numbers; a replay that ended is to be compared again
  useEffect(() => {
    if (reports.length + columns.length < 2) {
      setState({ document: null, problem: null });
      return undefined;
    }
    const stop = new AbortController();
    setAsking(true);
    ask(
      'compare.reports',
      { locations: reports.map(report => report.grant), replays: [...columns] },
      { signal: stop.signal },
    )
      .then(
        document => !stop.signal.aborted && setState({ document, problem: null }),
        error => !stop.signal.aborted && setState({ document: null, problem: asProblem(error) }),
      )
      .finally(() => !stop.signal.aborted && setAsking(false));
    return () => stop.abort();
  }, [reports, columns.join(), outcomes, progress]);
  return { ...state, replays, columns };
}

/** A value that stays as it was while it is held. */
function useHeld<T>(value: T, held: boolean): T {
  const [kept, setKept] = useState(value);
  useEffect(() => {
    if (!held) setKept(value);
  }, [value, held]);
  return kept;
}
