/** The data cannot be LZMA, or ends too early. */
export class LzmaError extends Error {
  readonly reason: 'corrupt' | 'truncated';

  constructor(reason: 'corrupt' | 'truncated') {
    super(reason);
    this.reason = reason;
  }
}

/** Where each group of probabilities begins in the one array that holds them all. */
const IS_MATCH = 0;
const IS_REP = IS_MATCH + (12 << 4);
const IS_REP_G0 = IS_REP + 12;
const IS_REP_G1 = IS_REP_G0 + 12;
const IS_REP_G2 = IS_REP_G1 + 12;
const IS_REP0_LONG = IS_REP_G2 + 12;
const SLOT = IS_REP0_LONG + (12 << 4);
const SPECIAL = SLOT + 4 * 64;
const ALIGN = SPECIAL + 115;
const LENGTH = ALIGN + 16;
/** Of a length coder: two choices, low and middle by position, high. */
const LOW = 2;
const MIDDLE = LOW + (16 << 3);
const HIGH = MIDDLE + (16 << 3);
const REP_LENGTH = LENGTH + HIGH + 256;
const LITERAL = REP_LENGTH + HIGH + 256;

const HALF = 1 << 10;
const TOP = 2 ** 24;
const RANGE = 0;
const CODE = 1;
/** More input than any one symbol takes. */
const SYMBOL_MOST = 32;
const SMALLEST_WINDOW = 1 << 20;

/**
 * An LZMA decoder after the specification that comes with the LZMA SDK (lzma-specification.txt). What it puts out lies in
 * its window, the dictionary, so that nothing is copied. Input is given piece by piece; memory is the window and one piece.
 */
export class LzmaDecoder {
  readonly window: Buffer;
  readonly #dictionary: number;
  /** Two unsigned numbers of 32 bits; in an array of that type the engine keeps them as such. */
  readonly #coder = new Uint32Array(2);
  #probabilities = new Uint16Array(LITERAL);
  #lc = 0;
  #literalMask = 0;
  #positionMask = 0;
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;
  /** Bytes of a match still to be copied. */
  #pending = 0;
  #position = 0;
  /** Bytes of the window that distances may reach. */
  #reach = 0;
  #input: Buffer = Buffer.alloc(0);
  #at = 0;
  #ended = false;

  /** `dictionary` in bytes; the caller has checked it. */
  constructor(dictionary: number) {
    this.#dictionary = dictionary;
    this.window = Buffer.allocUnsafe(Math.ceil(Math.max(dictionary, SMALLEST_WINDOW) / 16) * 16);
  }

  /** Whether the end marker was met. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Input not used yet. */
  rest(): Buffer {
    return this.#input.subarray(this.#at);
  }

  /** Whether the range coder ended as an encoder leaves it. */
  get isClean(): boolean {
    return this.#coder[CODE] === 0;
  }

  /** Forgets all that was put out. */
  resetDictionary(): void {
    this.#reach = 0;
  }

