import type { Processor } from '../structure/index.ts';
import type { Decoded } from './capstone.ts';
import type { Flow } from './jumps.ts';
import { FACTS } from './machine.ts';
import { armRegister } from './risc-effects.ts';
import { type Comparison, heldIn, type State, withRegisters } from './state.ts';
import { constant, low, withPart } from './value.ts';

/** What is known on the two ways of a branch: a register that was equal to a number is that number on one of them. */
export function refined(
  state: State,
  decoded: Decoded,
  flow: Flow,
  machine: Processor,
): { readonly taken: State; readonly through: State } {
  if (flow.kind !== 'conditional') return { taken: state, through: state };
  const [equal, compared] = question(state, decoded, machine);
  if (compared === null || equal === null) return { taken: state, through: state };
  const known = withEqual(state, compared);
  return equal === 'taken' ? { taken: known, through: state } : { taken: state, through: known };
}

/** On which way the two were equal, and what was compared. */
function question(
  state: State,
  { mnemonic, operands }: Decoded,
  machine: Processor,
): ['taken' | 'through' | null, Comparison | null] {
  const [register = ''] = operands.split(', ');
  if (machine.startsWith('riscv')) {
    const bits = FACTS[machine].word * 8;
    const [, how] = /^(?:c\.)?b(eq|ne)z$/.exec(mnemonic) ?? [];
    return [how === 'eq' ? 'taken' : how === 'ne' ? 'through' : null, { register, bits, number: 0n }];
  }
  if (/^cbn?z$/.test(mnemonic)) {
    const own = armRegister(register, 8);
    const compared = own.register === null ? null : { register: own.register, bits: own.bits, number: 0n };
    return [mnemonic === 'cbz' ? 'taken' : 'through', compared];
  }
  if (/^(je|b\.eq|beq)$/.test(mnemonic)) return ['taken', state.compared];
  if (/^(jne|b\.ne|bne)$/.test(mnemonic)) return ['through', state.compared];
  return [null, null];
}

function withEqual(state: State, { register, bits, number }: Comparison): State {
  const value = withPart(heldIn(state, register), constant(number), low(bits));
  return { ...withRegisters(state, [[register, value]]), compared: state.compared };
}
