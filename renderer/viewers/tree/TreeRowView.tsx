import { ChevronDownIcon, ChevronRightIcon } from '@blueprintjs/icons';
import type { ReactNode } from 'react';
import type { TreeItem, TreeRow } from './tree-model.ts';

interface TreeRowViewProps<T extends TreeItem> {
  readonly id: string;
  readonly row: TreeRow<T>;
  /** Pixels from the top. */
  readonly start: number;
  readonly columns: readonly string[];
  readonly selected: boolean;
  readonly icon: ReactNode;
  readonly label: ReactNode;
  readonly aside: readonly ReactNode[];
  readonly onPress: () => void;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}

/** One row: a chevron where there are children, an icon, a name, and the right column. */
export function TreeRowView<T extends TreeItem>(props: TreeRowViewProps<T>) {
  const { row, selected, aside } = props;
  const branch = row.item?.branch ?? false;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's, which is the one tab stop
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed by its offset
    <div
      className={`tree-row${selected ? ' tree-selected' : ''}`}
      id={props.id}
      role="row"
      aria-level={row.level}
      aria-posinset={row.place + 1}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={branch ? row.open : undefined}
      style={{ transform: `translateY(${props.start}px)`, paddingLeft: (row.level - 1) * 16 + 4 }}
      onClick={props.onPress}
      onDoubleClick={props.onOpen}
    >
      <span
        className="tree-chevron"
        aria-hidden="true"
        onClick={event => {
          event.stopPropagation();
          props.onToggle();
        }}
        onDoubleClick={event => event.stopPropagation()}
      >
        {branch && (row.open ? <ChevronDownIcon /> : <ChevronRightIcon />)}
      </span>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop */}
      {/* biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed by its offset */}
      <span className="tree-name" role="gridcell">
        {row.item ? (
          <>
            {props.icon}
            <span className="tree-label">{props.label}</span>
          </>
        ) : (
          <span className="t3">…</span>
        )}
      </span>
      {aside.map((cell, i) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop
        // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed by its offset
        <span className="tree-aside" role="gridcell" key={props.columns[i + 1] ?? i}>
          {cell}
        </span>
      ))}
    </div>
  );
}
