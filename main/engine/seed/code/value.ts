/** What is known of a register: some of its bits, or what it holds in words. */
export interface Value {
  /** The bits that are known. */
  readonly known: bigint;
  /** Their values; zero where not known. */
  readonly bits: bigint;
  /** What a value that is no known number is, for example `argv[1]`; null when nothing is known of it. */
  readonly what: string | null;
}

/** All bits of a register. */
export const ALL = (1n << 64n) - 1n;
export const UNKNOWN: Value = { known: 0n, bits: 0n, what: null };

/** The mask of so many low bits. */
export function low(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}

/** A number, all of it known. */
export function constant(value: bigint): Value {
  return { known: ALL, bits: value & ALL, what: null };
}

/** A value that has a name. */
export function named(what: string): Value {
  return { known: 0n, bits: 0n, what };
}

/** The low `bits` of a value when all of them are known, else null. */
export function numberIn(value: Value, bits: number): bigint | null {
  const mask = low(bits);
  return (value.known & mask) === mask ? value.bits & mask : null;
}

/** What is true of both. */
export function meet(a: Value, b: Value): Value {
  if (a === b) return a;
  const known = a.known & b.known & ~(a.bits ^ b.bits);
  return { known, bits: a.bits & known, what: a.what === b.what ? a.what : null };
}

/** Whether two values say the same. */
export function same(a: Value, b: Value): boolean {
  return a === b || (a.known === b.known && a.bits === b.bits && a.what === b.what);
}

/** `value` with its bits from `shift` on, as many as `mask` has, taken from `part`. */
export function withPart(value: Value, part: Value, mask: bigint, shift = 0n): Value {
  const place = mask << shift;
  return {
    known: (value.known & ~place) | ((part.known & mask) << shift),
    bits: (value.bits & ~place) | ((part.bits & mask) << shift),
    what: mask === ALL ? part.what : null,
  };
}

/** What an operation on two values gives, as far as it can be known. Sums are known up to the first bit that is not. */
export function combine(operation: 'add' | 'sub' | 'and' | 'or' | 'xor', a: Value, b: Value): Value {
  const both = a.known & b.known;
  if (operation === 'xor') return bitsOf(both, a.bits ^ b.bits);
  if (operation === 'and') {
    const zeros = (a.known & ~a.bits) | (b.known & ~b.bits);
    return bitsOf(both | zeros, a.bits & b.bits);
  }
  if (operation === 'or') return bitsOf(both | a.bits | b.bits, a.bits | b.bits);
  const sure = lowestOnes(both);
  return bitsOf(sure, operation === 'add' ? a.bits + b.bits : a.bits - b.bits);
}

/** A value moved to the left by a known number of bits, or to the right in `width` bits. */
export function shifted(value: Value, by: number, width: number, right: boolean): Value {
  const mask = low(width);
  if (!right) return bitsOf(((value.known << BigInt(by)) | low(by)) & mask, value.bits << BigInt(by));
  const gone = mask & ~(mask >> BigInt(by));
  return bitsOf(((value.known & mask) >> BigInt(by)) | gone, (value.bits & mask) >> BigInt(by));
}

/** A value of `from` bits with its sign carried on. */
export function signed(value: Value, from: number): Value {
  const number = numberIn(value, from);
  return number === null
    ? bitsOf(value.known & low(from - 1), value.bits)
    : constant(BigInt.asIntN(from, number));
}

function bitsOf(known: bigint, bits: bigint): Value {
  return { known: known & ALL, bits: bits & known & ALL, what: null };
}

function lowestOnes(mask: bigint): bigint {
  if (mask === ALL) return ALL;
  const firstZero = ~mask & (mask + 1n);
  return firstZero - 1n;
}
