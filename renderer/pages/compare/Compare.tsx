import { Button } from '@blueprintjs/core';
import { ArrowDownIcon, ArrowUpIcon, PlusIcon } from '@blueprintjs/icons';
import { useEffect, useState } from 'react';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import { runCommand, useCommands } from '../../commands/index.ts';
import { attempt, desktop, useStore } from '../../engine/index.ts';
import { useSubject } from '../../lineage/subject.ts';
import { go, useTarget } from '../../location.ts';
import { counted } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';
import { differenceFocused } from '../../viewers/difference/index.ts';
import { Columns } from './Columns.tsx';
import { isOdd, nextDifference } from './compared.ts';
import { Divergence } from './Divergence.tsx';
import { Lower, type LowerView } from './Lower.tsx';
import { Matrix, type Selected } from './Matrix.tsx';
import { comparedReports } from './stores.ts';
import { type Comparison, useComparison } from './use-comparison.ts';
import './compare.css';

/** Replays of this case and reports of other people beside each other, artifact by artifact, and the bytes where they differ. */
export default function Compare() {
  const comparison = useComparison();
  const { document, problem } = comparison;
  const [selected, setSelected] = useSelected(document);
  const [view, setView] = useState<LowerView>('bytes');
  const rows = document?.artifacts ?? [];
  useSubject(selected?.path);
  const differs = rows.some(isOdd);
  const step = (by: 1 | -1) => {
    const at = rows.findIndex(each => each.path === selected?.path);
    const next = rows[nextDifference(rows, at < 0 && by < 0 ? 0 : at, by)];
    if (next) setSelected({ path: next.path, column: null });
  };
  useCompareCommands({ rows, selected, differs, step, setView });
  return (
    <>
      <PageHead
        title="Compare"
        subject={document && subjectOf(document)}
        actions={
          <>
            <Button size="small" icon={<PlusIcon />} onClick={() => void addReports()}>
              Add reports
            </Button>
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
              intent="primary"
              icon={<ArrowDownIcon />}
              disabled={!differs}
              onClick={() => step(1)}
            >
              Next difference <Kbd keys="N" />
            </Button>
          </>
        }
      />
      <Panes>
        <MainPane label="Agreement">
          {problem && (
            <ProblemPanel
              title="These cannot be compared"
              problem={problem}
              onDismiss={() => comparedReports.set([])}
            />
          )}
          {document ? (
            <>
              <Matrix
                document={document}
                selected={selected}
                onSelect={setSelected}
                onOpen={() => intoBytes(setView)}
              />
              <Divergence document={document} onShow={path => setSelected({ path, column: null })} />
              <Lower {...{ document, selected, view }} {...comparison} document={document} onView={setView} />
            </>
          ) : (
            !problem && <Nothing comparison={comparison} />
          )}
        </MainPane>
      </Panes>
    </>
  );
}

/** Shows the bytes and puts the keys into them, once they are drawn. */
function intoBytes(setView: (view: LowerView) => void): void {
  setView('bytes');
  requestAnimationFrame(() => runCommand('difference.bytes'));
}

interface CompareActions {
  readonly rows: CompareDocument['artifacts'];
  readonly selected: Selected | null;
  readonly differs: boolean;
  readonly step: (by: 1 | -1) => void;
  readonly setView: (view: LowerView) => void;
}

function useCompareCommands({ rows, selected, differs, step, setView }: CompareActions): void {
  const inBytes = useStore(differenceFocused);
  useCommands(() => {
    const command = (id: string, title: string, keys: string, run: () => void, enabled = true) => ({
      id: `compare.${id}`,
      title,
      group: 'On this page' as const,
      keys,
      run,
      enabled,
    });
    const rowKeys = (keys: string) => (inBytes ? `Alt ${keys}` : keys);
    return [
      command('next', 'Next artifact that differs', rowKeys('N'), () => step(1), differs),
      command('previous', 'Previous artifact that differs', rowKeys('Shift N'), () => step(-1), differs),
      command('add', 'Add reports', 'A', () => void addReports()),
      command('environment', 'What they were run with', 'V', () => setView('environment')),
      command('columns', 'Choose what is compared', 'L', () => setView('columns')),
    ];
  }, [rows, selected, differs, inBytes]);
}

/** The first divergence, or what first is not as was published, is selected until a person or a link selects something. */
function useSelected(document: CompareDocument | null) {
  const target = useTarget('compare');
  const [selected, setSelected] = useState<Selected | null>(null);
  useEffect(() => {
    if (target?.path) setSelected({ path: target.path, column: null });
  }, [target]);
  const first = document?.firstDivergence?.path ?? document?.artifacts.find(isOdd)?.path;
  const shown = selected ?? (first === undefined ? null : { path: first, column: null });
  return [shown, setSelected] as const;
}

function subjectOf({ reports, artifacts, says }: CompareDocument): string {
  return `${counted(reports.length, 'column')}, ${counted(artifacts.length, 'artifact')}. ${says}`;
}

async function addReports(): Promise<void> {
  const chosen = await attempt('No report was added', () => desktop('choose.reports', { several: true }));
  if (chosen?.length) comparedReports.set(old => [...old, ...chosen]);
}

function Nothing({ comparison: { replays, columns } }: { readonly comparison: Comparison }) {
  const reports = useStore(comparedReports);
  const here = columns.length + reports.length;
  return (
    <>
      <div className="pane-none">
        <p className="strong">{here < 2 ? 'There is nothing to compare yet.' : 'Comparing…'}</p>
        {here < 2 && (
          <p className="t2">
            {here === 0
              ? 'The chain of this case was not replayed. Replay it, or add two reports.'
              : 'One is here. Add a report of somebody else, or replay the chain once more; then both are compared artifact by artifact.'}
          </p>
        )}
        {here < 2 && (
          <div className="compare-start">
            <Button size="small" onClick={() => go('chain')}>
              Go to Chain
            </Button>
            <Button size="small" icon={<PlusIcon />} onClick={() => void addReports()}>
              Add reports <Kbd keys="A" />
            </Button>
          </div>
        )}
      </div>
      {(replays.length > 1 || reports.length > 0) && here < 2 && (
        <Columns replays={replays} columns={columns} document={null} />
      )}
    </>
  );
}
