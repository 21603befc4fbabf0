import { STACK } from './term.ts';
import { meet, same, UNKNOWN, type Value } from './value.ts';

/** A place in memory that is known: a distance from the stack pointer at the entry, or an address. */
export interface Location {
  readonly space: 'stack' | 'fixed';
  readonly at: bigint;
}

/** Most words that are followed; when there are more, nothing is known of memory any more. */
const WORDS = 256;
/** A place that is not known exactly: how much of memory a write there may change. */
export type Vague = 'stack' | 'anywhere';

interface Word extends Location {
  readonly size: number;
  readonly value: Value;
}

/** The bytes that a file has at an address, as a number; null where it has none. */
export type FileNumber = (address: bigint, size: number) => Value | null;

/**
 * What is known of memory: words at known places. Never changed in place. A word that was partly overwritten stays as one of
 * which nothing is known, so that what the file had there does not come back.
 */
export class Memory {
  readonly #words: ReadonlyMap<string, Word>;
  /** Whether the bytes of the file that were not written to are still what they were. */
  readonly #fileStands: boolean;

  constructor(words: ReadonlyMap<string, Word>, fileStands: boolean) {
    this.#words = words;
    this.#fileStands = fileStands;
  }

  /** The word at a place. */
  load(place: Location, size: number, file: FileNumber): Value {
    const own = this.#words.get(keyOf(place, size));
    if (own) return own.value;
    for (const word of this.#words.values()) if (overlap(word, place, size)) return UNKNOWN;
    return (place.space === 'fixed' && this.#fileStands ? file(place.at, size) : null) ?? UNKNOWN;
  }

  store(place: Location, size: number, value: Value): Memory {
    const words = new Map(this.#words);
    for (const [key, word] of this.#words)
      if (overlap(word, place, size)) words.set(key, { ...word, value: UNKNOWN });
    words.set(keyOf(place, size), { ...place, size, value });
    return words.size > WORDS ? NO_MEMORY : new Memory(words, this.#fileStands);
  }

  /** What is left when something may have written from a place upwards. */
  without({ space, at }: Location): Memory {
    const words = new Map(
      [...this.#words].filter(([, word]) => word.space !== space || word.at + BigInt(word.size) <= at),
    );
    return new Memory(words, this.#fileStands && space !== 'fixed');
  }

  /** What is left without the stack below a place. */
  withoutBelow(at: bigint): Memory {
    const kept = [...this.#words].filter(([, word]) => word.space !== 'stack' || word.at >= at);
    return kept.length === this.#words.size ? this : new Memory(new Map(kept), this.#fileStands);
  }

  withoutStack(): Memory {
    return new Memory(
      new Map([...this.#words].filter(([, { space }]) => space !== 'stack')),
      this.#fileStands,
    );
  }

  /** What holds in both; this itself when the other takes nothing from it. */
  meet(other: Memory, file: FileNumber): Memory {
    if (this === other) return this;
    const fileStands = this.#fileStands && other.#fileStands;
    const words = new Map<string, Word>();
    let changed = fileStands !== this.#fileStands;
    for (const [key, word] of this.#words) {
      const own =
        other.#words.get(key)?.value ??
        (word.space === 'stack' ? UNKNOWN : other.load(word, word.size, file));
      const value = meet(word.value, own);
      if (!same(value, word.value)) changed = true;
      // Where nothing is known without it, a word of which nothing is known says nothing.
      if ((word.space === 'fixed' && fileStands) || !same(value, UNKNOWN)) words.set(key, { ...word, value });
      else changed = true;
    }
    for (const [key, word] of other.#words) {
      if (word.space === 'stack' || !fileStands || words.has(key)) continue;
      words.set(key, { ...word, value: meet(word.value, this.load(word, word.size, file)) });
      changed = true;
    }
    if (!changed) return this;
    return words.size > WORDS ? NO_MEMORY : new Memory(words, fileStands);
  }
}

const keyOf = ({ space, at }: Location, size: number) => `${space} ${at.toString(36)} ${size}`;

function overlap(word: Word, { space, at }: Location, size: number): boolean {
  return word.space === space && word.at < at + BigInt(size) && at < word.at + BigInt(word.size);
}

/** Memory of which nothing is known. */
export const NO_MEMORY = new Memory(new Map(), false);
/** Memory as a file that was loaded leaves it. */
export const FRESH_MEMORY = new Memory(new Map(), true);

/** The place that an address is, when it is one; else how far from known it is. */
export function locationOf(address: Value, word: number): Location | Vague {
  const mask = (1n << BigInt(8 * word)) - 1n;
  const [term] = address.terms;
  const stack = address.terms.some(({ symbol }) => symbol === STACK);
  if (address.terms.length === 1 && term && (term.known & mask) === mask) {
    if (term.symbol === STACK) return { space: 'stack', at: BigInt.asIntN(8 * word, term.bits) };
    if (term.symbol === null) return { space: 'fixed', at: term.bits & mask };
  }
  return stack ? 'stack' : 'anywhere';
}
