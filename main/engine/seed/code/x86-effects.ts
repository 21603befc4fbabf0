import type { Decoded } from './capstone.ts';
import { forget, heldIn, NOTHING, type State, withRegisters } from './state.ts';
import {
  ALL,
  combine,
  constant,
  low,
  numberIn,
  shifted,
  signed,
  UNKNOWN,
  type Value,
  withPart,
} from './value.ts';

/** Part of a register: the one it is in, how many bits, from which one on. */
interface Part {
  readonly register: string;
  readonly bits: number;
  readonly shift: bigint;
}

const PARTS = new Map<string, Part>();
for (const name of ['ax', 'bx', 'cx', 'dx', 'si', 'di', 'bp', 'sp']) {
  PARTS.set(`r${name}`, { register: name, bits: 64, shift: 0n });
  PARTS.set(`e${name}`, { register: name, bits: 32, shift: 0n });
  PARTS.set(name, { register: name, bits: 16, shift: 0n });
  const byte = name.endsWith('x') ? name.slice(0, 1) : name;
  PARTS.set(`${byte}l`, { register: name, bits: 8, shift: 0n });
  if (name.endsWith('x')) PARTS.set(`${byte}h`, { register: name, bits: 8, shift: 8n });
}
for (let i = 8; i < 16; i += 1) {
  for (const [end, bits] of [
    ['', 64],
    ['d', 32],
    ['w', 16],
    ['b', 8],
  ] as const)
    PARTS.set(`r${i}${end}`, { register: `r${i}`, bits, shift: 0n });
}

/** The full register that a name is part of, for example `ax` for `al` and `rax`; null for what is no general register. */
export function x86Register(name: string): Part | null {
  return PARTS.get(name) ?? null;
}

/** The operands of an instruction. */
export function operandsOf({ operands }: Decoded): string[] {
  return operands === '' ? [] : operands.split(', ');
}

const KEEPS_FLAGS = new Set(
  'mov movzx movsx movsxd movabs lea push pop xchg cdq cqo cwd cwde cdqe cbw nop cld std cli sti not'.split(
    ' ',
  ),
);
/** What instructions with their operands unsaid change. */
const IMPLICIT: Readonly<Record<string, readonly string[]>> = {
  lodsb: ['ax', 'si'],
  lodsw: ['ax', 'si'],
  lodsd: ['ax', 'si'],
  lodsq: ['ax', 'si'],
  stosb: ['di'],
  stosw: ['di'],
  stosd: ['di'],
  stosq: ['di'],
  movsb: ['si', 'di'],
  movsw: ['si', 'di'],
  movsd: ['si', 'di'],
  movsq: ['si', 'di'],
  scasb: ['di'],
  cmpsb: ['si', 'di'],
  mul: ['ax', 'dx'],
  div: ['ax', 'dx'],
  idiv: ['ax', 'dx'],
  in: ['ax'],
  out: [],
};
const SILENT = new Set('nop cld std cli sti clc stc cmc pause endbr64 endbr32 hlt'.split(' '));
const WIDENED: Readonly<Record<string, readonly [from: string, to: string, bits: number]>> = {
  cwde: ['ax', 'ax', 16],
  cdqe: ['ax', 'ax', 32],
  cbw: ['ax', 'ax', 8],
  cdq: ['ax', 'dx', 32],
  cqo: ['ax', 'dx', 64],
};

/** What is known after an instruction of x86 that neither jumps nor calls. What is not modelled leaves nothing known. */
export class X86Effects {
  readonly #word: 2 | 4 | 8;

  constructor(word: 2 | 4 | 8) {
    this.#word = word;
  }

  after(state: State, instruction: Decoded): State {
    const next = this.#moved(state, instruction);
    const plain = instruction.mnemonic;
    if (plain === 'cmp' || plain === 'test' || plain === 'or' || plain === 'and')
      return { ...next, compared: this.#compared(state, instruction) };
    return KEEPS_FLAGS.has(plain) || next.compared === null ? next : { ...next, compared: null };
  }

  #compared(state: State, instruction: Decoded): State['compared'] {
    const [left = '', right = ''] = operandsOf(instruction);
    const part = x86Register(left);
    if (part?.shift !== 0n) return null;
    const zero = { register: part.register, bits: part.bits, number: 0n };
    if (instruction.mnemonic === 'cmp') {
      const number = numberIn(this.read(state, right), part.bits);
      return number === null ? null : { ...zero, number };
    }
    return left === right ? zero : null;
  }

