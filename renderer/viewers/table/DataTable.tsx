import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { attempt, desktop } from '../../engine/index.ts';
import { useTypeAhead } from '../use-type-ahead.ts';
import { itemOf, itemsOf } from './items.ts';
import { asTsv, beginning, type Column, moved, nextSorting, type Sorting, sorted } from './model.ts';
import { TableHead } from './TableHead.tsx';
import { TableHeading } from './TableHeading.tsx';
import { useTableHead } from './use-table-head.ts';
import './table.css';

/** Of the sticky head, in CSS pixels. */
const HEAD_HEIGHT = 24;

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
  /** Rows of one group that stand together get a heading, while no column sorts them. */
  readonly groups?: TableGroups<Row>;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
}

/** How rows are grouped: by what, and what the heading of a group says. */
export interface TableGroups<Row> {
  readonly of: (row: Row) => string;
  readonly heading: (group: string) => ReactNode;
}

/**
 * A table of any length: only the rows in view are drawn. One stop of the Tab key; arrows, Home, End and Page move the selection,
 * typing finds, Enter opens, Ctrl C copies the selected row and Ctrl Shift C all rows, as TSV. Up from the first row goes to the heads:
 * Left and Right choose one, Enter sorts by it, Shift Left and Shift Right make it narrower and wider.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, keyOf, selected, onSelect, onOpen, rowHeight = 24 } = props;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const rows = useMemo(() => sorted(props.rows, columns, sorting), [props.rows, columns, sorting]);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = rows.findIndex(row => keyOf(row) === selected);
  const { groups } = props;
  const items = useMemo(() => itemsOf(rows, sorting ? undefined : groups?.of), [rows, sorting, groups?.of]);
  const place = itemOf(items, at);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The head stands over the first row, so that every row lies its height further down than counted.
    scrollPaddingEnd: HEAD_HEIGHT,
    useFlushSync: false,
  });
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [place, virtual]);
  const head = useTableHead(columns, column => setSorting(old => nextSorting(old, column)));
  const typed = useTypeAhead();
  const { template, minWidth } = head;
  const copy = (which: readonly Row[]) =>
    void attempt('Nothing was copied', () => desktop('clipboard.write', { text: asTsv(which, columns) }));
  const press = (event: KeyboardEvent) => {
    const current = rows[at];
    if (event.ctrlKey && event.key.toLowerCase() === 'c' && !document.getSelection()?.toString()) {
      event.preventDefault();
      copy(event.shiftKey ? rows : current ? [current] : []);
      return;
    }
    if (event.key === 'Enter' && current && onOpen && head.active === null) {
      event.preventDefault();
      onOpen(current);
      return;
    }
    if (head.press(event, at <= 0)) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to =
      moved(event.key, at, rows.length, page) ??
      typed(event, text => beginning(rows, columns, text, text.length > 1 ? at : at + 1));
    const row = rows[to];
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
        aria-rowcount={items.length + 1}
        aria-activedescendant={
          head.active !== null ? `${id}-${head.active}` : at >= 0 ? `${id}-${at}` : undefined
        }
        tabIndex={0}
        onKeyDown={press}
      >
        <TableHead id={id} columns={columns} sorting={sorting} head={head} />
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            if (!item) return null;
            const style = { minWidth, height: rowHeight, transform: `translateY(${start}px)` };
            if (item.kind === 'heading') {
              return (
                <TableHeading
                  key={`heading ${item.group} ${item.at}`}
                  index={index}
                  style={style}
                  span={columns.length}
                >
                  {groups?.heading(item.group)}
                </TableHeading>
              );
            }
            const { row } = item;
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above
              // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
              <div
                key={keyOf(row)}
                id={`${id}-${item.at}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={item.at === at}
                className={`dt-row ${props.rowClass?.(row) ?? ''}`}
                style={{ ...style, gridTemplateColumns: template }}
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
      {rows.length === 0 && <div className="dt-empty t2">{props.empty ?? 'Nothing here.'}</div>}
    </div>
  );
}
