import { closeSync, fchmodSync, lstatSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { inputError, type Sha256, sha256Stream, throwIfStopped } from '../base/index.ts';
import type { BundleEntry, ObjectStore } from '../case/index.ts';
import type { Bundle } from './bundle.ts';
import { checkedContents, storedObject } from './content.ts';
import type { Unpacked, UnpackOptions } from './unpack.ts';

/** A file of the case that takes a place in the tree of a bundle. */
export interface PlacedFile {
  readonly path: string;
  readonly sha256: Sha256;
  /** In bytes. */
  readonly size: number;
}

const MODE = 0o644;

/** A placed file as the index of a bundle would have it. What it looks like inside was not looked at. */
export function placedEntry({ path, sha256, size }: PlacedFile): BundleEntry {
  return { path, type: 'file', mode: MODE, size, offset: 0, sha256, target: null, kind: 'binary', flags: [] };
}

/**
 * A bundle and files of the case in places where the bundle has nothing, seen as one tree. The caller has made sure that nothing
 * of the bundle stands at such a path or, other than folders, on the way to it.
 */
export function overlaid(bundle: Bundle, placed: readonly PlacedFile[], objects: ObjectStore): Bundle {
  if (placed.length === 0) return bundle;
  const files = new Map(placed.map(file => [file.path, file]));
  const contents = checkedContents(objects);
  return {
    event: bundle.event,
    entry: path => {
      const file = files.get(path);
      return file ? placedEntry(file) : bundle.entry(path);
    },
    entries: () => merged(bundle.entries(), placed.map(placedEntry)),
    read(path, limit) {
      const file = files.get(path);
      if (!file) return bundle.read(path, limit);
      if (file.size > limit) {
        throw inputError(
          'bundle.file-too-large',
          `'${path}' has ${file.size} bytes, at most ${limit} are read`,
          { entry: path },
        );
      }
      return objects.read(file.sha256, limit);
    },
    chunks(path) {
      const file = files.get(path);
      return file ? checkedChunks(file, objects) : bundle.chunks(path);
    },
    async content(path, options = {}) {
      const file = files.get(path);
      if (!file) return bundle.content(path, options);
      const stored = storedObject(objects, file.sha256);
      return options.look ? contents.look(stored, options) : contents.open(stored, options);
    },
    async unpack(folder, options = {}) {
      const done = await bundle.unpack(folder, options);
      return addFiles(folder, placed, done, objects, options);
    },
    close: () => bundle.close(),
    [Symbol.dispose]: () => bundle.close(),
  };
}

/** Two lists of entries in the order of their paths' bytes as one. */
function* merged(first: Iterable<BundleEntry>, more: readonly BundleEntry[]): Generator<BundleEntry> {
  const rest = more
    .map(entry => ({ entry, key: Buffer.from(entry.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key));
  let at = 0;
  for (const entry of first) {
    const key = Buffer.from(entry.path);
    for (let next = rest[at]; next && Buffer.compare(next.key, key) < 0; next = rest[at]) {
      at += 1;
      yield next.entry;
    }
    yield entry;
  }
  for (const { entry } of rest.slice(at)) yield entry;
}

function* checkedChunks(file: PlacedFile, objects: ObjectStore): Generator<Buffer, void, void> {
  const hash = sha256Stream();
  for (const chunk of objects.chunks(file.sha256)) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== file.sha256) {
    throw inputError(
      'object.damaged',
      `the file kept for '${file.path}' is not the one that was imported`,
      { file: objects.pathOf(file.sha256), entry: file.path },
      'Restore the case folder from a copy.',
    );
  }
}

async function addFiles(
  folder: string,
  placed: readonly PlacedFile[],
  done: Unpacked,
  objects: ObjectStore,
  { within, signal }: UnpackOptions,
): Promise<Unpacked> {
  const prefix = within === undefined ? '' : `${within}/`;
  let { entries, bytes } = done;
  for (const file of placed) {
    if (!file.path.startsWith(prefix)) continue;
    throwIfStopped(signal);
    writeFile(folder, file.path.slice(prefix.length), file, objects);
    entries += 1;
    bytes += file.size;
  }
  return { entries, bytes };
}

/** Writes one file where nothing is, never through a link. */
function writeFile(root: string, path: string, file: PlacedFile, objects: ObjectStore): void {
  makeFolders(root, path);
  const target = join(root, path);
  const fd = openSync(target, 'wx', 0o600);
  try {
    for (const chunk of checkedChunks(file, objects)) {
      for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
    }
    fchmodSync(fd, MODE);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

function makeFolders(root: string, path: string): void {
  let folder = root;
  for (const part of path.split('/').slice(0, -1)) {
    folder = join(folder, part);
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (!stat) mkdirSync(folder, 0o755);
    else if (!stat.isDirectory())
      throw inputError('bundle.not-a-folder', `'${folder}' is no folder`, { entry: path });
  }
}
