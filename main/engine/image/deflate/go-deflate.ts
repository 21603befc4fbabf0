import { BitWriter, type OnBytes } from './bit-writer.ts';
import { BlockWriter, matchToken, type Tokens } from './block-writer.ts';
import { LONGEST_LENGTH, SHORTEST_LENGTH } from './symbols.ts';

const WINDOW = 1 << 15;
const WINDOW_MASK = WINDOW - 1;
/** The shortest match that is used; one of three bytes is not. */
const SHORTEST = 4;
/** A longer match is looked for only after one shorter than this. */
const LAZY = 16;
/** A match of this length is not improved on. */
const NICE = 128;
/** Candidates looked at for one match. */
const TRIES = 128;
/** Matches of the shortest length are used up to this distance. */
const SHORTEST_REACH = 4096;
/** Bytes that must follow for a match to be looked for, except at the end. */
const AHEAD = SHORTEST + LONGEST_LENGTH;
const TOKENS = 1 << 14;
const HASH_BITS = 17;
const HASH_FACTOR = 0x1e35a7bd;
/** Positions are counted from anew before they outgrow 32 bits. */
const BASE_LIMIT = 1 << 30;

/**
 * Compresses as Go's compress/flate at its default level does up to Go 1.26, bit for bit. Own code after the published
 * algorithm: RFC 1951 blocks of 16384 tokens, hash chains over four bytes, lazy matching with the figures above, a window of
 * twice 32 KiB that moves by half.
 *
 * How the input is cut into writes can make a difference to Go, and so it does here: see {@link GoDeflate.write}.
 */
export class GoDeflate {
  readonly #out: BitWriter;
  readonly #blocks: BlockWriter;
  readonly #window = new Uint8Array(2 * WINDOW);
  /** By hash of four bytes: the last position that had it, plus one and the base; 0 for none. */
  readonly #heads = new Int32Array(1 << HASH_BITS);
  /** By position in the window: the position before it that had the same hash, likewise. */
  readonly #chain = new Int32Array(WINDOW);
  readonly #tokens: Tokens = { values: new Int32Array(TOKENS), count: 0 };
  /** What the window moved by since positions were counted anew. */
  #base = 1;
  #at = 0;
  #end = 0;
  /** Where in the window the block began; -1 when that has moved out. */
  #blockStart = 0;
  /** Whether the byte before `#at` is still to be written. */
  #waiting = false;
  #length = SHORTEST - 1;
  #distance = 0;
  #foundDistance = 0;

  constructor(onBytes: OnBytes) {
    this.#out = new BitWriter(onBytes);
    this.#blocks = new BlockWriter(this.#out);
  }

  /**
   * Compresses bytes. When a write ends in the last 262 bytes of a full window, the window moves a little earlier than it
   * would have, so that other matches may be found.
   */
  write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      this.#compress(false);
      if (this.#at >= 2 * WINDOW - AHEAD) this.#move();
      const piece = bytes.subarray(done, done + 2 * WINDOW - this.#end);
      this.#window.set(piece, this.#end);
      this.#end += piece.length;
      done += piece.length;
    }
  }

  /** Compresses what is left and ends the stream. */
  end(): void {
    this.#compress(true);
    if (this.#waiting) this.#token(this.#window[this.#at - 1] ?? 0);
    if (this.#tokens.count > 0) this.#block(this.#at);
    this.#blocks.end();
  }

  #move(): void {
    this.#window.copyWithin(0, WINDOW);
    this.#at -= WINDOW;
    this.#end -= WINDOW;
    this.#blockStart = this.#blockStart >= WINDOW ? this.#blockStart - WINDOW : -1;
    this.#base += WINDOW;
    if (this.#base < BASE_LIMIT) return;
    const less = this.#base - 1;
    for (const table of [this.#heads, this.#chain])
      for (let i = 0; i < table.length; i += 1) table[i] = Math.max(0, (table[i] ?? 0) - less);
    this.#base = 1;
  }

  #compress(all: boolean): void {
    const least = all ? 1 : AHEAD;
    for (let ahead = this.#end - this.#at; ahead >= least; ahead = this.#end - this.#at) {
      const head = this.#insert(this.#at);
      const [length, distance] = [this.#length, this.#distance];
      this.#length = SHORTEST - 1;
      this.#distance = 0;
      const from = Math.max(this.#at - WINDOW, 0);
      if (head >= from && ahead > length && length < LAZY) {
        this.#length = this.#longest(head, ahead);
        this.#distance = this.#foundDistance;
      }
      if (length >= SHORTEST && this.#length <= length) this.#takeMatch(length, distance);
      else this.#goOn();
    }
  }

  /** The match that began a byte ago is used. */
  #takeMatch(length: number, distance: number): void {
    this.#token(matchToken(length - SHORTEST_LENGTH, distance - 1));
    const next = this.#at + length - 1;
    for (this.#at += 1; this.#at < next; this.#at += 1) this.#insert(this.#at);
    this.#waiting = false;
    this.#length = SHORTEST - 1;
    if (this.#tokens.count === TOKENS) this.#block(this.#at);
  }

  /** There was no match a byte ago, or the one that begins here is better. */
  #goOn(): void {
    if (this.#waiting) {
      this.#token(this.#window[this.#at - 1] ?? 0);
      if (this.#tokens.count === TOKENS) this.#block(this.#at);
    }
    this.#at += 1;
    this.#waiting = true;
  }

  /** Enters a position into its chain and gives the one before it; less than 0 when there is none. */
  #insert(at: number): number {
    if (at >= this.#end - (SHORTEST - 1)) return -1;
    const window = this.#window;
    const four =
      ((window[at] ?? 0) << 24) |
      ((window[at + 1] ?? 0) << 16) |
      ((window[at + 2] ?? 0) << 8) |
      (window[at + 3] ?? 0);
    const hash = Math.imul(four, HASH_FACTOR) >>> (32 - HASH_BITS);
    const before = this.#heads[hash] ?? 0;
    this.#chain[at & WINDOW_MASK] = before;
    this.#heads[hash] = at + this.#base;
    return before - this.#base;
  }

  /** The length of the longest match at the current position; its distance is left in `#foundDistance`. */
  #longest(head: number, ahead: number): number {
    const [window, chain, at] = [this.#window, this.#chain, this.#at];
    const most = Math.min(LONGEST_LENGTH, ahead);
    const nice = Math.min(NICE, most);
    const from = at - WINDOW;
    let longest = SHORTEST - 1;
    this.#foundDistance = 0;
    for (let i = head, tries = TRIES; tries > 0; tries -= 1) {
      if (window[i + longest] === window[at + longest]) {
        let length = 0;
        while (length < most && window[i + length] === window[at + length]) length += 1;
        if (length > longest && (length > SHORTEST || at - i <= SHORTEST_REACH)) {
          longest = length;
          this.#foundDistance = at - i;
          if (length >= nice) break;
        }
      }
      if (i === from) break;
      i = (chain[i & WINDOW_MASK] ?? 0) - this.#base;
      if (i < from || i < 0) break;
    }
    return longest;
  }

  #token(token: number): void {
    this.#tokens.values[this.#tokens.count] = token;
    this.#tokens.count += 1;
  }

  #block(end: number): void {
    const start = this.#blockStart;
    this.#blocks.block(this.#tokens, start < 0 ? null : this.#window.subarray(start, end));
    this.#blockStart = end;
    this.#tokens.count = 0;
  }
}
