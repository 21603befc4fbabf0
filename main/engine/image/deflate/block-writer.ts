import type { BitWriter } from './bit-writer.ts';
import { bitsOf, CodeMaker, emptyCode, type PrefixCode } from './prefix-code.ts';
import {
  DISTANCE_BASE,
  DISTANCE_EXTRA,
  DISTANCES,
  distanceSymbol,
  END_OF_BLOCK,
  FIRST_LENGTH,
  FIXED_DISTANCES,
  FIXED_LITERALS,
  LENGTH_BASE,
  LENGTH_EXTRA,
  LENGTH_SYMBOL,
  LITERALS,
} from './symbols.ts';

/** The largest stored block. */
const STORED_LIMIT = 65_535;
/** The order in which the lengths of the codes for lengths are written (RFC 1951, 3.2.7). */
const LENGTHS_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Extra bits of the symbols that repeat a length. */
const REPEAT_EXTRA = [2, 3, 7];

/** Bytes and matches, each a number: a byte as it is, a match as 1 << 30 | length << 15 | distance, both from zero. */
export interface Tokens {
  readonly values: Int32Array;
  count: number;
}

/** The number that stands for a match. `length` is less the shortest, `distance` less one. */
export function matchToken(length: number, distance: number): number {
  return (1 << 30) | (length << 15) | distance;
}

/** The lengths of a dynamic block's codes, as they are written. */
interface Lengths {
  /** Symbols 0 to 18; after 16, 17 and 18 comes the value of their extra bits. */
  readonly symbols: number[];
  readonly frequencies: Int32Array;
  readonly code: PrefixCode;
  /** How many of the codes for lengths are written. */
  written: number;
}

/**
 * Writes blocks as Go's compress/flate does: fixed codes, made codes or stored bytes, whichever takes the fewest bits, the
 * first of them when equal.
 */
export class BlockWriter {
  readonly #out: BitWriter;
  readonly #maker = new CodeMaker();
  readonly #literals = { frequencies: new Int32Array(LITERALS), code: emptyCode(LITERALS) };
  readonly #distances = { frequencies: new Int32Array(DISTANCES), code: emptyCode(DISTANCES) };

  constructor(out: BitWriter) {
    this.#out = out;
  }

  /** Writes a block that is not the last. `plain` is what it stands for, or null when that is not at hand any more. */
  block(tokens: Tokens, plain: Uint8Array | null): void {
    this.#count(tokens);
    const [literals, distances] = [this.#literals, this.#distances];
    const made = this.#lengths();
    const fixedBits =
      3 + bitsOf(FIXED_LITERALS, literals.frequencies) + bitsOf(FIXED_DISTANCES, distances.frequencies);
    const madeBits =
      this.#headerBits(made) +
      bitsOf(literals.code, literals.frequencies) +
      bitsOf(distances.code, distances.frequencies);
    const least = Math.min(fixedBits, madeBits) + this.#extraBits();
    if (plain && plain.length <= STORED_LIMIT && (plain.length + 5) * 8 < least) this.#stored(plain);
    else if (madeBits < fixedBits) {
      this.#header(made);
      this.#tokens(tokens, literals.code, distances.code);
    } else {
      this.#out.bits(2, 3);
      this.#tokens(tokens, FIXED_LITERALS, FIXED_DISTANCES);
    }
  }

  /** Ends the stream as Go does: with an empty stored block that is marked as the last. */
  end(): void {
    this.#storedHeader(0, true);
    this.#out.end();
  }

  #stored(plain: Uint8Array): void {
    this.#storedHeader(plain.length, false);
    this.#out.bytes(plain);
  }

