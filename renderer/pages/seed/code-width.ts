/** Widths in CSS pixels: what the bytes need for sixteen columns and their text, and the navigation and structure beside them. */
const BYTES = 604;
const BESIDE = 200 + 208;
/** Addresses, instructions and source, without the bytes; and with whole comments. */
const [SMALLEST, LARGEST] = [344, 720];
/** Up to this width of the window the pane is a drawer over the bytes, with this width. */
const [NARROW, DRAWER] = [1100, 432];

/** A digit of an address. */
const DIGIT = 7.2;

/**
 * The width of the instructions in a window of this width, until somebody drags them: what the bytes leave, in steps of 8. Addresses
 * of a large seed have more digits than four.
 */
export function codeWidth(window: number, digits = 4): number {
  if (window <= NARROW) return DRAWER;
  const bytes = BYTES + (digits - 4) * DIGIT;
  const left = Math.round((window - BESIDE - bytes) / 8) * 8;
  return Math.max(SMALLEST, Math.min(LARGEST, left));
}