  #moved(state: State, instruction: Decoded): State {
    const { mnemonic } = instruction;
    const [to = '', from = '', third] = operandsOf(instruction);
    const plain = mnemonic.replace(/^(rep|repe|repne|repz|repnz) /, '');
    const value = this.#result(state, plain, to, from, third);
    if (value !== null) return this.#write(state, to, value);
    if (SILENT.has(plain) || plain === 'cmp' || plain === 'test') return state;
    if (plain === 'push') return { ...state, stack: [this.read(state, to), ...state.stack] };
    if (plain === 'pop') return this.#pop(state, to);
    if (plain === 'xchg') {
      const [a, b] = [this.read(state, to), this.read(state, from)];
      return this.#write(this.#write(state, to, b), from, a);
    }
    const widened = WIDENED[plain];
    if (widened) return this.#widen(state, plain, widened);
    const changed = IMPLICIT[plain];
    if (!changed) return NOTHING;
    const repeated = mnemonic === plain ? changed : [...changed, 'cx'];
    const next = forget(state, ...repeated);
    return /^(stos|movs)/.test(plain) ? { ...next, stack: [] } : next;
  }

  #widen(state: State, plain: string, [from, to, bits]: readonly [string, string, number]): State {
    const full = signed(heldIn(state, from), bits);
    if (plain !== 'cdq' && plain !== 'cqo')
      return this.#write(state, { cbw: 'ax', cwde: 'eax', cdqe: 'rax' }[plain] ?? to, full);
    const sign = numberIn(full, bits);
    const half = sign === null ? UNKNOWN : constant(sign >> BigInt(bits - 1) ? ALL : 0n);
    return this.#write(state, plain === 'cdq' ? 'edx' : 'rdx', half);
  }

  /** What an instruction puts into its first operand; null when it is none of those. */
  #result(state: State, plain: string, to: string, from: string, third?: string): Value | null {
    const bits = x86Register(to)?.bits ?? 64;
    const [a, b] = [this.read(state, to), this.read(state, from)];
    switch (plain) {
      case 'mov':
      case 'movabs':
        return b;
      case 'movzx': {
        const narrow = x86Register(from)?.bits;
        return narrow
          ? { known: b.known | (~low(narrow) & ALL), bits: b.bits & low(narrow), what: null }
          : UNKNOWN;
      }
      case 'movsx':
      case 'movsxd':
        return signed(b, x86Register(from)?.bits ?? 1);
      case 'lea':
        return this.#address(state, from);
      case 'xor':
      case 'sub':
        return to === from ? constant(0n) : combine(plain, a, b);
      case 'add':
      case 'and':
        return combine(plain, a, b);
      case 'or':
        return to === from ? a : combine(plain, a, b);
      case 'inc':
        return combine('add', a, constant(1n));
      case 'dec':
        return combine('sub', a, constant(1n));
      case 'neg':
        return combine('sub', constant(0n), a);
      case 'not':
        return combine('xor', a, constant(ALL));
      case 'shl':
      case 'sal':
      case 'shr': {
        const by = numberIn(from === '' ? constant(1n) : b, 8);
        return by === null || by >= bits ? UNKNOWN : shifted(a, Number(by), bits, plain === 'shr');
      }
      case 'imul':
        if (from === '' && third === undefined) return null;
        return UNKNOWN;
      default:
        return /^(set|cmov)|^(sar|rol|ror|rcl|rcr|adc|sbb|bswap)$/.test(plain) ? UNKNOWN : null;
    }
  }

  /** What an operand holds: a number, a register, or a word on the stack. */
  read(state: State, operand: string): Value {
    const part = x86Register(operand);
    if (part) {
      const value = heldIn(state, part.register);
      if (part.bits === 64 || (part.bits === this.#word * 8 && value.what !== null)) return value;
      const mask = low(part.bits);
      const keeps =
        part.bits >= 32 && value.what !== null && !value.what.startsWith('arg') ? value.what : null;
      return {
        known: (value.known >> part.shift) & mask,
        bits: (value.bits >> part.shift) & mask,
        what: keeps,
      };
    }
    if (/^-?(0x[0-9a-f]+|\d+)$/.test(operand)) return constant(numberOf(operand));
    const onStack = /^(?:[dq]?word ptr )?\[[re]?sp(?: \+ (\w+))?\]$/.exec(operand);
    if (!onStack) return UNKNOWN;
    const at = Number(onStack[1] ?? 0);
    return (at % this.#word === 0 ? state.stack[at / this.#word] : undefined) ?? UNKNOWN;
  }

  #address(state: State, operand: string): Value {
    const inner = operand.replace(/^.*\[/, '').replace(/\]$/, '');
    const terms = inner.split(/ (?=[+-] )/);
    let sum: Value = constant(0n);
    for (const term of terms) {
      const [, sign = '', text = ''] = /^([+-] )?(.+)$/.exec(term) ?? [];
      if (text.includes('*') || text.includes(':')) return UNKNOWN;
      sum = combine(sign === '- ' ? 'sub' : 'add', sum, this.read(state, text));
    }
    return sum;
  }

  #pop(state: State, to: string): State {
    const [top = UNKNOWN, ...stack] = state.stack;
    return this.#write({ ...state, stack }, to, top);
  }

  #write(state: State, operand: string, value: Value): State {
    const part = x86Register(operand);
    // Whatever is written to memory may be the stack; to a segment register it changes nothing that is followed here.
    if (!part) return operand.includes('[') ? { ...state, stack: [] } : state;
    const wide = this.#word * 8;
    const old = heldIn(state, part.register);
    const zeroes = part.bits === 32 && wide === 64;
    const full = part.bits >= wide || zeroes;
    const result = full
      ? {
          known: (value.known & low(part.bits)) | (~low(part.bits) & ALL),
          bits: value.bits & low(part.bits),
          what: value.what,
        }
      : withPart(old, value, low(part.bits), part.shift);
    const next = withRegisters(state, [[part.register, result]]);
    return part.register === 'sp' ? { ...next, stack: [] } : next;
  }
}

/** A number as Capstone writes it: `0x3c`, `-4`, `9`. */
export function numberOf(text: string): bigint {
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}
