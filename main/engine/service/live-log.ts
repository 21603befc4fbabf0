import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Content } from '../bundle/index.ts';
import { LogIndex } from './log-index.ts';

/** Most bytes that are kept of a running replay, beside the file system's own limit; the records of its steps have all of it. */
const LIMIT = 256 << 20;

/** What the steps of a replay print, as it comes, each step under a line with its number. It is no evidence and goes with the engine. */
export class LiveLog {
  readonly index = new LogIndex();
  readonly #fd: number;
  #size = 0;
  #step = 0;
  #full = false;
  #readers = 0;
  #closed = false;

  /** Null where there is no room for it: a replay needs none. */
  static open(): LiveLog | null {
    try {
      return new LiveLog();
    } catch {
      return null;
    }
  }

  constructor() {
    const path = join(tmpdir(), `assay-output-${randomUUID()}`);
    this.#fd = openSync(path, 'wx+', 0o600);
    // The open file is all that is needed: nothing is left behind however the engine ends.
    unlinkSync(path);
  }

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** Never throws: a disk that is full ends what is shown here, and nothing else. */
  add(step: number, chunk: Uint8Array): void {
    if (this.#full || this.#closed) return;
    try {
      if (step !== this.#step) this.#write(Buffer.from(`${this.index.isEnded ? '' : '\n'}[step ${step}]\n`));
      this.#step = step;
      this.#full = this.#size + chunk.length > LIMIT;
      this.#write(this.#full ? Buffer.from('\n[what comes now is in the logs of the steps]\n') : chunk);
    } catch {
      this.#full = true;
    }
  }

  /** What was not written whole is not known to the index either. */
  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#fd, bytes, done, bytes.length - done, this.#size + done);
    this.#size += bytes.length;
    this.index.add(bytes);
  }

  /** What is there now. It may be read after the log was closed, until it is disposed of. */
  content(): Content {
    this.#readers += 1;
    return {
      size: this.#size,
      readAt: (buffer, offset) => {
        for (let done = 0; done < buffer.length; ) {
          const length = readSync(this.#fd, buffer, done, buffer.length - done, offset + done);
          if (length === 0) throw new RangeError('the output ends before the bytes that were asked for');
          done += length;
        }
      },
      [Symbol.dispose]: () => {
        this.#readers -= 1;
        this.#closeWhenUnread();
      },
    };
  }

  close(): void {
    this.#closed = true;
    this.#closeWhenUnread();
  }

  #closeWhenUnread(): void {
    if (this.#closed && this.#readers === 0) closeSync(this.#fd);
  }
}
