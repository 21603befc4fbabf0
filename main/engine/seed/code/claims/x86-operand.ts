import { x86Register } from '../x86-registers.ts';

/** An operand as a claim or a disassembler writes it, in one form. */
export type Operand =
  | { readonly kind: 'register'; readonly name: string; readonly bits: number }
  | { readonly kind: 'number'; readonly value: bigint }
  /** Terms in order, without blanks: `es:bx`, `rsp+8`. */
  | { readonly kind: 'memory'; readonly terms: string }
  | { readonly kind: 'place'; readonly name: string }
  /** Written in a way that cannot be compared, such as a placeholder. */
  | { readonly kind: 'unknown' };

const SIZES = /\b(byte|d?word|qword|tword|oword|ptr|short|near|far|strict)\b/gi;
const SEGMENTS = /^[c-gs]s$/;

/** Reads an operand; null when it is none. */
export function operandOf(text: string): Operand | null {
  const character = numberOf(text.trim());
  if (character !== null) return { kind: 'number', value: character };
  const plain = text.replace(SIZES, '').trim().toLowerCase();
  const bare = plain.replace(/^[!@%&~$+]+\s*/, '');
  const part = x86Register(bare);
  if (part) return { kind: 'register', name: bare, bits: part.bits };
  if (SEGMENTS.test(bare) || /^(cr|dr|st|mm|xmm)\d+$/.test(bare))
    return { kind: 'register', name: bare, bits: 16 };
  const number = numberOf(bare);
  if (number !== null) return { kind: 'number', value: number };
  const memory = /^(?:([c-gs]s):)?\[([^\]]*)\]$/.exec(bare);
  if (memory) return memoryOf(memory[2] ?? '', memory[1]);
  const far = /^(0x[0-9a-f]+|\d+):\s*(0x[0-9a-f]+|\d+)$/.exec(bare);
  if (far) return { kind: 'unknown' };
  return /^[a-z_.][\w.]*$/.test(bare) ? { kind: 'place', name: text.trim().replace(/^[!@%&~$]+/, '') } : null;
}

/** A number in the ways people write it: `0x3c`, `3ch`, `-4`, `'a'`, `0b101`; null for what is none. */
export function numberOf(text: string): bigint | null {
  const character = /^'([\x20-\x7e])'$/.exec(text);
  if (character) return BigInt(character[1]?.charCodeAt(0) ?? 0);
  const [, sign = '', digits = ''] = /^([+-]?)\s*(.+)$/.exec(text) ?? [];
  const value = /^0[xb][0-9a-f]+$/.test(digits)
    ? parsed(digits)
    : /^\d[0-9a-f]*h$/.test(digits)
      ? BigInt(`0x${digits.slice(0, -1)}`)
      : /^\d+$/.test(digits)
        ? BigInt(digits)
        : null;
  return value === null ? null : sign === '-' ? -value : value;
}

function parsed(digits: string): bigint | null {
  return /^0b[^01]/.test(digits) || (digits.startsWith('0b') && /[^01]/.test(digits.slice(2)))
    ? null
    : BigInt(digits);
}

function memoryOf(inner: string, outside: string | undefined): Operand | null {
  const [, inside, rest = inner] = /^([c-gs]s):(.*)$/.exec(inner) ?? [];
  const terms = rest.replace(/\s/g, '').replace(/^\+/, '');
  // A word such as DWORD stands for what the line gives elsewhere.
  if (!/^[\w+*-]+$/.test(terms)) return null;
  const known = terms
    .split(/[+-]/)
    .every(term =>
      term.split('*').every(each => x86Register(each) !== null || each === 'rip' || numberOf(each) !== null),
    );
  if (!known) return { kind: 'unknown' };
  const numbers = terms.replace(/(?<=[+-]|^)(0x[0-9a-f]+|\d+)/g, each => String(numberOf(each)));
  const segment = inside ?? outside;
  return { kind: 'memory', terms: `${segment && segment !== 'ds' ? `${segment}:` : ''}${numbers}` };
}
