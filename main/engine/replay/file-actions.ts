import { chmodSync, closeSync, fchmodSync, openSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import { posix } from 'node:path';
import { type AssayError, inputError } from '../base/index.ts';
import type { FileStep } from '../chain/index.ts';
import type { Candidate, Tree } from './tree.ts';
import { makeParents } from './tree-folder.ts';
import { type AddLimits, type Unpacked, unpackInto } from './unpack-archive.ts';

const FOLDER_MODE = 0o755;

/** Does a file action in the tree, and gives the paths that it may have changed. Throws `replay.file-action` with file and line. */
export async function doFileAction(
  step: FileStep,
  tree: Tree,
  limits: AddLimits,
): Promise<Map<string, Candidate>> {
  const work = new FileAction(step, tree);
  if (step.action === 'mkdir') work.folder(step.path);
  else if (step.action === 'write') work.write(step.path, [Buffer.from(step.text)], step.mode);
  else if (step.action === 'copy') work.copy(step);
  else await work.unpackOrCopy(step, limits);
  return work.changed;
}

type Copying = Pick<Extract<FileStep, { action: 'copy' }>, 'from' | 'to' | 'into' | 'mode'>;

/** Writes to a tree in which nothing runs. Whatever a step left there, no link is followed. */
class FileAction {
  readonly changed = new Map<string, Candidate>();
  readonly #step: FileStep;
  readonly #tree: Tree;

  constructor(step: FileStep, tree: Tree) {
    this.#step = step;
    this.#tree = tree;
  }

  /** Makes a folder and those above it; those that are there keep their mode unless one is given. */
  folder(path: string, mode: number | null = null): void {
    this.#parents(`${path}/.`);
    if (mode !== null) chmodSync(this.#disk(path), mode);
  }

  write(path: string, pieces: Iterable<Uint8Array>, mode: number): void {
    const fd = this.#create(path);
    try {
      for (const piece of pieces) writeAll(fd, piece);
      fchmodSync(fd, mode);
    } finally {
      closeSync(fd);
    }
  }

  copy({ from, to, into, mode }: Copying): void {
    const source = this.#tree.state.get(from);
    if (!source) throw this.#problem(`there is no '${from}' to copy`);
    if (source.type === 'symlink')
      throw this.#problem(`'${from}' is a link; what it points to must be named`);
    if (source.type === 'file') {
      const inside = into || this.#tree.state.get(to)?.type === 'directory';
      this.#copyFile(from, inside ? `${to}/${posix.basename(from)}` : to, mode ?? source.mode);
      return;
    }
    if (to === from || to.startsWith(`${from}/`))
      throw this.#problem(`'${from}' would be copied into itself`);
    // A list, for copying adds to what is walked through.
    const below = [...this.#tree.state.below(from)];
    this.folder(to);
    for (const path of below) this.#copyOne(path, to + path.slice(from.length), mode);
  }

  #copyOne(from: string, to: string, mode: number | null): void {
    const source = this.#tree.state.get(from);
    if (source?.type === 'directory') this.folder(to, mode ?? source.mode);
    else if (source?.type === 'symlink') this.link(to, source.target ?? '');
    else if (source) this.#copyFile(from, to, mode ?? source.mode);
  }

  #copyFile(from: string, to: string, mode: number): void {
    if (from === to) return;
    const fd = this.#create(to);
    try {
      this.#tree.folder.copyTo(from, { write: piece => writeAll(fd, piece) });
      fchmodSync(fd, mode);
    } finally {
      closeSync(fd);
    }
  }

  async unpackOrCopy(step: Extract<FileStep, { action: 'add' | 'layer' }>, limits: AddLimits): Promise<void> {
    const source = this.#tree.state.get(step.from);
    if (source?.type !== 'file') throw this.#problem(`there is no file '${step.from}' to add`);
    if (step.sha256 !== null && source.sha256 !== step.sha256) {
      throw this.#problem(
        `'${step.from}' does not have the sha256 ${step.sha256} that the description names, but ${source.sha256}`,
      );
    }
    const layer = step.action === 'layer';
    if (!(await this.unpack(step.from, step.to, { layer, limits })) && !layer) this.copy(step);
  }

  /** Unpacks an archive; false when it is none. */
  async unpack(from: string, to: string, how: { layer: boolean; limits: AddLimits }): Promise<boolean> {
    const into: Unpacked = {
      folder: (path, mode) => this.folder(within(to, path), mode),
      link: (path, target) => this.link(within(to, path), target),
      remove: path => this.#remove(within(to, path)),
      clear: path => this.#clear(within(to, path)),
      same: (path, target) =>
        this.#copyFile(within(to, target), within(to, path), this.#modeOf(within(to, target))),
      open: path => this.#create(within(to, path)),
    };
    return unpackInto(this.#tree.folder, from, into, how);
  }

  link(path: string, target: string): void {
    this.#parents(path);
    this.#remove(path);
    symlinkSync(target, this.#disk(path));
    this.#touch(path);
  }

  #modeOf(path: string): number {
    const stat = this.#tree.folder.stat(path);
    if (!stat?.isFile()) throw this.#problem(`a hard link names '${path}', which is no file`);
    return Number(stat.mode & 0o777n);
  }

  /** Opens a new file in the place of whatever stands there but a folder. */
  #create(path: string): number {
    this.#parents(path);
    const stat = this.#tree.folder.stat(path);
    if (stat?.isDirectory()) throw this.#problem(`'${path}' is a folder where a file is to be`);
    if (stat) rmSync(this.#disk(path));
    this.#touch(path);
    return openSync(this.#disk(path), 'wx', 0o600);
  }

  #remove(path: string): void {
    const stat = this.#tree.folder.stat(path);
    if (!stat) return;
    rmSync(this.#disk(path), { recursive: true });
    this.changed.set(path, { deep: true, written: false });
  }

  /** Takes away what was in a folder before this step. */
  #clear(path: string): void {
    for (const each of this.#tree.state.below(path)) {
      if (!each.slice(path.length + 1).includes('/') && !this.changed.has(each)) this.#remove(each);
    }
  }

  /** Makes the folders above a path. */
  #parents(path: string): void {
    const parts = path.split('/').slice(0, -1);
    const missing = parts
      .map((_, i) => parts.slice(0, i + 1).join('/'))
      .filter(folder => !this.#tree.folder.stat(folder));
    if (!makeParents(this.#tree.folder.root, path)) {
      throw this.#problem(`something on the way to '${path}' is a link or a file`);
    }
    for (const folder of missing) chmodSync(this.#disk(folder), FOLDER_MODE);
    for (let i = parts.length; i > 0; i -= 1) {
      const folder = parts.slice(0, i).join('/');
      if (!this.changed.has(folder)) this.changed.set(folder, { deep: false, written: false });
    }
  }

  #touch(path: string): void {
    this.changed.set(path, { deep: this.changed.get(path)?.deep ?? false, written: true });
  }

  #disk(path: string): string {
    return `${this.#tree.folder.root}/${path}`;
  }

  #problem(message: string): AssayError {
    const { id, origin } = this.#step;
    const where = { step: id, file: origin.file, line: origin.line };
    return inputError('replay.file-action', message, where, 'Correct the build description or the bundle.');
  }
}

function within(folder: string, path: string): string {
  return path === '' ? folder : `${folder}/${path}`;
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
