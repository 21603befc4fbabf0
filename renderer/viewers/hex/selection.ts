import type { ByteRange } from './byte-source.ts';
import { COLUMNS } from './layout.ts';

/** Selected bytes: from `anchor`, where it was begun, to `caret`, both included. */
export interface HexSelection {
  readonly anchor: number;
  readonly caret: number;
}

/** The selected bytes as a range; empty for an empty file. */
export function selectedRange({ anchor, caret }: HexSelection, size: number): ByteRange {
  const start = Math.min(anchor, caret);
  return { start, end: Math.min(size, Math.max(anchor, caret) + 1) };
}

/** A selection of exactly these bytes, its caret on the first. */
export function selectionOf({ start, end }: ByteRange): HexSelection {
  return { anchor: Math.max(start, end - 1), caret: start };
}

/** A key as the grid takes it. */
export interface HexKey {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
}

/**
 * The selection after a key, or null when the key is none of the grid's. `page` is the number of whole rows in view. Every key
 * moves the caret; with Shift the anchor stays.
 */
export function selectionAfter(
  selection: HexSelection,
  { key, ctrl, shift }: HexKey,
  size: number,
  page: number,
): HexSelection | null {
  const last = Math.max(0, size - 1);
  if (ctrl && key.toLowerCase() === 'a') return { anchor: last, caret: 0 };
  const { caret } = selection;
  const rowStart = caret - (caret % COLUMNS);
  const target: Record<string, number> = {
    ArrowLeft: caret - 1,
    ArrowRight: caret + 1,
    ArrowUp: caret - COLUMNS,
    ArrowDown: caret + COLUMNS,
    PageUp: caret - COLUMNS * page,
    PageDown: caret + COLUMNS * page,
    Home: ctrl ? 0 : rowStart,
    End: ctrl ? last : rowStart + COLUMNS - 1,
  };
  const wanted = target[key];
  if (wanted === undefined || (ctrl && key.startsWith('Arrow'))) return null;
  const next = inFile(wanted, caret, last);
  return shift ? { anchor: selection.anchor, caret: next } : { anchor: next, caret: next };
}

/** Up and down beyond the file stop in the same column where there is one. */
function inFile(wanted: number, caret: number, last: number): number {
  if (wanted >= 0 && wanted <= last) return wanted;
  const column = caret % COLUMNS;
  if (wanted < 0) return wanted === caret - 1 ? 0 : Math.min(column, last);
  if (wanted <= caret + COLUMNS - 1) return last;
  const sameColumn = last - (last % COLUMNS) + column;
  return sameColumn <= last ? sameColumn : last;
}
