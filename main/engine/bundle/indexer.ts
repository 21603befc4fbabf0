import { hash as hashOf } from 'node:crypto';
import { inputError, sha256Stream } from '../base/index.ts';
import type { BundleEntry, ObjectWriter } from '../case/index.ts';
import { KIND_BYTES, kindOf } from './kind.ts';
import type { ImportLimits } from './limits.ts';
import { cleanPath, nameFlags } from './names.ts';
import type { TarEntry, TarVisitor } from './tar-reader.ts';
import { TreeGuard } from './tree-guard.ts';

/** Characters of index lines gathered before they are written. */
const BATCH = 1 << 18;

/** What an index holds, counted. Sizes in bytes. */
export interface IndexCounts {
  readonly entries: number;
  readonly files: number;
  readonly bytes: number;
  readonly flagged: number;
}

/** Makes the index of a bundle from what a tar reader finds: checks names, hashes content, writes a line an entry. */
export class Indexer implements TarVisitor {
  readonly #writer: ObjectWriter;
  readonly #limits: ImportLimits;
  readonly #guard: TreeGuard;
  #entry: TarEntry | undefined;
  #path = '';
  #collides = false;
  #sha256 = '';
  #hash: ReturnType<typeof sha256Stream> | undefined;
  #head: Buffer = Buffer.alloc(0);
  #lines = '';
  #entries = 0;
  #files = 0;
  #bytes = 0;
  #flagged = 0;

  constructor(writer: ObjectWriter, limits: ImportLimits, caseCounts: boolean) {
    this.#writer = writer;
    this.#limits = limits;
    this.#guard = new TreeGuard(limits, caseCounts);
  }

  entry(entry: TarEntry): void {
    this.#entry = entry;
    this.#path = cleanPath(entry.path, this.#limits, entry.where);
    this.#head = Buffer.alloc(0);
    this.#hash = undefined;
    this.#sha256 = '';
    this.#collides = this.#path !== '' && this.#guard.add(this.#path, entry.type, entry.target, entry.where);
  }

  content(piece: Buffer): void {
    if (piece.length === this.#entry?.size) {
      this.#head = piece.subarray(0, KIND_BYTES);
      this.#sha256 = hashOf('sha256', piece, 'hex');
      return;
    }
    if (this.#head.length < KIND_BYTES) {
      this.#head = Buffer.concat([this.#head, piece.subarray(0, KIND_BYTES - this.#head.length)]);
    }
    this.#hash ??= sha256Stream();
    this.#hash.update(piece);
  }

  finished(): void {
    const entry = this.#entry;
    // The root folder itself, `./`, is no entry of the tree.
    if (!entry || this.#path === '') return;
    const isFile = entry.type === 'file';
    if (isFile) {
      this.#files += 1;
      this.#bytes += entry.size;
      if (this.#sha256 === '') this.#sha256 = (this.#hash ?? sha256Stream()).digest('hex');
    }
    this.#write({
      flags: flagsOf(this.#path, entry, this.#collides),
      kind: isFile ? kindOf(this.#head) : entry.type === 'directory' ? 'directory' : 'link',
      mode: entry.mode & 0o777,
      offset: entry.offset,
      path: this.#path,
      sha256: isFile ? this.#sha256 : null,
      size: entry.size,
      target: entry.target,
      type: entry.type,
    });
  }

  /** Writes what is left and makes the last checks; `archive.empty` is one. The object is still to be committed. */
  finish(file: string): IndexCounts {
    this.#guard.finish();
    if (this.#entries === 0) throw inputError('archive.empty', 'there is nothing in it', { file });
    this.#flush();
    return { entries: this.#entries, files: this.#files, bytes: this.#bytes, flagged: this.#flagged };
  }

  #write(entry: BundleEntry): void {
    this.#entries += 1;
    if (entry.flags.length > 0) this.#flagged += 1;
    // The caller names the properties in sorted order, so this is already canonical JSON.
    this.#lines += `${JSON.stringify(entry)}\n`;
    if (this.#lines.length >= BATCH) this.#flush();
  }

  #flush(): void {
    this.#writer.write(Buffer.from(this.#lines, 'utf8'));
    this.#lines = '';
  }
}

function flagsOf(path: string, entry: TarEntry, collides: boolean): string[] {
  const flags = nameFlags(path);
  if (collides) flags.push('case-collision');
  if (entry.target !== null) {
    for (const flag of nameFlags(entry.target)) if (!flags.includes(flag)) flags.push(flag);
  }
  if (entry.mode & 0o4000) flags.push('setuid-dropped');
  if (entry.mode & 0o2000) flags.push('setgid-dropped');
  if (entry.mode & 0o1000) flags.push('sticky-dropped');
  return flags.sort();
}
