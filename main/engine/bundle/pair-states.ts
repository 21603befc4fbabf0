import { endianness } from 'node:os';
import type { BytePattern } from './pattern.ts';

/** The longest pattern whose states fit into 16 bits, together with those of {@link KEPT} bytes more. */
export const STATES = 12;
/** A place is seen up to this many bytes after its end, because states are only looked at after every fourth byte. */
const KEPT = 3;
const LITTLE = endianness() === 'LE';

/** A piece of bytes, and the pairs in it as numbers of 16 bits. */
export interface PairedPiece {
  readonly bytes: Uint8Array;
  readonly pairs: Uint16Array;
  /** Where the first pair begins, 0 or 1: numbers of 16 bits lie at even places of memory. */
  readonly first: number;
}

/** The pairs of a piece, without copying it. */
export function paired(bytes: Uint8Array): PairedPiece {
  const first = bytes.byteOffset & 1;
  const count = Math.max(0, bytes.length - first) >> 1;
  return { bytes, first, pairs: new Uint16Array(bytes.buffer, bytes.byteOffset + first, count) };
}

/**
 * Finds a short pattern in the same time whatever the bytes are: each is looked at once. Bit i of the state says that the first
 * i + 1 bytes of the pattern fit what was read last (Shift-And: Baeza-Yates, Gonnet, "A new approach to text searching", 1992);
 * a table takes it on by two bytes at a time.
 */
export class PairStates {
  readonly #length: number;
  /** For each byte the states that it lets go on; those past the pattern's end always do. */
  readonly #byByte = new Uint16Array(1 << 8);
  /** The same for two bytes. */
  readonly #byPair = new Uint16Array(1 << 16);

  /** Takes at most {@link STATES} bytes. */
  constructor({ bytes, mask }: BytePattern) {
    this.#length = bytes.length;
    const ended = ((1 << KEPT) - 1) << bytes.length;
    for (let byte = 0; byte < 1 << 8; byte += 1) {
      let states = ended;
      for (let i = 0; i < bytes.length; i += 1) {
        if (((byte ^ (bytes[i] as number)) & (mask[i] as number)) === 0) states |= 1 << i;
      }
      this.#byByte[byte] = states;
    }
    for (let pair = 0; pair < 1 << 16; pair += 1) {
      const [low, high] = [this.#byByte[pair & 0xff] as number, this.#byByte[pair >> 8] as number];
      this.#byPair[pair] = LITTLE ? ((low << 1) | 1) & high : ((high << 1) | 1) & low;
    }
  }

  /** Where the pattern begins in a piece, at `from` or after; -1 when it does not. */
  next({ bytes, pairs, first }: PairedPiece, from: number): number {
    const byByte = this.#byByte;
    const byPair = this.#byPair;
    const last = this.#length - 1;
    const end = 1 << last;
    let [at, state] = [from, 0];
    if (at < bytes.length && (at & 1) !== first) {
      state = (byByte[bytes[at] as number] as number) & 1;
      if (state & end) return at;
      at += 1;
    }
    const ends = ((2 << KEPT) - 1) << last;
    let pair = (at - first) >> 1;
    for (; pair + 1 < pairs.length; pair += 2) {
      state = ((state << 2) | 3) & (byPair[pairs[pair] as number] as number);
      state = ((state << 2) | 3) & (byPair[pairs[pair + 1] as number] as number);
      // The highest of these states is the place that ended first.
      if (state & ends) return first + 2 * pair + KEPT - (31 - Math.clz32(state & ends));
    }
    for (at = Math.max(at, first + 2 * pair); at < bytes.length; at += 1) {
      state = ((state << 1) | 1) & (byByte[bytes[at] as number] as number);
      if (state & end) return at - last;
    }
    return -1;
  }
}