  /** Sets lc, lp and pb from the one byte that codes them, and forgets what was learnt. */
  setProperties(byte: number): void {
    if (byte >= 9 * 5 * 5) throw new LzmaError('corrupt');
    const lc = byte % 9;
    const lp = Math.floor(byte / 9) % 5;
    this.#lc = lc;
    this.#literalMask = (1 << lp) - 1;
    this.#positionMask = (1 << Math.floor(byte / 45)) - 1;
    const needed = LITERAL + (0x300 << (lc + lp));
    if (this.#probabilities.length !== needed) this.#probabilities = new Uint16Array(needed);
    this.resetState();
  }

  /** Forgets what was learnt, and the distances of earlier matches. */
  resetState(): void {
    this.#probabilities.fill(HALF);
    this.#state = 0;
    this.#rep0 = 0;
    this.#rep1 = 0;
    this.#rep2 = 0;
    this.#rep3 = 0;
  }

  /** Adds input after what is unused. */
  feed(bytes: Buffer): void {
    this.#input = Buffer.concat([this.#input.subarray(this.#at), bytes]);
    this.#at = 0;
  }

  /** Drops all input and starts the range coder on these bytes; five of them are its own. */
  start(bytes: Buffer): void {
    this.#input = bytes;
    this.#at = 5;
    if (bytes.length < 5) throw new LzmaError('truncated');
    if (bytes[0] !== 0) throw new LzmaError('corrupt');
    this.#coder[RANGE] = 0xffffffff;
    this.#coder[CODE] = bytes.readUInt32BE(1);
    this.#pending = 0;
    this.#ended = false;
  }

  /**
   * Puts out at most `most` bytes: the piece of the window that it gives. It is shorter, even empty, at the end of the
   * window, at the end marker, and when more input is needed and `isLast` does not say that there is none.
   */
  run(most: number, isLast: boolean): Buffer {
    if (this.#position === this.window.length) this.#position = 0;
    const begin = this.#position;
    const end = Math.min(begin + most, this.window.length);
    const safe = isLast ? this.#input.length + 1 : this.#input.length - SYMBOL_MOST;
    this.#copy(end);
    while (this.#position < end && this.#at < safe && !this.#ended) {
      this.#symbol();
      this.#copy(end);
    }
    if (this.#at > this.#input.length) throw new LzmaError('truncated');
    return this.window.subarray(begin, this.#position);
  }

  /** Puts out bytes that are not compressed, at most as many as `run` would; gives the piece of the window. */
  put(bytes: Buffer): Buffer {
    if (this.#position === this.window.length) this.#position = 0;
    const begin = this.#position;
    this.#position += bytes.copy(this.window, begin);
    this.#reach = Math.min(this.#reach + this.#position - begin, this.window.length);
    return this.window.subarray(begin, this.#position);
  }

  /** Copies what is left of a match, up to `end`. */
  #copy(end: number): void {
    const { window } = this;
    let from = this.#position - this.#rep0 - 1;
    if (from < 0) from += window.length;
    let to = this.#position;
    const length = Math.min(this.#pending, end - to);
    for (const stop = to + length; to < stop; to += 1) {
      window[to] = window[from] as number;
      from += 1;
      if (from === window.length) from = 0;
    }
    this.#position = to;
    this.#pending -= length;
    this.#reach = Math.min(this.#reach + length, window.length);
  }

  #symbol(): void {
    const position = this.#position & this.#positionMask;
    const state = this.#state;
    if (this.#bit(IS_MATCH + (state << 4) + position) === 0) {
      this.#literal();
      return;
    }
    if (this.#bit(IS_REP + state) === 0) {
      this.#rep3 = this.#rep2;
      this.#rep2 = this.#rep1;
      this.#rep1 = this.#rep0;
      this.#pending = 2 + this.#length(LENGTH, position);
      this.#state = state < 7 ? 7 : 10;
      this.#rep0 = this.#distance(Math.min(this.#pending - 2, 3));
      if (this.#rep0 === 0xffffffff) {
        this.#ended = true;
        this.#pending = 0;
        return;
      }
    } else {
      this.#repeat(state, position);
    }
    if (this.#rep0 >= this.#reach || this.#rep0 >= this.#dictionary) throw new LzmaError('corrupt');
  }

  /** A match at one of the last four distances. */
  #repeat(state: number, position: number): void {
    if (this.#bit(IS_REP_G0 + state) === 0) {
      if (this.#bit(IS_REP0_LONG + (state << 4) + position) === 0) {
        this.#state = state < 7 ? 9 : 11;
        this.#pending = 1;
        return;
      }
    } else {
      let distance = this.#rep1;
      if (this.#bit(IS_REP_G1 + state) === 1) {
        if (this.#bit(IS_REP_G2 + state) === 0) {
          distance = this.#rep2;
        } else {
          distance = this.#rep3;
          this.#rep3 = this.#rep2;
        }
        this.#rep2 = this.#rep1;
      }
      this.#rep1 = this.#rep0;
      this.#rep0 = distance;
    }
    this.#pending = 2 + this.#length(REP_LENGTH, position);
    this.#state = state < 7 ? 8 : 11;
  }

  #literal(): void {
    const { window } = this;
    const at = this.#position;
    const before = this.#reach === 0 ? 0 : (window[(at === 0 ? window.length : at) - 1] as number);
    const group = ((at & this.#literalMask) << this.#lc) + (before >> (8 - this.#lc));
    const base = LITERAL + 0x300 * group;
    let symbol = 1;
    if (this.#state >= 7) {
      let from = at - this.#rep0 - 1;
      if (from < 0) from += window.length;
      let match = window[from] as number;
      while (symbol < 0x100) {
        const wanted = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(base + ((1 + wanted) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== wanted) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(base + symbol);
    window[at] = symbol & 0xff;
    this.#position = at + 1;
    if (this.#reach < window.length) this.#reach += 1;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** A match length less two. */
  #length(base: number, position: number): number {
    if (this.#bit(base) === 0) return this.#tree(base + LOW + (position << 3), 3);
    if (this.#bit(base + 1) === 0) return 8 + this.#tree(base + MIDDLE + (position << 3), 3);
    return 16 + this.#tree(base + HIGH, 8);
  }

  /** A distance less one; all ones is the end marker. */
  #distance(lengthState: number): number {
    const slot = this.#tree(SLOT + (lengthState << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return high + this.#reverseTree(SPECIAL + high - slot, bits);
    return high + this.#direct(bits - 4) * 16 + this.#reverseTree(ALIGN, 4);
  }

  #tree(base: number, bits: number): number {
    let symbol = 1;
    for (let i = 0; i < bits; i += 1) symbol = (symbol << 1) | this.#bit(base + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      const bit = this.#bit(base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** Bits that are as often 0 as 1. */
  #direct(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      const half = (this.#coder[RANGE] as number) >>> 1;
      const code = this.#coder[CODE] as number;
      const bit = code >= half ? 1 : 0;
      this.#coder[RANGE] = half;
      if (bit === 1) this.#coder[CODE] = code - half;
      this.#normalize();
      value = value * 2 + bit;
    }
    return value;
  }

  #bit(index: number): number {
    const coder = this.#coder;
    const probabilities = this.#probabilities;
    const probability = probabilities[index] as number;
    const range = coder[RANGE] as number;
    const code = coder[CODE] as number;
    const bound = (range >>> 11) * probability;
    let bit = 0;
    if (code < bound) {
      coder[RANGE] = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    } else {
      coder[RANGE] = range - bound;
      coder[CODE] = code - bound;
      probabilities[index] = probability - (probability >> 5);
      bit = 1;
    }
    if ((coder[RANGE] as number) < TOP) this.#normalize();
    return bit;
  }

  #normalize(): void {
    const coder = this.#coder;
    const range = coder[RANGE] as number;
    if (range >= TOP) return;
    coder[RANGE] = range << 8;
    coder[CODE] =
      ((coder[CODE] as number) << 8) |
      (this.#at < this.#input.length ? (this.#input[this.#at] as number) : 0);
    this.#at += 1;
  }
}
