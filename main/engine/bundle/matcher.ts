import type { BytePattern } from './pattern.ts';

/** Bytes of a piece that are counted to learn which are rare in it. */
const SAMPLE = 4096;
/** From this share on a byte is so common that asking for each place of it costs more than looking at every byte. */
const COMMON = 1 / 64;
/** Longest run of known bytes that is looked for at once. */
const RUN = 8;

/**
 * Finds a pattern in pieces of bytes: `look` takes a piece, `next` gives the places in it. Where the pattern has a byte that is
 * rare in the piece, the runtime's own search jumps from one run that begins with it to the next; else Horspool's shifts do,
 * which hold for bytes of which only some bits are known too.
 */
export class Matcher {
  readonly length: number;
  readonly #bytes: Uint8Array;
  readonly #mask: Uint8Array;
  /** How far a window may move on by the byte at its end; 0 where that byte fits there. */
  readonly #shift: Uint16Array;
  /** How far it may move on after its end has fitted. */
  readonly #shiftAfterFit: number;
  #piece: Buffer = Buffer.alloc(0);
  #run: { readonly at: number; readonly bytes: Buffer } | null = null;
  /** The byte that did not fit last: what the next window fails at, more often than not. */
  #suspect = 0;

  constructor({ bytes, mask }: BytePattern) {
    this.#bytes = bytes.map((byte, i) => byte & (mask[i] as number));
    this.#mask = mask;
    this.length = bytes.length;
    const last = this.length - 1;
    this.#shift = new Uint16Array(256);
    for (let byte = 0; byte < 256; byte += 1) {
      this.#shift[byte] = this.#fits(last, byte) ? 0 : this.#distance(before => this.#fits(before, byte));
    }
    this.#shiftAfterFit = this.#distance(before => this.#couldBothFit(before, last));
  }

  /** Takes a piece to find places in. It must not change while `next` is asked. */
  look(piece: Buffer): void {
    this.#piece = piece;
    this.#run = this.#rarestRun();
  }

  /** Where the pattern begins in the piece, at `from` or after; -1 when it does not. */
  next(from: number): number {
    return this.#run ? this.#nextByRun(this.#run, from) : this.#nextByShifts(from);
  }

  #nextByRun({ at, bytes }: { readonly at: number; readonly bytes: Buffer }, from: number): number {
    const end = this.#piece.length - this.length;
    for (let start = from; start <= end; start += 1) {
      const found = this.#piece.indexOf(bytes, start + at);
      if (found < 0) return -1;
      start = found - at;
      if (start <= end && this.#agrees(start)) return start;
    }
    return -1;
  }

  #nextByShifts(from: number): number {
    const last = this.length - 1;
    const piece = this.#piece;
    const shifts = this.#shift;
    const [bytes, mask] = [this.#bytes, this.#mask];
    for (let at = from + last; at < piece.length; ) {
      const shift = shifts[piece[at] as number] as number;
      if (shift === 0) {
        const [start, suspect] = [at - last, this.#suspect];
        // The likeliest to fail is looked at here: a call for each window costs more than all else.
        if (((piece[start + suspect] as number) & (mask[suspect] as number)) === bytes[suspect]) {
          if (this.#agrees(start)) return start;
        }
        at += this.#shiftAfterFit;
      } else at += shift;
    }
    return -1;
  }

  #agrees(start: number): boolean {
    for (let i = 0; i < this.length; i += 1) {
      if (this.#fits(i, this.#piece[start + i] as number)) continue;
      this.#suspect = i;
      return false;
    }
    return true;
  }

  #fits(i: number, byte: number): boolean {
    return (byte & (this.#mask[i] as number)) === this.#bytes[i];
  }

  #couldBothFit(a: number, b: number): boolean {
    const both = (this.#mask[a] as number) & (this.#mask[b] as number);
    return (((this.#bytes[a] as number) ^ (this.#bytes[b] as number)) & both) === 0;
  }

  /** From the last byte back to the nearest one for which something holds. */
  #distance(holds: (before: number) => boolean): number {
    for (let before = this.length - 2; before >= 0; before -= 1) {
      if (holds(before)) return this.length - 1 - before;
    }
    return this.length;
  }

  /** The run of known bytes that begins with the rarest one; null when even that is common. */
  #rarestRun(): { readonly at: number; readonly bytes: Buffer } | null {
    // Odd, so that what repeats at a power of two is seen in all its places.
    const step = Math.floor(this.#piece.length / SAMPLE) | 1;
    const seen = new Uint32Array(256);
    for (let at = 0; at < this.#piece.length; at += step) {
      const byte = this.#piece[at] as number;
      seen[byte] = (seen[byte] as number) + 1;
    }
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let i = 0; i < this.length; i += 1) {
      const times = seen[this.#bytes[i] as number] as number;
      if (this.#mask[i] === 0xff && times < least) [best, least] = [i, times];
    }
    if (best < 0 || least > (this.#piece.length / step) * COMMON) return null;
    let end = best;
    while (end < this.length && end < best + RUN && this.#mask[end] === 0xff) end += 1;
    return { at: best, bytes: Buffer.from(this.#bytes.subarray(best, end)) };
  }
}
