import type { AnnotationMergeRow } from '../../../../main/contract/requests/index.ts';
import { Inert } from '../../../parts/Inert.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { type Column, DataTable } from '../../../viewers/table/index.ts';
import { rangesText } from '../seed-words.ts';
import type { Decision, Decisions } from './merge-model.ts';

const STATES: Record<AnnotationMergeRow['state'], string> = {
  conflict: 'conflict',
  changed: 'bytes changed',
  new: 'new',
  elsewhere: 'not in this seed',
  same: 'here already',
};

/** A decision as the list and the buttons call it. */
export const DECISIONS: Record<Decision, string> = { keep: 'leave', add: 'add', replace: 'replace' };

interface MergeListProps {
  readonly items: readonly AnnotationMergeRow[];
  readonly decisions: Decisions;
  readonly selected: number | null;
  readonly onSelect: (number: number) => void;
}

/** Every annotation of the source with its state and what was decided. */
export function MergeList({ items, decisions, selected, onSelect }: MergeListProps) {
  return (
    <DataTable
      label="Annotations to take over"
      columns={columnsOf(decisions)}
      rows={items}
      keyOf={row => String(row.number)}
      selected={selected === null ? null : String(selected)}
      onSelect={row => onSelect(row.number)}
      rowHeight={40}
      empty="There is no annotation in it."
    />
  );
}

function columnsOf(decisions: Decisions): readonly Column<AnnotationMergeRow>[] {
  const decided = (row: AnnotationMergeRow) => {
    const decision = decisions.get(row.number);
    return decision ? DECISIONS[decision] : row.state === 'conflict' ? 'decide' : '–';
  };
  return [
    {
      id: 'what',
      title: 'Annotation',
      least: 180,
      text: row => row.theirs.label,
      order: row => row.number,
      render: ({ theirs, ranges }) => (
        <>
          <span className={`mark-${theirs.kind}`}>
            <Mark name={theirs.kind} />
          </span>
          <div className="two-lines">
            <div className="cut">
              <Inert text={theirs.label} prose cut />
            </div>
            <div className="t3 cut mono">{rangesText({ ranges: ranges ?? theirs.ranges })}</div>
          </div>
        </>
      ),
    },
    {
      id: 'state',
      title: 'State',
      width: 104,
      text: row => `${STATES[row.state]}${row.moved ? ', moved' : ''}`,
      render: row => (
        <span className={row.state === 'conflict' ? 'strong' : 't2'}>
          {STATES[row.state]}
          {row.moved && row.state !== 'elsewhere' && (
            <>
              <br />
              moved
            </>
          )}
        </span>
      ),
    },
    {
      id: 'decision',
      title: 'Decided',
      width: 64,
      text: decided,
      render: row => <span className={decided(row) === 'decide' ? 'strong' : 't2'}>{decided(row)}</span>,
    },
  ];
}
