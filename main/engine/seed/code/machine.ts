import type { Processor } from '../structure/index.ts';

/** What reading instructions of a machine takes. */
export interface MachineFacts {
  /** Bytes that an instruction begins on a multiple of. */
  readonly alignment: 1 | 2 | 4;
  /** Longest instruction, in bytes. */
  readonly longest: 4 | 15;
  /** Bytes of a word on the stack. */
  readonly word: 2 | 4 | 8;
  /** What calls the kernel, as a person reads it. */
  readonly gate: string;
  /** The register with the number of a system call, then those with its arguments, then the one with its result. */
  readonly number: string;
  readonly args: readonly string[];
  readonly result: string;
}

const X_ARGS = ['x0', 'x1', 'x2', 'x3', 'x4', 'x5'];
const A_ARGS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'];
const RISCV = { alignment: 2, longest: 4, gate: 'ecall', number: 'a7', args: A_ARGS, result: 'a0' } as const;

/** Linux's calling conventions: syscall(2), "Architecture calling conventions". */
export const FACTS: Readonly<Record<Processor, MachineFacts>> = {
  x86: {
    alignment: 1,
    longest: 15,
    word: 4,
    gate: 'int 0x80',
    number: 'eax',
    args: ['ebx', 'ecx', 'edx', 'esi', 'edi', 'ebp'],
    result: 'eax',
  },
  amd64: {
    alignment: 1,
    longest: 15,
    word: 8,
    gate: 'syscall',
    number: 'rax',
    args: ['rdi', 'rsi', 'rdx', 'r10', 'r8', 'r9'],
    result: 'rax',
  },
  aarch64: { alignment: 4, longest: 4, word: 8, gate: 'svc #0', number: 'x8', args: X_ARGS, result: 'x0' },
  arm: {
    alignment: 4,
    longest: 4,
    word: 4,
    gate: 'svc #0',
    number: 'r7',
    args: ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'],
    result: 'r0',
  },
  riscv32: { ...RISCV, word: 4 },
  riscv64: { ...RISCV, word: 8 },
  'x86-16': { alignment: 1, longest: 15, word: 2, gate: 'int', number: 'ax', args: [], result: 'ax' },
};
