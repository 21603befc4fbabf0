import { closeSync, fstatSync, readSync } from 'node:fs';
import { inputError, type Sha256, sha256Stream } from '../base/index.ts';
import type { ObjectStore } from '../case/index.ts';

/** Gives parts of objects to look at. An object is checked whole against its name before the first part of it is given. */
export class ObjectRanges {
  readonly #objects: ObjectStore;
  readonly #checked = new Set<Sha256>();

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** Part of an object, shorter where it ends. Throws `object.missing` or `object.damaged`. */
  read(sha256: Sha256, offset: number, length: number): Buffer {
    if (!this.#checked.has(sha256)) this.#check(sha256);
    const fd = this.#objects.open(sha256);
    try {
      const { size } = fstatSync(fd);
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
    } finally {
      closeSync(fd);
    }
  }

  #check(sha256: Sha256): void {
    const found = sha256Stream();
    for (const chunk of this.#objects.chunks(sha256)) found.update(chunk);
    if (found.digest('hex') !== sha256) {
      throw inputError(
        'object.damaged',
        'what is stored does not have the sha256 it is named by',
        { file: sha256 },
        'Restore the case folder from a copy.',
      );
    }
    this.#checked.add(sha256);
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
