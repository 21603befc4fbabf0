import { useRef, useState } from 'react';
import type { CodeRowAnswer, SeedCodeAnswer } from '../../../../main/contract/requests/index.ts';
import type { SeedSelection } from '../use-seed-selection.ts';
import { bytesOfRows, leadsTo, rowAt, rowsIn } from './code-lines.ts';

/** Moving through instructions: every move is one of the page's selection. */
export interface CodeMoves {
  /** The rows that are selected: the first, and the last left out. */
  readonly selected: { readonly from: number; readonly to: number };
  /** The row that keys move from; -1 when none is selected. */
  readonly caret: number;
  readonly moveTo: (row: number, extend: boolean) => void;
  /** Goes to a byte, or to the instruction that begins there, and remembers from where. */
  readonly go: (offset: number) => void;
  /** Goes where a jump leads, or to what sets the number of a system call, and remembers from where. */
  readonly follow: (row: CodeRowAnswer | undefined) => void;
  /** Goes back to the jump that was followed last. */
  readonly back: () => void;
  readonly canGoBack: boolean;
}

interface Extent {
  readonly anchor: number;
  readonly caret: number;
  readonly start: number;
  readonly end: number;
}

/** Moves over these rows. */
export function useCodeMoves(code: SeedCodeAnswer | undefined, selection: SeedSelection): CodeMoves {
  const rows = code?.rows ?? [];
  const { range, select } = selection;
  const selected = rowsIn(rows, range);
  const [been, setBeen] = useState<readonly number[]>([]);
  // Which end of the selection moves is this pane's own, as long as nobody else moves it.
  const own = useRef<Extent | null>(null);
  const extent = own.current;
  const mine = extent !== null && extent.start === range.start && extent.end === range.end;
  const none = selected.from === selected.to;
  const caret = none ? -1 : mine ? rowAt(rows, extent.caret) : selected.from;
  const moveTo = (row: number, extend: boolean) => {
    const anchor = extend && !none ? (mine ? rowAt(rows, extent.anchor) : selected.from) : row;
    const bytes = bytesOfRows(rows, anchor, row);
    if (!bytes) return;
    own.current = { anchor: rows[anchor]?.offset ?? 0, caret: rows[row]?.offset ?? 0, ...bytes };
    select(bytes.start, bytes.end);
  };
  const go = (offset: number) => {
    const row = rows[rowAt(rows, offset)];
    select(offset, row?.offset === offset ? offset + row.length : offset + 1);
  };
  return {
    selected,
    caret,
    moveTo,
    go(offset) {
      const from = rows[caret]?.offset;
      if (from !== undefined) setBeen(all => [...all.slice(-99), from]);
      go(offset);
    },
    follow(row) {
      const to = leadsTo(row);
      if (to === null || row === undefined) return;
      setBeen(all => [...all.slice(-99), row.offset]);
      go(to);
    },
    back() {
      const last = been.at(-1);
      if (last === undefined) return;
      setBeen(all => all.slice(0, -1));
      go(last);
    },
    canGoBack: been.length > 0,
  };
}
