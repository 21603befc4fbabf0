import { setImmediate as nextTurn } from 'node:timers/promises';
import type Bzip2 from '@foxglove/wasm-bz2';
import { BitBuffer, BLOCK_MARK, END_MARK, MARK_BITS } from './bit-buffer.ts';
import type { Compressed } from './compression.ts';
import { corrupt, trailing, truncated } from './decompress-errors.ts';

const STREAM_HEADER = 32;
/** Bits of a block before its contents: mark and CRC32. */
const BLOCK_HEADER = MARK_BITS + 32;
/** No compressed block is longer: 900,000 symbols of at most 20 bits, and its tables. */
const BLOCK_MOST = 900_000 * 20 + 8 * 65_536;
/** Bytes that come out of a block for each 100,000 of its level: usually, and at most (259 for 5). */
const USUAL = 500_000;
const MOST = 5_200_000;

/**
 * Decompresses bzip2, any number of streams. The library, libbz2, takes only whole streams at once, so that every block is
 * given to it as a stream of its own: blocks stand alone, and begin with a mark. Memory is that of one block. Where the mark
 * stands inside a block by chance (once in 2^48) the archive is refused as damaged.
 */
export async function* bunzip2(input: Compressed): AsyncGenerator<Buffer, void, void> {
  // Loaded when needed: few bundles are compressed this way, and the library takes 10 MB.
  const { default: loaded } = await import('@foxglove/wasm-bz2');
  const library = await loaded.init();
  const bits = new BitBuffer();
  const where = () => ({ file: input.file, offset: input.bytes.offset - (bits.available >> 3) });
  const need = (amount: number) => {
    while (bits.available < amount) {
      const piece = input.bytes.next();
      if (!piece) return false;
      bits.append(piece);
    }
    return true;
  };
  for (let first = true; need(first ? STREAM_HEADER : 1); first = false) {
    if (!need(STREAM_HEADER)) throw first ? truncated(where()) : trailing(where());
    const header = bits.peek(bits.position, STREAM_HEADER);
    const level = (header & 0xff) - 0x30;
    if (header >>> 8 !== 0x425a68 || level < 1 || level > 9)
      throw first ? corrupt(where()) : trailing(where());
    bits.position += STREAM_HEADER;
    let sum = 0;
    for (;;) {
      if (!need(BLOCK_HEADER)) throw truncated(where());
      const mark = bits.peek(bits.position, MARK_BITS);
      const crc = bits.peek(bits.position + MARK_BITS, 32);
      if (mark === END_MARK) {
        if (crc !== sum) throw corrupt(where());
        break;
      }
      if (mark !== BLOCK_MARK) throw corrupt(where());
      sum = (((sum << 1) | (sum >>> 31)) ^ crc) >>> 0;
      const end = blockEnd(bits, need);
      if (end < 0) throw bits.available > BLOCK_MOST ? corrupt(where()) : truncated(where());
      const stream = alone(bits, end, level, crc);
      bits.position = end;
      yield decode(library, stream, level, where);
      await nextTurn();
    }
    bits.position = Math.ceil((bits.position + BLOCK_HEADER) / 8) * 8;
  }
}

/** Where the block at the present position ends, reading on as far as needed; -1 when it does not end. */
function blockEnd(bits: BitBuffer, need: (amount: number) => boolean): number {
  for (let looked = BLOCK_HEADER; ; ) {
    const end = bits.findMark(bits.position + looked);
    if (end >= 0) return end;
    looked = Math.max(BLOCK_HEADER, bits.available - 2 * MARK_BITS);
    if (bits.available > BLOCK_MOST || !need(bits.available + 1)) return -1;
  }
}

/** A block as a stream of its own: header, block, end mark, and the stream's sum, which is the block's. */
function alone(bits: BitBuffer, end: number, level: number, crc: number): Buffer {
  const length = end - bits.position;
  const out = bits.copy(bits.position, end, 4, 11);
  out.write(`BZh${level}`, 'latin1');
  const tail = Buffer.alloc(10);
  tail.writeUIntBE(END_MARK, 0, 6);
  tail.writeUInt32BE(crc, 6);
  const shift = length & 7;
  let at = 4 + (length >> 3);
  for (const byte of tail) {
    out[at] = (out[at] ?? 0) | (byte >> shift);
    at += 1;
    out[at] = (byte << (8 - shift)) & 0xff;
  }
  return out;
}

function decode(
  library: Bzip2,
  stream: Buffer,
  level: number,
  where: () => { file: string; offset: number },
): Buffer {
  for (const size of [USUAL * level, MOST * level]) {
    try {
      const out = library.decompress(stream, size);
      return Buffer.from(out.buffer, out.byteOffset, out.byteLength);
    } catch (error) {
      const isFull = error instanceof Error && error.message.includes('BZ_OUTBUFF_FULL');
      if (!isFull || size === MOST * level) throw corrupt(where(), error);
    }
  }
  throw corrupt(where());
}
