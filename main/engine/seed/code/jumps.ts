import type { Processor } from '../structure/index.ts';
import type { Decoded } from './capstone.ts';
import { numberOf } from './operands.ts';

/** What an instruction does to the flow of control. */
export type InstructionKind = 'jump' | 'conditional' | 'call' | 'return' | 'syscall' | 'trap' | 'plain';

/** Where an instruction leads. */
export interface Flow {
  readonly kind: InstructionKind;
  /** The address that a jump, a branch or a call leads to; null where a register or memory decides, and for all others. */
  readonly target: bigint | null;
}

const PLAIN: Flow = { kind: 'plain', target: null };
const RETURN: Flow = { kind: 'return', target: null };
const NUMBER = /(?:^|[ #])(-?(?:0x[0-9a-f]+|\d+))$/;

/** Where an instruction at an address leads. */
export function flowOf(instruction: Decoded, address: bigint, machine: Processor): Flow {
  if (machine === 'aarch64' || machine === 'arm') return armFlow(instruction, machine);
  if (machine === 'riscv32' || machine === 'riscv64') return riscvFlow(instruction, address, machine);
  return x86Flow(instruction, machine);
}

function targetIn(operands: string): bigint | null {
  const [, text] = NUMBER.exec(operands) ?? [];
  return text === undefined ? null : numberOf(text);
}

function x86Flow({ mnemonic, operands }: Decoded, machine: Processor): Flow {
  const near = /\[|^[re]?[a-d]x$|^[re]?[sd]i$|^[re]?[bs]p$|^r\d+/.test(operands) ? null : targetIn(operands);
  const far = /^(0x[0-9a-f]+|\d+):(0x[0-9a-f]+|\d+)$/.exec(operands);
  const target = far ? farTarget(far[1] ?? '0', far[2] ?? '0', machine) : near;
  if (/^(jmp|ljmp)$/.test(mnemonic)) return { kind: 'jump', target };
  if (/^(call|lcall)$/.test(mnemonic)) return { kind: 'call', target };
  if (/^(j|loop)/.test(mnemonic)) return { kind: 'conditional', target };
  if (/^(repz? )?(ret|retf|retfq|iret|iretd|iretq|sysret|sysexit)$/.test(mnemonic))
    return { kind: 'return', target: null };
  if (mnemonic === 'syscall' || mnemonic === 'sysenter') return { kind: 'syscall', target: null };
  if (mnemonic === 'int' && (machine === 'x86-16' || operands === '0x80'))
    return { kind: 'syscall', target: null };
  if (/^(int|int1|int3|into|ud[012]b?|hlt)$/.test(mnemonic)) return { kind: 'trap', target: null };
  return PLAIN;
}

/** In real mode a far address is a segment of 16 bytes and an offset; elsewhere a descriptor decides. */
function farTarget(segment: string, offset: string, machine: Processor): bigint | null {
  return machine === 'x86-16' ? numberOf(segment) * 16n + numberOf(offset) : null;
}

function armFlow({ mnemonic, operands }: Decoded, machine: Processor): Flow {
  const target = targetIn(operands);
  if (machine === 'aarch64') {
    if (mnemonic === 'b') return { kind: 'jump', target };
    if (mnemonic === 'br') return { kind: 'jump', target: null };
    if (/^(b\.\w+|cbn?z|tbn?z)$/.test(mnemonic)) return { kind: 'conditional', target };
    if (mnemonic === 'bl') return { kind: 'call', target };
    if (mnemonic === 'blr') return { kind: 'call', target: null };
    if (/^(ret|eret)$/.test(mnemonic)) return { kind: 'return', target: null };
    if (/^(brk|hlt|udf)$/.test(mnemonic)) return { kind: 'trap', target: null };
    return mnemonic === 'svc' ? { kind: 'syscall', target: null } : PLAIN;
  }
  return arm32Flow(mnemonic, operands, target);
}

const CONDITION =
  /^(b|bl|blx|bx|svc|pop|mov|add|sub|ldr|ldm\w*?)(eq|ne|hs|cs|lo|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)$/;

/** On ARM most instructions can depend on a condition, and any can write the program counter. */
function arm32Flow(mnemonic: string, operands: string, target: bigint | null): Flow {
  const [, plain = mnemonic, condition = ''] =
    mnemonic === 'bls' ? [null, 'b', 'ls'] : (CONDITION.exec(mnemonic) ?? []);
  const depends = condition !== '';
  const jump = (to: bigint | null): Flow => ({ kind: depends ? 'conditional' : 'jump', target: to });
  if (plain === 'svc') return { kind: 'syscall', target: null };
  if (plain === 'b') return jump(target);
  if (plain === 'bl') return { kind: 'call', target };
  // It goes on in the other instruction set.
  if (plain === 'blx') return { kind: 'call', target: null };
  if (/^bxj?$/.test(plain)) return !depends && operands === 'lr' ? RETURN : jump(null);
  const list = /^(pop|ldm)/.test(plain) && /\bpc\b/.test(operands.replace(/^\w+!?, /, ''));
  if (list) return depends ? jump(null) : RETURN;
  if (/^(udf|bkpt)$/.test(plain)) return { kind: 'trap', target: null };
  // Comparisons and stores name it first too, and leave it.
  return /^pc,/.test(operands) && !/^(cmp|cmn|tst|teq|st|push)/.test(plain) ? jump(null) : PLAIN;
}

/** Capstone writes a jump of RISC-V as a distance; here it is the address, as other disassemblers have it. */
function riscvFlow({ mnemonic, operands }: Decoded, address: bigint, machine: Processor): Flow {
  const plain = mnemonic.replace(/^c\./, '');
  const distance = targetIn(operands);
  const target =
    distance === null ? null : BigInt.asUintN(machine === 'riscv64' ? 64 : 32, address + distance);
  if (plain === 'j') return { kind: 'jump', target };
  if (/^(beq|bne|blt|bge|bgt|ble)u?z?$/.test(plain)) return { kind: 'conditional', target };
  if (plain === 'jal') return { kind: /^zero,/.test(operands) ? 'jump' : 'call', target };
  if (plain === 'jalr') return { kind: /^zero,/.test(operands) ? 'jump' : 'call', target: null };
  if (plain === 'jr') return { kind: operands === 'ra' ? 'return' : 'jump', target: null };
  if (/^[msu]?ret$/.test(plain)) return { kind: 'return', target: null };
  if (/^(ebreak|unimp)$/.test(plain)) return { kind: 'trap', target: null };
  return plain === 'ecall' ? { kind: 'syscall', target: null } : PLAIN;
}

/** The operands as they are shown: those of RISC-V's jumps with the address that they lead to. */
export function shownOperands({ operands }: Decoded, { target }: Flow, machine: Processor): string {
  if (target === null || !machine.startsWith('riscv')) return operands;
  return operands.replace(/-?(0x[0-9a-f]+|\d+)$/, `0x${target.toString(16)}`);
}
