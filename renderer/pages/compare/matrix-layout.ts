/** Above this many columns the matrix shows marks only. */
export const WIDE_COLUMNS = 6;
export const ROW_HEIGHT = 24;
/** Widths in CSS pixels of the columns that stay at the left, and of one account. */
export const FIXED = { step: 64, artifact: 216, expected: 120 } as const;
export const COMPACT_WIDTH = 32;
export const HEAD = { wide: 40, compact: 112 } as const;
/** Least width of an account in the wide matrix. */
export const WIDE_LEAST = 168;

export interface MatrixLayout {
  readonly compact: boolean;
  readonly fixed: number;
  readonly column: number;
  readonly head: number;
  /** Of all columns, in pixels. */
  readonly width: number;
}

/** How wide everything is for a number of accounts in a view of a width. */
export function matrixLayout(accounts: number, view: number): MatrixLayout {
  const compact = accounts > WIDE_COLUMNS;
  const fixed = FIXED.step + FIXED.artifact + (compact ? 0 : FIXED.expected);
  const share = Math.floor((view - fixed) / Math.max(1, accounts));
  const column = compact ? COMPACT_WIDTH : Math.max(WIDE_LEAST, share);
  return {
    compact,
    fixed,
    column,
    head: compact ? HEAD.compact : HEAD.wide,
    width: fixed + column * accounts,
  };
}

/** The accounts in view when scrolled so far to the right, with one beyond at each side. */
export function columnsInView(
  { fixed, column }: MatrixLayout,
  accounts: number,
  left: number,
  view: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(left / column) - 1);
  const end = Math.min(accounts, Math.ceil((left + Math.max(0, view - fixed)) / column) + 1);
  return { first, end };
}
