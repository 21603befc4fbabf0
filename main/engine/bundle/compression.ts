import { inputError } from '../base/index.ts';
import type { EventOf } from '../case/index.ts';
import { ByteSource } from './byte-source.ts';
import { bunzip2 } from './bzip2.ts';
import type { ImportLimits } from './limits.ts';
import { unlzip } from './lzip.ts';
import { unxz } from './xz.ts';
import { gunzip, unzstd } from './zlib-frames.ts';

export type Compression = EventOf<'bundle-imported'>['compression'];

/** A file that is read from its beginning to its end. */
export interface Input {
  /** For messages. */
  readonly file: string;
  /** An open descriptor. Its position is never used. */
  readonly fd: number;
  readonly size: number;
}

/** What a decompressor gets: the file, and the same bytes as they are read and hashed. */
export interface Compressed extends Input {
  readonly bytes: ByteSource;
  readonly limits: ImportLimits;
}

const hex = (digits: string) => Buffer.from(digits, 'hex');
const MAGICS: readonly (readonly [Compression, Buffer])[] = [
  ['gzip', hex('1f8b')],
  ['xz', hex('fd377a585a00')],
  ['bzip2', Buffer.from('BZh')],
  ['zstd', hex('28b52ffd')],
  ['lzip', Buffer.from('LZIP')],
];
/** A zstd file may begin with a skippable frame, of which there are 16 magic numbers (RFC 8878, 3.1.2). */
const ZSTD_SKIPPABLE = /^[5][0-9a-f]2a4d18/;

/** Bytes that {@link compressionOf} wants to see. */
export const MAGIC_BYTES = 8;

/** What a file is compressed with, by its first bytes. */
export function compressionOf(start: Buffer): Compression {
  for (const [name, magic] of MAGICS) if (start.subarray(0, magic.length).equals(magic)) return name;
  return ZSTD_SKIPPABLE.test(start.toString('hex')) ? 'zstd' : 'none';
}

const DECOMPRESSORS: Record<
  Exclude<Compression, 'none'>,
  (input: Compressed) => AsyncIterable<Buffer> | Iterable<Buffer>
> = { gzip: gunzip, xz: unxz, bzip2: bunzip2, zstd: unzstd, lzip: unlzip };

/**
 * The plain bytes of a file, in pieces that are only valid until the next one. Memory stays bounded whatever the
 * file holds. Throws `archive.truncated`, `archive.corrupt`, `archive.trailing-data`, `archive.dictionary-too-large`
 * or `archive.bomb`.
 */
export async function* plainBytes(
  compression: Compression,
  input: Input,
  pieces: Iterable<Buffer>,
  limits: ImportLimits,
): AsyncGenerator<Buffer, void, void> {
  if (compression === 'none') {
    yield* pieces;
    return;
  }
  const most = Math.max(limits.ratioFrom, input.size * limits.ratio);
  let out = 0;
  for await (const piece of DECOMPRESSORS[compression]({ ...input, bytes: new ByteSource(pieces), limits })) {
    out += piece.length;
    if (out > most) {
      throw inputError(
        'archive.bomb',
        `the archive grows to more than ${limits.ratio} times its size`,
        { file: input.file, offset: out },
        'Source archives never do: ask where it comes from.',
      );
    }
    yield piece;
  }
}
