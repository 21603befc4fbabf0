import { fstatSync, readSync } from 'node:fs';

/** A string of bytes that is read in parts, wherever it lies: memory, an object of a case, a file. */
export interface Bytes {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `offset`, at most `length`, fewer only where it ends. Valid as long as the caller keeps them. */
  read(offset: number, length: number): Buffer;
}

/** Bytes in memory. They are not copied. */
export function memoryBytes(bytes: Uint8Array): Bytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { size: buffer.length, read: (offset, length) => buffer.subarray(offset, offset + length) };
}

/** Bytes of an open file, as long as it was when this was called. The caller closes the descriptor, after the last read. */
export function fileBytes(fd: number): Bytes {
  const { size } = fstatSync(fd);
  return { size, read: (offset, length) => readPart(fd, offset, Math.min(length, size - offset)) };
}

/** A part of bytes, as bytes of their own. */
export function partOf(bytes: Bytes, start: number, size: number): Bytes {
  const length = Math.max(0, Math.min(size, bytes.size - start));
  return {
    size: length,
    read: (offset, wanted) => bytes.read(start + offset, Math.max(0, Math.min(wanted, length - offset))),
  };
}

function readPart(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(Math.max(0, length));
  let at = 0;
  while (at < buffer.length) {
    const n = readSync(fd, buffer, at, buffer.length - at, offset + at);
    // A file that was cut while it is read ends here; what is missing counts as not there.
    if (n === 0) return buffer.subarray(0, at);
    at += n;
  }
  return buffer;
}
