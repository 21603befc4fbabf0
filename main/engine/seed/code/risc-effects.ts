import type { Decoded } from './capstone.ts';
import { forget, heldIn, NOTHING, type State, withRegisters } from './state.ts';
import { ALL, combine, constant, low, numberIn, shifted, UNKNOWN, type Value } from './value.ts';
import { numberOf, operandsOf } from './x86-effects.ts';

const NUMBER = /^#?-?(0x[0-9a-f]+|\d+)$/;
const numberText = (text: string) => numberOf(text.replace('#', ''));

/** Instructions of RISC-V that change no register: they store, compare and jump, or order memory. */
const RISCV_NO_RESULT =
  /^(c\.)?(s[bhwd](sp)?|fs[wd](sp)?|b\w+|j|jr|ret|nop|ecall|ebreak|fence(\.i|\.tso)?|unimp)$/;

/** What is known after an instruction of RISC-V that neither jumps nor calls: all that changes a register names it first. */
export function afterRiscv(state: State, instruction: Decoded, bits: 32 | 64): State {
  const { mnemonic } = instruction;
  const operands = operandsOf(instruction);
  const [to = ''] = operands;
  if (RISCV_NO_RESULT.test(mnemonic))
    return /^(c\.)?f?s[bhwd]/.test(mnemonic) ? { ...state, stack: [] } : state;
  const next = /^(amo|sc\.)/.test(mnemonic) ? { ...state, stack: [] } : state;
  if (to === 'zero') return next;
  const value = widened(riscvResult(state, instruction, bits), bits);
  const written = withRegisters(next, [[to, value]]);
  return to === 'sp' ? { ...written, stack: [] } : written;
}

function riscvResult(state: State, instruction: Decoded, bits: number): Value {
  const plain = instruction.mnemonic.replace(/^c\./, '');
  const compressed = plain !== instruction.mnemonic;
  const all = operandsOf(instruction);
  // The short form names its first source only as its result.
  const [, a = '', b = ''] =
    compressed && all.length === 2 && !/^(li|lui|mv|lw|ld|lwsp|ldsp)$/.test(plain)
      ? [all[0], all[0] ?? '', all[1]]
      : all;
  const read = (text: string) =>
    NUMBER.test(text) ? constant(numberText(text)) : riscvRegister(state, text);
  switch (plain) {
    case 'li':
    case 'mv':
      return read(a);
    case 'lui':
      return constant(BigInt.asIntN(32, numberText(a) << 12n));
    case 'add':
    case 'addi':
      return combine('add', read(a), read(b));
    case 'sub':
      return combine('sub', read(a), read(b));
    case 'and':
    case 'andi':
      return combine('and', read(a), read(b));
    case 'or':
    case 'ori':
      return combine('or', read(a), read(b));
    case 'xor':
    case 'xori':
      return combine('xor', read(a), read(b));
    case 'slli':
    case 'srli':
      return NUMBER.test(b) ? shifted(read(a), Number(numberText(b)), bits, plain === 'srli') : UNKNOWN;
    case 'lw':
    case 'ld':
      return (plain === 'ld') === (bits === 64) ? riscvStack(state, a, bits / 8) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function riscvRegister(state: State, name: string): Value {
  return name === 'zero' ? constant(0n) : heldIn(state, name);
}

function riscvStack(state: State, operand: string, word: number): Value {
  const [, at = ''] = /^(\w*)\(sp\)$/.exec(operand) ?? [];
  return at === '' || Number(at) % word !== 0 ? UNKNOWN : (state.stack[Number(at) / word] ?? UNKNOWN);
}

/** In a machine of 32 bits the upper half is of no meaning; taken as zero, so that equal numbers are equal. */
function widened(value: Value, bits: 32 | 64): Value {
  if (bits === 64) return value;
  return { ...value, known: value.known | (ALL & ~low(32)), bits: value.bits & low(32) };
}

/** Instructions of AArch64 and ARM that change no register. */
const ARM_NO_RESULT = /^(cmp|cmn|tst|nop|isb|dsb|dmb|hint|svc)$/;
const ARM_RESULT =
  /^(mov[zntwk]?|mvn|add|sub|orr|and|eor|neg|lsl|lsr|asr|ror|adr|adrp|mul|udiv|sdiv|madd|msub|csel|cset|csinc|sxt[bhw]|uxt[bhw]|ubfx|sbfx|bfi|bic|rsb)$/;

/** What is known after an instruction of AArch64 or ARM that neither jumps nor calls. What is not modelled leaves nothing known. */
export function afterArm(state: State, instruction: Decoded, word: 4 | 8): State {
  const { mnemonic } = instruction;
  const operands = instruction.operands.split(/, (?![^[]*\])/);
  const [to = ''] = operands;
  if (mnemonic === 'cmp') return { ...state, compared: armComparison(operands, word) };
  if (ARM_NO_RESULT.test(mnemonic)) return { ...state, compared: null };
  if (/^stu?r[bh]?$|^stp$/.test(mnemonic)) return armStored(state, operands, word);
  if (/^ldu?rs?[bhw]?$/.test(mnemonic)) {
    if (/\]!|\],/.test(instruction.operands)) return NOTHING;
    return armWrite(state, to, armLoad(state, mnemonic, to, operands[1] ?? '', word), word);
  }
  if (!ARM_RESULT.test(mnemonic)) return NOTHING;
  return armWrite(state, to, armResult(state, mnemonic, operands, word), word);
}

