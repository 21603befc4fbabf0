/** Prefix codes for an alphabet: for each symbol the bits, first bit lowest, and how many they are; 0 for none. */
export interface PrefixCode {
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

/** Symbols that the largest alphabet of the format has. */
const MOST_SYMBOLS = 288;
const MOST_BITS = 15;

/** A code in which no symbol has a length yet. */
export function emptyCode(symbols: number): PrefixCode {
  return { codes: new Uint16Array(symbols), lengths: new Uint8Array(symbols) };
}

/** Gives each symbol the next code of its length, in the order of the symbols (RFC 1951, 3.2.2). */
export function assignCodes({ codes, lengths }: PrefixCode): void {
  let code = 0;
  for (let length = 1; length <= MOST_BITS; length += 1) {
    code <<= 1;
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      codes[symbol] = reversed(code, length);
      code += 1;
    }
  }
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i += 1) result = (result << 1) | ((code >> i) & 1);
  return result;
}

/** Bits that symbols of these frequencies take. */
export function bitsOf({ lengths }: PrefixCode, frequencies: Int32Array): number {
  let bits = 0;
  for (let i = 0; i < frequencies.length; i += 1) bits += (frequencies[i] ?? 0) * (lengths[i] ?? 0);
  return bits;
}

/**
 * Makes shortest codes of bounded length by package-merge (Larmore and Hirschberg, 1990). Where several are equally short,
 * the choice is that of Go's compress/flate: a package goes before a symbol of the same weight, and of symbols of the same
 * frequency the later one has the shorter code.
 */
export class CodeMaker {
  readonly #symbols = new Uint16Array(MOST_SYMBOLS);
  readonly #weights = new Int32Array(MOST_SYMBOLS);
  readonly #levels = Array.from({ length: MOST_BITS + 1 }, () => ({
    weights: new Int32Array(2 * MOST_SYMBOLS),
    leaf: new Uint8Array(2 * MOST_SYMBOLS),
    size: 0,
  }));

  /** Fills a code for these frequencies, of at most `mostBits` bits a symbol. */
  make(code: PrefixCode, frequencies: Int32Array, mostBits: number): void {
    code.lengths.fill(0);
    const used = [...frequencies.keys()].filter(symbol => frequencies[symbol] !== 0);
    if (used.length <= 2) {
      for (const symbol of used) code.lengths[symbol] = 1;
    } else {
      used.sort((a, b) => (frequencies[a] ?? 0) - (frequencies[b] ?? 0) || a - b);
      for (const [i, symbol] of used.entries()) {
        this.#symbols[i] = symbol;
        this.#weights[i] = frequencies[symbol] ?? 0;
      }
      this.#lengths(code.lengths, used.length, Math.min(mostBits, used.length - 1));
    }
    assignCodes(code);
  }

  #lengths(lengths: Uint8Array, count: number, mostBits: number): void {
    for (let level = 1; level <= mostBits; level += 1) this.#merge(level, count);
    // Each level holds some of the lightest symbols; a symbol is as long as the levels are many that hold it.
    let items = 2 * count - 2;
    for (let level = mostBits; level >= 1; level -= 1) {
      const { leaf } = this.#levels[level] ?? { leaf: new Uint8Array() };
      let leaves = 0;
      for (let i = 0; i < items; i += 1) leaves += leaf[i] ?? 0;
      for (let i = 0; i < leaves; i += 1) {
        const symbol = this.#symbols[i] ?? 0;
        lengths[symbol] = (lengths[symbol] ?? 0) + 1;
      }
      items = 2 * (items - leaves);
    }
  }

  /** A level is the symbols, and the pairs of the level below, by weight. */
  #merge(number: number, count: number): void {
    const level = this.#levels[number];
    const below = this.#levels[number - 1];
    if (!level || !below) return;
    const pairs = number === 1 ? 0 : below.size >> 1;
    level.size = count + pairs;
    for (let at = 0, leaf = 0, pair = 0; at < level.size; at += 1) {
      const leafWeight = leaf < count ? (this.#weights[leaf] ?? 0) : Number.POSITIVE_INFINITY;
      const pairWeight =
        pair < pairs
          ? (below.weights[2 * pair] ?? 0) + (below.weights[2 * pair + 1] ?? 0)
          : Number.POSITIVE_INFINITY;
      const isLeaf = leafWeight < pairWeight;
      level.weights[at] = isLeaf ? leafWeight : pairWeight;
      level.leaf[at] = isLeaf ? 1 : 0;
      if (isLeaf) leaf += 1;
      else pair += 1;
    }
  }
}
