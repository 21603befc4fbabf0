import { hash as hashOf } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { inputError, sha256Stream, type TaskOptions } from '../base/index.ts';
import type { BundleEntry, Case, EventOf } from '../case/index.ts';
import { readIndex } from './index-file.ts';
import { NO_LIMITS } from './limits.ts';
import { LinkCheck } from './links.ts';
import { cleanPath } from './names.ts';
import { Pace } from './pace.ts';

/** Bytes of the bundle read at a time: many small files in one go. */
const WINDOW = 1 << 22;

/** What unpacking wrote. Sizes in bytes. */
export interface Unpacked {
  readonly entries: number;
  readonly bytes: number;
}

/** How a bundle is unpacked. */
export interface UnpackOptions extends TaskOptions {
  /** Only what lies in this folder of the bundle, as if that were its top. */
  readonly within?: string;
}

/** Where unpacking takes entries and contents from. */
export interface UnpackSource {
  readonly theCase: Case;
  readonly event: EventOf<'bundle-imported'>;
  /** Fills a buffer from an offset of the tar; gives how much was there. */
  readAt(buffer: Buffer, at: number): number;
  /** The error for a file whose content is not the one that was imported. */
  damaged(path: string): Error;
}

/**
 * Writes the tree of a bundle into a folder that is empty or not there yet: contents checked against their sha256, file
 * modes from the index, folders 0755. Links come last, so that no write can pass through one, and each is checked
 * again not to leave the tree. After an error, or when stopped, the folder is empty again.
 * Throws `unpack.not-empty`, `bundle.damaged`, `object.damaged`, `archive.link-leaves-tree`, `archive.bad-name`.
 */
export async function unpackBundle(
  source: UnpackSource,
  folder: string,
  options: UnpackOptions,
): Promise<Unpacked> {
  mkdirSync(folder, { recursive: true });
  if (lstatSync(folder).isSymbolicLink() || readdirSync(folder).length > 0) {
    throw inputError('unpack.not-empty', 'the folder is not empty', { file: folder });
  }
  try {
    return await new Unpacking(source, folder, options.within).run(options);
  } catch (error) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}

class Unpacking {
  readonly #source: UnpackSource;
  readonly #root: string;
  /** The folder that is unpacked, with its slash; empty for everything. */
  readonly #within: string;
  readonly #folders = new Set<string>();
  readonly #window = Buffer.allocUnsafe(WINDOW);
  #windowAt = 0;
  #windowLength = 0;
  #entries = 0;
  #bytes = 0;

  constructor(source: UnpackSource, folder: string, within: string | undefined) {
    this.#source = source;
    this.#root = folder;
    this.#within = within === undefined ? '' : `${treePath(within)}/`;
  }

  async run(options: TaskOptions): Promise<Unpacked> {
    const { theCase, event } = this.#source;
    const pace = new Pace(options, { task: 'Unpacking bundle', total: event.bytes, unit: 'bytes' });
    const links: BundleEntry[] = [];
    for (const entry of readIndex(theCase, event.index.sha256)) {
      const path = treePath(entry.path);
      if (!path.startsWith(this.#within)) continue;
      const inside = path.slice(this.#within.length);
      if (entry.type === 'directory') this.#folder(inside);
      else if (entry.type === 'file') this.#file(inside, entry);
      else links.push({ ...entry, path: inside });
      this.#entries += 1;
      if (pace.due) await pace.rest(this.#bytes);
    }
    this.#hardlinks(links.filter(entry => entry.type === 'hardlink'));
    this.#symlinks(links.filter(entry => entry.type === 'symlink'));
    pace.finish(this.#bytes);
    return { entries: this.#entries, bytes: this.#bytes };
  }

  #folder(path: string): void {
    if (path === '' || this.#folders.has(path)) return;
    this.#folder(parentOf(path));
    mkdirSync(join(this.#root, path), 0o755);
    this.#folders.add(path);
  }

  #file(path: string, entry: BundleEntry): void {
    this.#folder(parentOf(path));
    // Exclusive: an existing file, or a link under this name, is an error and is never followed.
    const fd = openSync(`${this.#root}/${path}`, 'wx', 0o600);
    try {
      const sha256 = entry.size <= WINDOW ? this.#small(fd, entry) : this.#large(fd, entry);
      if (sha256 !== entry.sha256) throw this.#source.damaged(path);
      fchmodSync(fd, entry.mode & 0o777);
    } finally {
      closeSync(fd);
    }
    this.#bytes += entry.size;
  }

  /** Writes a file that fits into the window, and gives its sha256. */
  #small(fd: number, entry: BundleEntry): string {
    const end = entry.offset + entry.size;
    if (entry.offset < this.#windowAt || end > this.#windowAt + this.#windowLength) {
      this.#windowAt = entry.offset;
      this.#windowLength = this.#source.readAt(this.#window, entry.offset);
      if (entry.size > this.#windowLength) throw this.#source.damaged(entry.path);
    }
    const at = entry.offset - this.#windowAt;
    const content = this.#window.subarray(at, at + entry.size);
    writeAll(fd, content);
    return hashOf('sha256', content, 'hex');
  }

  #large(fd: number, entry: BundleEntry): string {
    const hash = sha256Stream();
    this.#windowLength = 0;
    for (let done = 0; done < entry.size; ) {
      const piece = this.#window.subarray(0, Math.min(WINDOW, entry.size - done));
      if (this.#source.readAt(piece, entry.offset + done) < piece.length) {
        throw this.#source.damaged(entry.path);
      }
      hash.update(piece);
      writeAll(fd, piece);
      done += piece.length;
    }
    return hash.digest('hex');
  }

  #hardlinks(entries: readonly BundleEntry[]): void {
    for (const entry of entries) {
      this.#folder(parentOf(entry.path));
      linkSync(join(this.#root, this.#linked(entry)), join(this.#root, entry.path));
    }
  }

  /** The path of the file that a hard link names. */
  #linked(entry: BundleEntry): string {
    const target = treePath(entry.target ?? '');
    if (target.startsWith(this.#within)) return target.slice(this.#within.length);
    throw inputError(
      'archive.link-leaves-tree',
      `'${entry.path}' is a hard link to a file outside the folder that is unpacked`,
      { entry: entry.path },
    );
  }

  #symlinks(entries: readonly BundleEntry[]): void {
    const check = new LinkCheck();
    for (const entry of entries) check.add(entry.path, entry.target ?? '', { entry: entry.path });
    check.finish();
    for (const entry of entries) this.#folder(parentOf(entry.path));
    for (const entry of entries) symlinkSync(entry.target ?? '', join(this.#root, entry.path));
  }
}

/** A path of the index, checked once more: the database could have been changed by someone. */
function treePath(path: string): string {
  const clean = cleanPath(path, NO_LIMITS, { entry: path });
  if (clean === '') throw inputError('archive.bad-name', 'an entry has no name', { entry: path });
  return clean;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
