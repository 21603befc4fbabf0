import { readSync } from 'node:fs';
import { HASH_CHUNK } from '../../base/index.ts';

/** Most bytes that are asked for in one piece. */
const LONGEST = 512;

/** Reads an open file from front to back through one buffer. What is given is valid until the next call. */
export class SequentialInput {
  readonly #fd: number;
  readonly #buffer: Buffer;
  #start = 0;
  #end = 0;
  /** Bytes given so far. */
  offset = 0;

  /** `size` of the file only helps to take no more memory than needed. */
  constructor(fd: number, size: number) {
    this.#fd = fd;
    this.#buffer = Buffer.allocUnsafe(Math.min(HASH_CHUNK, Math.max(LONGEST, size)));
  }

  /** Between 1 and `limit` bytes, or none at the end of the file. */
  upTo(limit: number): Buffer {
    if (this.#start === this.#end) {
      this.#start = 0;
      this.#end = readSync(this.#fd, this.#buffer, 0, this.#buffer.length, null);
    }
    return this.#give(Math.min(limit, this.#end - this.#start));
  }

  /** Exactly `length` bytes, at most 512, or null when the file ends before. */
  exactly(length: number): Buffer | null {
    if (this.#end - this.#start < length) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
      while (this.#end < length) {
        const n = readSync(this.#fd, this.#buffer, this.#end, this.#buffer.length - this.#end, null);
        if (n === 0) return null;
        this.#end += n;
      }
    }
    return this.#give(length);
  }

  #give(length: number): Buffer {
    this.#start += length;
    this.offset += length;
    return this.#buffer.subarray(this.#start - length, this.#start);
  }
}
