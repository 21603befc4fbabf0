import { isUtf8 } from 'node:buffer';
import { inputError, type Where } from '../base/index.ts';

/** Bytes of a block of a tar; headers are one block, content is padded to whole blocks. */
export const BLOCK = 512;

/** The fields of a header block that matter to Assay: POSIX.1-2024 pax, "ustar Interchange Format", and GNU tar's. */
export interface HeaderBlock {
  /** The bytes of the name, with the prefix where there is one; part of the block, valid as long as it. */
  readonly name: Buffer;
  readonly linkName: Buffer;
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
const SLASH = Buffer.from('/');

/** Whether the 512 bytes could be a header: its checksum is right. The sum of 512 zero bytes never is. */
export function hasGoodChecksum(block: Buffer): boolean {
  let sum = 8 * 32;
  for (let i = 0; i < CHECKSUM_AT; i += 1) sum += block[i] ?? 0;
  for (let i = CHECKSUM_AT + 8; i < BLOCK; i += 1) sum += block[i] ?? 0;
  return octal(block, CHECKSUM_AT, 8) === sum;
}

/**
 * Reads a header block whose checksum is right. Owner, group, times and device numbers are not looked at, and names are
 * left as bytes: where an extended header tells the name, some programs put only half a character here.
 * Throws `archive.bad-header` or `archive.bad-number`.
 */
export function parseHeader(block: Buffer, where: Where): HeaderBlock {
  const magic = block.subarray(MAGIC_AT, MAGIC_AT + 8);
  const posix = magic.equals(USTAR);
  if (!posix && !magic.equals(GNU) && !magic.equals(NONE)) {
    throw inputError('archive.bad-header', 'a header is of no known kind of tar', where);
  }
  const short = field(block, 0, 100);
  const name = posix && block[345] !== 0 ? Buffer.concat([field(block, 345, 155), SLASH, short]) : short;
  const at = () => ({ ...where, entry: name.toString('utf8') });
  return {
    name,
    linkName: field(block, 157, 100),
    mode: number(block, 100, 8, 'mode', at) & 0o7777,
    size: number(block, 124, 12, 'size', at),
    flag: String.fromCharCode(block[156] || 48),
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

/** Bytes up to the first NUL. */
function field(block: Buffer, at: number, length: number): Buffer {
  const nul = block.indexOf(0, at);
  return block.subarray(at, nul < 0 ? at + length : Math.min(nul, at + length));
}

function number(block: Buffer, at: number, length: number, what: string, where: () => Where): number {
  const value = octal(block, at, length);
  if (value === undefined) {
    const binary = ((block[at] ?? 0) & 0x80) !== 0;
    throw inputError(
      'archive.bad-number',
      binary ? `the ${what} is written in base 256` : `the ${what} is not an octal number`,
      where(),
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
