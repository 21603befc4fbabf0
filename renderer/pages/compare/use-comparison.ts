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
  const outcomes = replays.map(({ number, outcome }) => `${number} ${outcome}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns by their numbers; a replay that ended is to be compared again
  useEffect(() => {
    if (reports.length + columns.length < 2) {
      setState({ document: null, problem: null });
      return undefined;
    }
    const stop = new AbortController();
    ask(
      'compare.reports',
      { locations: reports.map(report => report.grant), replays: [...columns] },
      { signal: stop.signal },
    ).then(
      document => !stop.signal.aborted && setState({ document, problem: null }),
      error => !stop.signal.aborted && setState({ document: null, problem: asProblem(error) }),
    );
    return () => stop.abort();
  }, [reports, columns.join(), outcomes]);
  return { ...state, replays, columns };
}