function armComparison([left = '', right = '']: readonly string[], word: 4 | 8): State['compared'] {
  const number = NUMBER.test(right) ? numberText(right) : null;
  const { register, bits } = armRegister(left, word);
  if (number === null || register === null) return null;
  return { register, bits, number: number & low(bits) };
}

/** A store may hit the stack; with an address that it changes, nothing is known of that register either. */
function armStored(state: State, operands: readonly string[], word: 4 | 8): State {
  const text = operands.join(', ');
  const [, base = ''] = /\[(\w+)/.exec(text) ?? [];
  const { register } = armRegister(base, word);
  const next = /\]!|\],/.test(text) && register ? forget(state, register) : state;
  return { ...next, stack: [] };
}

function armLoad(state: State, mnemonic: string, to: string, from: string, word: 4 | 8): Value {
  const [, at = '0'] = /^\[sp(?:, #(\w+))?\]$/.exec(from) ?? [null, null];
  if (at === null || mnemonic !== 'ldr' || armRegister(to, word).bits !== word * 8) return UNKNOWN;
  return Number(at) % word === 0 ? (state.stack[Number(at) / word] ?? UNKNOWN) : UNKNOWN;
}

function armResult(state: State, mnemonic: string, operands: readonly string[], word: 4 | 8): Value {
  const [to = '', a = '', b = '', shift = ''] = operands;
  const { bits } = armRegister(to, word);
  const read = (text: string) => armRead(state, text, word);
  const [, by = null] =
    /^lsl #(\d+)$/.exec(mnemonic === 'movk' || mnemonic.startsWith('mov') ? b : shift) ?? [];
  const moved = (value: Value) => (by === null ? value : shifted(value, Number(by), 64, false));
  switch (mnemonic) {
    case 'mov':
    case 'movz':
    case 'movw':
      return b === '' || by !== null ? moved(read(a)) : UNKNOWN;
    case 'mvn':
      return b === '' ? combine('xor', read(a), constant(ALL)) : UNKNOWN;
    case 'movk': {
      const place = low(16) << BigInt(by ?? 0);
      const part = moved(read(a));
      const old = read(to);
      return { known: old.known | place, bits: (old.bits & ~place) | (part.bits & place), what: null };
    }
    case 'add':
    case 'sub':
      return shift === '' || by !== null ? combine(mnemonic, read(a), moved(read(b))) : UNKNOWN;
    case 'orr':
    case 'and':
    case 'eor': {
      const operation = { orr: 'or', and: 'and', eor: 'xor' } as const;
      return shift === '' ? combine(operation[mnemonic], read(a), read(b)) : UNKNOWN;
    }
    case 'lsl':
    case 'lsr': {
      const places = numberIn(read(b), 8);
      return places === null || places >= bits
        ? UNKNOWN
        : shifted(read(a), Number(places), bits, mnemonic === 'lsr');
    }
    case 'adr':
      return read(a);
    default:
      return UNKNOWN;
  }
}

function armRead(state: State, text: string, word: 4 | 8): Value {
  if (NUMBER.test(text)) return constant(numberText(text));
  if (text === 'xzr' || text === 'wzr') return constant(0n);
  const { register, bits } = armRegister(text, word);
  if (register === null) return UNKNOWN;
  const value = heldIn(state, register);
  if (bits === word * 8) return value;
  return { known: (value.known & low(32)) | (ALL & ~low(32)), bits: value.bits & low(32), what: null };
}

function armWrite(state: State, to: string, value: Value, word: 4 | 8): State {
  const { register, bits } = armRegister(to, word);
  if (register === null) return to === 'xzr' || to === 'wzr' ? state : NOTHING;
  const full = {
    known: (value.known & low(bits)) | (ALL & ~low(bits)),
    bits: value.bits & low(bits),
    what: value.what,
  };
  const next = withRegisters(state, [[register, bits === 64 ? value : full]]);
  return register === 'sp' ? { ...next, stack: [] } : next;
}

/** `w8` and `x8` are one register. */
export function armRegister(
  name: string,
  word: 4 | 8,
): { readonly register: string | null; readonly bits: number } {
  if (word === 4) return { register: /^(r\d+|s[bpl]|ip|fp|lr)$/.test(name) ? name : null, bits: 32 };
  const [, kind = '', number = ''] = /^([xw])(\d+)$/.exec(name) ?? [];
  if (number !== '') return { register: `x${number}`, bits: kind === 'x' ? 64 : 32 };
  return { register: /^(sp|fp|lr)$/.test(name) ? name : null, bits: 64 };
}
