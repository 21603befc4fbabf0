import type { Processor } from '../structure/index.ts';
import { biosCall } from './bios.ts';
import { FACTS } from './machine.ts';
import { armRegister } from './risc-effects.ts';
import { forget, heldIn, type State, withRegisters } from './state.ts';
import { CALLS } from './syscall-names.ts';
import { CALL_NUMBERS } from './syscall-numbers.ts';
import { named, numberIn, type Value } from './value.ts';
import { x86Register } from './x86-effects.ts';

/** An argument of a system call. */
export interface CallArgument {
  readonly name: string;
  readonly register: string;
  /** Its value in words when it is certain, else null. */
  readonly value: string | null;
}

/** What a program asks of the kernel, or of the firmware in real mode, as far as the code before it says. */
export interface SystemCall {
  /** The number, or null when the straight way here does not set it. */
  readonly number: number | null;
  /** Its low eight bits, when no more is known. */
  readonly part: number | null;
  /** Its name; null when the number is not known, or no call of this machine that Assay knows has it. */
  readonly name: string | null;
  readonly args: readonly CallArgument[];
}

/** The register in the terms of a state. */
function registerName(name: string, machine: Processor): string {
  if (machine === 'aarch64') return armRegister(name, 8).register ?? name;
  return x86Register(name)?.register ?? name;
}

/** The system call that a machine's gate makes in a state; `operands` are those of the gate's instruction. */
export function callIn(state: State, machine: Processor, operands: string): SystemCall {
  if (machine === 'x86-16') return biosCall(state, operands);
  const { number, args } = FACTS[machine];
  const held = heldIn(state, registerName(number, machine));
  // Kernels look at 32 bits of it; RISC-V's at all.
  const found = numberIn(held, machine === 'riscv64' ? 64 : 32);
  const name = found === null ? null : (CALL_NUMBERS[machine].get(found) ?? null);
  const signature = name === null ? undefined : CALLS.get(name);
  return {
    number: found === null ? null : Number(BigInt.asUintN(32, found)),
    part: found === null ? byteIn(held) : null,
    name,
    args: (signature?.args ?? []).slice(0, args.length).map((arg, i) => {
      const register = args[i] ?? '';
      const value = heldIn(state, registerName(register, machine));
      return { name: arg, register, value: valueText(arg, value, FACTS[machine].word) };
    }),
  };
}

function byteIn(value: Value): number | null {
  const byte = numberIn(value, 8);
  return byte === null ? null : Number(byte);
}

/** What is known after a system call: its result has a name, and memory is what it was only when the call leaves it alone. */
export function afterCall(state: State, machine: Processor, call: SystemCall, place: string): State {
  if (machine === 'x86-16')
    return { ...forget(state, 'ax', 'bx', 'cx', 'dx', 'si', 'di', 'bp'), stack: [], compared: null };
  const clobbered = machine === 'amd64' ? ['cx', 'r11'] : [];
  const result = named(call.name === null ? `result at ${place}` : `result of ${call.name} at ${place}`);
  const next = withRegisters(forget(state, ...clobbered), [
    [registerName(FACTS[machine].result, machine), result],
  ]);
  const writes = call.name === null || (CALLS.get(call.name)?.writes ?? true);
  return { ...next, stack: writes ? [] : next.stack, compared: null };
}

/** Whether a call never comes back. */
export function endsProgram(call: SystemCall): boolean {
  return call.name !== null && ['exit', 'exit_group', 'rt_sigreturn', 'sigreturn'].includes(call.name);
}

const SIGNED = new Set([
  'fd',
  'dirfd',
  'olddirfd',
  'newdirfd',
  'oldfd',
  'newfd',
  'status',
  'pid',
  'sig',
  'signum',
  'whence',
]);
const FLAGS: readonly [number, string][] = [
  [0x40, 'O_CREAT'],
  [0x80, 'O_EXCL'],
  [0x200, 'O_TRUNC'],
  [0x400, 'O_APPEND'],
];

function valueText(name: string, value: Value, word: 2 | 4 | 8): string | null {
  const int = numberIn(value, 32);
  if (int !== null && SIGNED.has(name)) {
    const number = BigInt.asIntN(32, int);
    return number === -100n && name.endsWith('dirfd') ? 'AT_FDCWD' : String(number);
  }
  const number = numberIn(value, word * 8);
  if (number === null) return value.what;
  if (name === 'flags' && number < 0x1000n) return `${number}`;
  if (name === 'mode') return `0${number.toString(8)}`;
  return number < 4096n ? String(number) : `0x${number.toString(16)}`;
}

/** The flags of open and openat by name, as far as every machine has the same; null when others are among them. */
function openFlags(text: string): string | null {
  let left = Number(text);
  if (!Number.isInteger(left)) return null;
  const names = [['O_RDONLY', 'O_WRONLY', 'O_RDWR'][left & 3] ?? '3'];
  left &= ~3;
  for (const [bit, name] of FLAGS) {
    if (left & bit) names.push(name);
    left &= ~bit;
  }
  return left === 0 ? names.join('|') : null;
}

/** `openat(AT_FDCWD, argv[1], O_RDONLY, x3)`: an argument that is not known is named by its register. */
export function callText(call: SystemCall): string {
  if (call.name === null) return unnamedText(call);
  if (!CALLS.has(call.name)) return call.name;
  const opens = call.name === 'open' || call.name === 'openat';
  const flags = call.args.find(arg => arg.name === 'flags')?.value ?? null;
  // Without O_CREAT nobody looks at the mode.
  const noMode = opens && flags !== null && (Number(flags) & 0x40) === 0;
  const args = call.args
    .filter(arg => !(noMode && arg.name === 'mode'))
    .map(({ name, register, value }) => {
      if (value === null) return `${name} = ${register}`;
      return opens && name === 'flags' ? (openFlags(value) ?? value) : value;
    });
  return `${call.name}(${args.join(', ')})`;
}

function unnamedText({ number, part }: SystemCall): string {
  if (number !== null) return `number ${number}, no name known`;
  return part === null ? 'number not known' : `number not known, its low byte is ${part}`;
}
