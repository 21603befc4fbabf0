import type { BigIntStats } from 'node:fs';
import { sha256Stream } from '../base/index.ts';
import type { ObjectRef, ObjectStore } from '../case/index.ts';
import type { FinalTree, RefusedFile, WrittenFile } from './record.ts';
import { Changes, type TreeChanges, type TreeLimits } from './tree-changes.ts';
import { TreeFolder } from './tree-folder.ts';
import { compareBytes, sameFile, type TreeEntry, TreeState } from './tree-state.ts';

/** A path that a step may have changed. */
export interface Candidate {
  /** Whether all below it may have changed too. */
  readonly deep: boolean;
  /** Whether it surely was written anew, so that it counts even when it holds the same bytes as before. */
  readonly written: boolean;
}

/** A time in which a second change may leave a file's times as they are, in nanoseconds: older kernels tick every 10 ms. */
const TICK = 20_000_000n;

/** The tree of a replay: the folder on disk and what is known of it. */
export class Tree {
  readonly folder: TreeFolder;
  readonly state = new TreeState();
  readonly #objects: ObjectStore;
  /** What was found out about contents, by hash: whether this processor could run them. */
  readonly runnable = new Map<string, boolean>();

  constructor(root: string, objects: ObjectStore) {
    this.folder = new TreeFolder(root);
    this.#objects = objects;
  }

  /**
   * Learns the tree as it stands. Content and its hash are taken to be what `expected` says, modes are those found; folders
   * may be there that it does not name.
   * Gives the first path that is not as expected, or null.
   */
  learn(expected: ReadonlyMap<string, WrittenFile>): string | null {
    for (const { path, valid } of this.#walk('')) {
      const stat = valid ? this.#alone(path) : null;
      const wanted = expected.get(path);
      const entry = stat && this.#describe(path, stat, wanted?.sha256 ?? null);
      if (!entry) return path;
      if (!wanted ? entry.type !== 'directory' : !sameFile(entry, { ...wanted, mode: entry.mode }))
        return path;
      this.state.set(entry);
    }
    this.folder.closeUp();
    for (const path of expected.keys()) if (!this.state.get(path)) return path;
    return null;
  }

  /** Brings the knowledge up to date with the paths that may have changed. */
  update(candidates: ReadonlyMap<string, Candidate>, limits: TreeLimits): TreeChanges {
    const changes = new Changes(limits);
    for (const [path, valid] of this.#spread(candidates)) {
      if (valid) this.#examine(path, changes, candidates.get(path)?.written ?? false);
      else changes.refuse(path, 'name');
    }
    this.folder.closeUp();
    return changes.sorted();
  }

  /** Looks at the whole tree for what changed, trusting a file's inode, size and times. */
  rescan(limits: TreeLimits): TreeChanges {
    const changes = new Changes(limits);
    const seen = new Set<string>();
    for (const { path, valid } of this.#walk('')) {
      seen.add(path);
      if (!valid) changes.refuse(path, 'name');
      else if (this.#touched(path)) this.#examine(path, changes, this.#rewritten(path));
    }
    for (const path of [...this.state.below('')]) if (!seen.has(path)) this.#examine(path, changes, false);
    this.folder.closeUp();
    return changes.sorted();
  }

  /** Looks at the whole tree once more and says what no record explains, and what lies in the results. */
  conclude(results: readonly string[]): FinalTree {
    const unaccounted = new Set<string>();
    const seen = new Set<string>();
    for (const { path, valid } of this.#walk('')) {
      seen.add(path);
      if (!valid || !this.#unchanged(path)) unaccounted.add(path);
    }
    for (const path of this.state.below('')) if (!seen.has(path)) unaccounted.add(path);
    this.folder.closeUp();
    return {
      format: 1,
      results: this.#under(results),
      unaccounted: [...unaccounted].sort(compareBytes),
    };
  }

  #under(results: readonly string[]): WrittenFile[] {
    const paths = new Set<string>();
    for (const result of results) {
      if (this.state.get(result)) paths.add(result);
      for (const path of this.state.below(result)) paths.add(path);
    }
    return [...paths].sort(compareBytes).flatMap(path => {
      const entry = this.state.get(path);
      return entry ? [bare(entry)] : [];
    });
  }

  #unchanged(path: string): boolean {
    const known = this.state.get(path);
    const stat = this.folder.stat(path);
    if (!known || !stat) return false;
    const content = stat.isFile() && this.#touched(path) ? this.#hash(path) : known.sha256;
    const found = this.#describe(path, stat, content);
    return found !== null && sameFile(found, known);
  }

