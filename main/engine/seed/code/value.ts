import { COLLAPSED, combineTerms, meetTerms, type Operation, sameTerm, subsumes, type Term } from './term.ts';

/**
 * What is known of a register or a word of memory: all that it can be, as a few alternatives, and what that rests on. It is one of them on
 * every way that was followed.
 */
export interface Value {
  /** At least one; one of which nothing is known stands alone. */
  readonly terms: readonly Term[];
  /** Offsets of the instructions that set it, ascending; `START` among them for what the kernel leaves at the start. */
  readonly from: readonly number[];
}

/** What stands among offsets for the state in which the kernel starts a program. */
export const START = -1;

/** Most alternatives; more become one of which only what all share is known. */
const ALTERNATIVES = 4;
/** Most instructions that a value names as what it rests on. */
export const RESTS = 24;

/** All bits of a register. */
export const ALL = (1n << 64n) - 1n;
export const UNKNOWN: Value = { terms: [COLLAPSED], from: [] };

/** The mask of so many low bits. */
export function low(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}

/** A number, all of it known. */
export function constant(value: bigint): Value {
  return { terms: [{ known: ALL, bits: value & ALL, symbol: null, when: null }], from: [] };
}

/** A value of which only some bits are known. */
export function partly(known: bigint, bits: bigint, when: string | null = null): Value {
  return anyOf([{ known: known & ALL, bits: bits & known & ALL, symbol: null, when }], []);
}

/** A value that has a name. */
export function named(symbol: string): Value {
  return { terms: [{ known: 0n, bits: 0n, symbol, when: null }], from: [] };
}

/** One value that can be what either is, resting on both. */
export function either(...values: readonly Value[]): Value {
  return values.reduce(meet);
}

/** The value, resting on these instructions too. Nothing rests on anything where nothing is known. */
export function resting({ terms, from }: Value, ...places: readonly number[]): Value {
  return anyOf(terms, union(from, places));
}

/** A value of alternatives: each once, none that another covers, and not too many. */
export function anyOf(terms: readonly Term[], from: readonly number[]): Value {
  let kept: Term[] = [];
  for (const term of terms) {
    if (kept.some(each => subsumes(each, term))) continue;
    kept = [...kept.filter(each => !subsumes(term, each)), term];
  }
  if (kept.length > ALTERNATIVES) kept = [kept.reduce(meetTerms)];
  const [only] = kept;
  const nothing = only !== undefined && only.symbol === null && only.known === 0n;
  return nothing ? UNKNOWN : { terms: kept, from };
}

/** What is made of each alternative. */
export function mapped({ terms, from }: Value, change: (term: Term) => Term): Value {
  return anyOf(terms.map(change), from);
}

/** What is made of each alternative of one with each of another. */
function paired(a: Value, b: Value, make: (a: Term, b: Term) => Term): Value {
  return anyOf(
    a.terms.flatMap(one => b.terms.map(other => ({ ...make(one, other), when: both(one.when, other.when) }))),
    union(a.from, b.from),
  );
}

function both(a: string | null, b: string | null): string | null {
  return a === null || a === b ? b : (b ?? '') === '' ? a : `${a} and ${b}`;
}

/** The low `bits` of a value when all of them are known, else null. */
export function numberIn(value: Value, bits: number): bigint | null {
  const [first, ...others] = numbersIn(value, bits) ?? [];
  return first !== undefined && others.every(each => each === first) ? first : null;
}

/** The low `bits` of every alternative; null when one of them is not known. */
export function numbersIn({ terms }: Value, bits: number): readonly bigint[] | null {
  const mask = low(bits);
  const known = terms.every(term => term.symbol === null && (term.known & mask) === mask);
  return known ? terms.map(term => term.bits & mask) : null;
}

/** What a value is called, when it is one thing that has a name. */
export function nameOf({ terms }: Value): string | null {
  return terms.length === 1 ? (terms[0]?.symbol ?? null) : null;
}

