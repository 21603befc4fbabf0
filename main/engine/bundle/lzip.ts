import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { lzma } from '@napi-rs/lzma';
import type { Compressed } from './compression.ts';
import { corrupt, dictionaryTooLarge, truncated } from './decompress-errors.ts';
import { LzmaInput } from './lzma-stream.ts';

/** Of a member: `LZIP`, version, dictionary size (lzip manual, "File format"). */
const HEADER = 6;
/** Of a member: CRC32, size of the data, size of the member. */
const TRAILER = 20;
/** More members than any parallel compressor makes; their sizes are kept in memory. */
const MEMBERS = 100_000;

/** Decompresses lzip, any number of members. */
export async function* unlzip(input: Compressed): AsyncGenerator<Buffer, void, void> {
  for (const size of memberSizes(input)) yield* member(input, size);
  if (!input.bytes.ended) throw corrupt({ file: input.file, offset: input.bytes.offset });
}

/** The format can only be cut into members from its end: each trailer tells how long its member is. */
function memberSizes(input: Compressed): number[] {
  const sizes: number[] = [];
  const field = Buffer.alloc(8);
  for (let end = input.size; end > 0; ) {
    const where = { file: input.file, offset: end };
    if (end < HEADER + TRAILER || readSync(input.fd, field, 0, 8, end - 8) < 8) throw truncated(where);
    const size = Number(field.readBigUInt64LE());
    if (size < HEADER + TRAILER || size > end || sizes.length >= MEMBERS) throw truncated(where);
    sizes.push(size);
    end -= size;
  }
  return sizes.reverse();
}

async function* member(input: Compressed, size: number): AsyncGenerator<Buffer, void, void> {
  const where = { file: input.file, offset: input.bytes.offset };
  const header = input.bytes.take(HEADER);
  if (header.toString('latin1', 0, 5) !== 'LZIP\x01') throw corrupt(where);
  const dictionary = dictionarySize(header[5] ?? 0);
  if (dictionary > input.limits.dictionaryBytes) {
    throw dictionaryTooLarge(input.limits.dictionaryBytes, where);
  }
  const source = new LzmaInput(input.bytes, size - HEADER - TRAILER, lzmaHeader(dictionary), () => {});
  let crc = 0;
  let length = 0;
  try {
    for await (const piece of lzma.decompressStream(source.stream) as unknown as AsyncIterable<Buffer>) {
      crc = crc32(piece, crc);
      length += piece.length;
      yield piece;
    }
  } catch (error) {
    throw source.failure ?? corrupt({ ...where, offset: input.bytes.offset }, error);
  }
  // The end marker lies in the last bytes; a decompressor may leave the very last unread.
  if (source.missing > 8) throw corrupt({ ...where, offset: input.bytes.offset });
  input.bytes.take(source.missing);
  const trailer = input.bytes.take(TRAILER);
  if (
    trailer.length < TRAILER ||
    trailer.readUInt32LE(0) !== crc ||
    trailer.readBigUInt64LE(4) !== BigInt(length)
  ) {
    throw corrupt({ ...where, offset: input.bytes.offset });
  }
}

/** The size coded in one byte: a power of two less some sixteenths of it. */
function dictionarySize(byte: number): number {
  const base = 2 ** (byte & 31);
  return base - (base / 16) * (byte >> 5);
}

/** The header of an .lzma file that says the same: lc=3 lp=0 pb=2, dictionary, size unknown. */
function lzmaHeader(dictionary: number): Buffer {
  const header = Buffer.alloc(13, 0xff);
  header[0] = 0x5d;
  header.writeUInt32LE(dictionary, 1);
  return header;
}
