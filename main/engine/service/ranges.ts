import { closeSync, fstatSync, readSync } from 'node:fs';
import type { Sha256 } from '../base/index.ts';
import type { ObjectStore } from '../case/index.ts';

/** Part of an object's bytes, shorter where it ends; not checked against its name, which reading it whole does. */
export function readRange(objects: ObjectStore, sha256: Sha256, offset: number, length: number): Buffer {
  const fd = objects.open(sha256);
  try {
    const size = fstatSync(fd).size;
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(fd);
  }
}

/** Keeps the first part of what is written to it, as text. */
export class TextHead {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  /** Whether more came than is kept. */
  cut = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(chunk: Uint8Array): void {
    const kept = Buffer.from(chunk.subarray(0, Math.max(0, this.#limit - this.#size)));
    if (kept.length < chunk.length) this.cut = true;
    this.#chunks.push(kept);
    this.#size += kept.length;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
