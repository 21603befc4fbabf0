import { type KeyboardEvent, useState } from 'react';
import type { Column } from './model.ts';

/** CSS pixels: what a column is made wider by, and the narrowest it becomes. */
const STEP = 8;
const NARROWEST = 32;
/** A column that takes what is left, at first. */
const LEAST = 80;

/** The heads of a table: how wide the columns are, and which head the keyboard is on. */
export interface TableHeadState {
  readonly template: string;
  readonly minWidth: number;
  /** Id of the column whose head the keyboard is on, or null. */
  readonly active: string | null;
  readonly sort: (column: string) => void;
  /** Makes a column this wide; null gives it back its own width. */
  readonly resize: (column: string, width: number | null) => void;
  /** Takes a key; true when it was one of the heads'. `atTop`: Up leads to the heads. */
  readonly press: (event: KeyboardEvent, atTop: boolean) => boolean;
}

export function useTableHead<Row>(
  columns: readonly Column<Row>[],
  sort: (column: string) => void,
): TableHeadState {
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [active, setActive] = useState<string | null>(null);
  const widthOf = ({ id, width }: Column<Row>) => widths[id] ?? width;
  const resize = (column: string, width: number | null) =>
    setWidths(({ [column]: _, ...others }) =>
      width === null ? others : { ...others, [column]: Math.max(NARROWEST, Math.round(width)) },
    );
  const at = columns.findIndex(column => column.id === active);
  const press = ({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent, atTop: boolean): boolean => {
    if (ctrlKey || altKey || metaKey) return false;
    const column = columns[at];
    if (!column) {
      if (key === 'ArrowUp' && atTop) setActive(columns[0]?.id ?? null);
      return key === 'ArrowUp' && atTop;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step !== undefined && shiftKey)
      resize(column.id, (widthOf(column) ?? column.least ?? LEAST) + step * STEP);
    else if (step !== undefined) setActive(columns[at + step]?.id ?? column.id);
    else if (key === 'Enter' || key === ' ') sort(column.id);
    else if (key === 'ArrowDown' || key === 'Escape') setActive(null);
    else return false;
    return true;
  };
  const template = columns
    .map(column => {
      const width = widthOf(column);
      return width === undefined ? `minmax(${column.least ?? LEAST}px, 1fr)` : `${width}px`;
    })
    .join(' ');
  const minWidth = columns.reduce((sum, column) => sum + (widthOf(column) ?? column.least ?? LEAST), 0);
  return { template, minWidth, active: at < 0 ? null : active, sort, resize, press };
}
