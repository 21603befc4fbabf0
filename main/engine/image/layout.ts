import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  inputError,
  type Sha256,
  sha256Stream,
  syncFolder,
  temporaryName,
  writeFileAtomic,
} from '../base/index.ts';
import { TAR_END, tarHeader, tarPadding } from './go-tar.ts';

const MARKER = { name: 'oci-layout', text: '{"imageLayoutVersion":"1.0.0"}' } as const;
const INDEX = 'index.json';
const BLOBS = 'blobs/sha256';

/** An OCI image layout on its way into a folder. Nothing is there under its name until `commit`. */
export class LayoutWriter {
  readonly #target: string;
  readonly #folder: string;
  #serial = 0;

  /** Throws `image.exists` when something stands at `target` that is not an empty folder. */
  constructor(target: string) {
    refuseExisting(target);
    this.#target = target;
    this.#folder = temporaryName(target);
    mkdirSync(join(this.#folder, BLOBS), { recursive: true });
  }

  /** Starts a blob. */
  begin(): BlobWriter {
    this.#serial += 1;
    return new BlobWriter(join(this.#folder, BLOBS), this.#serial);
  }

  /** Adds a blob that is at hand. */
  put(bytes: Uint8Array): { sha256: Sha256; size: number } {
    const blob = this.begin();
    blob.write(bytes);
    return blob.commit();
  }

  /** Makes the layout complete and gives it its name: as a folder, or as an archive of it. */
  commit(index: Uint8Array, as: 'folder' | 'archive', time: number): void {
    writeFileAtomic(join(this.#folder, MARKER.name), MARKER.text);
    writeFileAtomic(join(this.#folder, INDEX), index);
    if (as === 'archive') {
      packLayout(this.#folder, this.#target, time);
      this.abort();
      return;
    }
    if (existsSync(this.#target)) rmSync(this.#target, { recursive: true });
    renameSync(this.#folder, this.#target);
    syncFolder(dirname(this.#target));
  }

  /** Throws away what was written. Safe to call after `commit`. */
  abort(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A blob whose name is not known until its end. */
export class BlobWriter {
  readonly #folder: string;
  readonly #path: string;
  readonly #hash = sha256Stream();
  #fd: number | undefined;
  #size = 0;

  constructor(folder: string, serial: number) {
    this.#folder = folder;
    this.#path = join(folder, `.tmp-${serial}`);
    this.#fd = openSync(this.#path, 'wx', 0o644);
  }

  write(bytes: Uint8Array): void {
    if (this.#fd === undefined) throw new Error('blob is already finished');
    this.#hash.update(bytes);
    this.#size += bytes.length;
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
  }

  commit(): { sha256: Sha256; size: number } {
    if (this.#fd === undefined) throw new Error('blob is already finished');
    fsyncSync(this.#fd);
    this.abandon();
    const sha256 = this.#hash.digest('hex');
    renameSync(this.#path, join(this.#folder, sha256));
    return { sha256, size: this.#size };
  }

  /** Closes the file of a blob that will not be finished; the layout's `abort` removes it. */
  abandon(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

function refuseExisting(target: string): void {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (!stat || (stat.isDirectory() && readdirSync(target).length === 0)) return;
  throw inputError(
    'image.exists',
    'there is something already where the image is to be written',
    { file: target },
    'Name a folder or a file that is not there yet.',
  );
}

/** Packs a layout into a tar whose bytes depend on nothing but its files. */
function packLayout(folder: string, target: string, time: number): void {
  const temporary = temporaryName(target);
  const fd = openSync(temporary, 'wx', 0o644);
  try {
    const write = (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    };
    const common = { sha256: null, target: null };
    for (const path of ['blobs', BLOBS])
      write(tarHeader({ path, type: 'directory', mode: 0o755, size: 0, ...common }, time));
    const blobs = readdirSync(join(folder, BLOBS)).sort();
    for (const path of [...blobs.map(name => `${BLOBS}/${name}`), INDEX, MARKER.name]) {
      const { size } = statSync(join(folder, path));
      write(tarHeader({ path, type: 'file', mode: 0o644, size, ...common }, time));
      copy(join(folder, path), write);
      write(tarPadding(size));
    }
    write(TAR_END);
    fsyncSync(fd);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  if (existsSync(target)) rmSync(target, { recursive: true });
  renameSync(temporary, target);
  syncFolder(dirname(target));
}

function copy(file: string, write: (bytes: Uint8Array) => void): void {
  const buffer = Buffer.allocUnsafe(1 << 20);
  const fd = openSync(file, 'r');
  try {
    for (;;) {
      const length = readSync(fd, buffer, 0, buffer.length, null);
      if (length === 0) return;
      write(buffer.subarray(0, length));
    }
  } finally {
    closeSync(fd);
  }
}
