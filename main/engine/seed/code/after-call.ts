import type { Processor } from '../structure/index.ts';
import type { Decoded } from './capstone.ts';
import { type Convention, conventionOf } from './machine.ts';
import {
  forget,
  heldIn,
  lost,
  overwritten,
  type Place,
  type State,
  stored,
  withCondition,
  withRegisters,
} from './state.ts';
import { parametersOf } from './syscall-names.ts';
import { registerName, type SystemCall } from './syscalls.ts';
import {
  ALL,
  constant,
  either,
  named,
  numberIn,
  numbersIn,
  partly,
  resting,
  UNKNOWN,
  type Value,
} from './value.ts';

/** Calls that never come back. */
const ENDING = new Set(['exit', 'exit_group']);

/**
 * Calls that may change code, memory or where control goes beyond what is followed here: they map memory, allow writing to it,
 * install handlers, let another share or change memory, or put all registers elsewhere.
 */
const REACHING = new Set(
  `mmap mmap2 old_mmap mremap remap_file_pages mprotect pkey_mprotect shmat munmap sigaction rt_sigaction signal sigaltstack ptrace
process_vm_writev vfork clone3 modify_ldt set_thread_area arch_prctl prctl personality sigreturn rt_sigreturn io_uring_setup io_uring_enter
io_uring_register userfaultfd process_madvise madvise seccomp rseq restart_syscall socketcall ipc syscall uselib vm86 vm86old bpf
perf_event_open riscv_flush_icache cacheflush iopl ioperm`.split(/\s+/),
);
/** `CLONE_VM`: the child shares the memory. */
const CLONE_VM = 0x100n;

/** Calls that give how many bytes they took or gave: at most as many as they were asked for. */
const COUNTING = new Set(['read', 'write']);

/** The state behind a system call; null when none of what it can be comes back. `name` is what places are called in words. */
export function afterCall(
  state: State,
  machine: Processor,
  call: SystemCall,
  gate: Decoded,
  place: Place,
): State | null {
  if (machine === 'x86-16') {
    const next = forget(state, 'ax', 'bx', 'cx', 'dx', 'si', 'di', 'bp');
    return withCondition({ ...next, compared: null }, 'call', place.offset);
  }
  const names =
    call.name !== null && call.unless.length === 0 ? [call.name] : call.oneOf.map(({ name }) => name);
  if (names.length > 0 && names.every(name => name !== null && ENDING.has(name))) return null;
  const convention = conventionOf(machine, gate);
  if (!convention) return lost(withCondition(state, 'call', place.offset), place);
  const register = (name: string) => registerName(name, machine);
  let next = state;
  for (const name of call.name === null ? call.oneOf.map(each => each.name) : [call.name])
    next = afterNamed(next, state, name, convention, register, place);
  if (call.name === null && call.oneOf.length === 0) next = withCondition(next, 'call', place.offset);
  const result = resultOf(state, call, convention, register, place);
  const registers = [
    [register(convention.result), result] as const,
    ...convention.clobbered.map(each => [each, UNKNOWN] as const),
  ];
  return { ...withRegisters(next, registers), compared: null };
}

/** What one of the calls that it can be does to memory; `before` holds its arguments. */
function afterNamed(
  state: State,
  before: State,
  name: string | null,
  { args, numbers }: Convention,
  register: (name: string) => string,
  place: Place,
): State {
  const parameters = name === null ? null : parametersOf(name, numbers);
  const arg = (i: number) => heldIn(before, register(args[i] ?? ''));
  if (name === null || !parameters || REACHING.has(name)) return withCondition(state, 'call', place.offset);
  if (name === 'clone' && ((numberIn(arg(0), 32) ?? CLONE_VM) & CLONE_VM) !== 0n)
    return withCondition(state, 'call', place.offset);
  let next = state;
  for (const [i, { out }] of parameters.entries()) {
    if (!out) continue;
    const count = name === 'read' ? numbersIn(arg(2), 64) : null;
    next = writtenAt(next, arg(i), count, place);
  }
  return next;
}

/** The state after the kernel may have written where an argument points, at most `counts` bytes when that is known. */
function writtenAt(state: State, pointer: Value, counts: readonly bigint[] | null, place: Place): State {
  if (numberIn(pointer, 32) === 0n) return state;
  const most = counts?.reduce((a, b) => (a > b ? a : b));
  if (most === undefined || most > 4096n) return overwritten(state, pointer, place);
  return most === 0n ? state : stored(state, pointer, Number(most), UNKNOWN, place);
}

/** What a call gives: a number of bytes, or an error, where that is all it can be; else something that has a name. */
function resultOf(
  state: State,
  call: SystemCall,
  { args }: Convention,
  register: (name: string) => string,
  { offset }: Place,
): Value {
  const at = `at 0x${offset.toString(16)}`;
  if (call.name === null) return resting(named(`result ${at}`), offset);
  const counts = COUNTING.has(call.name) ? numbersIn(heldIn(state, register(args[2] ?? '')), 32) : null;
  const most = counts?.reduce((a, b) => (a > b ? a : b));
  if (most === undefined || most > 1n) return resting(named(`result of ${call.name} ${at}`), offset);
  const given = most === 0n ? [constant(0n)] : [constant(0n), constant(1n)];
  // Errors are the 4,095 numbers below zero.
  const error = partly(ALL & ~0xfffn, ALL & ~0xfffn, `${call.name} ${at} fails`);
  const count = heldIn(state, register(args[2] ?? ''));
  return resting(either(...given, error), offset, ...count.from, ...call.rests);
}
