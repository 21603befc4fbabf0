import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { type AssayError, inputError, sha256Of, sha256Stream, type TaskOptions } from '../base/index.ts';
import type { BundleEntry, Case, EventOf } from '../case/index.ts';
import { type Content, checkedContents, PIECE } from './content.ts';
import { NO_LIMITS } from './limits.ts';
import { cleanPath } from './names.ts';
import { plainFile } from './plain.ts';
import { type Unpacked, type UnpackOptions, unpackBundle } from './unpack.ts';

/** How content is opened. */
export interface ContentOptions extends TaskOptions {
  /** Only to look at: see {@link CheckedContents.look}. */
  readonly look?: boolean;
}

/** An imported bundle whose contents can be read. Close it when done. */
export interface Bundle extends Disposable {
  readonly event: EventOf<'bundle-imported'>;
  /** The entry with exactly this path, or undefined. */
  entry(path: string): BundleEntry | undefined;
  /** All entries in the order of their paths' bytes, read one at a time. */
  entries(): IterableIterator<BundleEntry>;
  /**
   * The content of a file, or of the file a hard link names, checked against its sha256. Throws `bundle.no-entry`,
   * `bundle.not-a-file`, `bundle.file-too-large` (more than `limit` bytes) or `bundle.damaged`.
   */
  read(path: string, limit: number): Buffer;
  /**
   * The same in pieces that are only valid until the next one. `bundle.damaged` comes after the last piece: what was
   * done with them until then does not count.
   */
  chunks(path: string): Generator<Buffer, void, void>;
  /**
   * The content of a file, to be read at any place. It was checked against its sha256: once, and again when the stored file has
   * changed since. With `look` it is given while a check of it still runs. Throws as `chunks` does, or `task.stopped`.
   */
  content(path: string, options?: ContentOptions): Promise<Content>;
  /** Writes the whole tree into a folder that is empty or not there yet; see {@link unpackBundle}. */
  unpack(folder: string, options?: UnpackOptions): Promise<Unpacked>;
  close(): void;
}

/**
 * Opens the bundle that an event imported. For a compressed one the decompressed copy is made again where it is
 * missing, which takes as long as decompressing does. Throws `object.missing` or `object.damaged`.
 */
export async function openBundle(
  theCase: Case,
  event: EventOf<'bundle-imported'>,
  options: TaskOptions = {},
): Promise<Bundle> {
  const file = await plainFile(theCase, event, options);
  const fd = event.compression === 'none' ? theCase.objects.open(event.bundle.sha256) : openSync(file, 'r');
  return new OpenBundle(theCase, event, file, fd);
}

class OpenBundle implements Bundle {
  readonly event: EventOf<'bundle-imported'>;
  readonly #case: Case;
  readonly #file: string;
  #fd: number | undefined;
  /** Who needs the file: the bundle until it is closed, and each content that is open, since a check may go on after that. */
  #holders = 1;

  constructor(theCase: Case, event: EventOf<'bundle-imported'>, file: string, fd: number) {
    this.#case = theCase;
    this.event = event;
    this.#file = file;
    this.#fd = fd;
  }

  entry(path: string): BundleEntry | undefined {
    return this.#case.entries.get(this.event.seq, path);
  }

  entries(): IterableIterator<BundleEntry> {
    return this.#case.entries.all(this.event.seq);
  }

  read(path: string, limit: number): Buffer {
    const entry = this.#holder(path);
    if (entry.size > limit) {
      throw inputError(
        'bundle.file-too-large',
        `'${path}' has ${entry.size} bytes, at most ${limit} are read`,
        { entry: path },
      );
    }
    const bytes = Buffer.allocUnsafe(entry.size);
    const length = this.#readAt(bytes, entry.offset);
    if (length !== entry.size || sha256Of(bytes) !== entry.sha256) throw this.#damaged(path);
    return bytes;
  }

  *chunks(path: string): Generator<Buffer, void, void> {
    const entry = this.#holder(path);
    const buffer = Buffer.allocUnsafe(Math.min(PIECE, entry.size));
    const hash = sha256Stream();
    for (let done = 0; done < entry.size; ) {
      const wanted = buffer.subarray(0, Math.min(buffer.length, entry.size - done));
      if (this.#readAt(wanted, entry.offset + done) !== wanted.length) throw this.#damaged(path);
      hash.update(wanted);
      done += wanted.length;
      yield wanted;
    }
    if (hash.digest('hex') !== entry.sha256) throw this.#damaged(path);
  }

  async content(path: string, { look = false, ...options }: ContentOptions = {}): Promise<Content> {
    const { sha256, size, offset } = this.#holder(path);
    if (this.#fd === undefined) throw new Error('bundle is closed');
    const [fd, damaged, close] = [this.#fd, () => this.#damaged(path), () => this.#release(fd)];
    this.#holders += 1;
    const stored = { sha256: sha256 ?? '', size, offset, fd, damaged, close };
    const contents = checkedContents(this.#case.objects);
    return look ? contents.look(stored, options) : contents.open(stored, options);
  }

  async unpack(folder: string, options: UnpackOptions = {}): Promise<Unpacked> {
    return unpackBundle(
      {
        theCase: this.#case,
        event: this.event,
        readAt: (buffer, at) => this.#readAt(buffer, at),
        damaged: path => this.#damaged(path),
      },
      folder,
      options,
    );
  }

  close(): void {
    if (this.#fd !== undefined) this.#release(this.#fd);
    this.#fd = undefined;
  }

  #release(fd: number): void {
    this.#holders -= 1;
    if (this.#holders === 0) closeSync(fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** The entry that holds a path's content. A hard link names an earlier file, so this ends. */
  #holder(path: string): BundleEntry {
    let entry = this.entry(path);
    while (entry?.type === 'hardlink') {
      entry = this.entry(cleanPath(entry.target ?? '', NO_LIMITS, { entry: path }));
    }
    if (!entry) throw inputError('bundle.no-entry', `there is no '${path}' in the bundle`, { entry: path });
    if (entry.type !== 'file') {
      throw inputError('bundle.not-a-file', `'${path}' is a ${entry.type}, no file`, { entry: path });
    }
    return entry;
  }

  #readAt(buffer: Buffer, at: number): number {
    if (this.#fd === undefined) throw new Error('bundle is closed');
    let done = 0;
    while (done < buffer.length) {
      const length = readSync(this.#fd, buffer, done, buffer.length - done, at + done);
      if (length === 0) break;
      done += length;
    }
    return done;
  }

  #damaged(path: string): AssayError {
    const isCopy = this.event.compression !== 'none';
    if (isCopy) rmSync(this.#file, { force: true });
    return inputError(
      'bundle.damaged',
      `'${path}' does not have the sha256 it had when it was imported`,
      { file: this.#file, entry: path },
      isCopy
        ? 'Try again: the decompressed copy is made anew from the bundle.'
        : 'Restore the case folder from a copy.',
    );
  }
}
