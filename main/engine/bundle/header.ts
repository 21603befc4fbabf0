import { isUtf8 } from 'node:buffer';
import { inputError, type Where } from '../base/index.ts';

/** Bytes of a block of a tar; headers are one block, content is padded to whole blocks. */
export const BLOCK = 512;

/** The fields of a header block that matter to Assay: POSIX.1-2024 pax, "ustar Interchange Format", and GNU tar's. */
export interface HeaderBlock {
  readonly name: string;
  readonly linkName: string;
  /** Twelve permission bits. */
  readonly mode: number;
  readonly size: number;
  /** The type flag as a character, `0` for the NUL of old archives. */
  readonly flag: string;
}

const CHECKSUM_AT = 148;
const MAGIC_AT = 257;
const USTAR = Buffer.from('ustar\x0000', 'latin1');
const GNU = Buffer.from('ustar  \0', 'latin1');
const NONE = Buffer.alloc(8);

/** Whether the 512 bytes could be a header: its checksum is right. The sum of 512 zero bytes never is. */
export function hasGoodChecksum(block: Buffer): boolean {
  let sum = 8 * 32;
  for (let i = 0; i < CHECKSUM_AT; i += 1) sum += block[i] ?? 0;
  for (let i = CHECKSUM_AT + 8; i < BLOCK; i += 1) sum += block[i] ?? 0;
  return octal(block, CHECKSUM_AT, 8) === sum;
}

/**
 * Reads a header block whose checksum is right. Owner, group, times and device numbers are not looked at.
 * Throws `archive.bad-header`, `archive.bad-number` or `archive.name-not-utf8`.
 */
export function parseHeader(block: Buffer, where: Where): HeaderBlock {
  const magic = block.subarray(MAGIC_AT, MAGIC_AT + 8);
  const posix = magic.equals(USTAR);
  if (!posix && !magic.equals(GNU) && !magic.equals(NONE)) {
    throw inputError('archive.bad-header', 'a header is of no known kind of tar', where);
  }
  const short = text(block, 0, 100, where);
  const prefix = posix ? text(block, 345, 155, where) : '';
  const name = prefix === '' ? short : `${prefix}/${short}`;
  const at = { ...where, entry: name };
  const flag = String.fromCharCode(block[156] || 48);
  return {
    name,
    linkName: text(block, 157, 100, at),
    mode: number(block, 100, 8, 'mode', at) & 0o7777,
    size: number(block, 124, 12, 'size', at),
    flag,
  };
}

/** Bytes from an archive as text. Throws `archive.name-not-utf8`. */
export function utf8(bytes: Buffer, where: Where): string {
  if (!isUtf8(bytes)) {
    throw inputError(
      'archive.name-not-utf8',
      `a name is not valid UTF-8: '${bytes.toString('latin1')}'`,
      where,
    );
  }
  return bytes.toString('utf8');
}

function text(block: Buffer, at: number, length: number, where: Where): string {
  if (block[at] === 0) return '';
  const nul = block.indexOf(0, at);
  return utf8(block.subarray(at, nul < 0 ? at + length : Math.min(nul, at + length)), where);
}

function number(block: Buffer, at: number, length: number, what: string, where: Where): number {
  const value = octal(block, at, length);
  if (value === undefined) {
    const binary = ((block[at] ?? 0) & 0x80) !== 0;
    throw inputError(
      'archive.bad-number',
      binary ? `the ${what} is written in base 256` : `the ${what} is not an octal number`,
      where,
      binary ? 'Pack the archive again in POSIX format (tar --format=posix).' : undefined,
    );
  }
  return value;
}

/** Blanks, octal digits, then blanks or NULs to the end; nothing at all counts as 0. Undefined for anything else. */
function octal(block: Buffer, at: number, length: number): number | undefined {
  const end = at + length;
  let i = at;
  while (i < end && block[i] === 32) i += 1;
  let value = 0;
  for (; i < end; i += 1) {
    const digit = (block[i] ?? 0) - 48;
    if (digit < 0 || digit > 7) break;
    value = value * 8 + digit;
  }
  for (; i < end; i += 1) if (block[i] !== 0 && block[i] !== 32) return undefined;
  return value;
}
