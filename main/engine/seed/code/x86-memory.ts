import { numberOf } from './operands.ts';
import type { Place } from './state.ts';
import { STACK } from './term.ts';
import { combine, constant, numberIn, shifted, UNKNOWN, type Value } from './value.ts';
import { x86Register } from './x86-registers.ts';

const SIZES: Readonly<Record<string, number>> = {
  byte: 1,
  word: 2,
  dword: 4,
  qword: 8,
  xmmword: 16,
  ymmword: 32,
};

/** Bytes of an operand: a register's, or what is said before an address; `word` where nothing says it. */
export function sizeOf(operand: string, word: number): number {
  const part = x86Register(operand);
  if (part) return part.bits / 8;
  const [, size = ''] = /^(\w+) ptr/.exec(operand) ?? [];
  return SIZES[size] ?? word;
}

/**
 * The address that an operand in brackets names; null for an operand without. In real mode, and with the bases of `fs` and `gs`, nobody
 * here knows what it is, but in the stack.
 */
export function memoryOf(operand: string, read: (text: string) => Value, place: Place): Value | null {
  const [, segment = '', inner] = /(?:(\ws):)?\[(.*)\]$/.exec(operand) ?? [];
  if (inner === undefined) return null;
  let sum: Value = constant(0n);
  for (const term of inner.split(/ (?=[+-] )/)) {
    const [, sign = '', text = ''] = /^([+-] )?(.+)$/.exec(term) ?? [];
    sum = combine(sign === '- ' ? 'sub' : 'add', sum, termOf(text, read, place));
  }
  const stack = sum.terms.some(({ symbol }) => symbol === STACK);
  if (segment === 'fs' || segment === 'gs' || (place.word === 2 && !stack)) return UNKNOWN;
  return sum;
}

function termOf(text: string, read: (text: string) => Value, place: Place): Value {
  if (text === 'rip' || text === 'eip') return constant(place.next);
  if (/^(0x[0-9a-f]+|\d+)$/.test(text)) return constant(numberOf(text));
  const [register = '', scale = '1'] = text.split('*');
  if (!x86Register(register)) return text === 'riz' || text === 'eiz' ? constant(0n) : UNKNOWN;
  const held = read(register);
  if (scale === '1') return held;
  const by = Math.log2(Number(scale));
  return numberIn(held, 64) === null ? UNKNOWN : shifted(held, by, 64, false);
}
