import { meet, named, same, UNKNOWN, type Value } from './value.ts';

/** A register that was compared with a number: what an equal outcome says of its low bits. */
export interface Comparison {
  readonly register: string;
  readonly bits: number;
  readonly number: bigint;
}

/** What is known before an instruction. Nothing is known of registers that are not named. Never changed in place. */
export interface State {
  readonly registers: ReadonlyMap<string, Value>;
  /** Words on the stack from the top down; nothing is known of those below. */
  readonly stack: readonly Value[];
  readonly compared: Comparison | null;
}

/** Nothing is known. */
export const NOTHING: State = { registers: new Map(), stack: [], compared: null };

/** What Linux leaves for a program's first instruction: the number of arguments on the stack, then their places. */
export const LINUX_START: State = {
  ...NOTHING,
  stack: ['argc', 'argv[0]', 'argv[1]', 'argv[2]', 'argv[3]'].map(named),
};

export function heldIn(state: State, register: string): Value {
  return state.registers.get(register) ?? UNKNOWN;
}

/** The state with other values for some registers. */
export function withRegisters(state: State, changes: Iterable<readonly [string, Value]>): State {
  const registers = new Map(state.registers);
  let { compared } = state;
  for (const [register, value] of changes) {
    if (same(value, UNKNOWN)) registers.delete(register);
    else registers.set(register, value);
    if (compared?.register === register) compared = null;
  }
  return { ...state, registers, compared };
}

/** The state without what was known of some registers. */
export function forget(state: State, ...registers: readonly string[]): State {
  return withRegisters(
    state,
    registers.map(register => [register, UNKNOWN] as const),
  );
}

/** What holds whichever of two ways led here; the first itself when the second takes nothing from it. */
export function meetStates(a: State, b: State): State {
  const registers = new Map<string, Value>();
  let changed = false;
  for (const [register, value] of a.registers) {
    const met = meet(value, heldIn(b, register));
    if (!same(met, value)) changed = true;
    if (!same(met, UNKNOWN)) registers.set(register, met);
  }
  const stack = a.stack.slice(0, b.stack.length).map((value, i) => meet(value, b.stack[i] ?? UNKNOWN));
  if (stack.length !== a.stack.length || stack.some((value, i) => !same(value, a.stack[i] ?? UNKNOWN)))
    changed = true;
  const compared = sameComparison(a.compared, b.compared) ? a.compared : null;
  if (compared !== a.compared) changed = true;
  return changed ? { registers, stack, compared } : a;
}

function sameComparison(a: Comparison | null, b: Comparison | null): boolean {
  if (a === null || b === null) return a === b;
  return a.register === b.register && a.bits === b.bits && a.number === b.number;
}
