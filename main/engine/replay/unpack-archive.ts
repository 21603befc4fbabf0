import { closeSync, fchmodSync, writeSync } from 'node:fs';
import { posix } from 'node:path';
import { AssayError } from '../base/index.ts';
import {
  cleanPath,
  compressionOf,
  DEFAULT_LIMITS,
  type ImportLimits,
  MAGIC_BYTES,
  plainBytes,
  type TarEntry,
  TarReader,
  type TarVisitor,
} from '../bundle/index.ts';
import type { TreeFolder } from './tree-folder.ts';

/** What an archive may bring. */
export interface AddLimits {
  readonly bytes: number;
  readonly files: number;
}

/** Where the contents of an archive go. Paths are relative to the folder it is unpacked into, '' for itself. */
export interface Unpacked {
  folder(path: string, mode: number | null): void;
  link(path: string, target: string): void;
  /** Gives a path the content and mode of another one. */
  same(path: string, target: string): void;
  remove(path: string): void;
  /** Takes away what was in a folder before. */
  clear(path: string): void;
  /** Opens a new file for writing. */
  open(path: string): number;
}

/** What the builders of containers unpack when it is added; anything else is copied. */
const COMPRESSIONS = ['none', 'gzip', 'bzip2', 'xz', 'zstd'];
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
const PIECE = 1 << 20;
/** Folders are made as they come; their modes are given at the end, so that a closed one can be filled. */
const OPEN = 0o755;

/**
 * Unpacks a tar of the tree, plain or compressed. False, and nothing done, when it is no tar. Throws `archive.*` for
 * everything that an import would refuse.
 */
export async function unpackInto(
  tree: TreeFolder,
  from: string,
  into: Unpacked,
  how: { readonly layer: boolean; readonly limits: AddLimits },
): Promise<boolean> {
  const size = Number(tree.stat(from)?.size ?? 0n);
  const compression = compressionOf(tree.readAt(from, 0, MAGIC_BYTES));
  if (!COMPRESSIONS.includes(compression)) return false;
  const limits: ImportLimits = {
    ...DEFAULT_LIMITS,
    entries: Math.min(how.limits.files, DEFAULT_LIMITS.entries),
    totalBytes: Math.min(how.limits.bytes, DEFAULT_LIMITS.totalBytes),
  };
  const writer = new Writer(into, limits, how.layer);
  const reader = new TarReader(writer, limits, from);
  try {
    for await (const piece of plainBytes(
      compression,
      { file: from, fd: -1, size },
      pieces(tree, from),
      limits,
    ))
      reader.push(piece);
    reader.end();
    writer.finish();
    return true;
  } catch (error) {
    if (!how.layer && error instanceof AssayError && error.code === 'archive.not-a-tar') return false;
    throw error;
  } finally {
    writer.close();
  }
}

function* pieces(tree: TreeFolder, path: string): Generator<Buffer, void, void> {
  for (let at = 0; ; ) {
    const piece = tree.readAt(path, at, PIECE);
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

class Writer implements TarVisitor {
  readonly #into: Unpacked;
  readonly #limits: ImportLimits;
  readonly #layer: boolean;
  readonly #modes = new Map<string, number>();
  #mode = 0;
  #begun = false;
  #fd: number | undefined;

  constructor(into: Unpacked, limits: ImportLimits, layer: boolean) {
    this.#into = into;
    this.#limits = limits;
    this.#layer = layer;
  }

  entry(entry: TarEntry): void {
    if (!this.#begun) this.#into.folder('', null);
    this.#begun = true;
    const path = cleanPath(entry.path, this.#limits, entry.where);
    const mode = entry.mode & 0o777;
    if (this.#layer && this.#takesAway(path)) return;
    if (entry.type === 'directory') {
      if (path !== '') this.#modes.set(path, mode);
      if (path !== '') this.#into.folder(path, OPEN);
    } else if (entry.type === 'symlink') this.#into.link(path, entry.target ?? '');
    else if (entry.type === 'hardlink')
      this.#into.same(path, cleanPath(entry.target ?? '', this.#limits, entry.where));
    else {
      this.#fd = this.#into.open(path);
      this.#mode = mode;
    }
  }

  #takesAway(path: string): boolean {
    const name = posix.basename(path);
    if (!name.startsWith(WHITEOUT)) return false;
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
    const gone = name.slice(WHITEOUT.length);
    if (name === OPAQUE) this.#into.clear(folder);
    else if (gone !== '' && gone !== '.' && gone !== '..')
      this.#into.remove(folder === '' ? gone : `${folder}/${gone}`);
    return true;
  }

  content(piece: Buffer): void {
    if (this.#fd === undefined) return;
    for (let at = 0; at < piece.length; ) at += writeSync(this.#fd, piece, at);
  }

  finished(): void {
    if (this.#fd !== undefined) fchmodSync(this.#fd, this.#mode);
    this.close();
  }

  /** Gives the folders their modes. */
  finish(): void {
    for (const [path, mode] of [...this.#modes].reverse()) this.#into.folder(path, mode);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
