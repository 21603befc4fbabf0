/** Height of a line in CSS pixels, and the most that a browser lays out well. */
export const LINE_HEIGHT = 18;
const TALLEST = 8_000_000;

/** What of a log stands in view. */
export interface LogWindow {
  /** Of the whole, in CSS pixels. */
  readonly height: number;
  /** The first line that is drawn, how many, and where the first stands. */
  readonly first: number;
  readonly count: number;
  readonly top: number;
}

/** Lines that are drawn above and below what is in view. */
const BESIDE = 8;

/** Which lines are drawn at a place of the scroll bar. Above the height that a browser lays out it stands for a share of the log. */
export function windowAt(lines: number, scrollTop: number, viewHeight: number): LogWindow {
  const whole = lines * LINE_HEIGHT;
  const height = Math.min(whole, TALLEST);
  const inView = Math.ceil(viewHeight / LINE_HEIGHT);
  const span = Math.max(1, height - viewHeight);
  const at =
    whole <= TALLEST
      ? Math.floor(scrollTop / LINE_HEIGHT)
      : Math.round((Math.min(scrollTop, span) / span) * Math.max(0, lines - inView));
  const first = Math.max(0, at - BESIDE);
  const count = Math.max(0, Math.min(lines - first, inView + 2 * BESIDE));
  const top = whole <= TALLEST ? first * LINE_HEIGHT : scrollTop - (at - first) * LINE_HEIGHT;
  return { height, first, count, top };
}

/** Where the scroll bar stands when a line is in the middle of the view. */
export function scrollFor(line: number, lines: number, viewHeight: number): number {
  const whole = lines * LINE_HEIGHT;
  if (whole <= TALLEST) {
    const middle = line * LINE_HEIGHT - Math.floor((viewHeight - LINE_HEIGHT) / 2);
    return Math.max(0, Math.min(middle, whole - viewHeight));
  }
  const inView = Math.ceil(viewHeight / LINE_HEIGHT);
  const first = Math.max(0, Math.min(line - Math.floor(inView / 2), lines - inView));
  return (first / Math.max(1, lines - inView)) * (TALLEST - viewHeight);
}
