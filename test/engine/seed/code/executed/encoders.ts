import { END, type Item } from './program.ts';
import type { Emulated } from './qemu.ts';

/** Machine code for the items of a program. Distances are in bytes, from the first byte of what is encoded. */
export interface Encoder {
  plain(item: Exclude<Item, { readonly kind: 'call' | 'skip' | 'loop' }>): readonly number[];
  /** Passes over `length` bytes behind it when a register is zero. */
  skip(register: number, length: number): readonly number[];
  call(distance: number): readonly number[];
  /** Sets how often a loop runs; `again` goes back over `length` bytes until it did. */
  count(value: number): readonly number[];
  again(length: number): readonly number[];
  readonly enter: readonly number[];
  readonly leave: readonly number[];
}

const dword = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255];

/** Encodings of Intel's manual, volume 2. */
function x86(wide: boolean): Encoder {
  const pool = wide ? [0, 7, 6, 2, 3, 1] : [0, 3, 1, 2, 6, 7];
  const reg = (i: number) => pool[i] ?? 0;
  const rex = wide ? [0x48] : [];
  // write, read, getpid, umask, getppid, and exit: no arguments can do harm.
  const numbers: Readonly<Record<number, number>> = wide
    ? { 0: 1, 1: 0, 2: 39, 3: 95, 4: 110, [END]: 60 }
    : { 0: 4, 1: 3, 2: 20, 3: 60, 4: 64, [END]: 1 };
  const gate = wide ? [0x0f, 0x05] : [0xcd, 0x80];
  const two = { copy: 0x89, add: 0x01, sub: 0x29, xor: 0x31, and: 0x21 } as const;
  return {
    plain(item) {
      const to = reg(item.kind === 'ask' ? 0 : item.to);
      switch (item.kind) {
        case 'set':
          // A byte leaves the rest of the register.
          if (item.value % 3 === 0 && to < 4) return [0xb0 + to, item.value];
          return item.value % 3 === 1 ? [0x6a, item.value, 0x58 + to] : [0xb8 + to, ...dword(item.value)];
        case 'addi':
          return [...rex, 0x83, 0xc0 + to, item.value];
        case 'push':
          return [0x50 + to];
        case 'pop':
          return [0x58 + to];
        case 'load':
          return [...rex, 0x8b, 0x44 + to * 8, 0x24, item.value * (wide ? 8 : 4)];
        case 'store':
          return [...rex, 0x89, 0x44 + to * 8, 0x24, item.value * (wide ? 8 : 4)];
        case 'ask':
          // The number in a byte, behind a register that is zero, or behind the result of what was asked before.
          if (item.value === 0) return [0xb0, numbers[0] ?? 0, ...gate];
          return item.value === 1
            ? [0x31, 0xc0, 0xb0, numbers[1] ?? 0, ...gate]
            : [0xb8, ...dword(numbers[item.value] ?? 0), ...gate];
        default:
          return [...rex, two[item.kind], 0xc0 + reg(item.from) * 8 + to];
      }
    },
    skip: (register, length) => [0x85, 0xc0 + reg(register) * 9, 0x0f, 0x84, ...dword(length)],
    call: distance => [0xe8, ...dword(distance - 5)],
    count: value => [0x6a, value, 0x5d],
    again: length => [0xff, 0xcd, 0x0f, 0x85, ...dword(-length - 8)],
    enter: [],
    leave: [0xc3],
  };
}

/** Encodings of Arm's manual for A-profile, A64. */
const AARCH64: Encoder = (() => {
  const pool = [8, 0, 1, 2, 3, 4];
  const reg = (i: number) => pool[i] ?? 0;
  const numbers: Readonly<Record<number, number>> = { 0: 64, 1: 63, 2: 172, 3: 166, 4: 173, [END]: 93 };
  const set = (to: number, value: number) => dword(0xd2800000 + (value << 5) + to);
  const three = { add: 0x8b000000, sub: 0xcb000000, xor: 0xca000000, and: 0x8a000000 } as const;
  return {
    plain(item) {
      const to = reg(item.kind === 'ask' ? 0 : item.to);
      switch (item.kind) {
        case 'set':
          return set(to, item.value);
        case 'addi':
          return dword(0x91000000 + (item.value << 10) + (to << 5) + to);
        case 'push':
          return dword(0xf81f0fe0 + to);
        case 'pop':
          return dword(0xf84107e0 + to);
        case 'load':
          return dword(0xf94003e0 + (item.value << 10) + to);
        case 'store':
          return dword(0xf90003e0 + (item.value << 10) + to);
        case 'ask':
          return [...set(8, numbers[item.value] ?? 0), ...dword(0xd4000001)];
        case 'copy':
          return dword(0xaa0003e0 + (reg(item.from) << 16) + to);
        default:
          return dword(three[item.kind] + (reg(item.from) << 16) + (to << 5) + to);
      }
    },
    skip: (register, length) => dword(0xb4000000 + ((length / 4 + 1) << 5) + reg(register)),
    call: distance => dword(0x94000000 + ((distance / 4) & 0x3ffffff)),
    count: value => set(19, value),
    again: length => [
      ...dword(0xd1000400 + (19 << 5) + 19),
      ...dword(0xb5000000 + (((-length / 4 - 1) & 0x7ffff) << 5) + 19),
    ],
    enter: dword(0xf81f0ffe),
    leave: [...dword(0xf84107fe), ...dword(0xd65f03c0)],
  };
})();

