import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** A sha256 as 64 lower-case hexadecimal digits. */
export type Sha256 = string;

/** Bytes read at a time when a file is hashed: large enough that system calls do not show. */
export const HASH_CHUNK = 1 << 20;

/** A running sha256. */
export function sha256Stream(): Hash {
  return createHash('sha256');
}

/** The sha256 of bytes, or of a text's UTF-8 bytes. */
export function sha256Of(data: Uint8Array | string): Sha256 {
  return createHash('sha256').update(data).digest('hex');
}

/** The sha256 and size in bytes of a file, read in one pass. */
export function sha256OfFile(path: string): { sha256: Sha256; size: number } {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(HASH_CHUNK);
  const fd = openSync(path, 'r');
  try {
    let size = 0;
    for (;;) {
      const n = readSync(fd, buffer, 0, buffer.length, null);
      if (n === 0) return { sha256: hash.digest('hex'), size };
      hash.update(n === buffer.length ? buffer : buffer.subarray(0, n));
      size += n;
    }
  } finally {
    closeSync(fd);
  }
}
