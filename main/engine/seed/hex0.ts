import { type AssayError, inputError } from '../base/index.ts';

/** A byte of an assembled hex0 source and the line (from 1) that wrote its first digit. */
export interface Hex0Result {
  readonly bytes: Buffer;
  /** For each byte, the line of its first digit. */
  readonly lines: Uint32Array;
}

/** The most bytes a hex0 source may give. Seeds are hundreds of bytes; this is room for anything sensible. */
export const HEX0_LIMIT = 16 << 20;

const LF = 0x0a;
const BLANKS = new Set([0x20, 0x09, 0x0d, LF]);

function digit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x66) return lower - 0x61 + 10;
  return -1;
}

/**
 * Assembles hex0: pairs of hexadecimal digits are bytes, `#` and `;` begin a comment that ends with the line, blanks
 * separate. Throws `hex0.bad-character`, `hex0.half-byte` or `hex0.too-large`, with the line.
 */
export function assembleHex0(source: Uint8Array, file: string): Hex0Result {
  if (source.length > HEX0_LIMIT * 8) throw tooLarge(file, 1);
  const bytes: number[] = [];
  const lines: number[] = [];
  let line = 1;
  let high = -1;
  let highLine = 1;
  let comment = false;
  for (const [offset, byte] of source.entries()) {
    if (byte === LF) {
      line += 1;
      comment = false;
      continue;
    }
    if (comment || BLANKS.has(byte)) continue;
    if (byte === 0x23 || byte === 0x3b) {
      comment = true;
      continue;
    }
    const value = digit(byte);
    if (value < 0) {
      throw inputError('hex0.bad-character', `byte 0x${byte.toString(16).padStart(2, '0')} is not hex0`, {
        file,
        line,
        offset,
      });
    }
    if (high < 0) {
      high = value;
      highLine = line;
      continue;
    }
    if (bytes.length >= HEX0_LIMIT) throw tooLarge(file, line);
    bytes.push(high * 16 + value);
    lines.push(highLine);
    high = -1;
  }
  if (high >= 0) throw inputError('hex0.half-byte', 'a byte has only one digit', { file, line: highLine });
  return { bytes: Buffer.from(bytes), lines: Uint32Array.from(lines) };
}

function tooLarge(file: string, line: number): AssayError {
  return inputError('hex0.too-large', `the source gives more than ${HEX0_LIMIT} bytes`, { file, line });
}