/** Encodings of Arm's manual for A-profile, A32. */
const ARM: Encoder = (() => {
  const pool = [7, 0, 1, 2, 3, 4];
  const reg = (i: number) => pool[i] ?? 0;
  const numbers: Readonly<Record<number, number>> = { 0: 4, 1: 3, 2: 20, 3: 60, 4: 64, [END]: 1 };
  const set = (to: number, value: number) => dword(0xe3a00000 + (to << 12) + value);
  const three = { add: 0xe0800000, sub: 0xe0400000, xor: 0xe0200000, and: 0xe0000000 } as const;
  return {
    plain(item) {
      const to = reg(item.kind === 'ask' ? 0 : item.to);
      switch (item.kind) {
        case 'set':
          return set(to, item.value);
        case 'addi':
          return dword(0xe2800000 + (to << 16) + (to << 12) + item.value);
        case 'push':
          return dword(0xe52d0004 + (to << 12));
        case 'pop':
          return dword(0xe49d0004 + (to << 12));
        case 'load':
          return dword(0xe59d0000 + (to << 12) + item.value * 4);
        case 'store':
          return dword(0xe58d0000 + (to << 12) + item.value * 4);
        case 'ask':
          return [...set(7, numbers[item.value] ?? 0), ...dword(0xef000000)];
        case 'copy':
          return dword(0xe1a00000 + (to << 12) + reg(item.from));
        default:
          return dword(three[item.kind] + (to << 16) + (to << 12) + reg(item.from));
      }
    },
    skip: (register, length) => [
      ...dword(0xe3500000 + (reg(register) << 16)),
      ...dword(0x0a000000 + ((length / 4 - 1) & 0xffffff)),
    ],
    call: distance => dword(0xeb000000 + ((distance / 4 - 2) & 0xffffff)),
    count: value => set(8, value),
    again: length => [...dword(0xe2588001), ...dword(0x1a000000 + ((-length / 4 - 3) & 0xffffff))],
    enter: dword(0xe52de004),
    leave: dword(0xe49df004),
  };
})();

/** Encodings of the RISC-V specification, volume 1. */
function riscv(wide: boolean): Encoder {
  const pool = [17, 10, 11, 12, 13, 14];
  const reg = (i: number) => pool[i] ?? 0;
  const numbers: Readonly<Record<number, number>> = { 0: 64, 1: 63, 2: 172, 3: 166, 4: 173, [END]: 93 };
  const word = wide ? 8 : 4;
  const immediate = (code: number, to: number, from: number, value: number) =>
    dword(((value & 0xfff) << 20) + (from << 15) + (to << 7) + code);
  const load = (to: number, at: number) => immediate(wide ? 0x3003 : 0x2003, to, 2, at);
  const store = (from: number, at: number) =>
    dword(((at >> 5) << 25) + (from << 20) + (2 << 15) + ((at & 31) << 7) + (wide ? 0x3023 : 0x2023));
  const branch = (code: number, register: number, distance: number) =>
    dword(
      (((distance >> 12) & 1) << 31) +
        (((distance >> 5) & 63) << 25) +
        (register << 15) +
        (((distance >> 1) & 15) << 8) +
        (((distance >> 11) & 1) << 7) +
        code,
    );
  const jump = (distance: number) =>
    dword(
      (((distance >> 20) & 1) << 31) +
        (((distance >> 1) & 0x3ff) << 21) +
        (((distance >> 11) & 1) << 20) +
        (((distance >> 12) & 0xff) << 12) +
        0xef,
    );
  const three = { add: 0x33, sub: 0x40000033, xor: 0x4033, and: 0x7033 } as const;
  const pushed = (from: number) => [...immediate(0x13, 2, 2, -word), ...store(from, 0)];
  const popped = (to: number) => [...load(to, 0), ...immediate(0x13, 2, 2, word)];
  return {
    plain(item) {
      const to = reg(item.kind === 'ask' ? 0 : item.to);
      switch (item.kind) {
        case 'set':
          return immediate(0x13, to, 0, item.value);
        case 'addi':
          return immediate(0x13, to, to, item.value);
        case 'push':
          return pushed(to);
        case 'pop':
          return popped(to);
        case 'load':
          return load(to, item.value * word);
        case 'store':
          return store(to, item.value * word);
        case 'ask':
          return [...immediate(0x13, 17, 0, numbers[item.value] ?? 0), ...dword(0x73)];
        case 'copy':
          return immediate(0x13, to, reg(item.from), 0);
        default:
          return dword(three[item.kind] + (reg(item.from) << 20) + (to << 15) + (to << 7));
      }
    },
    skip: (register, length) => branch(0x63, reg(register), length + 4),
    call: distance => jump(distance),
    count: value => immediate(0x13, 9, 0, value),
    again: length => [...immediate(0x13, 9, 9, -1), ...branch(0x1063, 9, -length - 4)],
    enter: pushed(1),
    leave: [...popped(1), ...dword(0x8067)],
  };
}

export const ENCODERS: Readonly<Record<Emulated, Encoder>> = {
  amd64: x86(true),
  x86: x86(false),
  aarch64: AARCH64,
  arm: ARM,
  riscv64: riscv(true),
  riscv32: riscv(false),
};
