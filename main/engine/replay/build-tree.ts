import {
  chmodSync,
  closeSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  AssayError,
  inputError,
  type Sha256,
  sha256Stream,
  systemCode,
  type TaskOptions,
  throwIfStopped,
} from '../base/index.ts';
import type { BundleEntry, ObjectStore } from '../case/index.ts';
import type { StepRecord, WrittenFile } from './record.ts';
import { Tree } from './tree.ts';
import { makeParents } from './tree-folder.ts';
import { compareBytes } from './tree-state.ts';

/** Where the sources of a replay come from; a bundle is one. */
export interface SourceTree {
  /**
   * Writes everything into an empty folder. Content must have the hash of its entry and links must not be followed while
   * writing; a hard link may become a copy.
   */
  unpack(folder: string, options: TaskOptions): Promise<unknown>;
  entries(): Iterable<BundleEntry>;
}

/** A seed to be placed in the tree, from the object store, over whatever the sources have at that path. */
export interface PlacedSeed {
  readonly path: string;
  readonly sha256: Sha256;
}

/** What a tree is made of: sources, seeds over them, and over those what each finished step did. */
export interface TreeParts {
  /** Absolute path, links resolved, of a folder that is not there yet. */
  readonly root: string;
  readonly objects: ObjectStore;
  readonly sources: SourceTree;
  readonly seeds: readonly PlacedSeed[];
  readonly records: readonly StepRecord[];
}

const SEED_MODE = 0o755;

/**
 * Makes the tree as it stood after the last of the records. Times of files are those of this call, in the order of the steps.
 * Throws `replay.tree-differs` when the result is not what it should be.
 */
export async function buildTree(parts: TreeParts, options: TaskOptions): Promise<Tree> {
  const { root, objects, sources, seeds, records } = parts;
  mkdirSync(root, { mode: 0o755 });
  await sources.unpack(root, options);
  const expected = initialTree(parts);
  for (const { path } of seeds) {
    const seed = expected.get(path);
    if (seed) place(root, seed, objects);
  }
  for (const [path, file] of layRecords(root, records, objects, options.signal)) {
    if (file === null) expected.delete(path);
    else expected.set(path, file);
  }
  const tree = new Tree(root, objects);
  const wrong = tree.learn(expected);
  if (wrong !== null) throw differs(wrong);
  return tree;
}

/** The tree before the first step: what the sources hold, and the seeds over it. */
export function initialTree({
  sources,
  seeds,
  objects,
}: Pick<TreeParts, 'sources' | 'seeds' | 'objects'>): Map<string, WrittenFile> {
  const expected = expectedOf(sources);
  for (const { path, sha256 } of seeds) {
    const size = objects.sizeOf(sha256);
    expected.set(path, { path, type: 'file', mode: SEED_MODE, size, sha256, target: null });
  }
  return expected;
}

/** Does to a tree what steps did, and gives what they leave at each path, null for nothing. Throws `replay.tree-differs` and `object.*`. */
export function layRecords(
  root: string,
  records: readonly StepRecord[],
  objects: ObjectStore,
  signal: AbortSignal | undefined,
): Map<string, WrittenFile | null> {
  const latest = latestOf(records);
  for (const path of [...latest.keys()].sort(compareBytes).reverse()) {
    if (latest.get(path) === null) clear(join(root, path));
  }
  const folders: WrittenFile[] = [];
  for (const file of latest.values()) if (file?.type === 'directory') folders.push(file);
  folders.sort((a, b) => compareBytes(a.path, b.path));
  for (const { path } of folders) makeFolder(root, path);
  for (const file of latest.values()) {
    throwIfStopped(signal);
    if (file !== null && file.type !== 'directory') place(root, file, objects);
  }
  for (const { path, mode } of folders.reverse()) chmodSync(join(root, path), mode);
  return latest;
}

/** What the sources should look like on disk. A hard link is a file with the content of what it points to. */
function expectedOf(sources: SourceTree): Map<string, WrittenFile> {
  const entries = new Map<string, BundleEntry>();
  for (const entry of sources.entries()) entries.set(entry.path, entry);
  const expected = new Map<string, WrittenFile>();
  for (const { path, type, mode, target } of entries.values()) {
    const content = type === 'hardlink' ? contentOf(path, entries) : entries.get(path);
    expected.set(path, {
      path,
      type: type === 'hardlink' ? 'file' : type,
      mode,
      size: content?.size ?? 0,
      sha256: content?.sha256 ?? null,
      target: type === 'symlink' ? target : null,
    });
  }
  return expected;
}

function contentOf(path: string, entries: ReadonlyMap<string, BundleEntry>): BundleEntry | undefined {
  let entry = entries.get(path);
  for (let hops = 0; entry?.type === 'hardlink' && hops < entries.size; hops += 1)
    entry = entries.get(entry.target ?? '');
  return entry;
}

/** What the records leave at each path, null for nothing, in the order in which it was last written. */
function latestOf(records: readonly StepRecord[]): Map<string, WrittenFile | null> {
  const latest = new Map<string, WrittenFile | null>();
  for (const record of records) {
    for (const path of record.removed) latest.set(path, null);
    for (const file of record.written) {
      latest.delete(file.path);
      latest.set(file.path, file);
    }
  }
  return latest;
}

/** Writes one file or link anew. Never through a link. */
function place(root: string, file: WrittenFile, objects: ObjectStore): void {
  const path = join(root, file.path);
  if (!makeParents(root, file.path)) throw differs(file.path);
  clear(path);
  if (file.type === 'symlink') {
    symlinkSync(file.target ?? '', path);
    return;
  }
  const hash = sha256Stream();
  const fd = openSync(path, 'wx', 0o600);
  try {
    for (const chunk of objects.chunks(file.sha256 ?? '')) {
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
    }
    fchmodSync(fd, file.mode);
  } finally {
    closeSync(fd);
  }
  if (hash.digest('hex') !== file.sha256) {
    throw inputError(
      'object.damaged',
      `an object of the case does not have the sha256 ${file.sha256} it is named by`,
      { entry: file.path },
      'Restore the case folder from a copy.',
    );
  }
}

function makeFolder(root: string, path: string): void {
  if (!makeParents(root, path)) throw differs(path);
  const folder = join(root, path);
  if (!isFolder(folder)) {
    clear(folder);
    mkdirSync(folder);
  }
  chmodSync(folder, 0o700);
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Removes a file, a link or an empty folder if there is one. */
function clear(path: string): void {
  try {
    if (isFolder(path)) rmdirSync(path);
    else unlinkSync(path);
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
}

/** The error of a tree that is not what its records say. */
export function differs(entry: string): AssayError {
  return new AssayError({
    kind: 'internal',
    code: 'replay.tree-differs',
    message: 'the tree of the replay could not be laid out as its sources and records say',
    where: { entry },
    cure: 'Start a new replay; if this comes again, keep the case and report it.',
  });
}
