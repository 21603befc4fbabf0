import type { ReactNode } from 'react';
import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { type Column, DataTable } from '../../viewers/table/index.ts';
import { SEVERITIES, STATES } from './severity.ts';

const GRAVITY = { high: 0, medium: 1, low: 2, note: 3 };

const COLUMNS: readonly Column<FindingRow>[] = [
  {
    id: 'id',
    title: 'No.',
    width: 64,
    text: row => row.id,
    render: row => <span className="mono">{row.id}</span>,
  },
  {
    id: 'severity',
    title: 'Severity',
    width: 96,
    text: row => row.severity,
    order: row => GRAVITY[row.severity],
    render: row => <Verdict name={SEVERITIES[row.severity].mark}>{SEVERITIES[row.severity].word}</Verdict>,
  },
  {
    id: 'what',
    title: 'What',
    least: 260,
    text: row => row.message,
    render: row => (
      <div className="finding-what">
        <div className="strong cut">
          <Inert text={row.message} prose cut />
        </div>
        <div className="t2 cut">
          <Inert text={row.where} cut />
        </div>
      </div>
    ),
  },
  {
    id: 'by',
    title: 'By',
    width: 120,
    text: row => row.raised?.by ?? 'Assay',
    render: row =>
      row.raised ? <Inert text={row.raised.by} prose cut /> : <span className="t2">Assay</span>,
  },
  {
    id: 'state',
    title: 'State',
    width: 96,
    text: row => row.state,
    render: row => <Verdict name={STATES[row.state].mark}>{STATES[row.state].word}</Verdict>,
  },
];

interface FindingListProps {
  readonly findings: readonly FindingRow[];
  readonly selected: string | null;
  readonly onSelect: (finding: FindingRow) => void;
  readonly empty: ReactNode;
  /** Enter or a double click. */
  readonly onOpen: () => void;
}

/** The findings, gravest first. */
export function FindingList({ findings, selected, onSelect, empty, onOpen }: FindingListProps) {
  return (
    <DataTable
      label="Findings"
      columns={COLUMNS}
      rows={findings}
      keyOf={row => row.key}
      selected={selected}
      onSelect={onSelect}
      rowHeight={44}
      empty={empty}
      onOpen={onOpen}
    />
  );
}