  /** Whether a file that should be there has the inode, size, times and mode it was last seen with. */
  isUntouched(path: string): boolean {
    const known = this.state.get(path);
    const stat = this.folder.stat(path);
    return known === undefined ? stat === null : stat !== null && known.stamp === stampOf(stat);
  }

  /** Whether a file must be read to know that it is as it was. */
  #touched(path: string): boolean {
    const known = this.state.get(path);
    const stat = this.folder.stat(path);
    if (!known || !stat) return true;
    return known.racy || known.stamp !== stampOf(stat) || known.mode !== this.folder.modeOf(path, stat);
  }

  /** Whether a file has another inode or time of writing than before. */
  #rewritten(path: string): boolean {
    const stat = this.folder.stat(path);
    const parts = this.state.get(path)?.stamp.split(' ') ?? [];
    return stat?.isFile() === true && parts.slice(0, 3).join(' ') !== stampOf(stat).split(' ', 3).join(' ');
  }

  /** The paths themselves and what lies below them where that is asked for. */
  #spread(candidates: ReadonlyMap<string, Candidate>): Map<string, boolean> {
    const paths = new Map<string, boolean>();
    for (const [path, { deep }] of candidates) {
      const stat = path === '' ? null : this.folder.stat(path);
      if (path !== '') paths.set(path, true);
      const replaced = this.state.get(path)?.type === 'directory' && !stat?.isDirectory();
      if (!deep && !replaced) continue;
      for (const each of this.state.below(path)) paths.set(each, true);
      if (path !== '' && !stat?.isDirectory()) continue;
      for (const found of this.#walk(path)) paths.set(found.path, found.valid);
    }
    return paths;
  }

  #examine(path: string, changes: Changes, written: boolean): void {
    const known = this.state.get(path);
    const stat = this.folder.stat(path);
    changes.previous.set(path, known?.sha256 ?? null);
    if (!stat) {
      (known ? changes.removed : changes.absent).push(path);
      this.state.delete(path);
      return;
    }
    if (stat.isFile() && !changes.admit(path, Number(stat.size))) return;
    const content = stat.isFile() ? this.#store(path).sha256 : null;
    const entry = this.#describe(path, this.#alone(path) ?? stat, content);
    if (!entry) {
      changes.refuse(path, refusal(stat));
      return;
    }
    if (written || !known || !sameFile(known, entry)) changes.written.push(bare(entry));
    this.state.set(entry);
  }

  /** Reads a file once, into the object store. */
  #store(path: string): ObjectRef {
    const writer = this.#objects.begin();
    try {
      this.folder.copyTo(path, writer);
      return writer.commit();
    } finally {
      writer.abort();
    }
  }

  /**
   * What stands at a path, after a file that has other names was made one of its own: later steps must not depend on
   * whether the tree was built anew in between.
   */
  #alone(path: string): BigIntStats | null {
    const stat = this.folder.stat(path);
    if (!stat?.isFile() || stat.nlink <= 1n) return stat;
    this.folder.separate(path);
    return this.folder.stat(path);
  }

  #hash(path: string): string {
    const hash = sha256Stream();
    this.folder.copyTo(path, { write: chunk => void hash.update(chunk) });
    return hash.digest('hex');
  }

  /** Null for what a record cannot hold. */
  #describe(path: string, stat: BigIntStats, sha256: string | null): TreeEntry | null {
    const common = { path, mode: this.folder.modeOf(path, stat), size: 0, sha256: null, target: null };
    const plain = { stamp: stampOf(stat), racy: false };
    if (stat.isDirectory()) return { ...common, ...plain, type: 'directory' };
    if (stat.isFile()) {
      const racy = BigInt(Date.now()) * 1_000_000n - stat.ctimeNs < TICK;
      return { ...common, ...plain, type: 'file', size: Number(stat.size), sha256, racy };
    }
    if (!stat.isSymbolicLink()) return null;
    const target = this.folder.linkTarget(path);
    return target === null ? null : { ...common, ...plain, type: 'symlink', mode: 0o777, target };
  }

  /** Everything below a folder, parents before children; what has no valid name is not looked into. */
  *#walk(top: string): Generator<{ path: string; valid: boolean }> {
    const folders = [top];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const found of this.folder.list(folder)) {
        yield found;
        if (found.valid && this.folder.stat(found.path)?.isDirectory()) folders.push(found.path);
      }
    }
  }
}

function stampOf(stat: BigIntStats): string {
  return stat.isDirectory() ? '' : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}

function bare({ stamp: _, racy: __, ...file }: TreeEntry): WrittenFile {
  return file;
}

function refusal(stat: BigIntStats): RefusedFile['reason'] {
  if (stat.isFIFO()) return 'pipe';
  if (stat.isSocket()) return 'socket';
  if (stat.isSymbolicLink()) return 'link-target';
  return 'device';
}
