import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import {
  AssayError,
  HASH_CHUNK,
  inputError,
  sha256Stream,
  systemCode,
  type TaskOptions,
} from '../../base/index.ts';
import { SequentialInput } from './input.ts';
import type { Problem } from './problem.ts';
import { DEFAULT_LIMITS, type ReportEntry, type ReportLimits, ReportScan } from './scan.ts';

/** Largest file that {@link ReportFiles.read} gives in one piece unless told, in bytes. */
export const SMALL_FILE = 64 << 20;

/**
 * An open report. Its content has been read once and hashed; what is read later is checked against those hashes, so
 * that a file that changes meanwhile is not believed. Close it when done.
 */
export class ReportFiles implements Disposable {
  readonly path: string;
  /** The folder that all files are in; null when not one was readable. */
  readonly folder: string | null;
  /** In the order of the names' bytes. Not whole when there are problems. */
  readonly entries: ReadonlyMap<string, ReportEntry>;
  /** Everything that is wrong with the container. Of the content see `checkSeal`. */
  readonly problems: readonly Problem[];
  readonly #fd: number;

  constructor(
    path: string,
    fd: number,
    scan: { folder: string | null; entries: ReadonlyMap<string, ReportEntry>; problems: readonly Problem[] },
  ) {
    this.path = path;
    this.#fd = fd;
    this.folder = scan.folder;
    this.entries = scan.entries;
    this.problems = scan.problems;
  }

  /** All bytes of a file of at most `limit` bytes. Throws `report.no-file`, `report.file-too-large` or `report.changed`. */
  read(name: string, limit = SMALL_FILE): Buffer {
    const entry = this.#entry(name);
    if (entry.size > limit) {
      const message = `the file has ${entry.size} bytes, at most ${limit} are read`;
      throw inputError('report.file-too-large', message, { file: this.path, entry: name });
    }
    const bytes = Buffer.allocUnsafe(entry.size);
    let at = 0;
    for (const piece of this.chunks(name)) at += piece.copy(bytes, at);
    return bytes;
  }

  /**
   * The bytes of a file in pieces of at most 1 MiB, each valid until the next. Throws `report.no-file`, and at the end
   * `report.changed` when they were not the ones first read.
   */
  *chunks(name: string): Generator<Buffer> {
    const entry = this.#entry(name);
    const hash = sha256Stream();
    const buffer = Buffer.allocUnsafe(Math.min(HASH_CHUNK, entry.size));
    for (let done = 0; done < entry.size; ) {
      const wanted = Math.min(buffer.length, entry.size - done);
      const n = readSync(this.#fd, buffer, 0, wanted, entry.offset + done);
      if (n === 0) break;
      done += n;
      const piece = buffer.subarray(0, n);
      hash.update(piece);
      yield piece;
    }
    if (hash.digest('hex') !== entry.sha256) {
      throw inputError('report.changed', 'the report changed while it was being read', {
        file: this.path,
        entry: name,
      });
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #entry(name: string): ReportEntry {
    const entry = this.entries.get(name);
    if (!entry) {
      throw inputError('report.no-file', 'the report has no such file', { file: this.path, entry: name });
    }
    return entry;
  }
}

/**
 * Reads a report from an untrusted file: one pass, every header compared with the canonical one, every file hashed,
 * nothing written. What is wrong is collected in `problems`. Throws `report.unreadable` when the file cannot be opened
 * or is no regular file.
 */
export function readReport(
  path: string,
  options: TaskOptions & { readonly limits?: Partial<ReportLimits> } = {},
): ReportFiles {
  const fd = openFile(path);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw inputError('report.unreadable', 'a report is a regular file', { file: path });
    const scan = new ReportScan(
      path,
      new SequentialInput(fd, stat.size),
      stat.size,
      { ...DEFAULT_LIMITS, ...options.limits },
      options,
    );
    scan.run();
    return new ReportFiles(path, fd, scan);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openFile(path: string): number {
  try {
    // Without O_NONBLOCK a named pipe would hold up the process before it can be refused.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw new AssayError({
      kind: 'input',
      code: 'report.unreadable',
      message: `the report cannot be read (${systemCode(cause) ?? 'unknown reason'})`,
      where: { file: path },
      cause,
    });
  }
}
