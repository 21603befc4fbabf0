import { armAddress, type Reads } from './arm-memory.ts';
import { armRegister } from './arm-registers.ts';
import type { Decoded } from './capstone.ts';
import { numberOf } from './operands.ts';
import {
  type Comparison,
  heldIn,
  loaded,
  lost,
  type Place,
  type State,
  stored,
  withRegisters,
} from './state.ts';
import { STACK } from './term.ts';
import {
  ALL,
  combine,
  constant,
  low,
  numberIn,
  partOf,
  resting,
  shifted,
  signed,
  UNKNOWN,
  type Value,
  withPart,
  zeroAbove,
} from './value.ts';

const NUMBER = /^#?-?(0x[0-9a-f]+|\d+)$/;

/** Instructions of AArch64 and ARM that change no register that is followed. */
const NO_RESULT = /^(cmp|cmn|tst|ccmp|ccmn|nop|isb|dsb|dmb|hint|svc)$/;
/** Instructions that change the register that they name first, and maybe flags. */
const RESULT =
  /^(mov[zntwk]?|mvn|adds?|subs?|orr|ands?|eor|negs?|lsl|lsr|asr|ror|adr|adrp|mul|udiv|sdiv|madd|msub|csel|cset|csinc|sxt[bhw]|uxt[bhw]|ubfx|sbfx|bfi|bics?|rsbs?|movs|lsls|lsrs)$/;
const LOAD = /^ldu?r(s?)([bhw]?)$/;
const STORE = /^stu?r([bh]?)$/;
const SIZES: Readonly<Record<string, number>> = { b: 1, h: 2, w: 4 };

/** What is known after an instruction of AArch64 or ARM that neither jumps nor calls. What is not modelled leaves nothing known. */
export function afterArm(state: State, instruction: Decoded, place: Place): State {
  const { mnemonic } = instruction;
  const operands = armOperands(instruction);
  if (mnemonic === 'cmp') return { ...state, compared: comparison(operands, place) };
  if (NO_RESULT.test(mnemonic)) return { ...state, compared: null };
  const reads: Reads = text => armRead(state, text, place.word);
  if (STORE.test(mnemonic) || mnemonic === 'stp')
    return afterStore(state, instruction, operands, reads, place);
  if (LOAD.test(mnemonic) || mnemonic === 'ldp') return afterLoad(state, instruction, operands, reads, place);
  if (place.word === 4 && (mnemonic === 'push' || mnemonic === 'pop'))
    return afterList(state, mnemonic, listOf(instruction), place);
  if (!RESULT.test(mnemonic)) return lost(state, place);
  const written = armWrite(state, operands[0] ?? '', armResult(mnemonic, operands, reads, place), place);
  return /s$/.test(mnemonic) ? { ...written, compared: null } : written;
}

/** Operands, with what is in brackets or braces as one. */
export function armOperands({ operands }: Decoded): string[] {
  return operands.split(/, (?![^[]*\]|[^{]*\})/);
}

/** The registers in braces. */
export function listOf({ operands }: Decoded): string[] {
  return operands.replace(/[{}]/g, '').split(', ');
}

function comparison([left = '', right = '', more]: readonly string[], place: Place): Comparison | null {
  const { register, bits } = armRegister(left, place.word);
  if (!NUMBER.test(right) || register === null || more !== undefined) return null;
  return { register, bits, number: numberText(right) & low(bits), at: place.offset };
}

const numberText = (text: string) => numberOf(text.replace('#', ''));

/** In an address, ARM's program counter is two instructions ahead. */
function around(reads: Reads, place: Place): Reads {
  return text => (text === 'pc' && place.word === 4 ? constant(place.address + 8n) : reads(text));
}

/** Bytes of a register in memory. */
const widthOf = (register: string, word: number) => armRegister(register, word).bits / 8;

function afterStore(
  state: State,
  { mnemonic }: Decoded,
  operands: readonly string[],
  reads: Reads,
  place: Place,
): State {
  const pair = mnemonic === 'stp';
  const [, narrow = ''] = STORE.exec(mnemonic) ?? [];
  const sources = operands.slice(0, pair ? 2 : 1);
  const { at, base, after } = armAddress(operands.slice(sources.length), around(reads, place));
  let next = state;
  for (const [i, source] of sources.entries()) {
    const size = SIZES[narrow] ?? widthOf(source, place.word);
    const to = combine('add', at, constant(BigInt(i * size)));
    next = stored(next, to, size, resting(reads(source), place.offset), place);
  }
  return base === null ? next : armWrite(next, base, after, place);
}

