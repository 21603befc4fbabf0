import { COLUMNS } from './layout.ts';
import type { PageCache } from './page-cache.ts';

/** What a row shows: its bytes, undefined where they have not come yet; shorter only in the file's last row. */
export interface HexRow {
  readonly start: number;
  readonly bytes: readonly (number | undefined)[];
}

/** The row with this number, from what the cache holds. */
export function hexRow(cache: PageCache, row: number): HexRow {
  const start = row * COLUMNS;
  const length = Math.max(0, Math.min(COLUMNS, cache.size - start));
  return { start, bytes: Array.from({ length }, (_, column) => cache.byteAt(start + column)) };
}
