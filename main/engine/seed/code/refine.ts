import type { Processor } from '../structure/index.ts';
import { armRegister } from './arm-registers.ts';
import type { Decoded } from './capstone.ts';
import type { Flow } from './jumps.ts';
import { FACTS } from './machine.ts';
import { type Comparison, heldIn, type Place, type State, withRegisters } from './state.ts';
import { anyOf, constant, low, resting, same, type Value, withPart } from './value.ts';

/** What is known on the two ways of a branch: a register that was equal to a number is that number on one of them. */
export function refined(
  state: State,
  decoded: Decoded,
  flow: Flow,
  machine: Processor,
  place: Place,
): { readonly taken: State; readonly through: State } {
  if (flow.kind !== 'conditional') return { taken: state, through: state };
  const [equal, compared] = question(state, decoded, machine, place);
  if (compared === null || equal === null) return { taken: state, through: state };
  const [known, other] = [withEqual(state, compared, place), withOther(state, compared, place)];
  return equal === 'taken' ? { taken: known, through: other } : { taken: other, through: known };
}

/** On which way the two were equal, and what was compared. */
function question(
  state: State,
  { mnemonic, operands }: Decoded,
  machine: Processor,
  { offset }: Place,
): ['taken' | 'through' | null, Comparison | null] {
  const [register = ''] = operands.split(', ');
  if (machine.startsWith('riscv')) {
    const bits = FACTS[machine].word * 8;
    const [, how] = /^(?:c\.)?b(eq|ne)z$/.exec(mnemonic) ?? [];
    const compared = { register, bits, number: 0n, at: offset };
    return [how === 'eq' ? 'taken' : how === 'ne' ? 'through' : null, compared];
  }
  if (/^cbn?z$/.test(mnemonic)) {
    const own = armRegister(register, 8);
    const compared =
      own.register === null ? null : { register: own.register, bits: own.bits, number: 0n, at: offset };
    return [mnemonic === 'cbz' ? 'taken' : 'through', compared];
  }
  if (/^(je|b\.eq|beq)$/.test(mnemonic)) return ['taken', state.compared];
  if (/^(jne|b\.ne|bne)$/.test(mnemonic)) return ['through', state.compared];
  return [null, null];
}

/** The state with only those alternatives of a register that can be equal; as it was when none can. */
function withEqual(state: State, compared: Comparison, place: Place): State {
  const { register, bits, number } = compared;
  const mask = low(bits);
  const held = heldIn(state, register);
  const can = held.terms.filter(
    ({ symbol, known, bits: set }) => symbol !== null || ((set ^ number) & known & mask) === 0n,
  );
  if (can.length === 0) return state;
  const equal = withPart(anyOf(can, held.from), constant(number), mask);
  return changed(state, compared, held, equal, place);
}

/** The state without the alternatives of a register that are equal for sure; as it was when all are. */
function withOther(state: State, compared: Comparison, place: Place): State {
  const { register, bits, number } = compared;
  const mask = low(bits);
  const held = heldIn(state, register);
  const can = held.terms.filter(
    ({ symbol, known, bits: set }) => symbol !== null || (known & mask) !== mask || (set & mask) !== number,
  );
  if (can.length === 0 || can.length === held.terms.length) return state;
  return changed(state, compared, held, anyOf(can, held.from), place);
}

/** What the branch showed rests on it and on the comparison. */
function changed(state: State, { register, at }: Comparison, held: Value, value: Value, place: Place): State {
  if (same(held, value)) return state;
  const next = withRegisters(state, [[register, resting(value, at, place.offset)]]);
  return { ...next, compared: state.compared };
}
