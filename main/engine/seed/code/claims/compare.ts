import { low } from '../value.ts';
import { type Claim, leads } from './x86-claim.ts';
import type { Operand } from './x86-operand.ts';

/** How a claim stands to the instruction that is there. */
export type Agreement = 'equal' | 'differs' | 'not-comparable';

/** Where a jump leads and what its target is called, to compare a claim about it. */
export interface Target {
  readonly offset: number;
  readonly address: bigint;
  /** Offsets of places by name, as the source sets them. A name that it sets twice has all. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Compares what is claimed with what is there; `target` is null for what leads nowhere that is known. */
export function compareClaim(claim: Claim, actual: Claim, target: Target | null): Agreement {
  if (claim.mnemonic !== actual.mnemonic) return 'differs';
  if (leads(actual.mnemonic)) return compareTarget(claim, actual, target);
  // Some leave out what goes without saying: `shl al`, `cmp 'F'`.
  if (claim.operands.length !== actual.operands.length) return 'not-comparable';
  const straight = all(claim.operands, actual.operands);
  if (straight !== 'differs' || !/^(xchg|test)$/.test(actual.mnemonic)) return straight;
  return all(claim.operands, [...actual.operands].reverse());
}

function all(claimed: readonly Operand[], actual: readonly Operand[]): Agreement {
  const bits = Math.max(8, ...actual.map(each => (each.kind === 'register' ? each.bits : 0)));
  const width = actual.some(each => each.kind === 'register') ? bits : 64;
  const results = claimed.map((each, i) => compareOperand(each, actual[i] ?? { kind: 'unknown' }, width));
  if (results.includes('differs')) return 'differs';
  return results.includes('not-comparable') ? 'not-comparable' : 'equal';
}

function compareOperand(a: Operand, b: Operand, width: number): Agreement {
  if (a.kind === 'unknown' || b.kind === 'unknown' || a.kind === 'place' || b.kind === 'place')
    return 'not-comparable';
  if (a.kind === 'number' && b.kind === 'number')
    return sameNumber(a.value, b.value, width) ? 'equal' : 'differs';
  if (a.kind === 'register' && b.kind === 'register') return a.name === b.name ? 'equal' : 'differs';
  if (a.kind === 'memory' && b.kind === 'memory') return sameMemory(a.terms, b.terms) ? 'equal' : 'differs';
  return 'differs';
}

/** Numbers of as many bits; one of eight that is carried on may be written either way. */
function sameNumber(a: bigint, b: bigint, width: number): boolean {
  return ((a ^ b) & low(width)) === 0n || (width === 64 && ((a ^ b) & low(32)) === 0n);
}

/** Sums in any order. */
function sameMemory(a: string, b: string): boolean {
  const terms = (text: string) => text.replace('-', '+-').split('+').sort().join('+');
  return terms(a) === terms(b);
}

/** A jump is where it leads: a name by what the source calls that place, a number as an offset or an address. */
function compareTarget(claim: Claim, actual: Claim, target: Target | null): Agreement {
  const [said] = claim.operands;
  if (!target) {
    const [there] = actual.operands;
    return said && there && said.kind !== 'place' ? compareOperand(said, there, 64) : 'not-comparable';
  }
  const here = (place: bigint) => place === BigInt(target.offset) || place === target.address;
  if (claim.place !== null && !here(claim.place)) return 'differs';
  if (said?.kind === 'place') {
    const offsets = target.places.get(said.name);
    if (offsets) return offsets.includes(target.offset) ? 'equal' : 'differs';
    return claim.place === null ? 'not-comparable' : 'equal';
  }
  if (said?.kind === 'register' || said?.kind === 'memory') return 'differs';
  if (said?.kind === 'number') return here(said.value) ? 'equal' : 'differs';
  return 'not-comparable';
}
