import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import { attempt, desktop } from '../../engine/index.ts';
import { foldRows, type MatrixRow } from './compared.ts';
import { MatrixHead } from './MatrixHead.tsx';
import { type CellPlace, MatrixRowView } from './MatrixRowView.tsx';
import { asText, movedCell } from './matrix-keys.ts';
import { columnsInView, matrixLayout, ROW_HEIGHT } from './matrix-layout.ts';

/** The selected artifact, and the account whose file of it is looked at; null for none in particular. */
export interface Selected {
  readonly path: string;
  readonly column: number | null;
}

interface MatrixProps {
  readonly document: CompareDocument;
  readonly selected: Selected | null;
  readonly onSelect: (selected: Selected) => void;
  /** Enter or a double click: into the bytes. */
  readonly onOpen: () => void;
}

/** Room for a scroll bar below the rows, in CSS pixels. */
const SCROLL_BAR = 16;

/** Artifacts by rows in the order of the chain, accounts by columns; with many accounts marks only. One tab stop, arrows from cell to cell. */
export function Matrix({ document: compared, selected, onSelect, onOpen }: MatrixProps) {
  const { reports, artifacts, firstDivergence } = compared;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [fold, setFold] = useState<string | null>(null);
  const rows = useMemo(
    () => foldRows(artifacts, opened, selected?.path ?? null),
    [artifacts, opened, selected?.path],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const view = useView(scroller);
  const layout = matrixLayout(reports.length, view.width);
  const range = columnsInView(layout, reports.length, view.left, view.width);
  const id = useId();
  const at = rows.findIndex(row => row.key === (fold ?? selected?.path));
  const column = fold === null ? (selected?.column ?? null) : null;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingEnd: layout.head,
    useFlushSync: false,
  });
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  useEffect(() => {
    if (column !== null) showColumn(scroller.current, layout.fixed, layout.column, column);
  }, [column, layout.fixed, layout.column]);

  const choose = (row: MatrixRow | undefined, to: number | null) => {
    if (!row) return;
    setFold(row.kind === 'fold' ? row.key : null);
    if (row.kind === 'artifact') onSelect({ path: row.row.path, column: to });
  };
  const unfold = (row: MatrixRow) => {
    if (row.kind !== 'fold') return;
    setOpened(old => new Set([...old, row.key]));
    setFold(null);
    const [first] = row.rows;
    if (first) onSelect({ path: first.path, column: null });
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    const page = Math.max(1, Math.floor(view.height / ROW_HEIGHT) - 3);
    if (event.ctrlKey && event.key.toLowerCase() === 'c' && !document.getSelection()?.toString()) {
      const text = asText(compared, event.shiftKey ? null : (selected?.path ?? null));
      void attempt('Nothing was copied', () => desktop('clipboard.write', { text }));
    } else if (event.key === 'Enter' && row) {
      if (row.kind === 'fold') unfold(row);
      else onOpen();
    } else if (event.key === 'ArrowRight' && row?.kind === 'fold') unfold(row);
    else {
      const moved = movedCell(event, { at, column }, { rows: rows.length, columns: reports.length, page });
      if (!moved) return;
      choose(rows[moved.at], moved.column);
    }
    event.preventDefault();
  };
  const place: CellPlace = { id, layout, range, reports, first: firstDivergence?.path ?? null };
  return (
    <div className="cm" style={{ flexBasis: layout.head + virtual.getTotalSize() + SCROLL_BAR }}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows and columns that are not in view are not drawn */}
      <div
        ref={scroller}
        className={`cm-scroll${layout.compact ? ' cm-compact' : ''}`}
        role="grid"
        aria-label="Agreement, artifact by artifact"
        aria-rowcount={rows.length + 1}
        aria-colcount={reports.length + (layout.compact ? 2 : 3)}
        aria-activedescendant={at >= 0 ? `${id}-${at}-${column ?? 'row'}` : undefined}
        tabIndex={0}
        onKeyDown={press}
        onScroll={view.onScroll}
      >
        <MatrixHead {...place} />
        <div
          role="presentation"
          style={{ height: virtual.getTotalSize(), width: layout.width, position: 'relative' }}
        >
          {virtual.getVirtualItems().map(item => {
            const row = rows[item.index];
            return (
              row && (
                <MatrixRowView
                  key={row.key}
                  {...place}
                  row={row}
                  index={item.index}
                  top={item.start}
                  selected={item.index === at}
                  column={item.index === at ? column : null}
                  onChoose={to => choose(row, to)}
                  onOpen={() => (row.kind === 'fold' ? unfold(row) : onOpen())}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Scrolls a column out from under those that stay at the left. */
function showColumn(element: HTMLElement | null, fixed: number, width: number, column: number): void {
  if (!element) return;
  const [left, right] = [column * width, (column + 1) * width];
  const room = element.clientWidth - fixed;
  if (left < element.scrollLeft) element.scrollLeft = left;
  else if (right > element.scrollLeft + room) element.scrollLeft = right - room;
}

function useView(scroller: React.RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState({ width: 0, height: 0, left: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () =>
      setView({ width: element.clientWidth, height: element.clientHeight, left: element.scrollLeft });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const onScroll = () => {
    const left = scroller.current?.scrollLeft ?? 0;
    setView(old => (old.left === left ? old : { ...old, left }));
  };
  return { ...view, onScroll };
}
