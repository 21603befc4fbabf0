import type { Processor } from '../structure/index.ts';
import { armRegister } from './arm-registers.ts';
import { biosCall } from './bios.ts';
import { valueText } from './call-values.ts';
import type { Decoded } from './capstone.ts';
import { type Convention, conventionOf } from './machine.ts';
import { type Conditions, heldIn, type State } from './state.ts';
import { parametersOf } from './syscall-names.ts';
import { CALL_NUMBERS } from './syscall-numbers.ts';
import type { Term } from './term.ts';
import { numberIn, START, union, type Value } from './value.ts';
import { x86Register } from './x86-registers.ts';

/** An argument of a system call. */
export interface CallArgument {
  readonly name: string;
  readonly register: string;
  /** Its value in words when it is certain, or all that it can be; else null. */
  readonly value: string | null;
  /** The instructions that set it, ascending; none when the value is not known. */
  readonly rests: readonly number[];
}

/** What a program asks of the kernel, or of the firmware in real mode, as far as the code before it says. */
export interface SystemCall {
  /** The number, or null when it is not known, or can be several that have a name. */
  readonly number: number | null;
  /** Its low eight bits, when no more is known. */
  readonly part: number | null;
  /** Its name; null when the number is not known, or no call of this machine that Assay knows has it. */
  readonly name: string | null;
  /** When the number is not known but one of a few: each, with its name. */
  readonly oneOf: readonly { readonly number: number; readonly name: string | null }[];
  /** What would make the number one of no call at all, in words. */
  readonly unless: readonly string[];
  readonly args: readonly CallArgument[];
  /** The instructions that set the number, ascending. */
  readonly rests: readonly number[];
  /** Whether it rests on registers being zero when Linux starts a program. */
  readonly restsOnStart: boolean;
  /** What it rests on that was not shown. */
  readonly conditions: Conditions;
  /** Why nothing is said of it although code before it may set a number; null when that is not so. */
  readonly withheld: string | null;
}

/** A call of which nothing is known. */
export const UNKNOWN_CALL: SystemCall = {
  number: null,
  part: null,
  name: null,
  oneOf: [],
  unless: [],
  args: [],
  rests: [],
  restsOnStart: false,
  conditions: {},
  withheld: null,
};

/** Numbers of calls are below this; what lies above is one of none, but for what a machine keeps for itself. */
const MOST = 0x400n;

/** The register in the terms of a state. */
export function registerName(name: string, machine: Processor): string {
  if (machine === 'aarch64') return armRegister(name, 8).register ?? name;
  return x86Register(name)?.register ?? name;
}

/** The system call that a machine's gate makes in a state. */
export function callIn(state: State, machine: Processor, gate: Decoded): SystemCall {
  const { conditions } = state;
  if (machine === 'x86-16') return { ...biosCall(state, gate.operands), conditions };
  const convention = conventionOf(machine, gate);
  if (!convention) return { ...UNKNOWN_CALL, conditions };
  const held = heldIn(state, registerName(convention.number, machine));
  const { found, unless } = numbersOf(held, convention);
  if (found === null) return { ...UNKNOWN_CALL, part: byteIn(held), conditions };
  const names = found.map(number => ({ number: Number(number), name: nameIn(convention, number) }));
  const [only] = names;
  if (names.length !== 1 || !only) return { ...UNKNOWN_CALL, oneOf: names, conditions, ...restsOf([held]) };
  return {
    ...UNKNOWN_CALL,
    ...only,
    unless,
    conditions,
    ...argsOf(state, machine, convention, held, only.name),
  };
}

function nameIn({ numbers }: Convention, number: bigint): string | null {
  return CALL_NUMBERS[numbers].get(number) ?? null;
}

/** All numbers that it can be, without those of no call when there are others; null when one is not known. */
function numbersOf({ terms }: Value, convention: Convention) {
  const mask = (1n << BigInt(convention.numberBits)) - 1n;
  const known: bigint[] = [];
  const none: Term[] = [];
  for (const term of terms) {
    if (isNone(term, mask, convention)) none.push(term);
    else if (term.symbol === null && (term.known & mask) === mask) known.push(term.bits & mask);
    else return { found: null, unless: [] };
  }
  const found = [...new Set(known)].sort((a, b) => Number(a - b));
  if (found.length > 0) return { found, unless: none.map(({ when }) => when ?? 'another way leads here') };
  const all = none.map(({ known: bits, bits: set }) => ((bits & mask) === mask ? set & mask : null));
  const [first] = all;
  return { found: all.length === 1 && first != null ? [first] : null, unless: [] };
}

/** Numbers that a machine has beside its calls: ARM's own, and on amd64 those of programs with short pointers. */
const BESIDE: Readonly<Partial<Record<Processor, bigint>>> = { arm: 0xf_0000n, amd64: 0x4000_0000n };

/** Whether a number, of which maybe only some bits are known, is one that no call can have. */
function isNone({ symbol, known, bits }: Term, mask: bigint, { numbers }: Convention): boolean {
  if (symbol !== null) return false;
  const least = bits & known & mask;
  const most = least | (~known & mask);
  const beside = BESIDE[numbers];
  if (beside === undefined) return least >= MOST;
  return least >= beside + 2n * MOST || (least >= MOST && most < beside);
}

function argsOf(
  state: State,
  machine: Processor,
  { args, bits, numbers }: Convention,
  number: Value,
  name: string | null,
): Pick<SystemCall, 'args' | 'rests' | 'restsOnStart'> {
  const parameters = (name === null ? null : parametersOf(name, numbers)) ?? [];
  const all = parameters.slice(0, args.length).map((parameter, i) => {
    const register = args[i] ?? '';
    const value = heldIn(state, registerName(register, machine));
    const text = valueText(parameter.name, value, bits);
    const rests = text === null ? NOTHING_SET : restsOf([value]);
    return { name: parameter.name, register, value: text, ...rests };
  });
  const flags = all.find(each => each.name === 'flags')?.value ?? null;
  // Without O_CREAT nobody looks at the mode.
  const noMode = /^open(at)?$/.test(name ?? '') && flags !== null && (Number(flags) & 0x40) === 0;
  const used = all.filter(each => !(noMode && each.name === 'mode'));
  const own = restsOf([number]);
  return {
    args: used.map(({ restsOnStart: _, ...arg }) => arg),
    rests: own.rests,
    restsOnStart: own.restsOnStart || used.some(each => each.restsOnStart),
  };
}

const NOTHING_SET = { rests: [], restsOnStart: false };

function restsOf(values: readonly Value[]): Pick<SystemCall, 'rests' | 'restsOnStart'> {
  const all = values.map(({ from }) => from).reduce(union, []);
  return { rests: all.filter(each => each !== START), restsOnStart: all.includes(START) };
}

function byteIn(value: Value): number | null {
  const byte = numberIn(value, 8);
  return byte === null ? null : Number(byte);
}
