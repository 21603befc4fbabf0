import { crc32 } from 'node:zlib';
import type { OnBytes } from './bit-writer.ts';
import { GoDeflate } from './go-deflate.ts';

/** No name, no time, default level, unknown system: what Go writes when it is told nothing. */
const HEADER = Buffer.from('1f8b08000000000000ff', 'hex');

/** A gzip file (RFC 1952) as Go's compress/gzip writes it at its default level, bit for bit. See {@link GoDeflate}. */
export class GoGzip {
  readonly #onBytes: OnBytes;
  readonly #deflate: GoDeflate;
  #crc = 0;
  #size = 0;

  constructor(onBytes: OnBytes) {
    this.#onBytes = onBytes;
    this.#deflate = new GoDeflate(onBytes);
    onBytes(HEADER);
  }

  write(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
    this.#size += bytes.length;
    this.#deflate.write(bytes);
  }

  end(): void {
    this.#deflate.end();
    const end = Buffer.alloc(8);
    end.writeUInt32LE(this.#crc, 0);
    end.writeUInt32LE(this.#size % 2 ** 32, 4);
    this.#onBytes(end);
  }
}

/** Bytes in one write, as {@link GoGzip} writes them. */
export function goGzip(bytes: Uint8Array): Buffer {
  const pieces: Buffer[] = [];
  const gzip = new GoGzip(piece => pieces.push(Buffer.from(piece)));
  gzip.write(bytes);
  gzip.end();
  return Buffer.concat(pieces);
}
