import type { Where } from '../base/index.ts';
import { corrupt, dictionaryTooLarge } from './decompress-errors.ts';

/** LZMA2's filter id (The .xz File Format 1.2, 5.3.1). */
const LZMA2 = 0x21;
/** Bytes of a block's check by the check id of the stream flags (2.1.1.2). */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/**
 * Follows the structure of xz data (The .xz File Format 1.2) without decompressing it, to know the size of every
 * block's dictionary before memory is given out for it. What is malformed otherwise is left for the decompressor to find.
 */
export class XzWalker {
  readonly #limit: number;
  readonly #file: string;
  readonly #steps: Generator<number, void, Buffer>;
  #need: Buffer = Buffer.alloc(0);
  #missing: number;
  #skip = 0;
  #offset = 0;
  #done = false;

  constructor(dictionaryBytes: number, file: string) {
    this.#limit = dictionaryBytes;
    this.#file = file;
    this.#steps = this.#walk();
    this.#missing = Number(this.#steps.next().value);
  }

  /** Takes the next bytes. Throws `archive.dictionary-too-large` or `archive.corrupt`. */
  push(piece: Buffer): void {
    for (let at = 0; at < piece.length && !this.#done; ) {
      const skipped = Math.min(this.#skip, piece.length - at);
      this.#skip -= skipped;
      const taken = this.#skip > 0 ? 0 : Math.min(this.#missing, piece.length - at - skipped);
      const bytes = piece.subarray(at + skipped, at + skipped + taken);
      this.#need = this.#need.length === 0 ? bytes : Buffer.concat([this.#need, bytes]);
      this.#missing -= taken;
      at += skipped + taken;
      this.#offset += skipped + taken;
      if (this.#skip === 0 && this.#missing === 0) this.#step();
    }
    this.#need = Buffer.from(this.#need);
  }

  #step(): void {
    const bytes = this.#need;
    this.#need = Buffer.alloc(0);
    const next = this.#steps.next(bytes);
    if (next.done) this.#done = true;
    else this.#missing = next.value;
  }

  /** Yields how many bytes it wants, each time after skipping `#skip`. Ends where the data is no longer understood. */
  *#walk(): Generator<number, void, Buffer> {
    for (;;) {
      let head = yield 4;
      while (head.equals(Buffer.alloc(4))) head = yield 4;
      const flags = yield 8;
      if (head.toString('latin1', 1) !== '7zX') return;
      const check = CHECK_BYTES[(flags[3] ?? 0) & 15] ?? 0;
      for (;;) {
        const size = (yield 1)[0] ?? 0;
        if (size === 0) break;
        this.#blockHeader(yield size * 4 + 3);
        const length = yield* this.#chunks();
        this.#skip = check + ((4 - (length % 4)) % 4);
      }
      yield* this.#index();
      this.#skip = 12;
    }
  }

  /** The rest of a block header after its size byte (3.1). */
  #blockHeader(header: Buffer): void {
    const flags = header[0] ?? 0;
    let at = 1;
    const varint = () => {
      let value = 0;
      for (let shift = 0; shift < 63; shift += 7) {
        const byte = header[at++] ?? 0;
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) break;
      }
      return value;
    };
    if (flags & 0x40) varint();
    if (flags & 0x80) varint();
    for (let filter = 0; filter <= (flags & 3); filter += 1) {
      const id = varint();
      const length = varint();
      if (id === LZMA2) this.#checkDictionary(header[at] ?? 0);
      else if (filter === (flags & 3)) throw corrupt(this.#where());
      at += length;
    }
  }

  /** LZMA2's only property, a size in one byte (5.3.1). */
  #checkDictionary(bits: number): void {
    const size = bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
    if (size > this.#limit) throw dictionaryTooLarge(this.#limit, this.#where());
  }

  /** LZMA2 chunks, each with its compressed size in its header. Gives the length of all of them. */
  *#chunks(): Generator<number, number, Buffer> {
    let length = 0;
    for (;;) {
      const control = (yield 1)[0] ?? 0;
      length += 1;
      if (control === 0) return length;
      if (control > 2 && control < 0x80) throw corrupt(this.#where());
      const isPacked = control >= 0x80;
      const sizes = yield isPacked ? 4 : 2;
      this.#skip = sizes.readUInt16BE(isPacked ? 2 : 0) + 1 + (control >= 0xc0 ? 1 : 0);
      length += sizes.length + this.#skip;
    }
  }

  /** The index after its first byte: a count, two numbers a block, padding, CRC32 (4). */
  *#index(): Generator<number, void, Buffer> {
    let length = 1;
    let numbers = 1;
    for (let read = 0; read < numbers; read += 1) {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = (yield 1)[0] ?? 0;
        length += 1;
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) break;
        if (shift > 56) throw corrupt(this.#where());
      }
      if (read === 0) numbers = 1 + 2 * value;
    }
    this.#skip = ((4 - (length % 4)) % 4) + 4;
  }

  #where(): Where {
    return { file: this.#file, offset: this.#offset };
  }
}
