import { Button } from '@blueprintjs/core';
import { ArrowDownIcon, ArrowUpIcon, PlusIcon } from '@blueprintjs/icons';
import { useEffect, useMemo, useState } from 'react';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import { useCase } from '../../case.ts';
import { useCommands } from '../../commands/index.ts';
import { ask, asProblem, attempt, desktop, useStore } from '../../engine/index.ts';
import { useSubject } from '../../lineage/subject.ts';
import { useTarget } from '../../location.ts';
import { counted } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { AccountList } from './AccountList.tsx';
import { comparedReports, nextDifference } from './compared.ts';
import { Divergence } from './Divergence.tsx';
import { Matrix } from './Matrix.tsx';
import './compare.css';

/** This case's newest replay beside reports of other people: artifact by artifact, the first divergence pinned. */
export default function Compare() {
  const summary = useCase();
  const reports = useStore(comparedReports);
  const withCase = summary?.replay !== null && summary?.replay !== undefined;
  const { document, problem } = useComparison(withCase, withCase ? JSON.stringify(summary?.replay) : '');
  const target = useTarget('compare');
  const [selected, setSelected] = useState<string | null>(null);
  useEffect(() => {
    if (target?.path) setSelected(target.path);
  }, [target]);
  const rows = useMemo(() => document?.artifacts ?? [], [document]);
  const row = rows.find(each => each.path === selected) ?? null;
  useSubject(row?.path);
  const step = (by: 1 | -1) => {
    const at = rows.findIndex(each => each.path === selected);
    const next = nextDifference(rows, at < 0 && by < 0 ? 0 : at, by);
    if (next >= 0) setSelected(rows[next]?.path ?? null);
  };
  const differs = rows.some(each => each.state !== 'agrees');
  useCommands(
    () => [
      {
        id: 'compare.add',
        title: 'Add reports',
        group: 'On this page',
        keys: 'A',
        run: () => void addReports(),
      },
      {
        id: 'compare.next',
        title: 'Next difference',
        group: 'On this page',
        keys: 'N',
        enabled: differs,
        run: () => step(1),
      },
      {
        id: 'compare.previous',
        title: 'Previous difference',
        group: 'On this page',
        keys: 'Shift N',
        enabled: differs,
        run: () => step(-1),
      },
    ],
    [rows, selected, differs],
  );
  return (
    <>
      <PageHead
        title="Compare"
        subject={
          document &&
          `${counted(document.reports.length, 'account')}, ${counted(rows.length, 'artifact')}, ${agreementWords(document)}`
        }
        actions={
          <>
            <Button
              size="small"
              variant="minimal"
              icon={<ArrowUpIcon />}
              disabled={!differs}
              onClick={() => step(-1)}
            >
              Previous
            </Button>
            <Button
              size="small"
              variant="minimal"
              icon={<ArrowDownIcon />}
              disabled={!differs}
              onClick={() => step(1)}
            >
              Next difference <Kbd keys="N" />
            </Button>
            <Button size="small" intent="primary" icon={<PlusIcon />} onClick={() => void addReports()}>
              Add reports
            </Button>
          </>
        }
      />
      <Panes>
        <MainPane label="Agreement">
          {problem && (
            <ProblemPanel
              title="These reports cannot be compared"
              problem={problem}
              onDismiss={() => comparedReports.set([])}
            />
          )}
          {document ? (
            <>
              <Divergence document={document} onShow={setSelected} />
              <Matrix
                document={document}
                withCase={withCase}
                selected={row?.path ?? null}
                onSelect={setSelected}
              />
            </>
          ) : (
            !problem && <Nothing withCase={withCase} reports={reports.length} />
          )}
        </MainPane>
        <SidePane name="compare.accounts" label="Accounts" side="right" width={392}>
          <AccountList document={document} withCase={withCase} row={row} />
        </SidePane>
      </Panes>
    </>
  );
}

function agreementWords({ unanimous, quorum: { agreeing }, reports }: CompareDocument): string {
  return unanimous ? 'all agree' : `${agreeing} of ${reports.length} agree on everything`;
}

async function addReports(): Promise<void> {
  const chosen = await attempt('No report was added', () => desktop('choose.reports', { several: true }));
  if (chosen?.length) comparedReports.set(old => [...old, ...chosen]);
}

function Nothing({ withCase, reports }: { readonly withCase: boolean; readonly reports: number }) {
  return (
    <div className="pane-none">
      <p className="strong">There is nothing to compare yet.</p>
      <p className="t2">
        {withCase
          ? 'The newest replay of this case is one account. Add a report of somebody else, and both are compared artifact by artifact.'
          : reports === 0
            ? 'The chain of this case was not replayed. Replay it, or add two reports.'
            : 'One report is here. Add another, or replay the chain of this case.'}
      </p>
    </div>
  );
}

interface Comparison {
  readonly document: CompareDocument | null;
  readonly problem: EngineProblem | null;
}

/** Compares again whenever a report came or the newest replay is another one. */
function useComparison(withCase: boolean, replays: string): Comparison {
  const reports = useStore(comparedReports);
  const [state, setState] = useState<Comparison>({ document: null, problem: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another replay means another comparison
  useEffect(() => {
    if (reports.length + Number(withCase) < 2) {
      setState({ document: null, problem: null });
      return;
    }
    const stop = new AbortController();
    ask(
      'compare.reports',
      { locations: reports.map(report => report.grant), withCase },
      { signal: stop.signal },
    ).then(
      document => setState({ document, problem: null }),
      error => !stop.signal.aborted && setState({ document: null, problem: asProblem(error) }),
    );
    return () => stop.abort();
  }, [reports, withCase, replays]);
  return state;
}
