import { type Sha256, sha256Stream, type TaskOptions, throwIfStopped } from '../../base/index.ts';
import type { SequentialInput } from './input.ts';
import { isReportName, isSafePart } from './layout.ts';
import { PROBLEM_LIMIT, type Problem, visible } from './problem.ts';
import { BLOCK, looseHeader, paddingAfter, tarHeader } from './tar-header.ts';

/** One file of a report. */
export interface ReportEntry {
  /** Without the folder that all files of a report are in. */
  readonly name: string;
  readonly size: number;
  /** Where the content begins in the report. */
  readonly offset: number;
  /** Of the content, as it was when the report was read. */
  readonly sha256: Sha256;
}

/** What a report may have at most. */
export interface ReportLimits {
  readonly files: number;
  /** Of one file, in bytes. */
  readonly fileBytes: number;
  /** Of the whole report, in bytes. */
  readonly totalBytes: number;
}

/** Far above any report of a known chain. */
export const DEFAULT_LIMITS: ReportLimits = {
  files: 200_000,
  fileBytes: 4 * 2 ** 30,
  totalBytes: 16 * 2 ** 30,
};

/** One pass over a report, which is a tar file that has exactly one form. Goes on after a problem as long as it can. */
export class ReportScan {
  readonly entries = new Map<string, ReportEntry>();
  readonly problems: Problem[] = [];
  folder: string | null = null;
  readonly #file: string;
  readonly #input: SequentialInput;
  readonly #size: number;
  readonly #limits: ReportLimits;
  readonly #options: TaskOptions;
  #count = 0;
  #last = '';

  constructor(
    file: string,
    input: SequentialInput,
    size: number,
    limits: ReportLimits,
    options: TaskOptions,
  ) {
    this.#file = file;
    this.#input = input;
    this.#size = size;
    this.#limits = limits;
    this.#options = options;
  }

  run(): void {
    if (this.#size > this.#limits.totalBytes) {
      this.#tell('report.too-large', 0, `it has more than ${this.#limits.totalBytes} bytes`);
      return;
    }
    while (this.#next() && this.problems.length < PROBLEM_LIMIT) {
      this.#options.onProgress?.({
        task: 'Reading the report',
        done: this.#input.offset,
        total: this.#size,
        unit: 'bytes',
      });
    }
    this.#checkFolders();
  }

  /** Reads a header and what belongs to it; false when nothing can follow. */
  #next(): boolean {
    throwIfStopped(this.#options.signal);
    const at = this.#input.offset;
    const header = this.#input.exactly(BLOCK);
    if (!header) return this.#tell('report.truncated', at, 'it ends before its end mark');
    if (isZero(header)) return this.#end(at);
    const said = looseHeader(header);
    if (!said) return this.#tell('report.header-malformed', at, 'there is no header of a file');
    const { path, size } = said;
    this.#count += 1;
    if (this.#count > this.#limits.files) {
      return this.#tell('report.too-many-files', at, `it has more than ${this.#limits.files} files`);
    }
    if (size > this.#limits.fileBytes) {
      return this.#tell(
        'report.file-too-large',
        at,
        `a file has more than ${this.#limits.fileBytes} bytes`,
        path,
      );
    }
    if (!tarHeader(path, size)?.equals(header)) {
      this.#tell('report.header-not-canonical', at, 'the header is not the one that Assay writes', path);
    }
    const name = this.#acceptName(path, at);
    if (size > this.#size - this.#input.offset) {
      return this.#tell('report.truncated', this.#size, 'it ends in the middle of a file', path);
    }
    return this.#content(name, path, size);
  }

  /** The name inside the report, or null when it is not acceptable. */
  #acceptName(path: string, at: number): string | null {
    const slash = path.indexOf('/');
    const [folder, name] = [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
    if (!isSafePart(folder) || !isReportName(name)) {
      this.#tell('report.bad-name', at, 'the name of a file is not a safe one inside a folder', path);
      return null;
    }
    this.folder ??= folder;
    if (folder !== this.folder) {
      this.#tell('report.second-folder', at, `a file is not in the folder ${this.folder}`, path);
    }
    if (name <= this.#last) {
      this.#tell('report.not-sorted', at, 'the files are not sorted or one is there twice', path);
    }
    this.#last = name;
    return name;
  }

  #content(name: string | null, path: string, size: number): boolean {
    const offset = this.#input.offset;
    const hash = sha256Stream();
    for (let left = size; left > 0; ) {
      throwIfStopped(this.#options.signal);
      const piece = this.#input.upTo(left);
      if (piece.length === 0) {
        return this.#tell('report.truncated', this.#input.offset, 'it ends in the middle of a file', path);
      }
      hash.update(piece);
      left -= piece.length;
    }
    const at = this.#input.offset;
    const padding = this.#input.exactly(paddingAfter(size));
    if (!padding) return this.#tell('report.truncated', at, 'it ends in the middle of a file', path);
    if (!isZero(padding))
      this.#tell('report.padding-not-zero', at, 'there are bytes after the end of a file', path);
    if (name !== null && !this.entries.has(name)) {
      this.entries.set(name, { name, size, offset, sha256: hash.digest('hex') });
    }
    return true;
  }

  /** After the first zero block: one more, and nothing else. Always false. */
  #end(at: number): boolean {
    const second = this.#input.exactly(BLOCK);
    if (!second) return this.#tell('report.truncated', at, 'its end mark is cut off');
    if (!isZero(second)) return this.#tell('report.end-malformed', at, 'its end mark is damaged');
    if (this.#input.upTo(1).length > 0) {
      return this.#tell('report.trailing-bytes', at + 2 * BLOCK, 'there are bytes after its end mark');
    }
    return false;
  }

  /** A name that is a file and a folder could not be unpacked. */
  #checkFolders(): void {
    for (const name of this.entries.keys()) {
      for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        if (this.problems.length >= PROBLEM_LIMIT || !this.entries.has(name.slice(0, slash))) continue;
        this.#tell('report.bad-name', 0, 'a folder has the name of a file', name);
      }
    }
  }

  /** Notes a problem. Always false, for those after which nothing can be read. */
  #tell(code: string, offset: number, message: string, entry?: string): false {
    const where = { file: this.#file, offset, ...(entry !== undefined && { entry: visible(entry) }) };
    this.problems.push({ code, where, message });
    return false;
  }
}

const ZEROS = Buffer.alloc(BLOCK);

function isZero(bytes: Buffer): boolean {
  return bytes.equals(ZEROS.subarray(0, bytes.length));
}
