import { STACK, type Term } from './term.ts';
import { low, type Value } from './value.ts';

const SIGNED = new Set([
  'fd',
  'dirfd',
  'olddirfd',
  'newdirfd',
  'oldfd',
  'newfd',
  'status',
  'pid',
  'sig',
  'signum',
  'whence',
]);

/** What an argument of a system call is, in words: all that it can be; null when something of that is not known. */
export function valueText(name: string, value: Value, bits: 32 | 64): string | null {
  const texts = value.terms.map(term => {
    const text = termText(name, term, bits);
    return text === null || term.when === null ? text : `${text} when ${term.when}`;
  });
  return texts.includes(null) ? null : [...new Set(texts)].join(' or ');
}

function termText(name: string, term: Term, bits: 32 | 64): string | null {
  if (term.symbol === STACK) return stackText(term, bits);
  if (term.symbol !== null) return term.symbol;
  const int = numberOf(term, 32);
  if (int !== null && SIGNED.has(name)) {
    const number = BigInt.asIntN(32, int);
    return number === -100n && name.endsWith('dirfd') ? 'AT_FDCWD' : String(number);
  }
  const number = numberOf(term, bits);
  if (number === null) return null;
  if (name === 'flags' && number < 0x1000n) return `${number}`;
  if (name === 'mode') return `0${number.toString(8)}`;
  return number < 4096n ? String(number) : `0x${number.toString(16)}`;
}

function numberOf({ known, bits: set }: Term, bits: number): bigint | null {
  const mask = low(bits);
  return (known & mask) === mask ? set & mask : null;
}

/** A place in the stack, by its distance from where the stack pointer was at the start. */
function stackText(term: Term, bits: 32 | 64): string | null {
  const number = numberOf(term, bits);
  if (number === null) return 'somewhere in the stack';
  const distance = BigInt.asIntN(bits, number);
  const sign = distance < 0n ? '-' : '+';
  return distance === 0n ? 'stack' : `stack${sign}${distance < 0n ? -distance : distance}`;
}
