import type { BytePatternInput } from '../../../main/contract/requests/index.ts';

/** What is searched for: bytes, each with the bits that must agree. */
export interface BytePattern {
  readonly bytes: Uint8Array;
  readonly mask: Uint8Array;
}

/** Longest pattern, in bytes. */
const LIMIT = 1024;

/**
 * Hex digits with wildcards: `48 ?? E? FF`, with or without blanks, `0x` in front of a byte allowed. Null when it is not such
 * a pattern, holds half a byte, or no digit at all.
 */
export function hexPattern(text: string): BytePattern | null {
  const digits = text.replace(/\b0x/gi, '').replace(/[\s,]+/g, '');
  if (!/^[0-9a-f?]+$/i.test(digits) || digits.length % 2 !== 0 || digits.length > LIMIT * 2) return null;
  if (/^\?+$/.test(digits)) return null;
  const halves = [...digits].map(digit => (digit === '?' ? null : Number.parseInt(digit, 16)));
  const length = digits.length / 2;
  const [bytes, mask] = [new Uint8Array(length), new Uint8Array(length)];
  for (let i = 0; i < length; i += 1) {
    const [high = null, low = null] = [halves[i * 2], halves[i * 2 + 1]];
    bytes[i] = ((high ?? 0) << 4) | (low ?? 0);
    mask[i] = (high === null ? 0 : 0xf0) | (low === null ? 0 : 0x0f);
  }
  return { bytes, mask };
}

/** What somebody typed as a pattern; null when it is none, or too long. */
export function patternOf(input: BytePatternInput): BytePattern | null {
  return input.as === 'hex' ? hexPattern(input.text) : textPattern(input.text, input.as, input.exact ?? true);
}

/** Text as its bytes; unless `exact`, capital and small letters of ASCII are the same. Null when there is none or too much. */
function textPattern(text: string, encoding: 'utf-8' | 'utf-16le', exact: boolean): BytePattern | null {
  const bytes = encoding === 'utf-8' ? new TextEncoder().encode(text) : utf16(text);
  if (bytes.length === 0 || bytes.length > LIMIT) return null;
  const unit = encoding === 'utf-8' ? 1 : 2;
  const mask = Uint8Array.from(bytes, (byte, at) =>
    !exact && at % unit === 0 && isLetter(byte) && (unit === 1 || bytes[at + 1] === 0) ? 0xdf : 0xff,
  );
  return { bytes, mask };
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from(
    { length: text.length * 2 },
    (_, i) => (text.charCodeAt(i >> 1) >> ((i & 1) * 8)) & 0xff,
  );
}

function isLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/** Where a pattern stands first in a buffer at `from` or after, or -1. */
export function indexOfPattern(buffer: Uint8Array, { bytes, mask }: BytePattern, from: number): number {
  const anchor = mask.indexOf(0xff);
  const last = buffer.length - bytes.length;
  for (let at = from; at <= last; at += 1) {
    if (anchor !== -1) {
      const next = buffer.indexOf(bytes[anchor] as number, at + anchor);
      if (next === -1 || next - anchor > last) return -1;
      at = next - anchor;
    }
    if (agrees(buffer, at, bytes, mask)) return at;
  }
  return -1;
}

function agrees(buffer: Uint8Array, at: number, bytes: Uint8Array, mask: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i += 1) {
    if ((((buffer[at + i] as number) ^ (bytes[i] as number)) & (mask[i] as number)) !== 0) return false;
  }
  return true;
}
