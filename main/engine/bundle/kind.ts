import type { EntryKind } from '../case/index.ts';

/** How many first bytes of a file {@link kindOf} wants to see. */
export const KIND_BYTES = 512;

const hex = (digits: string) => Buffer.from(digits, 'hex');

/** Magic numbers: kind, offset, bytes. From the formats' own specifications and file(1). */
const MAGICS: readonly (readonly [EntryKind, number, Buffer])[] = [
  ['elf', 0, hex('7f454c46')],
  ['script', 0, Buffer.from('#!')],
  ['archive', 0, hex('1f8b')],
  ['archive', 0, hex('1f9d')],
  ['archive', 0, hex('fd377a585a00')],
  ['archive', 0, hex('28b52ffd')],
  ['archive', 0, Buffer.from('LZIP')],
  ['archive', 0, hex('5d000080')],
  ['archive', 0, Buffer.from('PK\x03\x04', 'latin1')],
  ['archive', 0, Buffer.from('PK\x05\x06', 'latin1')],
  ['archive', 0, hex('377abcaf271c')],
  ['archive', 0, Buffer.from('!<arch>\n')],
  ['archive', 0, Buffer.from('07070')],
  ['archive', 0, hex('edabeedb')],
  ['archive', 4, hex('314159265359')],
  ['archive', 257, Buffer.from('ustar')],
  ['image', 0, hex('89504e470d0a1a0a')],
  ['image', 0, hex('ffd8ff')],
  ['image', 0, Buffer.from('GIF8')],
  ['image', 0, hex('49492a00')],
  ['image', 0, hex('4d4d002a')],
  ['image', 0, hex('00000100')],
  ['image', 8, Buffer.from('WEBP')],
];

/** Bytes that do not occur in text: controls other than backspace, tab, line ends, form feed and escape. */
const NOT_TEXT = new Uint8Array(256).map((_, byte) =>
  (byte < 32 && ![8, 9, 10, 11, 12, 13, 27].includes(byte)) || byte === 127 ? 1 : 0,
);

/** What a file looks like by its first {@link KIND_BYTES} bytes. A hint for people, never a basis of a verdict. */
export function kindOf(start: Buffer): EntryKind {
  if (start.length === 0) return 'empty';
  for (const [kind, offset, magic] of MAGICS) {
    if (start[offset] === magic[0] && magic.equals(start.subarray(offset, offset + magic.length)))
      return kind;
  }
  for (let i = 0; i < start.length; i += 1) if (NOT_TEXT[start[i] as number] === 1) return 'binary';
  return 'text';
}
