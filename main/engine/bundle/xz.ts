import { crc32 } from 'node:zlib';
import { inputError, sha256Stream, type Where } from '../base/index.ts';
import type { Compressed } from './compression.ts';
import { Crc64 } from './crc64.ts';
import { corrupt, dictionaryTooLarge, trailing, truncated } from './decompress-errors.ts';
import { LzmaError } from './lzma-decoder.ts';
import { unlzma2 } from './lzma2.ts';

const MAGIC = Buffer.from('fd377a585a00', 'hex');
const HEADER = 12;
const FOOTER = 12;
const LZMA2 = 0x21;

/** A block's check: its running sum and how many bytes it takes. */
interface Check {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

/** Decompresses xz (The .xz File Format 1.2), any number of streams with padding between them, filter LZMA2 only. */
export function* unxz(input: Compressed): Generator<Buffer, void, void> {
  try {
    for (let first = true; first || skipPadding(input); first = false)
      yield* new XzStream(input, first).read();
  } catch (error) {
    if (!(error instanceof LzmaError)) throw error;
    const where = { file: input.file, offset: input.bytes.offset };
    throw error.reason === 'truncated' ? truncated(where) : corrupt(where);
  }
}

/** Skips zero bytes in fours; says whether something follows. */
function skipPadding(input: Compressed): boolean {
  while (!input.bytes.ended) {
    const four = input.bytes.take(4);
    if (four.length === 4 && four.readUInt32LE() === 0) continue;
    input.bytes.unread(four);
    return true;
  }
  return false;
}

class XzStream {
  readonly #input: Compressed;
  readonly #first: boolean;
  #flags: Buffer = Buffer.alloc(2);
  /** Of the sizes of the blocks as they were, to compare with what the index says they are. */
  readonly #blocks = sha256Stream();
  #count = 0;

  constructor(input: Compressed, first: boolean) {
    this.#input = input;
    this.#first = first;
  }

  *read(): Generator<Buffer, void, void> {
    this.#header();
    for (;;) {
      const size = this.#need(1)[0] as number;
      if (size === 0) break;
      yield* this.#block(size);
    }
    this.#footer(this.#index());
  }

