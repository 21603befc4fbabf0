import type { Decoded } from './capstone.ts';
import { numberOf, operandsOf } from './operands.ts';
import {
  type Comparison,
  forget,
  heldIn,
  loaded,
  lost,
  type Place,
  type State,
  stored,
  withRegisters,
} from './state.ts';
import { STACK, type Term } from './term.ts';
import {
  ALL,
  anyOf,
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
import { memoryOf, sizeOf } from './x86-memory.ts';
import { x86Register } from './x86-registers.ts';

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
  imul: ['ax', 'dx'],
  in: ['ax'],
  out: [],
};
const WRITTEN_BY_STRING: Readonly<Record<string, number>> = { b: 1, w: 2, d: 4, q: 8 };
const SILENT = new Set('nop cld std cli sti clc stc cmc pause endbr64 endbr32 hlt'.split(' '));
const WIDENED: Readonly<Record<string, readonly [from: string, to: string, bits: number]>> = {
  cwde: ['ax', 'ax', 16],
  cdqe: ['ax', 'ax', 32],
  cbw: ['ax', 'ax', 8],
  cdq: ['ax', 'dx', 32],
  cqo: ['ax', 'dx', 64],
};
const exactly = (bits: bigint, when: string | null): Term => ({ known: ALL, bits, symbol: null, when });

/** Results of the kernel that are no addresses: below zero exactly when the call failed. */
const COUNTED = /^result of (open|openat|creat|read|write|close|dup|dup2|lseek|access|unlink|fork) at /;

/** What is known after an instruction of x86 that neither jumps nor calls. What is not modelled leaves nothing known. */
export class X86Effects {
  readonly #word: 2 | 4 | 8;

  constructor(word: 2 | 4 | 8) {
    this.#word = word;
  }

  after(state: State, instruction: Decoded, place: Place): State {
    const next = this.#moved(state, instruction, place);
    const plain = instruction.mnemonic;
    if (plain === 'cmp' || plain === 'test' || plain === 'or' || plain === 'and')
      return { ...next, compared: this.#compared(state, instruction, place) };
    return KEEPS_FLAGS.has(plain) || next.compared === null ? next : { ...next, compared: null };
  }

  #compared(state: State, instruction: Decoded, place: Place): Comparison | null {
    const [left = '', right = ''] = operandsOf(instruction);
    const part = x86Register(left);
    if (part?.shift !== 0n) return null;
    const zero = { register: part.register, bits: part.bits, number: 0n, at: place.offset };
    if (instruction.mnemonic === 'cmp') {
      const number = numberIn(this.read(state, right, place), part.bits);
      return number === null ? null : { ...zero, number };
    }
    return left === right ? zero : null;
  }

  #moved(state: State, instruction: Decoded, place: Place): State {
    const { mnemonic } = instruction;
    const [to = '', from = '', third] = operandsOf(instruction);
    const plain = mnemonic.replace(/^(rep|repe|repne|repz|repnz) /, '');
    const value = this.#result(state, plain, to, from, third, place);
    if (value !== null) return this.#write(state, to, value, place);
    if (SILENT.has(plain) || plain === 'cmp' || plain === 'test') return state;
    if (plain === 'push') return this.push(state, this.#pushed(state, to, place), place);
    if (plain === 'pop') return this.#pop(state, to, place);
    if (plain === 'xchg') {
      const [a, b] = [this.read(state, to, place), this.read(state, from, place)];
      // The address of the one in memory is that of before.
      if (from.includes('[')) return this.#write(this.#write(state, from, a, place), to, b, place);
      return this.#write(this.#write(state, to, b, place), from, a, place);
    }
    const widened = WIDENED[plain];
    if (widened) return this.#widen(state, plain, widened, place);
    const changed = IMPLICIT[plain];
    return changed ? this.#implied(state, plain, changed, mnemonic !== plain, place) : lost(state, place);
  }

