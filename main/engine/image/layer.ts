import { posix } from 'node:path';
import { inputError, type Sha256, sha256Of, sha256Stream } from '../base/index.ts';
import { GoGzip } from './deflate/go-gzip.ts';
import { compareInWalk, type ImageEntry } from './entry.ts';
import { TAR_END, tarHeader, tarPadding } from './go-tar.ts';

/** Gives the content of a file in pieces that are only valid until the next one. */
export type ReadContent = (sha256: Sha256) => Iterable<Uint8Array>;

/** Bytes that Go copies at a time; how a layer is cut into writes can matter to its compression. */
const COPY = 32 << 10;
/** What a folder is that is only there because something is in it. */
const FOLDER_MODE = 0o755;

/** What stands before the name of a file that lower layers have and this one takes away (OCI image specification, "Whiteouts"). */
export const WHITEOUT = '.wh.';

/**
 * The entries in the order of the tar, with every folder that leads to one, and an empty file for each path that is taken away, in
 * the place that the path itself would have.
 */
export function withFolders(entries: readonly ImageEntry[], removed: readonly string[] = []): ImageEntry[] {
  const all = new Map<string, ImageEntry>();
  for (const path of [...entries.map(entry => entry.path), ...removed]) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/');
      all.set(folder, {
        path: folder,
        type: 'directory',
        mode: FOLDER_MODE,
        size: 0,
        sha256: null,
        target: null,
      });
    }
  }
  for (const entry of entries) all.set(entry.path, entry);
  for (const path of removed) all.set(path, whiteoutOf(path));
  return [...all].sort(([a], [b]) => compareInWalk(a, b)).map(([, entry]) => entry);
}

function whiteoutOf(path: string): ImageEntry {
  const { dir, base } = posix.parse(path);
  const name = posix.join(dir, WHITEOUT + base);
  return { path: name, type: 'file', mode: 0, size: 0, sha256: sha256Of(''), target: null };
}

/**
 * The tar of a layer in the pieces in which Go would write it. A piece is only valid until the next one. Throws
 * `object.damaged` when the content of a file is not what its entry says.
 */
export function* tarPieces(
  entries: readonly ImageEntry[],
  time: number,
  read: ReadContent,
): Generator<Uint8Array> {
  for (const entry of entries) {
    yield tarHeader(entry, time);
    if (entry.type !== 'file' || entry.size === 0) continue;
    yield* checked(entry, read);
    const padding = tarPadding(entry.size);
    if (padding.length > 0) yield padding;
  }
  yield TAR_END;
}

function* checked(entry: ImageEntry, read: ReadContent): Generator<Uint8Array> {
  const hash = sha256Stream();
  let size = 0;
  for (const chunk of read(entry.sha256 ?? '')) {
    size += chunk.length;
    if (size > entry.size) break;
    hash.update(chunk);
    for (let at = 0; at < chunk.length; at += COPY) yield chunk.subarray(at, at + COPY);
  }
  if (size !== entry.size || hash.digest('hex') !== entry.sha256) {
    throw inputError(
      'object.damaged',
      `an object of the case does not have the sha256 ${entry.sha256} it is named by`,
      { entry: entry.path },
      'Restore the case folder from a copy.',
    );
  }
}

/** Compresses a layer as it comes, and counts. */
export class LayerStream {
  readonly #gzip: GoGzip;
  readonly #plain = sha256Stream();

  constructor(onBytes: (piece: Uint8Array) => void) {
    this.#gzip = new GoGzip(onBytes);
  }

  write(piece: Uint8Array): void {
    this.#plain.update(piece);
    this.#gzip.write(piece);
  }

  /** Ends the layer and gives the sha256 of its tar. */
  end(): Sha256 {
    this.#gzip.end();
    return this.#plain.digest('hex');
  }
}
