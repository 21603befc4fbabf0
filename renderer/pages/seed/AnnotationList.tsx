import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { AnnotationListRow } from './AnnotationListRow.tsx';
import type { ListRow } from './annotation-rows.ts';

const [HEAD, ROW] = [24, 40];

export interface ListHandle {
  focus(): void;
}

interface AnnotationListProps {
  readonly rows: readonly ListRow[];
  /** Id of the annotation in the editor. */
  readonly selected: string | null;
  /** Ids of those that speak of the selected bytes. */
  readonly touched: ReadonlySet<string>;
  /** The one that was saved last: brought into view before others of the same bytes. */
  readonly recent: string | null;
  readonly onSelect: (annotation: AnnotationRow) => void;
  /** Enter or a double press. */
  readonly onEdit: (annotation: AnnotationRow) => void;
  readonly onDelete: (annotation: AnnotationRow) => void;
  readonly onToggle: (group: string) => void;
  /** F2 on the head of a group. */
  readonly onRename: (group: string) => void;
  /** Said in place of rows when there are none. */
  readonly empty: string;
  readonly ref?: Ref<ListHandle>;
}

/**
 * Annotations, perhaps under the heads of their groups. One tab stop: arrows, Home, End and Page select, Left and Right close and open
 * a group, Enter edits, Delete removes, F2 renames a group.
 */
export function AnnotationList(props: AnnotationListProps) {
  const { rows, selected, onSelect, onEdit, onDelete, onToggle, onRename } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [head, setHead] = useState<string | null>(null);
  const at = rows.findIndex(row => row.key === (head ?? selected));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => (rows[index]?.group === undefined ? ROW : HEAD),
    overscan: 8,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of other heights are measured anew
  useEffect(() => virtual.measure(), [rows]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  const { touched, recent } = props;
  const wanted = (row: ListRow) =>
    recent !== null && touched.has(recent) ? row.key === recent : touched.has(row.key);
  const near = at >= 0 ? -1 : rows.findIndex(wanted);
  useEffect(() => {
    if (near >= 0) virtual.scrollToIndex(near, { align: 'auto' });
  }, [near, virtual]);
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus() }));
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setHead(row.group === undefined ? null : row.key);
    if (row.group === undefined) onSelect(row.annotation);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const act = keyOf(event.key, at, rows, scroller.current?.clientHeight ?? 0);
    if (act === null) return;
    event.preventDefault();
    if (act.do === 'go') go(act.to);
    else if (act.do === 'edit') onEdit(act.annotation);
    else if (act.do === 'delete') onDelete(act.annotation);
    else if (act.do === 'rename') onRename(act.group);
    else onToggle(act.group);
  };
  if (rows.length === 0) return <p className="pane-none t2">{props.empty}</p>;
  return (
    <div className="dt">
      <div
        ref={scroller}
        className="dt-scroll"
        role="treegrid"
        aria-label="Annotations"
        aria-rowcount={rows.length}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        tabIndex={0}
        onKeyDown={press}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index];
            return (
              row && (
                <AnnotationListRow
                  key={row.key}
                  id={`${id}-${index}`}
                  row={row}
                  index={index}
                  selected={index === at}
                  touched={touched.has(row.key)}
                  start={start}
                  height={size}
                  onPress={() => (row.group === undefined ? go(index) : onToggle(row.group))}
                  onOpen={() => row.group === undefined && onEdit(row.annotation)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

type Act =
  | { readonly do: 'go'; readonly to: number }
  | { readonly do: 'edit'; readonly annotation: AnnotationRow }
  | { readonly do: 'delete'; readonly annotation: AnnotationRow }
  | { readonly do: 'toggle'; readonly group: string }
  | { readonly do: 'rename'; readonly group: string };

/** What a key does on a row, or null. */
function keyOf(key: string, at: number, rows: readonly ListRow[], height: number): Act | null {
  const page = Math.max(1, Math.floor(height / ROW) - 1);
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows.length - 1,
  }[key];
  if (to !== undefined) return { do: 'go', to };
  const row = rows[at];
  if (!row) return null;
  if (row.group !== undefined) {
    const { group, closed } = row;
    if (key === 'F2') return { do: 'rename', group };
    const toggles = key === 'Enter' || key === (closed ? 'ArrowRight' : 'ArrowLeft');
    return toggles ? { do: 'toggle', group } : null;
  }
  if (key === 'ArrowLeft') {
    const head = rows.slice(0, at).findLastIndex(each => each.group !== undefined);
    return row.level > 1 && head >= 0 ? { do: 'go', to: head } : null;
  }
  const { annotation } = row;
  if (key === 'Enter') return { do: 'edit', annotation };
  return key === 'Delete' ? { do: 'delete', annotation } : null;
}
