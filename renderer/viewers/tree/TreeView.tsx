import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from 'react';
import { ROW_HEIGHT } from '../rows.ts';
import { useTypeAhead } from '../use-type-ahead.ts';
import { TreeRowView } from './TreeRowView.tsx';
import { treeKey } from './tree-keys.ts';
import type { TreeItem } from './tree-model.ts';
import type { Tree } from './use-tree.ts';
import './tree.css';

/** What a page may ask of a tree. */
export interface TreeHandle {
  focus(): void;
  show(index: number): void;
}

export interface TreeViewProps<T extends TreeItem> {
  readonly tree: Tree<T>;
  readonly label: string;
  /** Heads of the columns, for a reader of the screen; the first is the name. */
  readonly columns: readonly string[];
  /** Key of the selected item, or null. */
  readonly selected: string | null;
  readonly onSelect: (item: T) => void;
  /** Enter or a double press on what is no branch. */
  readonly onOpen?: (item: T) => void;
  readonly renderIcon: (item: T, open: boolean) => ReactNode;
  readonly renderName: (item: T) => ReactNode;
  /** What stands in the right column, one element a column after the name. */
  readonly renderAside?: (item: T) => readonly ReactNode[];
  readonly ref?: Ref<TreeHandle>;
}

/** A tree of any size: virtual rows, one tab stop, children loaded as they come into view. */
export function TreeView<T extends TreeItem>(props: TreeViewProps<T>) {
  const { tree, selected, onSelect, onOpen } = props;
  const { model } = tree;
  const scroller = useRef<HTMLDivElement>(null);
  const active = useRef(0);
  const name = useId();
  const typed = useTypeAhead();
  const rows = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    useFlushSync: false,
  });
  const shown = rows.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that have come may be of branches with more to come
  useEffect(() => tree.want(first, last + 1), [tree.want, tree.version, first, last]);
  useImperativeHandle(props.ref, () => ({
    focus: () => scroller.current?.focus(),
    show: index => rows.scrollToIndex(index, { align: 'auto' }),
  }));

  for (const { index } of shown)
    if (selected !== null && model.rowAt(index)?.item?.key === selected) active.current = index;
  const at = Math.min(active.current, model.length - 1);

  const go = (index: number) => {
    const place = Math.max(0, Math.min(model.length - 1, index));
    const item = model.rowAt(place)?.item;
    active.current = place;
    rows.scrollToIndex(place, { align: 'auto' });
    if (item) onSelect(item);
    else tree.want(place, place + 1);
  };
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const move = treeKey(event, model, at, page);
    const found = move ? -1 : typed(event, text => model.find(text, text.length > 1 ? at : at + 1));
    if (!move && found === -1) return;
    event.preventDefault();
    if (!move) go(found);
    else if (move.act === 'go') go(move.index);
    else if (move.act === 'open') tree.open(move.key, move.parent);
    else if (move.act === 'close') tree.close(move.key);
    else {
      const item = model.rowAt(at)?.item;
      if (item?.branch) toggle(item.key, model.rowAt(at)?.parent ?? '');
      else if (item) onOpen?.(item);
    }
  };
  const toggle = (key: string, parent: string) =>
    model.isOpen(key) ? tree.close(key) : tree.open(key, parent);

  return (
    <div className="tree-frame">
      <div
        className="tree"
        ref={scroller}
        role="treegrid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={model.length}
        aria-colcount={props.columns.length}
        aria-activedescendant={at >= first && at <= last && shown.length > 0 ? `${name}-${at}` : undefined}
        onKeyDown={press}
      >
        <div className="tree-space" role="presentation" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const row = model.rowAt(index);
            return (
              row && (
                <TreeRowView
                  key={index}
                  id={`${name}-${index}`}
                  row={row}
                  start={start}
                  columns={props.columns}
                  selected={row.item !== undefined && row.item.key === selected}
                  icon={row.item && props.renderIcon(row.item, row.open)}
                  label={row.item && props.renderName(row.item)}
                  aside={(row.item && props.renderAside?.(row.item)) ?? []}
                  onPress={() => {
                    active.current = index;
                    if (row.item) onSelect(row.item);
                  }}
                  onToggle={() => row.item && toggle(row.item.key, row.parent)}
                  onOpen={() => {
                    if (row.item?.branch) toggle(row.item.key, row.parent);
                    else if (row.item) onOpen?.(row.item);
                  }}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
