import type { Decoded } from './capstone.ts';
import { numberOf, operandsOf } from './operands.ts';
import { heldIn, loaded, lost, overwritten, type Place, type State, stored, withRegisters } from './state.ts';
import { combine, constant, resting, shifted, signed, UNKNOWN, type Value, zeroAbove } from './value.ts';

const NUMBER = /^-?(0x[0-9a-f]+|\d+)$/;

/** Instructions that change neither a register nor memory: they compare and jump, or order memory. */
const NO_RESULT = /^(b\w+|j|jr|ret|nop|ecall|ebreak|fence(\.i|\.tso)?|unimp)$/;
const STORE = /^f?s([bhwd])(sp)?$/;
const SIZES: Readonly<Record<string, number>> = { b: 1, h: 2, w: 4, d: 8 };
/** Instructions that change the register that they name first, and nothing else. */
const RESULT =
  /^(li|mv|lui|auipc|l[bhw]u?|ld|l[wd]sp|addi?w?|addi16sp|addi4spn|subw?|andi?|ori?|xori?|not|negw?|sll?i?w?|sr[la]i?w?|slti?u?|seqz|snez|sltz|sgtz|sext\.w|mulh?s?u?w?|divu?w?|remu?w?)$/;

/** What is known after an instruction of RISC-V that neither jumps nor calls. What is not modelled leaves nothing known. */
export function afterRiscv(state: State, instruction: Decoded, place: Place): State {
  const plain = instruction.mnemonic.replace(/^c\./, '');
  const operands = operandsOf(instruction);
  const [to = ''] = operands;
  if (NO_RESULT.test(plain)) return state;
  const [, size] = STORE.exec(plain) ?? [];
  if (size !== undefined) {
    const value = plain.startsWith('f') ? UNKNOWN : resting(read(state, to), place.offset);
    return stored(state, addressOf(state, operands[1] ?? ''), SIZES[size] ?? 8, value, place);
  }
  if (/^(amo|sc\.)/.test(plain)) {
    const [, base = ''] = /\((\w+)\)$/.exec(instruction.operands) ?? [];
    return write(overwritten(state, read(state, base), place), to, UNKNOWN, place);
  }
  if (!RESULT.test(plain)) return lost(state, place);
  return write(state, to, resultOf(state, plain, instruction, place), place);
}

/** A register with another value; `zero` stays what it is. */
function write(state: State, to: string, value: Value, place: Place): State {
  if (to === 'zero') return state;
  // In a machine of 32 bits the upper half is of no meaning; taken as zero, so that equal numbers are equal.
  const own = place.word === 8 ? value : zeroAbove(value, 32);
  return withRegisters(state, [[to, resting(own, place.offset)]]);
}

function resultOf(state: State, plain: string, instruction: Decoded, place: Place): Value {
  const all = operandsOf(instruction);
  const short = plain !== instruction.mnemonic && all.length === 2;
  // The short form names its first source only as its result.
  const [, a = '', b = ''] =
    short && !/^(li|lui|mv|l[wd](sp)?)$/.test(plain) ? [all[0], all[0] ?? '', all[1]] : all;
  const [x, y] = [read(state, a), read(state, b)];
  switch (plain) {
    case 'li':
    case 'mv':
      return x;
    case 'lui':
      return NUMBER.test(a) ? constant(BigInt.asIntN(32, numberOf(a) << 12n)) : UNKNOWN;
    case 'auipc':
      return NUMBER.test(a) ? constant(place.address + BigInt.asIntN(32, numberOf(a) << 12n)) : UNKNOWN;
    case 'add':
    case 'addi':
    case 'addi16sp':
    case 'addi4spn':
      return combine('add', x, y);
    case 'addw':
    case 'addiw':
      return signed(combine('add', x, y), 32);
    case 'sub':
      return combine('sub', x, y);
    case 'and':
    case 'andi':
      return combine('and', x, y);
    case 'or':
    case 'ori':
      return combine('or', x, y);
    case 'xor':
    case 'xori':
      return combine('xor', x, y);
    case 'slli':
    case 'srli':
      return NUMBER.test(b) ? shifted(x, Number(numberOf(b)), place.word * 8, plain === 'srli') : UNKNOWN;
    default:
      return loadedBy(state, plain, a, place);
  }
}

function loadedBy(state: State, plain: string, operand: string, place: Place): Value {
  const [, size, unsigned] = /^l([bhwd])(u?)(?:sp)?$/.exec(plain) ?? [];
  const bytes = size === undefined ? 0 : (SIZES[size] ?? 0);
  if (bytes === 0 || plain === 'lui') return UNKNOWN;
  const value = loaded(state, addressOf(state, operand), bytes, place);
  if (bytes === place.word) return value;
  return unsigned === 'u' ? zeroAbove(value, bytes * 8) : signed(value, bytes * 8);
}

function read(state: State, text: string): Value {
  if (NUMBER.test(text)) return constant(numberOf(text));
  return text === 'zero' ? constant(0n) : heldIn(state, text);
}

/** The address that `8(sp)` names. */
function addressOf(state: State, operand: string): Value {
  const [, at = '', base = ''] = /^(-?\w*)\((\w+)\)$/.exec(operand) ?? [];
  if (base === '') return UNKNOWN;
  return combine('add', read(state, base), at === '' ? constant(0n) : constant(numberOf(at)));
}
