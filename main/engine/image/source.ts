import { closeSync, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { join, posix } from 'node:path';
import { AssayError, inputError, systemCode } from '../base/index.ts';
import { cleanPath, DEFAULT_LIMITS, type TarEntry, TarReader } from '../bundle/index.ts';
import { isTreePath } from '../chain/index.ts';

const PIECE = 1 << 20;
/** Links that may lead to one another in a docker-archive. */
const HOPS = 5;

/** The files of an image archive or layout, by path. */
export interface ImageSource {
  /** For messages. */
  readonly file: string;
  /** Size in bytes; null when there is no such file. */
  sizeOf(path: string): number | null;
  /** The content in pieces that are only valid until the next one. Call it only for what has a size. */
  pieces(path: string): Iterable<Buffer>;
}

/** Opens an image archive, a plain tar, or the folder of an OCI layout. Close it when done. Throws `image.unreadable` or `archive.*`. */
export function openImage(path: string): ImageSource & Disposable {
  try {
    const fd = openSync(path, 'r');
    if (!fstatSync(fd).isDirectory()) return archiveSource(path, fd);
    closeSync(fd);
    return folderSource(path);
  } catch (error) {
    if (error instanceof AssayError || systemCode(error) === undefined) throw error;
    throw inputError('image.unreadable', `it cannot be read (${systemCode(error)})`, { file: path });
  }
}

function archiveSource(file: string, fd: number): ImageSource & Disposable {
  try {
    const files = new Map<string, TarEntry>();
    const visitor = {
      entry: (entry: TarEntry) => void files.set(cleanPath(entry.path, DEFAULT_LIMITS, entry.where), entry),
      content() {},
      finished() {},
    };
    const reader = new TarReader(visitor, DEFAULT_LIMITS, file);
    for (const piece of readPieces(fd, 0, fstatSync(fd).size)) reader.push(piece);
    reader.end();
    const find = (path: string) => {
      let entry = files.get(path);
      let at = path;
      for (let hops = 0; entry && entry.type !== 'file' && hops < HOPS; hops += 1) {
        at = posix.join(entry.type === 'symlink' ? posix.dirname(at) : '', entry.target ?? '');
        entry = files.get(at);
      }
      return entry?.type === 'file' ? entry : undefined;
    };
    return {
      file,
      sizeOf: path => find(path)?.size ?? null,
      pieces: path => readPieces(fd, find(path)?.offset ?? 0, find(path)?.size ?? 0),
      [Symbol.dispose]: () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function folderSource(folder: string): ImageSource & Disposable {
  return {
    file: folder,
    sizeOf(path) {
      if (!isTreePath(path)) return null;
      const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
      return stat?.isFile() ? stat.size : null;
    },
    *pieces(path) {
      const fd = openSync(join(folder, path), 'r');
      try {
        yield* readPieces(fd, 0, fstatSync(fd).size);
      } finally {
        closeSync(fd);
      }
    },
    [Symbol.dispose]() {},
  };
}

function* readPieces(fd: number, from: number, size: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(PIECE, size));
  for (let done = 0; done < size; ) {
    const length = readSync(fd, buffer, 0, Math.min(buffer.length, size - done), from + done);
    if (length === 0) return;
    done += length;
    yield buffer.subarray(0, length);
  }
}
