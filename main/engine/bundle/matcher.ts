import { type PairedPiece, PairStates, paired, STATES } from './pair-states.ts';
import type { BytePattern } from './pattern.ts';

/** Bytes of a piece that are counted to learn which are rare in it. */
const SAMPLE = 4096;
/** From this share on a byte is so common that asking for each place of it costs more than looking at every byte. */
const COMMON = 1 / 64;
/** Asking the runtime for a run costs as much as looking at this many bytes. */
const ASKING = 1024;
/** Longest run of known bytes that is asked for at once. */
const RUN = 8;
/** Another part of a pattern is only chosen for pieces from this size on: making its states costs as much as looking at so much. */
const WORTH_CHOOSING = 1 << 18;

/**
 * Finds a pattern in pieces of bytes: `look` takes a piece, `next` gives the places in it. Where the pattern has a byte that is
 * rare in the piece, the runtime's own search jumps from one run that begins with it to the next; else {@link PairStates} look at
 * every byte once, which takes the same time for half-known bytes as for known ones. Of a long pattern they look for the part
 * that is rarest in the piece, and the rest is compared where that stands.
 */
export class Matcher {
  readonly length: number;
  readonly #bytes: Uint8Array;
  readonly #mask: Uint8Array;
  #piece: Buffer = Buffer.alloc(0);
  #pairs: PairedPiece = paired(this.#piece);
  /** How large a part of the piece each byte is. */
  #shares = new Float64Array(256);
  #run: { readonly at: number; readonly bytes: Buffer } | null = null;
  /** How often the run may still be asked for before looking at every byte is cheaper. */
  #asksLeft = 0;
  /** The part of the pattern that is looked for byte by byte, once there is one; `fresh` when it was chosen for this piece. */
  #part: { readonly at: number; readonly states: PairStates } | null = null;
  #fresh = false;
  /** The byte that did not fit last: what the next place fails at, more often than not. */
  #suspect = 0;

  constructor({ bytes, mask }: BytePattern) {
    this.#bytes = bytes.map((byte, i) => byte & (mask[i] as number));
    this.#mask = mask;
    this.length = bytes.length;
  }

  /** Takes a piece to find places in. It must not change while `next` is asked. */
  look(piece: Buffer): void {
    this.#piece = piece;
    this.#pairs = paired(piece);
    this.#shares = sharesOf(piece);
    this.#run = this.#rarestRun();
    this.#asksLeft = piece.length / ASKING;
    this.#fresh = false;
  }

  /** Where the pattern begins in the piece, at `from` or after; -1 when it does not. */
  next(from: number): number {
    const end = this.#piece.length - this.length;
    for (let start = from; start <= end; start += 1) {
      start = this.#run && this.#asksLeft > 0 ? this.#byRun(this.#run, start) : this.#byStates(start);
      if (start < 0 || start > end) return -1;
      if (this.#agrees(start)) return start;
    }
    return -1;
  }

  #byRun({ at, bytes }: { readonly at: number; readonly bytes: Buffer }, from: number): number {
    this.#asksLeft -= 1;
    const found = this.#piece.indexOf(bytes, from + at);
    return found < 0 ? -1 : found - at;
  }

  #byStates(from: number): number {
    const { at, states } = this.#rarestPart();
    const found = states.next(this.#pairs, from + at);
    return found < 0 ? -1 : found - at;
  }

  #agrees(start: number): boolean {
    if (!this.#fits(this.#suspect, start)) return false;
    for (let i = 0; i < this.length; i += 1) if (!this.#fits(i, start)) return false;
    return true;
  }

  /** Whether the byte that the pattern's byte `i` would stand for fits it; remembers when not. */
  #fits(i: number, start: number): boolean {
    if (((this.#piece[start + i] as number) & (this.#mask[i] as number)) === this.#bytes[i]) return true;
    this.#suspect = i;
    return false;
  }

  /** The run of known bytes that begins with the rarest one; null when even that is common. */
  #rarestRun(): { readonly at: number; readonly bytes: Buffer } | null {
    let [best, least] = [-1, COMMON];
    for (let i = 0; i < this.length; i += 1) {
      const share = this.#shares[this.#bytes[i] as number] as number;
      if (this.#mask[i] === 0xff && share < least) [best, least] = [i, share];
    }
    if (best < 0) return null;
    let end = best;
    while (end < this.length && end < best + RUN && this.#mask[end] === 0xff) end += 1;
    return { at: best, bytes: Buffer.from(this.#bytes.subarray(best, end)) };
  }

  /** The part that is looked for byte by byte, as it was chosen for this piece or for one before. */
  #rarestPart(): { readonly at: number; readonly states: PairStates } {
    const last = this.#part;
    if (last && (this.#fresh || this.length <= STATES || this.#piece.length < WORTH_CHOOSING)) return last;
    this.#fresh = true;
    const at = this.#rarestWindow();
    if (last?.at === at) return last;
    const bytes = this.#bytes.subarray(at, at + STATES);
    const mask = this.#mask.subarray(at, at + STATES);
    this.#part = { at, states: new PairStates({ bytes, mask }) };
    return this.#part;
  }

  /** Where those {@link STATES} bytes begin that are the least likely in this piece, taken one by one. */
  #rarestWindow(): number {
    const known = new Map<number, number>();
    const rarity = Array.from(this.#bytes, (byte, i) => {
      const mask = this.#mask[i] as number;
      const key = (mask << 8) | byte;
      const likelihood = known.get(key) ?? this.#likelihood(byte, mask);
      known.set(key, likelihood);
      return -Math.log(likelihood + 1 / SAMPLE);
    });
    let [best, most, sum] = [0, 0, 0];
    for (let end = 0; end < rarity.length; end += 1) {
      sum += (rarity[end] as number) - (rarity[end - STATES] ?? 0);
      if (sum > most + 1e-9) [best, most] = [Math.max(0, end - STATES + 1), sum];
    }
    return best;
  }

  /** How likely a byte of the piece is to fit. */
  #likelihood(byte: number, mask: number): number {
    return this.#shares.reduce((sum, share, value) => ((value & mask) === byte ? sum + share : sum), 0);
  }
}

/** How large a part of a piece each of the 256 bytes is, by some of it. */
function sharesOf(piece: Uint8Array) {
  // Odd, so that what repeats at a power of two is seen in all its places.
  const step = Math.floor(piece.length / SAMPLE) | 1;
  const shares = new Float64Array(256);
  const one = step / piece.length;
  for (let at = 0; at < piece.length; at += step) {
    const byte = piece[at] as number;
    shares[byte] = (shares[byte] as number) + one;
  }
  return shares;
}
