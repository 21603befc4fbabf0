/** What stands in a table from above: rows, and a heading before each run of rows of one group. */
export type Item<Row> =
  | { readonly kind: 'row'; readonly row: Row; readonly at: number }
  | { readonly kind: 'heading'; readonly group: string; readonly at: number };

/** The rows with the headings of their groups; `at` is the place of a row, of a heading that of the first row under it. Without groups only the rows. */
export function itemsOf<Row>(
  rows: readonly Row[],
  groupOf: ((row: Row) => string) | undefined,
): readonly Item<Row>[] {
  const items: Item<Row>[] = [];
  let last: string | undefined;
  for (const [at, row] of rows.entries()) {
    const group = groupOf?.(row);
    if (group !== undefined && group !== last) items.push({ kind: 'heading', group, at });
    last = group;
    items.push({ kind: 'row', row, at });
  }
  return items;
}

/** Where the row at a place stands among the items; -1 for none. */
export function itemOf<Row>(items: readonly Item<Row>[], at: number): number {
  return at < 0 ? -1 : items.findIndex(item => item.kind === 'row' && item.at === at);
}
