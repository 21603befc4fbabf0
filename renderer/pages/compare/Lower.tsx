import { SegmentedControl } from '@blueprintjs/core';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import { Inert } from '../../parts/Inert.tsx';
import { DifferenceView } from '../../viewers/difference/index.ts';
import { Columns } from './Columns.tsx';
import { isOdd, type Pair, pairOf, type Row } from './compared.ts';
import { Environment } from './Environment.tsx';
import type { Selected } from './Matrix.tsx';
import type { ReplayRow } from './use-comparison.ts';

export type LowerView = 'bytes' | 'environment' | 'columns';

const VIEWS: readonly { readonly value: LowerView; readonly label: string }[] = [
  { value: 'bytes', label: 'Bytes' },
  { value: 'environment', label: 'Run with' },
  { value: 'columns', label: 'Columns' },
];

interface LowerProps {
  readonly document: CompareDocument;
  readonly selected: Selected | null;
  readonly view: LowerView;
  readonly onView: (view: LowerView) => void;
  readonly replays: readonly ReplayRow[];
  readonly columns: readonly number[];
}

/** Below the matrix: the bytes of the selected artifact, what the accounts were run with, which are compared. */
export function Lower({ document, selected, view, onView, replays, columns }: LowerProps) {
  const row = document.artifacts.find(each => each.path === selected?.path) ?? null;
  const pair = row && pairOf(row, selected?.column ?? null);
  return (
    <section className="compare-lower" aria-label="Closer">
      <div className="compare-tabs">
        <SegmentedControl
          size="small"
          options={VIEWS.map(each => ({ ...each }))}
          value={view}
          onValueChange={value => onView(VIEWS.find(each => each.value === value)?.value ?? 'bytes')}
        />
        {view === 'bytes' && row && (
          <span className="cut">
            <Inert text={row.path} cut />
          </span>
        )}
      </div>
      {view === 'environment' && <Environment document={document} />}
      {view === 'columns' && <Columns {...{ replays, columns, document }} />}
      {view === 'bytes' && <Bytes {...{ document, row, pair }} />}
    </section>
  );
}

interface BytesProps {
  readonly document: CompareDocument;
  readonly row: Row | null;
  readonly pair: Pair | null;
}

function Bytes({ document: { reports }, row, pair }: BytesProps) {
  if (!row) return <p className="pane-none t2">Choose an artifact to see how its files differ.</p>;
  if (!pair) {
    return (
      <p className="pane-none t2">
        {isOdd(row) && !row.hashes.includes(null)
          ? 'Everybody has the same file here, and another hash was published. Open its step in Chain to set the published file beside it.'
          : row.hashes.includes(null)
            ? 'Whoever has this artifact has the same; somebody does not have it.'
            : 'Everybody has the same file here: there is no difference to show.'}
      </p>
    );
  }
  const names = { a: reports[pair.a]?.name ?? '', b: reports[pair.b]?.name ?? '' };
  return <DifferenceView sides={{ a: pair.hashA, b: pair.hashB }} names={names} />;
}
