/** What is searched for: bytes, each with the bits that must agree. */
export interface BytePattern {
  readonly bytes: Uint8Array;
  readonly mask: Uint8Array;
}

/** Longest pattern, in bytes. */
const LIMIT = 4096;

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

/** Text as its UTF-8 bytes; null when there is none or too much of it. */
export function textPattern(text: string): BytePattern | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === 0 || bytes.length > LIMIT) return null;
  return { bytes, mask: new Uint8Array(bytes.length).fill(0xff) };
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

/** Where a pattern stands last in a buffer at `from` or before, or -1. */
export function lastIndexOfPattern(buffer: Uint8Array, { bytes, mask }: BytePattern, from: number): number {
  for (let at = Math.min(from, buffer.length - bytes.length); at >= 0; at -= 1) {
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
