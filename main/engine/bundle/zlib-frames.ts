import { constants, createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import { AssayError, systemCode } from '../base/index.ts';
import type { ByteSource } from './byte-source.ts';
import type { Compressed } from './compression.ts';
import { corrupt, dictionaryTooLarge, trailing, truncated } from './decompress-errors.ts';

const OUT = 1 << 16;

/** Decompresses gzip (RFC 1952), any number of members. */
export function gunzip(input: Compressed): AsyncGenerator<Buffer, void, void> {
  return frames(input, () => createGunzip({ chunkSize: OUT }));
}

/** Decompresses Zstandard (RFC 8878), any number of frames and skippable frames. */
export function unzstd(input: Compressed): AsyncGenerator<Buffer, void, void> {
  // No window is smaller than 1 KiB.
  const bits = Math.max(10, Math.floor(Math.log2(input.limits.dictionaryBytes)));
  const params = { [constants.ZSTD_d_windowLogMax]: bits };
  return frames(input, () => createZstdDecompress({ chunkSize: OUT, params }));
}

/** Node's streams may stop at the end of a frame without a word, so a new one goes on with what is left. */
async function* frames(
  input: Compressed,
  make: () => Gunzip | ZstdDecompress,
): AsyncGenerator<Buffer, void, void> {
  while (!input.bytes.ended) {
    const begin = input.bytes.offset;
    const stream = make();
    let last: Buffer = Buffer.alloc(0);
    feed(stream, input.bytes, piece => {
      last = piece;
    });
    try {
      yield* stream as AsyncIterable<Buffer>;
    } catch (error) {
      throw translate(error, input, begin > 0);
    } finally {
      stream.destroy();
    }
    const unused = input.bytes.offset - begin - stream.bytesWritten;
    if (unused > 0) input.bytes.unread(last.subarray(last.length - unused));
  }
}

/** Writes piece after piece, each when the one before has been worked off: only then may its memory be used again. */
function feed(stream: Gunzip | ZstdDecompress, bytes: ByteSource, onPiece: (piece: Buffer) => void): void {
  try {
    const piece = stream.readableEnded || stream.destroyed ? undefined : bytes.next();
    if (!piece) {
      stream.end();
      return;
    }
    onPiece(piece);
    stream.write(piece, error => {
      if (!error) feed(stream, bytes, onPiece);
    });
  } catch (error) {
    stream.destroy(error as Error);
  }
}

function translate(error: unknown, input: Compressed, later: boolean): unknown {
  if (error instanceof AssayError) return error;
  const where = { file: input.file, offset: input.bytes.offset };
  const code = systemCode(error);
  const problem = error instanceof Error ? error.message : '';
  if (code === 'Z_BUF_ERROR') return truncated(where);
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
    return dictionaryTooLarge(input.limits.dictionaryBytes, where);
  }
  // The first magic number was seen before; where a later one is missing, something else begins.
  if (problem === 'incorrect header check' || (later && code === 'ZSTD_error_prefix_unknown')) {
    return trailing(where);
  }
  if (code?.startsWith('Z_') || code?.startsWith('ZSTD_')) return corrupt(where, error);
  return error;
}
