import type { WrittenFile } from './record.ts';

/** A file as it is known to stand in the tree, with what tells whether it was touched since. */
export interface TreeEntry extends WrittenFile {
  /** Inode, size and times of the file on disk. */
  readonly stamp: string;
  /** True when the file was so new that a later change may have left its times as they are. */
  readonly racy: boolean;
}

/** What is known of the tree: every path that should be there, and its content by hash. */
export class TreeState {
  readonly #entries = new Map<string, TreeEntry>();
  readonly #children = new Map<string, Set<string>>();

  get size(): number {
    return this.#entries.size;
  }

  get(path: string): TreeEntry | undefined {
    return this.#entries.get(path);
  }

  set(entry: TreeEntry): void {
    this.delete(entry.path);
    this.#entries.set(entry.path, entry);
    within(this.#children, folderOf(entry.path)).add(entry.path);
  }

  delete(path: string): void {
    const entry = this.#entries.get(path);
    if (!entry) return;
    this.#entries.delete(path);
    this.#children.get(folderOf(path))?.delete(path);
  }

  /** All entries, in no particular order. */
  entries(): Iterable<TreeEntry> {
    return this.#entries.values();
  }

  /** What lies in a folder itself. */
  children(folder: string): Iterable<string> {
    return this.#children.get(folder) ?? [];
  }

  /** Every path below a folder, parents before children; '' is the top. */
  *below(folder: string): Generator<string> {
    for (const path of this.children(folder)) {
      yield path;
      yield* this.below(path);
    }
  }
}

function within<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  let set = map.get(key);
  if (!set) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Whether two paths hold the same, wherever they are. */
export function sameFile(a: WrittenFile, b: WrittenFile): boolean {
  return (
    a.type === b.type &&
    a.mode === b.mode &&
    a.size === b.size &&
    a.sha256 === b.sha256 &&
    a.target === b.target
  );
}

/** Orders texts by their UTF-8 bytes. */
export function compareBytes(a: string, b: string): number {
  // Code units order as bytes do, but for surrogate pairs.
  if (/[\ud800-\uffff]/.test(a) || /[\ud800-\uffff]/.test(b)) {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
