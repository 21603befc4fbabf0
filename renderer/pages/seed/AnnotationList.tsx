import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { number, offset } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { type Column, DataTable } from '../../viewers/table/index.ts';
import { initials } from './seed-model.ts';

const COLUMNS: readonly Column<AnnotationRow>[] = [
  {
    id: 'what',
    title: 'Annotation',
    least: 180,
    text: row => `${row.label} ${rangesText(row)}`,
    order: row => row.ranges[0]?.offset ?? 0,
    render: row => (
      <>
        <span className={`mark-${row.kind}`}>
          <Mark name={row.kind} />
        </span>
        <div className="two-lines">
          <div className="cut">
            <Inert text={row.label} prose cut />
          </div>
          <div className="t3 cut mono">
            {rangesText(row)} · {row.resolution ? 'settled' : row.kind}
          </div>
        </div>
      </>
    ),
  },
  {
    id: 'by',
    title: 'By',
    width: 48,
    text: row => row.by,
    render: row => (
      <span className="t3" title={row.by}>
        {initials(row.by)}
      </span>
    ),
  },
];

/** `0x0-0x3F, 64 B` */
export function rangesText({ ranges }: Pick<AnnotationRow, 'ranges'>): string {
  const size = ranges.reduce((sum, range) => sum + range.length, 0);
  const [first] = ranges;
  if (!first) return '';
  const words = `${offset(first.offset)}–${offset(first.offset + first.length - 1)}`;
  return `${words}${ranges.length > 1 ? ` and ${ranges.length - 1} more` : ''} · ${number(size)} B`;
}

interface AnnotationListProps {
  readonly annotations: readonly AnnotationRow[];
  readonly selected: string | null;
  readonly onSelect: (annotation: AnnotationRow) => void;
}

/** Everything that was said of the seed's bytes. */
export function AnnotationList({ annotations, selected, onSelect }: AnnotationListProps) {
  return (
    <DataTable
      label="Annotations"
      columns={COLUMNS}
      rows={annotations}
      keyOf={row => row.id}
      selected={selected}
      onSelect={onSelect}
      rowHeight={40}
      empty="Nobody has said anything of these bytes. Select some and press A."
    />
  );
}
