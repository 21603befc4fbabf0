import type { Sha256, TaskOptions } from '../base/index.ts';
import { type Content, checkedContents, storedObject } from '../bundle/index.ts';
import type { ObjectStore } from '../case/index.ts';

/** Gives parts of objects to look at. An object is checked whole against its name before the first part of it is given. */
export class ObjectRanges {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** An object, to be read at any place. Throws `object.missing`, `object.damaged` or `task.stopped`. */
  async open(sha256: Sha256, options?: TaskOptions): Promise<Content> {
    return await checkedContents(this.#objects).open(storedObject(this.#objects, sha256), options);
  }

  /** The same to look at, while a check of it still runs. */
  async look(sha256: Sha256, options?: TaskOptions): Promise<Content> {
    return await checkedContents(this.#objects).look(storedObject(this.#objects, sha256), options);
  }

  /** Part of an object, shorter where it ends. Throws as `open` does. */
  async read(sha256: Sha256, offset: number, length: number): Promise<Buffer> {
    using content = await this.open(sha256);
    return partOf(content, offset, length);
  }
}

/** Part of checked content, shorter where it ends. */
export function partOf(content: Content, offset: number, length: number): Buffer {
  const start = Math.min(offset, content.size);
  const bytes = Buffer.allocUnsafe(Math.min(length, content.size - start));
  content.readAt(bytes, start);
  return bytes;
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
