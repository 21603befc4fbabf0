import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { attempt, desktop } from '../../engine/index.ts';
import { asTsv, type Column, moved, nextSorting, type Sorting, sorted } from './model.ts';
import './table.css';

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The key of the selected row. */
  readonly selected: string | null;
  readonly onSelect: (row: Row) => void;
  /** Double click or Enter. */
  readonly onOpen?: (row: Row) => void;
  /** CSS pixels. */
  readonly rowHeight?: number;
  readonly rowClass?: (row: Row) => string | undefined;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
}

/**
 * A table of any length: only the rows in view are drawn. One stop of the Tab key; arrows, Home, End and Page move the selection,
 * Enter opens, Ctrl C copies the selected row and Ctrl Shift C all rows, as TSV.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, keyOf, selected, onSelect, onOpen, rowHeight = 24 } = props;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const rows = useMemo(() => sorted(props.rows, columns, sorting), [props.rows, columns, sorting]);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = rows.findIndex(row => keyOf(row) === selected);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  const template = columns
    .map(({ width, least = 80 }) => (width === undefined ? `minmax(${least}px, 1fr)` : `${width}px`))
    .join(' ');
  const minWidth = columns.reduce((sum, { width, least = 80 }) => sum + (width ?? least), 0);
  const copy = (which: readonly Row[]) =>
    void attempt('Nothing was copied', () => desktop('clipboard.write', { text: asTsv(which, columns) }));
  const press = (event: KeyboardEvent) => {
    const current = rows[at];
    if (event.ctrlKey && event.key.toLowerCase() === 'c' && !document.getSelection()?.toString()) {
      event.preventDefault();
      copy(event.shiftKey ? rows : current ? [current] : []);
      return;
    }
    if (event.key === 'Enter' && current && onOpen) {
      event.preventDefault();
      onOpen(current);
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to = moved(event.key, at, rows.length, page);
    const row = to === null ? undefined : rows[to];
    if (!row) return;
    event.preventDefault();
    onSelect(row);
  };
  return (
    <div className="dt">
      {/* biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not drawn, which a table element cannot say */}
      <div
        ref={scroller}
        className="dt-scroll"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        tabIndex={0}
        onKeyDown={press}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop */}
        <div
          className="dt-head"
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, minWidth }}
        >
          {columns.map(column => (
            <Head
              key={column.id}
              column={column}
              sorting={sorting}
              onSort={() => setSorting(nextSorting(sorting, column.id))}
            />
          ))}
        </div>
        {rows.length === 0 && <div className="dt-empty t2">{props.empty ?? 'Nothing here.'}</div>}
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(item => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above
              // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
              <div
                key={keyOf(row)}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={item.index === at}
                className={`dt-row ${props.rowClass?.(row) ?? ''}`}
                style={{
                  gridTemplateColumns: template,
                  minWidth,
                  height: rowHeight,
                  transform: `translateY(${item.start}px)`,
                }}
                onClick={() => onSelect(row)}
                onDoubleClick={() => onOpen?.(row)}
              >
                {columns.map(column => (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
                  <div key={column.id} role="gridcell" className={column.num ? 'dt-cell num' : 'dt-cell'}>
                    {column.render(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | null;
  readonly onSort: () => void;
}

function Head<Row>({ column, sorting, onSort }: HeadProps<Row>) {
  const own = sorting?.column === column.id ? sorting : null;
  const order = own === null ? 'none' : own.descending ? 'descending' : 'ascending';
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table
    <div
      role="columnheader"
      aria-sort={order}
      className={column.num ? 'dt-cell num' : 'dt-cell'}
      tabIndex={-1}
    >
      <button type="button" className="dt-sort" tabIndex={-1} onClick={onSort}>
        {column.title}
        {own && <span aria-hidden="true">{own.descending ? ' ↓' : ' ↑'}</span>}
      </button>
    </div>
  );
}
