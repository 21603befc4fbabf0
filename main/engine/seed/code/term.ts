/** One thing that a value can be: some of its bits, or something that has a name. */
export interface Term {
  /** The bits that are known; of the distance from the entry's stack pointer where the name is `STACK`. */
  readonly known: bigint;
  /** Their values; zero where not known. */
  readonly bits: bigint;
  /** What it is when it is no known number, for example `argv[1]`; null when it has no name. */
  readonly symbol: string | null;
  /** What has to happen for it to be this, in words; null when nothing in particular. */
  readonly when: string | null;
}

/** Names what is a known or unknown distance from where the stack pointer was at the entry. */
export const STACK = 'stack';

const ALL = (1n << 64n) - 1n;
/** Nothing is known. */
export const COLLAPSED: Term = { known: 0n, bits: 0n, symbol: null, when: null };

export type Operation = 'add' | 'sub' | 'and' | 'or' | 'xor';

export function sameTerm(a: Term, b: Term): boolean {
  return a.known === b.known && a.bits === b.bits && a.symbol === b.symbol && a.when === b.when;
}

/** Whether everything that `b` can be, `a` says already. */
export function subsumes(a: Term, b: Term): boolean {
  if (a.symbol === null && a.known === 0n) return true;
  if (a.symbol !== b.symbol || (a.when !== null && a.when !== b.when)) return false;
  return (a.known & ~b.known) === 0n && (b.bits & a.known) === a.bits;
}

/** What both share. */
export function meetTerms(a: Term, b: Term): Term {
  if (a.symbol !== b.symbol) return COLLAPSED;
  const known = a.known & b.known & ~(a.bits ^ b.bits);
  return { known, bits: a.bits & known, symbol: a.symbol, when: null };
}

/** What an operation gives. What lies in the stack stays there, a name stays when nothing is added to it, and its negative has one. */
export function combineTerms(operation: Operation, a: Term, b: Term): Term {
  if (a.symbol === null && b.symbol === null) return onBits(operation, a, b);
  const zeroA = isZero(a);
  const zeroB = isZero(b);
  if (zeroB && operation !== 'and') return a;
  if (zeroA && (operation === 'add' || operation === 'or' || operation === 'xor')) return b;
  if (zeroA && operation === 'sub' && b.symbol !== null && b.symbol !== STACK)
    return { ...b, symbol: negativeOf(b.symbol) };
  return withStack(operation, a, b);
}

const isZero = ({ symbol, known, bits }: Term) => symbol === null && known === ALL && bits === 0n;

/** The name of the negative of what has a name. */
function negativeOf(symbol: string): string {
  return symbol.startsWith('-(') ? symbol.slice(2, -1) : `-(${symbol})`;
}

function withStack(operation: Operation, a: Term, b: Term): Term {
  const [inA, inB] = [a.symbol === STACK, b.symbol === STACK];
  if (!inA && !inB) return COLLAPSED;
  const distance = onBits(operation, plain(a), plain(b));
  if (operation === 'sub' && inA && inB) return distance;
  const stays = (operation === 'add' && inA !== inB) || (operation === 'sub' && inA);
  // A mask rounds a place in the stack; whatever else is done to one is no place that is known.
  return stays ? { ...distance, symbol: STACK } : { ...COLLAPSED, symbol: STACK };
}

const plain = (term: Term): Term =>
  term.symbol === null || term.symbol === STACK ? { ...term, symbol: null } : COLLAPSED;

function onBits(operation: Operation, a: Term, b: Term): Term {
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

function bitsOf(known: bigint, bits: bigint): Term {
  return { known: known & ALL, bits: bits & known & ALL, symbol: null, when: null };
}

function lowestOnes(mask: bigint): bigint {
  if (mask === ALL) return ALL;
  const firstZero = ~mask & (mask + 1n);
  return firstZero - 1n;
}
