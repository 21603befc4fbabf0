import { type RefObject, useRef, useState } from 'react';
import {
  type ByteRange,
  type HexPanelHandle,
  type HexSelection,
  selectedRange,
  selectionOf,
} from '../../viewers/hex/index.ts';

/** The one selection of the page: bytes, structure, instructions, source lines and annotations all show it and all move it. */
export interface SeedSelection {
  /** As the grid of bytes has it. */
  readonly bytes: HexSelection;
  /** The selected bytes. */
  readonly range: ByteRange;
  /** The grid, to give it the focus or to open its bars. */
  readonly panel: RefObject<HexPanelHandle | null>;
  /** What the grid selected by itself. */
  readonly move: (bytes: HexSelection) => void;
  /** Selects bytes from elsewhere, `end` left out, and moves them into view. */
  readonly select: (start: number, end: number) => void;
}

/** The selection of a seed of this many bytes; its first byte at the beginning. */
export function useSeedSelection(size: number): SeedSelection {
  const [bytes, move] = useState<HexSelection>({ anchor: 0, caret: 0 });
  const panel = useRef<HexPanelHandle>(null);
  const select = (start: number, end: number) => {
    if (start >= size) return;
    move(selectionOf({ start, end: Math.min(size, end) }));
    panel.current?.show(start);
  };
  return { bytes, range: selectedRange(bytes, size), panel, move, select };
}
