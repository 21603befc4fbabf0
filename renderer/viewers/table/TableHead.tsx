import type { PointerEvent } from 'react';
import type { Column, Sorting } from './model.ts';
import type { TableHeadState } from './use-table-head.ts';

interface TableHeadProps<Row> {
  /** Of the table; a head's id is this, a dash and the column's. */
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting | null;
  readonly head: TableHeadState;
}

/** The heads: a press sorts, the right edge is dragged. */
export function TableHead<Row>({ id, columns, sorting, head }: TableHeadProps<Row>) {
  const { template, minWidth } = head;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not drawn, which a table element cannot say
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
    <div className="dt-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth }}>
      {columns.map(column => (
        <Head key={column.id} id={`${id}-${column.id}`} column={column} sorting={sorting} head={head} />
      ))}
    </div>
  );
}

interface HeadProps<Row> {
  readonly id: string;
  readonly column: Column<Row>;
  readonly sorting: Sorting | null;
  readonly head: TableHeadState;
}

function Head<Row>({ id, column, sorting, head }: HeadProps<Row>) {
  const own = sorting?.column === column.id ? sorting : null;
  const order = own === null ? 'none' : own.descending ? 'descending' : 'ascending';
  const active = head.active === column.id ? ' dt-active' : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      id={id}
      role="columnheader"
      aria-sort={order}
      className={`dt-cell${column.num ? ' num' : ''}${active}`}
      tabIndex={-1}
    >
      <button type="button" className="dt-sort" tabIndex={-1} onClick={() => head.sort(column.id)}>
        {column.title}
        {own && <span aria-hidden="true">{own.descending ? ' ↓' : ' ↑'}</span>}
      </button>
      <span
        className="dt-grip"
        aria-hidden="true"
        onPointerDown={event => drag(event, width => head.resize(column.id, width))}
        onDoubleClick={() => head.resize(column.id, null)}
      />
    </div>
  );
}

function drag(event: PointerEvent<HTMLElement>, resize: (width: number) => void): void {
  const grip = event.currentTarget;
  const from = { x: event.clientX, width: grip.parentElement?.offsetWidth ?? 0 };
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const move = (at: globalThis.PointerEvent) => resize(from.width + at.clientX - from.x);
  const end = () => grip.removeEventListener('pointermove', move);
  grip.addEventListener('pointermove', move);
  grip.addEventListener('pointerup', end, { once: true });
  grip.addEventListener('pointercancel', end, { once: true });
}
