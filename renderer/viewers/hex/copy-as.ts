import { hexOf, textOf } from './layout.ts';

/** Most bytes copied at once: what a clipboard and its readers bear. */
export const COPY_LIMIT = 1 << 20;

export const COPY_FORMS = ['hex', 'c', 'base64', 'text'] as const;
export type CopyForm = (typeof COPY_FORMS)[number];

/** How each form is called in a menu. */
export const COPY_NAMES: Record<CopyForm, string> = {
  hex: 'Copy as hex',
  c: 'Copy as C array',
  base64: 'Copy as Base64',
  text: 'Copy as text',
};

/** Bytes as text for the clipboard. `text` gives printable ASCII and line ends, a middle dot for the rest: no byte that acts. */
export function copyAs(bytes: Uint8Array, form: CopyForm): string {
  switch (form) {
    case 'hex':
      return lines(bytes, 16, hexOf, ' ');
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
