import type { RefusedFile, WrittenFile } from './record.ts';
import { compareBytes } from './tree-state.ts';

/** What a step may leave behind. */
export interface TreeLimits {
  /** Bytes of all files it wrote together. */
  readonly bytes: number;
  readonly files: number;
}

/** What became different in the tree. Sorted by the bytes of the path. */
export interface TreeChanges {
  readonly written: WrittenFile[];
  readonly removed: string[];
  readonly refused: RefusedFile[];
  /** Paths that were looked at and held nothing, neither before nor after. */
  readonly absent: readonly string[];
  /** The hash each path that was looked at had before; null when it had none. */
  readonly previous: ReadonlyMap<string, string | null>;
}

/** Collects changes within limits. */
export class Changes implements TreeChanges {
  readonly written: WrittenFile[] = [];
  readonly removed: string[] = [];
  readonly refused: RefusedFile[] = [];
  readonly absent: string[] = [];
  readonly previous = new Map<string, string | null>();
  readonly #limits: TreeLimits;
  #bytes = 0;
  #files = 0;

  constructor(limits: TreeLimits) {
    this.#limits = limits;
  }

  /** Whether a file still fits. Its content is not read when it does not. */
  admit(path: string, size: number): boolean {
    this.#bytes += size;
    this.#files += 1;
    if (this.#bytes <= this.#limits.bytes && this.#files <= this.#limits.files) return true;
    if (this.refused.length === 0) this.refuse(path, 'limit');
    return false;
  }

  refuse(path: string, reason: RefusedFile['reason']): void {
    this.refused.push({ path, reason });
  }

  sorted(): TreeChanges {
    const byPath = (a: { path: string }, b: { path: string }) => compareBytes(a.path, b.path);
    this.written.sort(byPath);
    this.refused.sort(byPath);
    this.removed.sort(compareBytes);
    return this;
  }
}
