import type { Sha256 } from './hash.ts';

/** The digits of Nix's base 32: those of the decimal system and the alphabet without e, o, u and t. */
const DIGITS = '0123456789abcdfghijklmnpqrsvwxyz';
const SIZE = 32;
const LENGTH = 52;

/** A sha256 in Nix's base 32, 52 digits: five bits each, the highest first, of a number whose lowest byte is the first. */
export function nixBase32(sha256: Sha256): string {
  let number = BigInt(`0x${Buffer.from(sha256, 'hex').reverse().toString('hex')}`);
  let text = '';
  for (let i = 0; i < LENGTH; i += 1) {
    text = `${DIGITS[Number(number & 31n)]}${text}`;
    number >>= 5n;
  }
  return text;
}

/**
 * Reads a sha256 as those who publish for Nix and Guix write it: 64 hexadecimal digits or 52 of Nix's base 32, after `sha256:`
 * if they like, or `sha256-` and base 64. Null for anything else, also for another spelling of the same number.
 */
export function parseNixHash(text: string): Sha256 | null {
  const base64 = /^sha256-([A-Za-z0-9+/]{43}=)$/.exec(text)?.[1];
  if (base64 !== undefined) {
    const bytes = Buffer.from(base64, 'base64');
    return bytes.length === SIZE && bytes.toString('base64') === base64 ? bytes.toString('hex') : null;
  }
  const digits = text.replace(/^sha256:/, '');
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  if (digits.length !== LENGTH) return null;
  let number = 0n;
  for (const digit of digits) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) return null;
    number = number * 32n + BigInt(value);
  }
  if (number >= 1n << 256n) return null;
  return Buffer.from(number.toString(16).padStart(2 * SIZE, '0'), 'hex')
    .reverse()
    .toString('hex');
}
