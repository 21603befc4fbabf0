import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** Larger than any file that is written here, in bytes; a larger one is not read. */
const LIMIT = 4 << 20;

/** One JSON file of the window's own settings. What does not have its shape is set aside, not believed. */
export class JsonFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  #value: T;

  constructor(path: string, schema: z.ZodType<T>, initial: T) {
    this.#path = path;
    this.#schema = schema;
    this.#value = this.#read() ?? initial;
  }

  get value(): T {
    return this.#value;
  }

  /** Writes the whole file under a temporary name and renames it, so that a crash leaves the old or the new one. */
  set(value: T): void {
    this.#value = this.#schema.parse(value);
    mkdirSync(dirname(this.#path), { recursive: true });
    const temporary = `${this.#path}.new`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify(this.#value, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.#path);
  }

  #read(): T | null {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path);
    } catch {
      return null;
    }
    try {
      if (bytes.length > LIMIT) throw new Error('too large');
      return this.#schema.parse(JSON.parse(bytes.toString('utf8')));
    } catch {
      renameSync(this.#path, `${this.#path}.unreadable`);
      return null;
    }
  }
}
