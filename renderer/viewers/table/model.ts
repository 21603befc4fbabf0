import type { ReactNode } from 'react';

/** One column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** CSS pixels; without it the column takes what the others leave, at least `least`. */
  readonly width?: number;
  readonly least?: number;
  /** Right-aligned figures. */
  readonly num?: boolean;
  readonly render: (row: Row) => ReactNode;
  /** The whole value as text: what copying gives and what sorting goes by. */
  readonly text: (row: Row) => string;
  /** What sorting goes by where the text will not do. */
  readonly order?: (row: Row) => number;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** The rows in the order that is asked for; equal ones keep theirs. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const column = sorting && columns.find(each => each.id === sorting.column);
  if (!sorting || !column) return rows;
  const { order, text } = column;
  const sign = sorting.descending ? -1 : 1;
  const compare = order
    ? (a: Row, b: Row) => order(a) - order(b)
    : (a: Row, b: Row) => COLLATOR.compare(text(a), text(b));
  return [...rows].sort((a, b) => sign * compare(a, b));
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The next state of a column's head: ascending, descending, as it came. */
export function nextSorting(sorting: Sorting | null, column: string): Sorting | null {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? null : { column, descending: true };
}

/** Rows as tab-separated values with their heads; tabs and line ends inside a value become blanks. */
export function asTsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const plain = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ');
  const head = columns.map(column => plain(column.title));
  return [head, ...rows.map(row => columns.map(column => plain(column.text(row))))]
    .map(values => values.join('\t'))
    .join('\n');
}

/** Where a key leads from a row; null for a key that moves nowhere. */
export function moved(key: string, from: number, count: number, page: number): number | null {
  const to = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}

/** The next row, from `from` on and going round, that a typed text begins: by its first column that is no number. -1 for none. */
export function beginning<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  typed: string,
  from: number,
): number {
  const column = columns.find(each => !each.num);
  if (!column) return -1;
  const wanted = typed.toLocaleLowerCase();
  for (let step = 0; step < rows.length; step += 1) {
    const at = (Math.max(0, from) + step) % rows.length;
    if (
      column
        .text(rows[at] as Row)
        .toLocaleLowerCase()
        .startsWith(wanted)
    )
      return at;
  }
  return -1;
}
