import type { ByteSource } from './byte-source.ts';
import { LzmaDecoder, LzmaError } from './lzma-decoder.ts';

/**
 * Decompresses LZMA2 (The .xz File Format 1.2, 5.3.1, and the chunk headers of xz-embedded's xz_dec_lzma2.c): chunks of
 * at most 64 KiB that become at most 2 MiB. Leaves the source behind the end. Throws {@link LzmaError}.
 */
export function* unlzma2(bytes: ByteSource, dictionary: number): Generator<Buffer, void, void> {
  const decoder = new LzmaDecoder(dictionary);
  let needsDictionary = true;
  let needsProperties = true;
  for (;;) {
    const control = need(bytes, 1)[0] as number;
    if (control === 0) return;
    const isPacked = control >= 0x80;
    if (!isPacked && control > 2) throw new LzmaError('corrupt');
    if (control === 1 || control >= 0xe0) {
      decoder.resetDictionary();
      needsDictionary = false;
      needsProperties ||= control === 1;
    }
    if (needsDictionary) throw new LzmaError('corrupt');
    if (!isPacked) {
      yield* plainChunk(bytes, decoder);
      continue;
    }
    const sizes = need(bytes, 4);
    const unpacked = ((control & 0x1f) << 16) + sizes.readUInt16BE(0) + 1;
    if (control >= 0xc0) {
      decoder.setProperties(properties(need(bytes, 1)[0] as number));
      needsProperties = false;
    } else if (needsProperties) {
      throw new LzmaError('corrupt');
    } else if (control >= 0xa0) {
      decoder.resetState();
    }
    decoder.start(need(bytes, sizes.readUInt16BE(2) + 1));
    for (let left = unpacked; left > 0; ) {
      const piece = decoder.run(left, true);
      if (decoder.ended) throw new LzmaError('corrupt');
      left -= piece.length;
      yield piece;
    }
    if (decoder.rest().length > 0 || !decoder.isClean) throw new LzmaError('corrupt');
  }
}

function* plainChunk(bytes: ByteSource, decoder: LzmaDecoder): Generator<Buffer, void, void> {
  let content = need(bytes, need(bytes, 2).readUInt16BE(0) + 1);
  while (content.length > 0) {
    const piece = decoder.put(content);
    content = content.subarray(piece.length);
    yield piece;
  }
}

/** LZMA2 allows fewer literal contexts than LZMA: lc + lp is at most 4. */
function properties(byte: number): number {
  if ((byte % 9) + (Math.floor(byte / 9) % 5) > 4) throw new LzmaError('corrupt');
  return byte;
}

function need(bytes: ByteSource, length: number): Buffer {
  const taken = bytes.take(length);
  if (taken.length < length) throw new LzmaError('truncated');
  return taken;
}
