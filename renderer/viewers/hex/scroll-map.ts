import { ROW_HEIGHT } from './layout.ts';

/** Browsers lay out nothing beyond about 33 million pixels; well below that, positions are exact. */
const HEIGHT_LIMIT = 8_000_000;

/**
 * Where the rows of a file stand in a scroll area of bounded height. Below the limit a pixel scrolled is a pixel moved. Above it
 * the scroll bar stands for a share of the file; wheel and keys then move the rows themselves, by exact pixels.
 */
export interface ScrollMap {
  /** Pixels that all rows take. */
  readonly full: number;
  /** Height of the scroll area. */
  readonly height: number;
  /** True when a pixel of the scroll bar is more than a pixel of rows. */
  readonly scaled: boolean;
}

export function scrollMap(rows: number): ScrollMap {
  const full = rows * ROW_HEIGHT;
  return { full, height: Math.min(full, HEIGHT_LIMIT), scaled: full > HEIGHT_LIMIT };
}

/** The furthest that the rows can be moved up in a view of this height: the first row in view is then whole, as at the top. */
export function maxTop(map: ScrollMap, view: number): number {
  return Math.max(0, wholeRows(map.full - view));
}

/** Height of the scroll area in a view of this height: what the last row leaves free below it belongs to it. */
export function scrollHeight(map: ScrollMap, view: number): number {
  return map.scaled ? map.height : Math.max(map.full, maxTop(map, view) + view);
}

function wholeRows(pixels: number): number {
  return Math.ceil(pixels / ROW_HEIGHT) * ROW_HEIGHT;
}

/** Keeps a position of the rows inside the file. */
export function clampTop(map: ScrollMap, view: number, top: number): number {
  return Math.max(0, Math.min(maxTop(map, view), top));
}

/** The position of the rows for one of the scroll bar. */
export function topOfScroll(map: ScrollMap, view: number, scroll: number): number {
  if (!map.scaled) return clampTop(map, view, scroll);
  const share = scroll / Math.max(1, map.height - view);
  return clampTop(map, view, Math.round(Math.min(1, share) * maxTop(map, view)));
}

/** The position of the scroll bar for one of the rows. */
export function scrollOfTop(map: ScrollMap, view: number, top: number): number {
  if (!map.scaled) return top;
  const most = maxTop(map, view);
  return most === 0 ? 0 : Math.round((top / most) * (map.height - view));
}

/**
 * The position that shows a row: unchanged when it is in view, else by the shortest way, or in the middle after a jump. The first
 * row in view is then a whole one.
 */
export function topToShow(map: ScrollMap, view: number, top: number, row: number, jump = false): number {
  const at = row * ROW_HEIGHT;
  if (at >= top && at + ROW_HEIGHT <= top + view) return top;
  if (jump) return clampTop(map, view, wholeRows(at - view / 2));
  return clampTop(map, view, at < top || view < ROW_HEIGHT ? at : wholeRows(at + ROW_HEIGHT - view));
}
