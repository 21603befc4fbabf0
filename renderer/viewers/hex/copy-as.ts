import { addressDigits, addressText, COLUMNS, hexOf, textOf } from './layout.ts';

/** Most bytes copied at once: what a clipboard and its readers bear. */
export const COPY_LIMIT = 1 << 20;

export const COPY_FORMS = ['hex', 'dump', 'c', 'base64', 'text'] as const;
export type CopyForm = (typeof COPY_FORMS)[number];

/** How each form is called in a menu. */
export const COPY_NAMES: Record<CopyForm, string> = {
  hex: 'Copy as hex',
  dump: 'Copy as hex with offsets',
  c: 'Copy as C array',
  base64: 'Copy as Base64',
  text: 'Copy as text',
};

/**
 * Bytes as text for the clipboard; `offset` is that of the first. `text` gives printable ASCII and line ends, a middle dot for the
 * rest: no byte that acts.
 */
export function copyAs(bytes: Uint8Array, form: CopyForm, offset: number): string {
  switch (form) {
    case 'hex':
      return lines(bytes, 16, hexOf, ' ');
    case 'dump':
      return dump(bytes, offset);
    case 'c':
      return `const unsigned char bytes[${bytes.length}] = {\n${cLines(bytes)}\n};\n`;
    case 'base64':
      return base64(bytes);
    case 'text':
      return Array.from(bytes, byte =>
        byte === 0x0a || byte === 0x09 ? String.fromCharCode(byte) : textOf(byte),
      ).join('');
  }
}

function lines(bytes: Uint8Array, each: number, one: (byte: number) => string, between: string): string {
  const rows: string[] = [];
  for (let i = 0; i < bytes.length; i += each) {
    rows.push(Array.from(bytes.subarray(i, i + each), one).join(between));
  }
  return rows.join('\n');
}

/** Rows as the grid has them: the first and the last begin and end where the bytes do. */
function dump(bytes: Uint8Array, offset: number): string {
  const digits = addressDigits(offset + bytes.length);
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = offset + at;
    const row = bytes.subarray(at, at + COLUMNS - (start % COLUMNS));
    const text = Array.from(row, textOf).join('');
    rows.push(
      `${addressText(start, digits)}  ${Array.from(row, hexOf)
        .join(' ')
        .padEnd(COLUMNS * 3 - 1)}  ${text}`,
    );
    at += row.length;
  }
  return rows.join('\n');
}

function cLines(bytes: Uint8Array): string {
  return lines(bytes, 12, byte => `0x${hexOf(byte)},`, ' ').replace(/^/gm, '  ');
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  const piece = 3 * 4096;
  for (let i = 0; i < bytes.length; i += piece) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(i, i + piece))));
  }
  return parts.join('');
}
