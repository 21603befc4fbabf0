/** A caret and a selection over aligned places, on one of the two sides. */
export interface PlaceSelection {
  readonly side: 'a' | 'b';
  readonly anchor: number;
  readonly caret: number;
}

/** A key as the grid takes it. */
export interface PlaceKey {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
}

/** How the grid is laid out: places in all, in a row, and whole rows in view. */
export interface PlaceLayout {
  readonly length: number;
  readonly columns: number;
  readonly page: number;
}

/** The selected places, `end` left out. */
export function selectedPlaces({ anchor, caret }: PlaceSelection): {
  readonly start: number;
  readonly end: number;
} {
  return { start: Math.min(anchor, caret), end: Math.max(anchor, caret) + 1 };
}

/** The selection after a key, or null when the key is none of the grid's. With Shift the anchor stays; S goes to the other side. */
export function selectionAfterKey(
  selection: PlaceSelection,
  { key, ctrl, shift }: PlaceKey,
  { length, columns, page }: PlaceLayout,
): PlaceSelection | null {
  const last = Math.max(0, length - 1);
  const { caret, side } = selection;
  if (ctrl && key.toLowerCase() === 'a') return { side, anchor: last, caret: 0 };
  if (!ctrl && !shift && key.toLowerCase() === 's') return { ...selection, side: side === 'a' ? 'b' : 'a' };
  const start = caret - (caret % columns);
  const targets: Record<string, number> = {
    ArrowLeft: caret - 1,
    ArrowRight: caret + 1,
    ArrowUp: caret - columns,
    ArrowDown: caret + columns,
    PageUp: caret - columns * page,
    PageDown: caret + columns * page,
    Home: ctrl ? 0 : start,
    End: ctrl ? last : start + columns - 1,
  };
  const wanted = targets[key];
  if (wanted === undefined || (ctrl && key.startsWith('Arrow'))) return null;
  const next = Math.max(0, Math.min(last, wanted));
  return { side, anchor: shift ? selection.anchor : next, caret: next };
}

/** An offset as a person types it: hex with or without 0x, decimal after #. Null for anything else. */
export function typedOffset(typed: string): number | null {
  const text = typed.trim().replace(/[\s_,]/g, '');
  if (/^#\d{1,15}$/.test(text)) return Number(text.slice(1));
  if (/^(?:0x)?[0-9a-f]{1,13}$/i.test(text)) return Number.parseInt(text.replace(/^0x/i, ''), 16);
  return null;
}
