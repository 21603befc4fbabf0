import {
  type BigIntStats,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { HASH_CHUNK, systemCode } from '../base/index.ts';
import { isTreePath } from '../chain/index.ts';
import type { Sink } from './contained.ts';

/** Used by one reader at a time: a sink is done with a piece when its `write` returns. */
const buffer = Buffer.allocUnsafe(HASH_CHUNK);
/** Paths longer than this, in bytes, are brought nearer to the top before they are removed; Linux takes 4095. */
const NEAR = 3000;
const PERMISSIONS = 0o777n;

/** Something found in a folder of the tree. */
export interface Found {
  /** In the tree; text for people when `valid` is false. */
  readonly path: string;
  /** False when its name is not UTF-8 or its path is too long to be recorded. */
  readonly valid: boolean;
}

/**
 * The folder on disk that is a container's `/`, seen from outside. Whatever a hostile step left there, nothing in here
 * follows a link, waits for a pipe or is stopped by missing permissions. Nothing may run in the container meanwhile.
 */
export class TreeFolder {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Folders that were opened up to look inside, with the mode to give back. */
  readonly #opened = new Map<string, number>();

  /** Folders known to be such, until `closeUp`. */
  readonly #folders = new Set<string>();

  constructor(root: string) {
    this.root = root;
  }

  /** What stands at a path of the tree; null when nothing does, or when something on the way to it is not a folder. */
  stat(path: string): BigIntStats | null {
    this.#begin();
    let folder = this.root;
    const parts = path.split('/');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      folder = `${folder}/${part}`;
      if (this.#folders.has(folder)) continue;
      const stat = lstatOrNull(folder);
      if (!stat?.isDirectory()) return null;
      this.#openUp(folder, stat);
      this.#folders.add(folder);
    }
    return lstatOrNull(`${folder}/${last}`);
  }

  /** Permission bits as the step left them. */
  modeOf(path: string, stat: BigIntStats): number {
    return this.#opened.get(join(this.root, path)) ?? Number(stat.mode & PERMISSIONS);
  }

  /** The names in a folder of the tree, '' for its top. Call only for what `stat` called a folder. */
  list(path: string): Found[] {
    this.#begin();
    const folder = join(this.root, path);
    const stat = lstatOrNull(folder);
    if (stat) this.#openUp(folder, stat);
    return readdirSync(folder, { encoding: 'buffer' }).map(name => {
      const text = name.toString('utf8');
      const child = path === '' ? text : `${path}/${text}`;
      return { path: child, valid: Buffer.from(text).equals(name) && isTreePath(child) };
    });
  }

  /** What a link points to; null when that is not UTF-8. */
  linkTarget(path: string): string | null {
    const bytes = readlinkSync(join(this.root, path), { encoding: 'buffer' });
    const text = bytes.toString('utf8');
    return Buffer.from(text).equals(bytes) ? text : null;
  }

  /** Passes all bytes of a file on. Call only for what `stat` called a file. */
  copyTo(path: string, sink: Sink): void {
    const fd = this.#openFile(join(this.root, path));
    try {
      for (;;) {
        const n = readSync(fd, buffer, 0, buffer.length, null);
        if (n === 0) return;
        sink.write(buffer.subarray(0, n));
      }
    } finally {
      closeSync(fd);
    }
  }

  /** Bytes of a file at an offset; fewer when the file ends. */
  readAt(path: string, offset: number, size: number): Buffer {
    const fd = this.#openFile(join(this.root, path));
    const buffer = Buffer.alloc(size);
    try {
      return buffer.subarray(0, readSync(fd, buffer, 0, size, offset));
    } finally {
      closeSync(fd);
    }
  }

  /** Makes a file that has several names one of its own, with the same content, mode and time of writing. */
  separate(path: string): void {
    const file = join(this.root, path);
    const stat = lstatSync(file);
    const copy = join(this.root, `.assay-${process.pid}`);
    const to = openSync(copy, 'wx', 0o600);
    try {
      this.copyTo(path, {
        write(chunk) {
          for (let at = 0; at < chunk.length; ) at += writeSync(to, chunk, at);
        },
      });
      fchmodSync(to, stat.mode & 0o777);
      futimesSync(to, stat.atime, stat.mtime);
    } finally {
      closeSync(to);
    }
    renameSync(copy, file);
  }

  #openFile(file: string): number {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    try {
      return openSync(file, flags);
    } catch (error) {
      if (systemCode(error) !== 'EACCES') throw error;
      const mode = Number((lstatOrNull(file)?.mode ?? 0n) & PERMISSIONS);
      chmodSync(file, mode | 0o400);
      const fd = openSync(file, flags);
      fchmodSync(fd, mode);
      return fd;
    }
  }

  /** The mode of the top is in no record, so that it is the same again before every step. */
  #begin(): void {
    if (this.#folders.size > 0) return;
    chmodSync(this.root, 0o755);
    this.#folders.add(this.root);
  }

  #openUp(folder: string, stat: BigIntStats): void {
    const mode = Number(stat.mode & PERMISSIONS);
    if (process.getuid?.() === 0 || (mode & 0o700) === 0o700) return;
    chmodSync(folder, mode | 0o700);
    this.#opened.set(folder, mode);
  }

  /** Ends a look: gives back the modes of folders that had to be opened up. Call it before anything runs in the container. */
  closeUp(): void {
    for (const [folder, mode] of [...this.#opened].reverse()) {
      if (lstatOrNull(folder)?.isDirectory()) chmodSync(folder, mode);
    }
    this.#opened.clear();
    this.#folders.clear();
  }
}

function lstatOrNull(file: string | Buffer): BigIntStats | null {
  try {
    return lstatSync(file, { bigint: true });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}

/** Removes a folder with all that is in it, however deep, oddly named or closed it is. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
    if (!lstatOrNull(folder)) return;
  } catch {
    // The slow way copes with closed folders and paths that are too long.
  }
  if (lstatOrNull(folder)) new Remover(folder).run();
}

/** Removes a tree bottom-up without recursion, on paths of bytes. */
class Remover {
  readonly #top: Buffer;
  readonly #folders: Buffer[];
  #moved = 0;

  constructor(top: string) {
    this.#top = Buffer.from(top);
    this.#folders = [this.#top];
  }

  run(): void {
    for (let folder = this.#folders.at(-1); folder; folder = this.#folders.at(-1)) {
      chmodSync(folder, 0o700);
      const before = this.#folders.length;
      for (const name of readdirSync(folder, { encoding: 'buffer' })) this.#visit(child(folder, name));
      if (this.#folders.length === before) {
        rmdirSync(folder);
        this.#folders.pop();
      }
    }
  }

  #visit(path: Buffer): void {
    if (!lstatOrNull(path)?.isDirectory()) unlinkSync(path);
    else if (path.length < NEAR) this.#folders.push(path);
    else {
      chmodSync(path, 0o700);
      const nearer = child(this.#top, Buffer.from(`.moved-${this.#moved++}`));
      renameSync(path, nearer);
      // Below the top, which is the first of the list: it is removed after all that lies in it.
      this.#folders.splice(1, 0, nearer);
    }
  }
}

function child(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from('/'), name]);
}

/** Makes the folders on the way to a path of the tree. False when something on the way is not a folder. */
export function makeParents(root: string, path: string): boolean {
  let folder = root;
  for (const part of path.split('/').slice(0, -1)) {
    folder = join(folder, part);
    const stat = lstatOrNull(folder);
    if (stat && !stat.isDirectory()) return false;
    if (!stat) mkdirSync(folder, { mode: 0o755 });
  }
  return true;
}
