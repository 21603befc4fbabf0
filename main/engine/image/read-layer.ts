import { type Sha256, sha256Stream } from '../base/index.ts';
import {
  cleanPath,
  compressionOf,
  DEFAULT_LIMITS,
  MAGIC_BYTES,
  type Pace,
  plainBytes,
  type TarEntry,
  TarReader,
  type TarVisitor,
} from '../bundle/index.ts';
import type { ImageSource } from './source.ts';

/** An entry of a layer as its tar has it. */
export interface LayerEntry {
  readonly path: string;
  readonly type: TarEntry['type'];
  /** Permission bits, at most 0o777. */
  readonly mode: number;
  readonly size: number;
  /** Of the content; null for what has none. */
  readonly sha256: Sha256 | null;
  readonly target: string | null;
}

/** Reads a layer from beginning to end, and gives its hashes as it is and as a plain tar. Throws `archive.*`. */
export async function readLayer(
  source: ImageSource,
  size: number,
  path: string,
  pace: Pace,
): Promise<{ sha256: Sha256; diffId: Sha256; entries: LayerEntry[] }> {
  const [stored, plain] = [sha256Stream(), sha256Stream()];
  const entries = new Entries();
  const reader = new TarReader(entries, DEFAULT_LIMITS, path);
  let done = 0;
  function* pieces(): Generator<Buffer, void, void> {
    for (const piece of source.pieces(path)) {
      stored.update(piece);
      done += piece.length;
      yield piece;
    }
  }
  const input = { file: path, fd: -1, size };
  for await (const piece of plainBytes(
    compressionOf(firstBytes(source, path)),
    input,
    pieces(),
    DEFAULT_LIMITS,
  )) {
    plain.update(piece);
    reader.push(piece);
    if (pace.due) await pace.rest(done);
  }
  reader.end();
  return { sha256: stored.digest('hex'), diffId: plain.digest('hex'), entries: entries.all };
}

function firstBytes(source: ImageSource, path: string): Buffer {
  for (const piece of source.pieces(path)) return Buffer.from(piece.subarray(0, MAGIC_BYTES));
  return Buffer.alloc(0);
}

class Entries implements TarVisitor {
  readonly all: LayerEntry[] = [];
  #entry: TarEntry | undefined;
  #hash = sha256Stream();

  entry(entry: TarEntry): void {
    this.#entry = entry;
    this.#hash = sha256Stream();
  }

  content(piece: Buffer): void {
    this.#hash.update(piece);
  }

  finished(): void {
    const entry = this.#entry;
    const path = entry && cleanPath(entry.path, DEFAULT_LIMITS, entry.where);
    if (!entry || !path) return;
    const { type, mode, size, target } = entry;
    const sha256 = type === 'file' ? this.#hash.digest('hex') : null;
    this.all.push({ path, type, mode: mode & 0o777, size, sha256, target });
  }
}