  /** Instructions that say none of their operands; one that is repeated writes nobody knows how far. */
  #implied(state: State, plain: string, changed: readonly string[], repeated: boolean, place: Place): State {
    const next = forget(state, ...changed, ...(repeated ? ['cx'] : []));
    if (!/^(stos|movs)/.test(plain)) return next;
    const size = WRITTEN_BY_STRING[plain.slice(-1)] ?? 1;
    // Repeated, it goes up or down from there.
    const to = repeated ? combine('add', heldIn(state, 'di'), UNKNOWN) : heldIn(state, 'di');
    return stored(next, to, size, UNKNOWN, place);
  }

  #widen(
    state: State,
    plain: string,
    [from, to, bits]: readonly [string, string, number],
    place: Place,
  ): State {
    const held = heldIn(state, from);
    if (plain !== 'cdq' && plain !== 'cqo')
      return this.#write(
        state,
        { cbw: 'ax', cwde: 'eax', cdqe: 'rax' }[plain] ?? to,
        signed(held, bits),
        place,
      );
    return this.#write(state, plain === 'cdq' ? 'edx' : 'rdx', this.#signOf(held, bits), place);
  }

  /** All bits as the sign of a value. */
  #signOf(value: Value, bits: number): Value {
    const signs = value.terms.map(({ symbol, known, bits: set, when }) => {
      const top = 1n << BigInt(bits - 1);
      if (symbol === null && known & top) return [exactly(set & top ? ALL : 0n, when)];
      const failing =
        symbol !== null && COUNTED.test(symbol) ? `${symbol.slice('result of '.length)} fails` : null;
      return [exactly(0n, when), exactly(ALL, failing ?? when)];
    });
    return anyOf(signs.flat(), value.from);
  }
  /** What an instruction puts into its first operand; null when it is none of those. */
  #result(
    state: State,
    plain: string,
    to: string,
    from: string,
    third: string | undefined,
    place: Place,
  ): Value | null {
    const bits = sizeOf(to, this.#word) * 8;
    const [a, b] = [this.read(state, to, place), this.read(state, from, place)];
    switch (plain) {
      case 'mov':
      case 'movabs':
        return b;
      case 'movzx':
        return zeroAbove(b, sizeOf(from, this.#word) * 8);
      case 'movsx':
      case 'movsxd':
        return signed(b, sizeOf(from, this.#word) * 8);
      case 'lea':
        return memoryOf(from, text => this.read(state, text, place), place) ?? UNKNOWN;
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
        return from === '' && third === undefined ? null : UNKNOWN;
      default:
        return /^(set|cmov)|^(sar|rol|ror|rcl|rcr|adc|sbb|bswap)$/.test(plain) ? UNKNOWN : null;
    }
  }

  /** What an operand holds: a number, a register, or a word of memory. */
  read(state: State, operand: string, place: Place): Value {
    const part = x86Register(operand);
    if (part) {
      const value = heldIn(state, part.register);
      const whole = part.bits === 64 || part.bits === this.#word * 8;
      if (part.bits === 64) return value;
      return partOf(
        value,
        low(part.bits),
        part.shift,
        symbol => whole || (part.bits === 32 && symbol !== STACK && !symbol.startsWith('arg')),
      );
    }
    if (/^-?(0x[0-9a-f]+|\d+)$/.test(operand)) return constant(numberOf(operand));
    const address = this.#addressOf(state, operand, place);
    return address === null ? UNKNOWN : loaded(state, address, sizeOf(operand, this.#word), place);
  }

  /** The state with a word more on the stack. */
  push(state: State, value: Value, place: Place): State {
    const sp = combine('sub', heldIn(state, 'sp'), constant(BigInt(this.#word)));
    const next = withRegisters(state, [['sp', sp]]);
    return stored(next, sp, this.#word, resting(value, place.offset), place);
  }

  /** The word on top of the stack, and the state without it and `more` bytes. */
  popped(state: State, place: Place, more = 0): { readonly value: Value; readonly state: State } {
    const sp = heldIn(state, 'sp');
    const value = loaded(state, sp, this.#word, place);
    const next = combine('add', sp, constant(BigInt(this.#word + more)));
    return { value, state: withRegisters(state, [['sp', next]]) };
  }

  /** A number is pushed as wide as a word, with its sign; anything of another width than a word is not followed. */
  #pushed(state: State, operand: string, place: Place): Value {
    const number = /^-?(0x[0-9a-f]+|\d+)$/.test(operand);
    return number || sizeOf(operand, this.#word) === this.#word ? this.read(state, operand, place) : UNKNOWN;
  }

  #pop(state: State, to: string, place: Place): State {
    if (sizeOf(to, this.#word) !== this.#word) return lost(state, place);
    const popped = this.popped(state, place);
    return this.#write(popped.state, to, popped.value, place);
  }

  #addressOf(state: State, operand: string, place: Place): Value | null {
    return memoryOf(operand, text => this.read(state, text, place), place);
  }

  #write(state: State, operand: string, value: Value, place: Place): State {
    const part = x86Register(operand);
    if (!part) {
      // What goes to a segment register changes nothing that is followed here.
      if (!operand.includes('[')) return state;
      const address = this.#addressOf(state, operand, place) ?? UNKNOWN;
      return stored(state, address, sizeOf(operand, this.#word), resting(value, place.offset), place);
    }
    const wide = this.#word * 8;
    const old = heldIn(state, part.register);
    const zeroes = part.bits === 32 && wide === 64;
    const full = part.bits >= wide || zeroes;
    const result = full
      ? part.bits === 64
        ? value
        : zeroAbove(value, part.bits)
      : withPart(old, value, low(part.bits), part.shift);
    return withRegisters(state, [[part.register, resting(result, place.offset)]]);
  }
}
