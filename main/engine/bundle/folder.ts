import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { type Header, pack as newPack, type Pack } from 'tar-stream';
import { AssayError, inputError } from '../base/index.ts';
import type { ImportLimits } from './limits.ts';
import { changed, unreadable } from './source.ts';

/** Bytes handed on at a time. */
const PIECE = 1 << 20;
/** The largest size that fits into a tar header without extensions. */
const LARGEST = 8 ** 11 - 1;

type EntryHeader = Pick<Header, 'name'> & Partial<Header>;

/** Something in a folder. */
export interface Item {
  /** Relative to the folder, `/` between parts. */
  readonly path: string;
  readonly stat: Stats;
}

/**
 * Packs a folder into a tar that depends on nothing but names, contents, links and the owner's exec bit: entries in the
 * order of their names' bytes (a folder's name counts with its `/`), modes 0755 and 0644, everything else 0 or empty.
 * Pieces are only valid until the next one. Throws `bundle.source-changed`, `bundle.source-unreadable`,
 * `archive.special-file`, `archive.name-not-utf8`, `archive.file-too-large` or `archive.too-many-entries`.
 */
export async function* packFolder(folder: string, limits: ImportLimits): AsyncGenerator<Buffer, void, void> {
  const pack = newPack();
  const writing = writeTree(pack, folder, limits).catch((error: unknown) => pack.destroy(error as Error));
  const buffer = Buffer.allocUnsafe(PIECE);
  let used = 0;
  try {
    for await (const chunk of pack as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const length = chunk.copy(buffer, used, at);
        at += length;
        used += length;
        if (used === PIECE) {
          yield buffer;
          used = 0;
        }
      }
    }
  } finally {
    pack.destroy();
    await writing;
  }
  if (used > 0) yield buffer.subarray(0, used);
}

/**
 * Everything in a folder that is a file, a folder or a link, in the order of the tar. Never follows a link. Throws
 * `archive.special-file`, `archive.too-many-entries`, `archive.too-deep` or `archive.name-not-utf8`.
 */
export function* walkFolder(folder: string, limits: ImportLimits): Generator<Item, void, void> {
  let entries = 0;
  for (const item of walk(folder, '', limits.depth)) {
    const { path, stat } = item;
    entries += 1;
    const where = { file: join(folder, path), entry: path };
    if (entries > limits.entries) {
      throw inputError('archive.too-many-entries', `there are more than ${limits.entries} entries`, where);
    }
    if (!stat.isFile() && !stat.isDirectory() && !stat.isSymbolicLink()) {
      throw inputError('archive.special-file', `'${path}' is a device, a socket or a named pipe`, where);
    }
    yield item;
  }
}

/** What a folder's tar will take, about: the content of its files in bytes. Refuses what could not be packed. */
export function* measureFolder(folder: string, limits: ImportLimits): Generator<number, void, void> {
  for (const { path, stat } of walkFolder(folder, limits)) {
    const where = { file: join(folder, path), entry: path };
    if (stat.isFile() && stat.size > Math.min(LARGEST, limits.fileBytes)) {
      throw inputError('archive.file-too-large', `the file has ${stat.size} bytes`, where);
    }
    yield stat.isFile() ? stat.size : 0;
  }
}

async function writeTree(pack: Pack, folder: string, limits: ImportLimits): Promise<void> {
  for (const item of walk(folder, '', limits.depth)) {
    const file = join(folder, item.path);
    const header = headerOf(item, file);
    if (header.type !== 'file') await added(pack, header);
    else await addFile(pack, header, file, item.stat);
  }
  pack.finalize();
}

function headerOf(item: Item, file: string): EntryHeader {
  const common = { uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0), size: 0 };
  const executable = (item.stat.mode & 0o100) !== 0;
  if (item.stat.isDirectory()) return { ...common, name: `${item.path}/`, type: 'directory', mode: 0o755 };
  if (item.stat.isSymbolicLink()) {
    const target = readlinkSync(file, { encoding: 'buffer' });
    const linkname = asText(target, { file, entry: item.path });
    return { ...common, name: item.path, type: 'symlink', mode: 0o777, linkname };
  }
  if (!item.stat.isFile()) throw changed(file);
  return { ...common, name: item.path, type: 'file', mode: executable ? 0o755 : 0o644, size: item.stat.size };
}

/** Writes an entry, with all its content when that is at hand. */
function added(pack: Pack, header: EntryHeader, content?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (content) pack.entry(header, content, done);
    else pack.entry(header, done);
  });
}

async function addFile(pack: Pack, header: EntryHeader, file: string, stat: Stats): Promise<void> {
  const fd = open(file);
  try {
    const now = fstatSync(fd);
    if (now.ino !== stat.ino || now.size !== stat.size) throw changed(file);
    if (stat.size <= PIECE) {
      await added(pack, header, readExactly(fd, stat.size, file));
      if (readSync(fd, Buffer.alloc(1)) > 0) throw changed(file);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const entry = pack.entry(header, error => (error ? reject(error) : resolve()));
      const more = (left: number) => {
        try {
          if (left === 0) {
            entry.end(null);
            return;
          }
          const piece = readExactly(fd, Math.min(PIECE, left), file);
          if (entry.write(piece)) queueMicrotask(() => more(left - piece.length));
          else entry.once('drain', () => more(left - piece.length));
        } catch (error) {
          reject(error);
        }
      };
      more(stat.size);
    });
  } finally {
    closeSync(fd);
  }
}

function open(file: string): number {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function readExactly(fd: number, size: number, file: string): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; ) {
    const length = readSync(fd, bytes, at, size - at, null);
    if (length === 0) throw changed(file);
    at += length;
  }
  return bytes;
}

/** Everything in a folder, in the order of the tar. Never follows a link. */
function* walk(root: string, path: string, depth: number): Generator<Item, void, void> {
  const folder = join(root, path);
  if (depth === 0)
    throw inputError('archive.too-deep', 'a folder lies too deep', { file: folder, entry: path });
  const items = list(folder).map(raw => {
    const name = asText(raw, { file: folder, entry: path });
    return { name, stat: look(join(folder, name)) };
  });
  const keyed = items.map(item => ({
    ...item,
    key: Buffer.from(item.stat.isDirectory() ? `${item.name}/` : item.name),
  }));
  keyed.sort((a, b) => a.key.compare(b.key));
  for (const { name, stat } of keyed) {
    const here = path === '' ? name : `${path}/${name}`;
    yield { path: here, stat };
    if (stat.isDirectory()) yield* walk(root, here, depth - 1);
  }
}

function list(folder: string): Buffer[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function look(file: string): Stats {
  try {
    return lstatSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function asText(bytes: Buffer, where: { file: string; entry: string }): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new AssayError({
    kind: 'input',
    code: 'archive.name-not-utf8',
    message: `a name is not valid UTF-8: '${bytes.toString('latin1')}'`,
    where,
  });
}
