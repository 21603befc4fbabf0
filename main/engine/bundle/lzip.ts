import { crc32 } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import type { Compressed } from './compression.ts';
import { corrupt, dictionaryTooLarge, trailing, truncated } from './decompress-errors.ts';
import { LzmaDecoder, LzmaError } from './lzma-decoder.ts';

/** `LZIP`, version, dictionary size (lzip manual, "File format"). */
const HEADER = 6;
/** CRC32, size of the data, size of the member. */
const TRAILER = 20;
/** lc=3 lp=0 pb=2, always. */
const PROPERTIES = 0x5d;
const IN = 1 << 16;
const OUT = 1 << 20;

/** Decompresses lzip, any number of members. */
export function* unlzip(input: Compressed): Generator<Buffer, void, void> {
  const { bytes } = input;
  const where = () => ({ file: input.file, offset: bytes.offset });
  for (let first = true; first || !bytes.ended; first = false) {
    const begin = bytes.offset;
    const header = bytes.take(HEADER);
    if (header.toString('latin1', 0, 5) !== 'LZIP\x01') throw first ? corrupt(where()) : trailing(where());
    if (header.length < HEADER) throw truncated(where());
    const dictionary = dictionarySize(header[5] as number);
    if (dictionary < 1 << 12) throw corrupt(where());
    if (dictionary > input.limits.dictionaryBytes) {
      throw dictionaryTooLarge(input.limits.dictionaryBytes, where());
    }
    let crc = 0;
    let length = 0;
    try {
      for (const piece of member(bytes, new LzmaDecoder(dictionary))) {
        crc = crc32(piece, crc);
        length += piece.length;
        yield piece;
      }
    } catch (error) {
      if (!(error instanceof LzmaError)) throw error;
      throw error.reason === 'truncated' ? truncated(where()) : corrupt(where());
    }
    const trailer = bytes.take(TRAILER);
    if (trailer.length < TRAILER) throw truncated(where());
    const sizes = [BigInt(length), BigInt(bytes.offset - begin)];
    const isGood =
      trailer.readUInt32LE(0) === crc && sizes.every((n, i) => trailer.readBigUInt64LE(4 + 8 * i) === n);
    if (!isGood) throw corrupt(where());
  }
}

/** The data of a member; leaves the source at its trailer. */
function* member(bytes: ByteSource, decoder: LzmaDecoder): Generator<Buffer, void, void> {
  decoder.setProperties(PROPERTIES);
  decoder.start(bytes.take(IN));
  for (let last = false; !decoder.ended; ) {
    const piece = decoder.run(OUT, last);
    if (piece.length > 0) yield piece;
    if (decoder.ended || piece.length === OUT) continue;
    const more = bytes.next(IN);
    if (more) decoder.feed(more);
    else last = true;
  }
  if (!decoder.isClean) throw new LzmaError('corrupt');
  bytes.unread(decoder.rest());
}

/** The size coded in one byte: a power of two less some sixteenths of it. */
function dictionarySize(byte: number): number {
  const base = 2 ** (byte & 31);
  return base - (base / 16) * (byte >> 5);
}