function afterLoad(
  state: State,
  { mnemonic }: Decoded,
  operands: readonly string[],
  reads: Reads,
  place: Place,
): State {
  const pair = mnemonic === 'ldp';
  const [, sign = '', narrow = ''] = LOAD.exec(mnemonic) ?? [];
  const targets = operands.slice(0, pair ? 2 : 1);
  const { at, base, after } = armAddress(operands.slice(targets.length), around(reads, place));
  let next = base === null ? state : armWrite(state, base, after, place);
  for (const [i, target] of targets.entries()) {
    const whole = widthOf(target, place.word);
    const size = SIZES[narrow] ?? whole;
    const held = loaded(state, combine('add', at, constant(BigInt(i * size))), size, place);
    const value = size === whole ? held : sign === 's' ? signed(held, size * 8) : zeroAbove(held, size * 8);
    next = armWrite(next, target, value, place);
  }
  return next;
}

/** `push {r4, lr}`: the lowest register lies lowest. */
function afterList(state: State, mnemonic: string, registers: readonly string[], place: Place): State {
  const sp = heldIn(state, 'sp');
  const all = BigInt(4 * registers.length);
  const bottom = mnemonic === 'push' ? combine('sub', sp, constant(all)) : sp;
  let next = armWrite(state, 'sp', mnemonic === 'push' ? bottom : combine('add', sp, constant(all)), place);
  for (const [i, name] of registers.entries()) {
    const at = combine('add', bottom, constant(BigInt(4 * i)));
    if (mnemonic === 'push')
      next = stored(next, at, 4, resting(armRead(state, name, 4), place.offset), place);
    else if (name !== 'pc') next = armWrite(next, name, loaded(state, at, 4, place), place);
  }
  return next;
}

function armResult(mnemonic: string, operands: readonly string[], read: Reads, place: Place): Value {
  const [to = '', a = '', b = '', shift = ''] = operands;
  const { bits } = armRegister(to, place.word);
  const plain = mnemonic.length > 3 ? mnemonic.replace(/s$/, '') : mnemonic;
  const [, by = null] = /^lsl #(\d+)$/.exec(plain.startsWith('mov') ? b : shift) ?? [];
  const moved = (value: Value) => (by === null ? value : shifted(value, Number(by), 64, false));
  switch (plain) {
    case 'mov':
    case 'movz':
    case 'movw':
      return b === '' || by !== null ? moved(read(a)) : UNKNOWN;
    case 'mvn':
      return b === '' ? combine('xor', read(a), constant(ALL)) : UNKNOWN;
    case 'movk':
      return withPart(read(to), read(a), low(16), BigInt(by ?? 0));
    case 'movt':
      return withPart(read(to), read(a), low(16), 16n);
    case 'add':
    case 'sub':
      return shift === '' || by !== null ? combine(plain, read(a), moved(read(b))) : UNKNOWN;
    case 'orr':
    case 'and':
    case 'eor': {
      const operation = { orr: 'or', and: 'and', eor: 'xor' } as const;
      return shift === '' ? combine(operation[plain], read(a), read(b)) : UNKNOWN;
    }
    case 'lsl':
    case 'lsr': {
      const places = numberIn(read(b), 8);
      return places === null || places >= bits
        ? UNKNOWN
        : shifted(read(a), Number(places), bits, plain === 'lsr');
    }
    case 'adr':
    case 'adrp':
      return place.word === 8 ? read(a) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** What an operand holds. Half a register of AArch64 has the rest as zero when it is read. */
export function armRead(state: State, text: string, word: number): Value {
  if (NUMBER.test(text)) return constant(numberText(text));
  if (text === 'xzr' || text === 'wzr') return constant(0n);
  const { register, bits } = armRegister(text, word);
  // The program counter is not where the instruction is; ARM alone lets it be read.
  if (register === null || register === 'pc') return UNKNOWN;
  const value = heldIn(state, register);
  if (bits === word * 8) return value;
  return zeroAbove(
    partOf(value, low(32), 0n, symbol => symbol !== STACK && !symbol.startsWith('arg')),
    32,
  );
}

/** The state with another value in a register. Half a register is written with the rest as zero. */
export function armWrite(state: State, to: string, value: Value, place: Place): State {
  const { register, bits } = armRegister(to, place.word);
  if (register === null) return to === 'xzr' || to === 'wzr' ? state : lost(state, place);
  const whole = bits === 64 ? value : zeroAbove(value, bits);
  return withRegisters(state, [[register, resting(whole, place.offset)]]);
}
