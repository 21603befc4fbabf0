/** How bytes lie on rows: sixteen a row, a gap after eight. */

export const COLUMNS = 16;
/** Height of a row in pixels, `--as-row-hex`. */
export const ROW_HEIGHT = 22;

/** Rows that a file of this size takes; an empty one has one, to stand in. */
export function rowCount(size: number): number {
  return Math.max(1, Math.ceil(size / COLUMNS));
}

/** Digits of an address: four, more when the file is larger, an even number so that bytes stay together. */
export function addressDigits(size: number): number {
  const needed = Math.max(0, size - 1).toString(16).length;
  return Math.max(4, needed + (needed % 2));
}

/** An address as the grid shows it. */
export function addressText(offset: number, digits: number): string {
  return offset.toString(16).toUpperCase().padStart(digits, '0');
}

/** An offset as it is written anywhere else: `0x89`. */
export function offsetText(offset: number): string {
  return `0x${offset.toString(16).toUpperCase()}`;
}

/** A range by its first and last byte: `0xD8–0xD9`, or one offset. */
export function rangeText(start: number, end: number): string {
  return end - start === 1 ? offsetText(start) : `${offsetText(start)}–${offsetText(end - 1)}`;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
const TEXT = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '\u00b7',
);

/** Two digits. */
export function hexOf(byte: number): string {
  return HEX[byte] as string;
}

/** The ASCII character, or a middle dot. */
export function textOf(byte: number): string {
  return TEXT[byte] as string;
}

const CONTROLS = [
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI',
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US',
]
  .join(' ')
  .split(' ');

/** A byte in words for somebody who hears it: `45, E`, `0A, LF`, `FF`. */
export function spokenByte(byte: number): string {
  const hex = hexOf(byte);
  if (byte === 0x20) return `${hex}, space`;
  if (byte === 0x7f) return `${hex}, DEL`;
  if (byte < 0x20) return `${hex}, ${CONTROLS[byte]}`;
  return byte < 0x7f ? `${hex}, ${textOf(byte)}` : hex;
}