/** What can be where either can be. */
export function meet(a: Value, b: Value): Value {
  if (a === b) return a;
  const from = union(a.from, b.from);
  const met = anyOf([...a.terms, ...b.terms], from);
  return same(met, a) ? a : met;
}

/** Whether two values say the same. */
export function same(a: Value, b: Value): boolean {
  return (
    a === b ||
    (a.terms.length === b.terms.length &&
      a.from.length === b.from.length &&
      a.terms.every((term, i) => sameTerm(term, b.terms[i] ?? COLLAPSED)) &&
      a.from.every((each, i) => each === b.from[i]))
  );
}

/** `value` with its bits from `shift` on, as many as `mask` has, taken from `part`. */
export function withPart(value: Value, part: Value, mask: bigint, shift = 0n): Value {
  const place = mask << shift;
  return paired(value, part, (old, own) => ({
    known: ((old.symbol === null ? old.known : 0n) & ~place) | ((plainKnown(own) & mask) << shift),
    bits: ((old.symbol === null ? old.bits : 0n) & ~place) | ((own.bits & plainKnown(own) & mask) << shift),
    symbol: null,
    when: null,
  }));
}

const plainKnown = ({ symbol, known }: Term) => (symbol === null ? known : 0n);

/** The bits of a value from `shift` on, as many as `mask` has; a name only where all is taken, or `keeps` allows it. */
export function partOf(value: Value, mask: bigint, shift: bigint, keeps: (symbol: string) => boolean): Value {
  return mapped(value, term => {
    if (term.symbol !== null) return keeps(term.symbol) ? term : { ...COLLAPSED, known: 0n };
    return { ...term, known: (term.known >> shift) & mask, bits: (term.bits >> shift) & mask };
  });
}

/** A value whose bits above the low `bits` are zero; names stay. */
export function zeroAbove(value: Value, bits: number): Value {
  const mask = low(bits);
  return mapped(value, term =>
    term.symbol === null
      ? { ...term, known: (term.known & mask) | (ALL & ~mask), bits: term.bits & mask }
      : term,
  );
}

/** What an operation on two values gives, as far as it can be known. Sums are known up to the first bit that is not. */
export function combine(operation: Operation, a: Value, b: Value): Value {
  return paired(a, b, (one, other) => combineTerms(operation, one, other));
}

/** A value moved to the left by a known number of bits, or to the right in `width` bits. */
export function shifted(value: Value, by: number, width: number, right: boolean): Value {
  const mask = low(width);
  return mapped(value, term => {
    const known = plainKnown(term);
    if (!right)
      return plain(((known << BigInt(by)) | low(by)) & mask, (term.bits << BigInt(by)) & mask, term.when);
    const gone = mask & ~(mask >> BigInt(by));
    return plain(((known & mask) >> BigInt(by)) | gone, (term.bits & mask) >> BigInt(by), term.when);
  });
}

/** A value of `from` bits with its sign carried on. */
export function signed(value: Value, from: number): Value {
  const mask = low(from);
  return mapped(value, term => {
    const known = plainKnown(term) & mask;
    if (known === mask) return plain(ALL, BigInt.asIntN(from, term.bits & mask), term.when);
    const top = 1n << BigInt(from - 1);
    const carried = known & top ? ALL & ~mask : 0n;
    return plain(known | carried, term.bits & top ? term.bits | carried : term.bits & mask, term.when);
  });
}

function plain(known: bigint, bits: bigint, when: string | null): Term {
  return { known: known & ALL, bits: bits & known & ALL, symbol: null, when };
}

/** Both sets of offsets, ascending; the first ones when there are too many. */
export function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b.length < 2 ? b : sorted(b);
  if (b.every(each => a.includes(each))) return a;
  const all = sorted([...a, ...b]);
  return all.length === a.length && all.every((each, i) => each === a[i]) ? a : all;
}

function sorted(places: readonly number[]): readonly number[] {
  return [...new Set(places)].sort((x, y) => x - y).slice(0, RESTS + 1);
}
