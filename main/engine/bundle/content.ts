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

/**
 * Gives content out after it was checked whole against its sha256. Each content is checked once, and again only when its file
 * has changed since. While one check runs, others who want the same content wait for it.
 */
export class CheckedContents {
  readonly #checks = new Map<string, Promise<void>>();

  /** Checked content. Throws as `damaged` says, or `task.stopped`. */
  async open(stored: StoredContent, options: TaskOptions = {}): Promise<Content> {
    try {
      await this.#check(stored, options);
      return {
        size: stored.size,
        readAt: (buffer, offset) => readWhole(stored, buffer, offset),
        [Symbol.dispose]: stored.close,
      };
    } catch (error) {
      stored.close();
      throw error;
    }
  }

  async #check(stored: StoredContent, options: TaskOptions): Promise<void> {
    const { dev, ino, size, mtimeNs } = fstatSync(stored.fd, { bigint: true });
    const key = [stored.sha256, stored.offset, dev, ino, size, mtimeNs].join(' ');
    for (;;) {
      const known = this.#checks.get(key);
      if (!known) break;
      try {
        return await known;
      } catch (error) {
        // Who began the check may have stopped it; who waits for it goes on alone.
        if (options.signal?.aborted || systemCode(error) !== 'task.stopped') throw error;
      }
    }
    const check = checkWhole(stored, options);
    this.#checks.set(key, check);
    try {
      await check;
    } catch (error) {
      this.#checks.delete(key);
      throw error;
    }
  }
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
  const content = {
    size: stored.size,
    readAt: (buffer: Buffer, offset: number) => readWhole(stored, buffer, offset),
    [Symbol.dispose]: () => {},
  };
  await eachPiece(content, { start: 0, end: stored.size }, piece => hash.update(piece), options, {
    task: 'Checking against its sha256',
  });
  if (hash.digest('hex') !== stored.sha256) throw stored.damaged();
}

function readWhole({ fd, offset, damaged }: StoredContent, buffer: Buffer, at: number): void {
  for (let done = 0; done < buffer.length; ) {
    const length = readSync(fd, buffer, done, buffer.length - done, offset + at + done);
    if (length === 0) throw damaged();
    done += length;
  }
}
