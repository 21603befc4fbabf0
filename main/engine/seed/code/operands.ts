import type { Decoded } from './capstone.ts';

/** The operands of an instruction. */
export function operandsOf({ operands }: Decoded): string[] {
  return operands === '' ? [] : operands.split(', ');
}

/** A number as Capstone writes it: `0x3c`, `-4`, `9`. */
export function numberOf(text: string): bigint {
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}
