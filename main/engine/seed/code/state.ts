import { type FileNumber, FRESH_MEMORY, locationOf, type Memory, NO_MEMORY } from './memory.ts';
import { STACK } from './term.ts';
import { constant, mapped, meet, named, resting, START, same, UNKNOWN, union, type Value } from './value.ts';

/** A register that was compared with a number: what an equal outcome says of its low bits. */
export interface Comparison {
  readonly register: string;
  readonly bits: number;
  readonly number: bigint;
  /** The instruction that compared. */
  readonly at: number;
}

/**
 * Something that was not shown and on which what is known rests: `store`: an instruction that writes where it is not known writes
 * neither over the program's stack nor over its file; `return`: a return leads behind the call that led there; `call`: what is
 * asked of the kernel or firmware changes neither code nor control; `outside`: what lies outside the file does not come
 * back in; `from`: control comes here from that place alone.
 */
export type ConditionKind = 'store' | 'return' | 'call' | 'outside' | 'from';

/** Conditions, each with the offsets of the instructions that it is about, ascending. */
export type Conditions = Readonly<Partial<Record<ConditionKind, readonly number[]>>>;

/** What is known before an instruction. Nothing is known of registers that are not named. Never changed in place. */
export interface State {
  readonly registers: ReadonlyMap<string, Value>;
  readonly memory: Memory;
  readonly compared: Comparison | null;
  readonly conditions: Conditions;
}

/** Where an instruction stands, and what lies around it. */
export interface Place {
  readonly offset: number;
  readonly address: bigint;
  /** The address behind it. */
  readonly next: bigint;
  /** Bytes of a word. */
  readonly word: number;
  readonly file: FileNumber;
  /** Hears of every write to an address that is known: how many bytes, or null when nobody knows. */
  readonly wrote: (address: bigint, size: number | null) => void;
}

/** Nothing is known. */
export const NOTHING: State = { registers: new Map(), memory: NO_MEMORY, compared: null, conditions: {} };

/** Names the place that whoever began the program comes from: what lies there is not the file's. */
export const CALLER = 'whoever began it';

/** Nothing is known but where the stack is, what the file holds and, in `link` or on the stack, that somebody else waits behind. */
export function atEntry(link: string | null, word: number): State {
  const caller = named(CALLER);
  const top = { space: 'stack', at: 0n } as const;
  const memory = link === null ? FRESH_MEMORY.store(top, word, caller) : FRESH_MEMORY;
  const registers = new Map([['sp', TOP]]);
  if (link !== null) registers.set(link, caller);
  return { ...NOTHING, memory, registers };
}

const TOP: Value = mapped(constant(0n), term => ({ ...term, symbol: STACK }));

/** What is known at the start of a program that Linux runs: arguments on the stack, and `zeros` hold zero. */
export function linuxStart(link: string | null, word: number, zeros: readonly string[]): State {
  const state = atEntry(link, word);
  let { memory } = state;
  for (const [i, what] of ['argc', 'argv[0]', 'argv[1]', 'argv[2]', 'argv[3]'].entries())
    memory = memory.store({ space: 'stack', at: BigInt(i * word) }, word, named(what));
  const registers = new Map(state.registers);
  for (const name of zeros) registers.set(name, resting(constant(0n), START));
  return { ...state, memory, registers };
}

export function heldIn(state: State, register: string): Value {
  return state.registers.get(register) ?? UNKNOWN;
}

/** The state with other values for some registers. */
export function withRegisters(state: State, changes: Iterable<readonly [string, Value]>): State {
  const registers = new Map(state.registers);
  let { compared } = state;
  for (const [register, value] of changes) {
    if (same(value, UNKNOWN)) registers.delete(register);
    // What moved the stack pointer is no answer to where a number comes from.
    else registers.set(register, register === 'sp' ? { ...value, from: [] } : value);
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

/** The state after an instruction of which nobody here knows what it does: only conditions stay, and one comes. */
export function lost(state: State, { offset }: Place): State {
  return withCondition({ ...NOTHING, conditions: state.conditions }, 'store', offset);
}

/** The state resting on one more thing that was not shown. */
export function withCondition(state: State, kind: ConditionKind, offset: number): State {
  const places = state.conditions[kind] ?? [];
  const more = union(places, [offset]);
  return more === places ? state : { ...state, conditions: { ...state.conditions, [kind]: more } };
}

/** The word at an address. */
export function loaded(state: State, address: Value, size: number, place: Place): Value {
  const where = locationOf(address, place.word);
  if (typeof where === 'string') return UNKNOWN;
  const value = state.memory.load(where, size, place.file);
  return where.space === 'stack' ? value : resting(value, ...address.from);
}

/** The state after `size` bytes were written at an address. */
export function stored(state: State, address: Value, size: number, value: Value, place: Place): State {
  const where = locationOf(address, place.word);
  if (where === 'anywhere') return withCondition(state, 'store', place.offset);
  if (where === 'stack') return { ...state, memory: state.memory.withoutStack() };
  if (where.space === 'fixed') place.wrote(where.at, size);
  return { ...state, memory: state.memory.store(where, size, value) };
}

/** The state after something may have been written from an address upwards, nobody knows how far. */
export function overwritten(state: State, address: Value, place: Place): State {
  const where = locationOf(address, place.word);
  if (where === 'anywhere') return withCondition(state, 'store', place.offset);
  if (where === 'stack') return { ...state, memory: state.memory.withoutStack() };
  if (where.space === 'fixed') place.wrote(where.at, null);
  return { ...state, memory: state.memory.without(where) };
}

/** What holds whichever of two ways led here; the first itself when the second takes nothing from it. */
export function meetStates(a: State, b: State, file: FileNumber): State {
  const registers = new Map<string, Value>();
  let changed = false;
  for (const [register, value] of a.registers) {
    const met = meet(value, heldIn(b, register));
    if (!same(met, value)) changed = true;
    if (!same(met, UNKNOWN)) registers.set(register, met);
  }
  const memory = a.memory.meet(b.memory, file);
  const compared = sameComparison(a.compared, b.compared) ? a.compared : null;
  const conditions = meetConditions(a.conditions, b.conditions);
  if (memory !== a.memory || compared !== a.compared || conditions !== a.conditions) changed = true;
  return changed ? { registers, memory, compared, conditions } : a;
}

function meetConditions(a: Conditions, b: Conditions): Conditions {
  let met = a;
  for (const [kind, places] of Object.entries(b) as [ConditionKind, readonly number[]][]) {
    const all = union(met[kind] ?? [], places);
    if (all !== met[kind]) met = { ...met, [kind]: all };
  }
  return met;
}

function sameComparison(a: Comparison | null, b: Comparison | null): boolean {
  if (a === null || b === null) return a === b;
  return a.register === b.register && a.bits === b.bits && a.number === b.number && a.at === b.at;
}
