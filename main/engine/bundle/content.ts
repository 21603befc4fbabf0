import { closeSync, fstatSync, readSync } from 'node:fs';
import {
  type AssayError,
  inputError,
  type Progress,
  type Sha256,
  sha256Stream,
  systemCode,
  type TaskOptions,
} from '../base/index.ts';
import type { ObjectStore } from '../case/index.ts';
import { Pace } from './pace.ts';

/** Bytes of content read at a time. */
export const PIECE = 1 << 20;

/** Content that may be read at any place. Dispose of it when done. */
export interface Content extends Disposable {
  /** In bytes. */
  readonly size: number;
  /** Fills a buffer from an offset on. What is asked for lies inside; throws when it cannot be read. */
  readAt(buffer: Buffer, offset: number): void;
}

/** Content that stands somewhere in a file. */
export interface StoredContent {
  readonly sha256: Sha256;
  /** In bytes. */
  readonly size: number;
  readonly fd: number;
  /** Where it begins in the file. */
  readonly offset: number;
  /** The error for content that is not what its sha256 says. */
  readonly damaged: () => AssayError;
  readonly close: () => void;
}

interface Check {
  readonly sha256: Sha256;
  readonly over: Promise<void>;
  readonly told: Set<(progress: Progress) => void>;
  running: boolean;
  /** Why it did not pass. */
  problem?: unknown;
}

/**
 * Gives content out after it was checked whole against its sha256. Each content is checked once, and again only when its file
 * has changed since. While one check runs, others who want the same content wait for it and hear its progress.
 */
export class CheckedContents {
  readonly #checks = new Map<string, Check>();
  /** Checks that run and whose content was given to look at. */
  readonly #lookedAt = new Set<Check>();

  /** Checked content. Throws as `damaged` says, or `task.stopped`. */
  async open(stored: StoredContent, options: TaskOptions = {}): Promise<Content> {
    try {
      await this.#check(stored, options);
      return contentOf(stored);
    } catch (error) {
      stored.close();
      throw error;
    }
  }

  /**
   * Content to look at: as `open`, but given at once while a check of it runs. From then on it cannot be read when that fails.
   * Whoever records something about it asks {@link mustBeChecked} first.
   */
  async look(stored: StoredContent, options: TaskOptions = {}): Promise<Content> {
    const check = this.#checks.get(keyOf(stored));
    if (!check?.running) return this.open(stored, options);
    this.#lookedAt.add(check);
    return contentOf(stored, check);
  }

  /** Whether somebody looks at content that is being checked. */
  get lookedAt(): boolean {
    return this.#lookedAt.size > 0;
  }

  /** Throws `bytes.being-checked` while content with this sha256 is looked at and being checked: nothing may be concluded yet. */
  mustBeChecked(sha256: Sha256 | undefined): void {
    for (const check of this.#lookedAt) {
      if (check.sha256 !== sha256) continue;
      throw inputError(
        'bytes.being-checked',
        'these bytes are still being checked against their SHA-256, so nothing is recorded about them yet',
        undefined,
        'Look at them meanwhile, and do this again when the check is over.',
      );
    }
  }

  async #check(stored: StoredContent, { signal, onProgress }: TaskOptions): Promise<void> {
    const key = keyOf(stored);
    for (;;) {
      const known = this.#checks.get(key);
      if (!known) break;
      if (onProgress) known.told.add(onProgress);
      try {
        return await known.over;
      } catch (error) {
        // Who began the check may have stopped it; who waits for it goes on alone.
        if (signal?.aborted || systemCode(error) !== 'task.stopped') throw error;
      }
    }
    const told: Check['told'] = new Set(onProgress && [onProgress]);
    const tell = (progress: Progress) => told.forEach(each => void each(progress));
    // Begun after it is known, so that whoever hears of its progress finds it.
    const over = Promise.resolve().then(() =>
      checkWhole(stored, { onProgress: tell, ...(signal && { signal }) }),
    );
    const check: Check = { sha256: stored.sha256, over, told, running: true };
    this.#checks.set(key, check);
    try {
      await over;
    } catch (error) {
      check.problem = error;
      this.#checks.delete(key);
      throw error;
    } finally {
      check.running = false;
      told.clear();
      this.#lookedAt.delete(check);
    }
  }
}

const contentsOf = new WeakMap<ObjectStore, CheckedContents>();

/** The checks of what a case stores, shared by all who read from it in this process. */
export function checkedContents(objects: ObjectStore): CheckedContents {
  const known = contentsOf.get(objects) ?? new CheckedContents();
  contentsOf.set(objects, known);
  return known;
}

/** An object of the case, to be checked. Throws `object.missing`. */
export function storedObject(objects: ObjectStore, sha256: Sha256): StoredContent {
  const fd = objects.open(sha256);
  return {
    sha256,
    size: fstatSync(fd).size,
    fd,
    offset: 0,
    damaged: () =>
      inputError(
        'object.damaged',
        'what is stored does not have the sha256 it is named by',
        { file: objects.pathOf(sha256) },
        'Restore the case folder from a copy.',
      ),
    close: () => closeSync(fd),
  };
}

/** Content in pieces, with its end left out: `start` ≤ offset < `end`. A piece is only valid until the next one. */
export async function eachPiece(
  content: Content,
  { start, end }: { readonly start: number; readonly end: number },
  onPiece: (piece: Buffer) => void,
  options: TaskOptions,
  about: Pick<Progress, 'task'>,
): Promise<void> {
  const pace = new Pace(options, { ...about, unit: 'bytes', total: end - start });
  const buffer = Buffer.allocUnsafe(Math.min(PIECE, end - start));
  for (let at = start; at < end; ) {
    const piece = buffer.subarray(0, Math.min(buffer.length, end - at));
    content.readAt(piece, at);
    onPiece(piece);
    at += piece.length;
    if (pace.due) await pace.rest(at - start);
  }
  pace.finish(end - start);
}

async function checkWhole(stored: StoredContent, options: TaskOptions): Promise<void> {
  const hash = sha256Stream();
  await eachPiece(contentOf(stored), { start: 0, end: stored.size }, piece => hash.update(piece), options, {
    task: 'Checking against its sha256',
  });
  if (hash.digest('hex') !== stored.sha256) throw stored.damaged();
}

/** Content at one place of one file as it is now: another file, or one that was written to, has another key. */
function keyOf({ sha256, offset, fd }: StoredContent): string {
  const { dev, ino, size, mtimeNs } = fstatSync(fd, { bigint: true });
  return [sha256, offset, dev, ino, size, mtimeNs].join(' ');
}

/** Content that is open; with a check it is only read as long as nothing is known to be wrong. */
function contentOf(stored: StoredContent, check?: Check): Content {
  return {
    size: stored.size,
    readAt(buffer, offset) {
      if (check?.problem) throw check.problem;
      readWhole(stored, buffer, offset);
    },
    [Symbol.dispose]: stored.close,
  };
}

function readWhole({ fd, offset, damaged }: StoredContent, buffer: Buffer, at: number): void {
  for (let done = 0; done < buffer.length; ) {
    const length = readSync(fd, buffer, done, buffer.length - done, offset + at + done);
    if (length === 0) throw damaged();
    done += length;
  }
}