  /** 2.1.1 */
  #header(): void {
    const header = this.#input.bytes.take(HEADER);
    if (!header.subarray(0, 6).equals(MAGIC)) throw this.#first ? this.#bad() : trailing(this.#where());
    if (header.length < HEADER) throw truncated(this.#where());
    this.#flags = header.subarray(6, 8);
    if (crc32(this.#flags) !== header.readUInt32LE(8) || this.#flags[0] !== 0) throw this.#bad();
  }

  /** 3. */
  *#block(size: number): Generator<Buffer, void, void> {
    const header = Buffer.concat([Buffer.from([size]), this.#need(size * 4 + 3)]);
    const body = header.length - 4;
    if (crc32(header.subarray(0, body)) !== header.readUInt32LE(body)) throw this.#bad();
    const told = this.#blockHeader(header.subarray(0, body));
    const begin = this.#input.bytes.offset;
    const check = this.#check();
    let length = 0;
    for (const piece of unlzma2(this.#input.bytes, told.dictionary)) {
      check?.update(piece);
      length += piece.length;
      yield piece;
    }
    const packed = this.#input.bytes.offset - begin;
    if ((told.packed ?? packed) !== packed || (told.unpacked ?? length) !== length) throw this.#bad();
    this.#zeros((4 - (packed % 4)) % 4);
    const sum = check?.digest() ?? Buffer.alloc(0);
    if (!this.#need(sum.length).equals(sum)) throw this.#bad();
    this.#count += 1;
    this.#blocks.update(`${header.length + packed + sum.length} ${length} `);
  }

  /** 3.1: flags, sizes if given, filters, padding. */
  #blockHeader(header: Buffer): { packed?: number; unpacked?: number; dictionary: number } {
    const flags = header[1] as number;
    let at = 2;
    const number = () => {
      const { value, length } = varint(i => header[at + i] ?? -1) ?? this.#throw();
      at += length;
      return value;
    };
    const packed = flags & 0x40 ? number() : undefined;
    const unpacked = flags & 0x80 ? number() : undefined;
    if ((flags & 0x3f) !== 0 || number() !== LZMA2) {
      throw inputError(
        'archive.unsupported-compression',
        'the archive uses an xz filter other than LZMA2',
        this.#where(),
        'Compress it again with plain xz.',
      );
    }
    if (number() !== 1) throw this.#bad();
    const bits = header[at] ?? 255;
    if (bits > 40 || header.subarray(at + 1).some(byte => byte !== 0)) throw this.#bad();
    const dictionary = bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
    const { dictionaryBytes } = this.#input.limits;
    if (dictionary > dictionaryBytes) throw dictionaryTooLarge(dictionaryBytes, this.#where());
    return {
      ...(packed !== undefined && { packed }),
      ...(unpacked !== undefined && { unpacked }),
      dictionary,
    };
  }

  /** 2.1.1.2; undefined for none. */
  #check(): Check | undefined {
    const id = this.#flags[1] as number;
    if (id === 0) return undefined;
    if (id === 1) return new Crc32();
    if (id === 4) return new Crc64();
    if (id === 10) return sha256Stream();
    throw inputError(
      'archive.unsupported-compression',
      'the archive uses an unknown xz check',
      this.#where(),
    );
  }

  /** 4., after its first byte. Gives its size. */
  #index(): number {
    let sum = crc32(Buffer.alloc(1));
    let size = 1;
    const number = () => {
      const found = varint(() => {
        const byte = this.#need(1);
        sum = crc32(byte, sum);
        size += 1;
        return byte[0] as number;
      });
      return found?.value ?? this.#throw();
    };
    if (number() !== this.#count) throw this.#bad();
    const told = sha256Stream();
    for (let i = 0; i < this.#count; i += 1) told.update(`${number()} ${number()} `);
    if (told.digest('hex') !== this.#blocks.digest('hex')) throw this.#bad();
    const padding = (4 - (size % 4)) % 4;
    this.#zeros(padding);
    sum = crc32(Buffer.alloc(padding), sum);
    if (this.#need(4).readUInt32LE() !== sum) throw this.#bad();
    return size + padding + 4;
  }

  /** 2.1.2 */
  #footer(indexSize: number): void {
    const footer = this.#need(FOOTER);
    const isGood =
      footer.readUInt32LE(0) === crc32(footer.subarray(4, 10)) &&
      (footer.readUInt32LE(4) + 1) * 4 === indexSize &&
      footer.subarray(8, 10).equals(this.#flags) &&
      footer.toString('latin1', 10) === 'YZ';
    if (!isGood) throw this.#bad();
  }

  #zeros(length: number): void {
    if (this.#need(length).some(byte => byte !== 0)) throw this.#bad();
  }

  #need(length: number): Buffer {
    const bytes = this.#input.bytes.take(length);
    if (bytes.length < length) throw truncated(this.#where());
    return bytes;
  }

  #where(): Where {
    return { file: this.#input.file, offset: this.#input.bytes.offset };
  }

  #bad(): Error {
    return corrupt(this.#where());
  }

  #throw(): never {
    throw this.#bad();
  }
}

/** A number of at most 63 bits, seven in a byte (1.2). Undefined when malformed or larger than is exact. */
function varint(byteAt: (index: number) => number): { value: number; length: number } | undefined {
  let value = 0;
  for (let i = 0; i < 8; i += 1) {
    const byte = byteAt(i);
    if (byte < 0 || (byte === 0 && i > 0)) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, length: i + 1 } : undefined;
  }
  return undefined;
}

class Crc32 implements Check {
  #sum = 0;

  update(bytes: Uint8Array): void {
    this.#sum = crc32(bytes, this.#sum);
  }

  digest(): Buffer {
    const out = Buffer.alloc(4);
    out.writeUInt32LE(this.#sum);
    return out;
  }
}
