import type { Processor } from '../structure/index.ts';
import type { Decoded } from './capstone.ts';

/** What reading instructions of a machine takes. */
export interface MachineFacts {
  /** Bytes that an instruction begins on a multiple of. */
  readonly alignment: 1 | 2 | 4;
  /** Longest instruction, in bytes. */
  readonly longest: 4 | 15;
  /** Bytes of a word on the stack. */
  readonly word: 2 | 4 | 8;
  /** The register that a call leaves the place to come back to in; null where that is on the stack. */
  readonly link: string | null;
  /** Registers, as states name them, that hold zero when Linux starts a program. */
  readonly zeros: readonly string[];
}

/** How a program asks the kernel: the registers with number, arguments and result. */
export interface Convention {
  /** Whose numbers they are. */
  readonly numbers: Processor;
  readonly number: string;
  readonly args: readonly string[];
  readonly result: string;
  /** Bits of the number that the kernel looks at, and of an argument. */
  readonly numberBits: 32 | 64;
  readonly bits: 32 | 64;
  /** Registers, as states name them, that do not come back as they were. */
  readonly clobbered: readonly string[];
}

const letters = (names: string) => names.split(' ');
const X86_ZEROS = letters('ax bx cx dx si di bp');
const AMD64_ZEROS = [...X86_ZEROS, ...letters('r8 r9 r10 r11 r12 r13 r14 r15')];
const RISC = { link: 'ra', zeros: [], longest: 4 } as const;

/**
 * Registers at the start: Linux' `start_thread` and `ELF_PLAT_INIT` of these machines clear them; ARM and RISC-V are left out, where
 * kernels differ.
 */
export const FACTS: Readonly<Record<Processor, MachineFacts>> = {
  x86: { alignment: 1, longest: 15, word: 4, link: null, zeros: X86_ZEROS },
  amd64: { alignment: 1, longest: 15, word: 8, link: null, zeros: AMD64_ZEROS },
  aarch64: {
    alignment: 4,
    longest: 4,
    word: 8,
    link: 'x30',
    zeros: Array.from({ length: 31 }, (_, i) => `x${i}`),
  },
  arm: { ...RISC, alignment: 4, word: 4, link: 'lr' },
  riscv32: { ...RISC, alignment: 2, word: 4 },
  riscv64: { ...RISC, alignment: 2, word: 8 },
  'x86-16': { alignment: 1, longest: 15, word: 2, link: null, zeros: [] },
};

const A_ARGS = letters('a0 a1 a2 a3 a4 a5');
const RISCV = { number: 'a7', args: A_ARGS, result: 'a0', clobbered: [] } as const;

/** Linux's calling conventions: syscall(2), "Architecture calling conventions". */
const CONVENTIONS: Readonly<Record<Exclude<Processor, 'x86-16'>, Convention>> = {
  x86: {
    numbers: 'x86',
    number: 'eax',
    args: letters('ebx ecx edx esi edi ebp'),
    result: 'eax',
    numberBits: 32,
    bits: 32,
    clobbered: [],
  },
  amd64: {
    numbers: 'amd64',
    number: 'rax',
    args: letters('rdi rsi rdx r10 r8 r9'),
    result: 'rax',
    numberBits: 32,
    bits: 64,
    clobbered: ['cx', 'r11'],
  },
  aarch64: {
    numbers: 'aarch64',
    number: 'x8',
    args: letters('x0 x1 x2 x3 x4 x5'),
    result: 'x0',
    numberBits: 32,
    bits: 64,
    clobbered: [],
  },
  arm: {
    numbers: 'arm',
    number: 'r7',
    args: letters('r0 r1 r2 r3 r4 r5'),
    result: 'r0',
    numberBits: 32,
    bits: 32,
    clobbered: [],
  },
  riscv32: { ...RISCV, numbers: 'riscv32', numberBits: 32, bits: 32 },
  riscv64: { ...RISCV, numbers: 'riscv64', numberBits: 64, bits: 64 },
};

/** How an instruction that asks the kernel does so; null when nobody here knows, as for real mode, and gates that kernels may lack. */
export function conventionOf(machine: Processor, { mnemonic, operands }: Decoded): Convention | null {
  if (machine === 'x86-16') return null;
  if (machine === 'x86') return mnemonic === 'int' ? CONVENTIONS.x86 : null;
  // A program of 64 bits may ask in the way of one of 32, with its numbers; older kernels do not keep all registers then.
  if (machine === 'amd64' && mnemonic === 'int')
    return { ...CONVENTIONS.x86, clobbered: letters('r8 r9 r10 r11') };
  if (machine === 'amd64' && mnemonic !== 'syscall') return null;
  // The old way of ARM has its number in the instruction.
  if (machine === 'arm' && operands !== '#0') return null;
  return CONVENTIONS[machine];
}
