import { xz } from '@napi-rs/lzma';
import type { Compressed } from './compression.ts';
import { corrupt, trailing, truncated } from './decompress-errors.ts';
import { LzmaInput } from './lzma-stream.ts';
import { XzWalker } from './xz-walker.ts';

/**
 * Decompresses xz, any number of streams with padding between them. The library checks every checksum, index and
 * footer; the walker sees to the limits before the library gets the bytes.
 */
export async function* unxz(input: Compressed): AsyncGenerator<Buffer, void, void> {
  const walker = new XzWalker(input.limits.dictionaryBytes, input.file);
  const source = new LzmaInput(input.bytes, Number.POSITIVE_INFINITY, Buffer.alloc(0), piece =>
    walker.push(piece),
  );
  try {
    yield* xz.decompressStream(source.stream) as unknown as AsyncIterable<Buffer>;
  } catch (error) {
    if (source.failure) throw source.failure;
    const where = { file: input.file, offset: input.bytes.offset };
    const problem = error instanceof Error ? error.message : '';
    if (/whole buffer|unexpected end/i.test(problem)) throw truncated(where);
    if (/after stream|stream padding/i.test(problem)) throw trailing(where);
    throw corrupt(where, error);
  }
}