  #storedHeader(length: number, last: boolean): void {
    this.#out.bits(last ? 1 : 0, 3);
    this.#out.align();
    this.#out.bits(length, 16);
    this.#out.bits(~length & 0xffff, 16);
  }

  #count({ values, count }: Tokens): void {
    const literals = this.#literals.frequencies.fill(0);
    const distances = this.#distances.frequencies.fill(0);
    for (let i = 0; i < count; i += 1) {
      const token = values[i] ?? 0;
      const literal = token < 1 << 30 ? token : FIRST_LENGTH + (LENGTH_SYMBOL[(token >> 15) & 0xff] ?? 0);
      literals[literal] = (literals[literal] ?? 0) + 1;
      if (token < 1 << 30) continue;
      const distance = distanceSymbol(token & 0x7fff);
      distances[distance] = (distances[distance] ?? 0) + 1;
    }
    literals[END_OF_BLOCK] = 1;
    // A code without any symbol cannot be written.
    if (distances.every(frequency => frequency === 0)) distances[0] = 1;
    this.#maker.make(this.#literals.code, literals, 15);
    this.#maker.make(this.#distances.code, distances, 15);
  }

  #extraBits(): number {
    let bits = 0;
    for (let i = 0; i < LENGTH_EXTRA.length; i += 1)
      bits += (this.#literals.frequencies[FIRST_LENGTH + i] ?? 0) * (LENGTH_EXTRA[i] ?? 0);
    for (let i = 0; i < DISTANCES; i += 1)
      bits += (this.#distances.frequencies[i] ?? 0) * (DISTANCE_EXTRA[i] ?? 0);
    return bits;
  }

  #lengths(): Lengths {
    const all = [...used(this.#literals.code), ...used(this.#distances.code)];
    const frequencies = new Int32Array(LENGTHS_ORDER.length);
    const symbols: number[] = [];
    const add = (symbol: number, extra?: number) => {
      symbols.push(symbol);
      if (extra !== undefined) symbols.push(extra);
      frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
    };
    for (let at = 0; at < all.length; ) {
      const length = all[at] ?? 0;
      let run = 1;
      while (all[at + run] === length) run += 1;
      at += run;
      addRun(length, run, add);
    }
    const code = emptyCode(LENGTHS_ORDER.length);
    this.#maker.make(code, frequencies, 7);
    let written = LENGTHS_ORDER.length;
    while (written > 4 && frequencies[LENGTHS_ORDER[written - 1] ?? 0] === 0) written -= 1;
    return { symbols, frequencies, code, written };
  }

  #headerBits({ frequencies, code, written }: Lengths): number {
    const extra = REPEAT_EXTRA.reduce((sum, bits, i) => sum + bits * (frequencies[16 + i] ?? 0), 0);
    return 3 + 5 + 5 + 4 + 3 * written + bitsOf(code, frequencies) + extra;
  }

  #header({ symbols, code, written }: Lengths): void {
    const out = this.#out;
    out.bits(4, 3);
    out.bits(used(this.#literals.code).length - FIRST_LENGTH, 5);
    out.bits(used(this.#distances.code).length - 1, 5);
    out.bits(written - 4, 4);
    for (const symbol of LENGTHS_ORDER.slice(0, written)) out.bits(code.lengths[symbol] ?? 0, 3);
    for (let i = 0; i < symbols.length; i += 1) {
      const symbol = symbols[i] ?? 0;
      out.bits(code.codes[symbol] ?? 0, code.lengths[symbol] ?? 0);
      if (symbol < 16) continue;
      i += 1;
      out.bits(symbols[i] ?? 0, REPEAT_EXTRA[symbol - 16] ?? 0);
    }
  }

  #tokens({ values, count }: Tokens, literals: PrefixCode, distances: PrefixCode): void {
    const out = this.#out;
    for (let i = 0; i < count; i += 1) {
      const token = values[i] ?? 0;
      if (token < 1 << 30) {
        out.bits(literals.codes[token] ?? 0, literals.lengths[token] ?? 0);
        continue;
      }
      const length = (token >> 15) & 0xff;
      const symbol = LENGTH_SYMBOL[length] ?? 0;
      out.bits(literals.codes[FIRST_LENGTH + symbol] ?? 0, literals.lengths[FIRST_LENGTH + symbol] ?? 0);
      out.bits(length - (LENGTH_BASE[symbol] ?? 0), LENGTH_EXTRA[symbol] ?? 0);
      const distance = token & 0x7fff;
      const far = distanceSymbol(distance);
      out.bits(distances.codes[far] ?? 0, distances.lengths[far] ?? 0);
      out.bits(distance - (DISTANCE_BASE[far] ?? 0), DISTANCE_EXTRA[far] ?? 0);
    }
    out.bits(literals.codes[END_OF_BLOCK] ?? 0, literals.lengths[END_OF_BLOCK] ?? 0);
  }
}

/** The lengths up to the last symbol that has one. */
function used({ lengths }: PrefixCode): Uint8Array {
  return lengths.subarray(0, lengths.findLastIndex(length => length !== 0) + 1);
}

/** Writes a run of equal lengths, with the longest repetition that fits as long as there is one. */
function addRun(length: number, run: number, add: (symbol: number, extra?: number) => void): void {
  let left = run;
  if (length === 0) {
    for (; left >= 11; left -= Math.min(left, 138)) add(18, Math.min(left, 138) - 11);
    if (left >= 3) {
      add(17, left - 3);
      left = 0;
    }
  } else {
    add(length);
    left -= 1;
    for (; left >= 3; left -= Math.min(left, 6)) add(16, Math.min(left, 6) - 3);
  }
  for (; left > 0; left -= 1) add(length);
}
