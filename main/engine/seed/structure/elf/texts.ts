import type { ByteRange } from '../../../case/index.ts';
import { textAt } from '../words.ts';

/** A table of texts that end with NUL, which others name by their place in it. */
export class TextTable {
  readonly range: ByteRange;
  readonly #bytes: Uint8Array;

  /** `range` is within the bytes. */
  constructor(bytes: Uint8Array, range: ByteRange) {
    this.#bytes = bytes;
    this.range = range;
  }

  /** Whether a place is one of the table. */
  has(place: bigint): boolean {
    return place >= 0n && place < BigInt(this.range.length);
  }

  /** The text at a place, of at most 256 bytes; empty when the table has no such place. */
  at(place: bigint): string {
    const { offset, length } = this.range;
    if (!this.has(place)) return '';
    return textAt(this.#bytes, offset + Number(place), Math.min(256, length - Number(place)));
  }
}
