import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AssayError, inputError, type Sha256, sha256Stream, syncFolder, systemCode } from '../base/index.ts';

/** An object's name and size in bytes. */
export interface ObjectRef {
  readonly sha256: Sha256;
  readonly size: number;
}

/** An object while it is being written. Nothing of it is visible until `commit`. */
export interface ObjectWriter {
  /** Adds bytes. They are hashed and written before this returns. */
  write(chunk: Uint8Array): void;
  /** Makes the object durable and read-only under its sha256. Writing the same bytes twice is harmless. */
  commit(): ObjectRef;
  /** Throws away what was written. Safe to call after `commit`. */
  abort(): void;
}

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * The bytes of a case, each object named by its sha256 and written once. `objects/ab/cdef…`, mode 0444.
 * Unfinished objects live in `objects/tmp` and are swept when the case is next opened for writing.
 */
export class ObjectStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Removes what a killed process left unfinished. Call it only while holding the case's lock. */
  sweep(): void {
    const temporary = join(this.folder, 'tmp');
    mkdirSync(temporary, { recursive: true });
    for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { force: true });
  }

  /** The file that holds an object, whether or not it is there. */
  pathOf(sha256: Sha256): string {
    if (!SHA256.test(sha256)) throw inputError('object.bad-name', `'${sha256}' is not a sha256`);
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2));
  }

  has(sha256: Sha256): boolean {
    return existsSync(this.pathOf(sha256));
  }

  /** Stores bytes and gives their name. */
  put(bytes: Uint8Array): ObjectRef {
    const writer = this.begin();
    writer.write(bytes);
    return writer.commit();
  }

  /** Starts an object whose size is not known yet. */
  begin(): ObjectWriter {
    return new FileObjectWriter(this);
  }

  /** All bytes of an object of at most `limit` bytes. Throws `object.missing`, `object.damaged` or `object.too-large`. */
  read(sha256: Sha256, limit = 256 << 20): Buffer {
    const path = this.pathOf(sha256);
    try {
      const { size } = statSync(path);
      if (size > limit)
        throw inputError('object.too-large', `object of ${size} bytes, at most ${limit} are read`, {
          file: path,
        });
      const bytes = readFileSync(path);
      const found = sha256Stream().update(bytes).digest('hex');
      if (found !== sha256)
        throw inputError('object.damaged', `object does not have the sha256 it is named by, but ${found}`, {
          file: path,
        });
      return bytes;
    } catch (error) {
      throw missing(error, path);
    }
  }

  /** Opens an object for reading at offsets. The caller closes the descriptor. Its bytes are not checked against its name. */
  open(sha256: Sha256): number {
    const path = this.pathOf(sha256);
    try {
      return openSync(path, 'r');
    } catch (error) {
      throw missing(error, path);
    }
  }

  /** Size in bytes. Throws `object.missing`. */
  sizeOf(sha256: Sha256): number {
    const path = this.pathOf(sha256);
    try {
      return statSync(path).size;
    } catch (error) {
      throw missing(error, path);
    }
  }

  /** Reads an object to the end in pieces. The piece is only valid until the next one. */
  *chunks(sha256: Sha256, size = 1 << 20): Generator<Buffer> {
    const fd = this.open(sha256);
    // Most objects are small, and thousands are read one after the other.
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(size, fstatSync(fd).size)));
    try {
      for (;;) {
        const n = readSync(fd, buffer, 0, buffer.length, null);
        if (n === 0) return;
        yield buffer.subarray(0, n);
      }
    } finally {
      closeSync(fd);
    }
  }
}

function missing(error: unknown, path: string): unknown {
  if (systemCode(error) !== 'ENOENT') return error;
  return new AssayError({
    kind: 'input',
    code: 'object.missing',
    message: 'an object of the case is missing',
    where: { file: path },
    cure: 'Restore the case folder from a copy.',
    cause: error,
  });
}

let serial = 0;

class FileObjectWriter implements ObjectWriter {
  readonly #store: ObjectStore;
  readonly #path: string;
  readonly #hash = sha256Stream();
  #fd: number | undefined;
  #size = 0;

  constructor(store: ObjectStore) {
    this.#store = store;
    serial += 1;
    const folder = join(store.folder, 'tmp');
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, `${process.pid}-${serial}`);
    this.#fd = openSync(this.#path, 'wx', 0o444);
  }

  write(chunk: Uint8Array): void {
    if (this.#fd === undefined) throw new Error('object is already finished');
    this.#hash.update(chunk);
    for (let at = 0; at < chunk.length; ) at += writeSync(this.#fd, chunk, at);
    this.#size += chunk.length;
  }

  commit(): ObjectRef {
    if (this.#fd === undefined) throw new Error('object is already finished');
    const ref = { sha256: this.#hash.digest('hex'), size: this.#size };
    const target = this.#store.pathOf(ref.sha256);
    if (existsSync(target)) {
      this.abort();
      return ref;
    }
    fsyncSync(this.#fd);
    closeSync(this.#fd);
    this.#fd = undefined;
    const folder = join(target, '..');
    mkdirSync(folder, { recursive: true });
    renameSync(this.#path, target);
    syncFolder(folder);
    return ref;
  }

  abort(): void {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
    rmSync(this.#path, { force: true });
  }
}
