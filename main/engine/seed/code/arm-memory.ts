import { numberOf } from './operands.ts';
import { combine, constant, shifted, UNKNOWN, type Value } from './value.ts';

/** What an operand holds. */
export type Reads = (text: string) => Value;

/** Where an instruction of AArch64 or ARM reads or writes, and the register that it moves while doing so. */
export interface ArmAddress {
  readonly at: Value;
  /** The register that is changed; null when none is. */
  readonly base: string | null;
  /** What it holds then. */
  readonly after: Value;
}

const NUMBER = /^#?-?(0x[0-9a-f]+|\d+)$/;
const number = (text: string) => constant(numberOf(text.replace('#', '')));

/** Reads `[sp, #8]`, `[sp, #-0x10]!`, `[sp], #0x10` and an address that stands alone; what is written otherwise is not known. */
export function armAddress([operand = '', behind = '']: readonly string[], reads: Reads): ArmAddress {
  if (NUMBER.test(operand)) return { at: number(operand), base: null, after: UNKNOWN };
  const [, inner, mark] = /^\[([^\]]*)\](!?)$/.exec(operand) ?? [];
  if (inner === undefined) return { at: UNKNOWN, base: null, after: UNKNOWN };
  const [base = '', distance = '', shift = ''] = inner.split(', ');
  const held = reads(base);
  const at = distance === '' ? held : combine('add', held, distanceOf(distance, shift, reads));
  if (mark === '!') return { at, base, after: at };
  if (behind === '') return { at, base: null, after: UNKNOWN };
  return { at: held, base, after: NUMBER.test(behind) ? combine('add', held, number(behind)) : UNKNOWN };
}

function distanceOf(text: string, shift: string, reads: Reads): Value {
  if (NUMBER.test(text)) return number(text);
  const [, by] = /^lsl #(\d+)$/.exec(shift) ?? [];
  if (text.startsWith('-') || (shift !== '' && by === undefined)) return UNKNOWN;
  return by === undefined ? reads(text) : shifted(reads(text), Number(by), 64, false);
}
