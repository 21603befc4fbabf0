import { posix } from 'node:path';
import type { TreeState } from './tree-state.ts';

/** Symbolic links followed before a path is given up, as in Linux. */
const LINK_LIMIT = 40;

/** Bytes, one character each, as a path of the tree; null when they are not UTF-8. `/a/b` becomes `a/b`. */
export function treePathOf(bytes: string): string | null {
  const inside = bytes.slice(1);
  if (!/[\x80-\xff]/.test(inside)) return inside;
  const buffer = Buffer.from(inside, 'latin1');
  const text = buffer.toString('utf8');
  return Buffer.from(text).equals(buffer) ? text : null;
}

/**
 * The symbolic links of a tree while a step runs: those known before it, changed by what was seen since. Paths are absolute
 * in the tree, one character a byte; only what `resolve` is given is as a program in the container wrote it.
 */
export class Links {
  readonly #before: TreeState;
  /** The folder of the tree that is the container's `/`. */
  readonly #top: string;
  /** Targets of links that the step made; null where it took one away. */
  readonly #since = new Map<string, string | null>();

  /** `root` is the folder of the tree that is the container's `/`, '' for the whole tree, one character a byte. */
  constructor(before: TreeState, root: string) {
    this.#before = before;
    this.#top = `/${root}`;
  }

  #get(path: string): string | null {
    const since = this.#since.get(path);
    if (since !== undefined) return since;
    const known = this.#before.get(treePathOf(path) ?? '');
    return known?.type === 'symlink' ? Buffer.from(known.target ?? '').toString('latin1') : null;
  }

  /** Whether the step made a link, or took one away. */
  get areChanged(): boolean {
    return this.#since.size > 0;
  }

  /** The absolute path inside the container of an absolute path in the tree. */
  fromTop(path: string): string {
    if (this.#top === '/' || !path.startsWith(this.#top)) return path;
    return path.slice(this.#top.length) || '/';
  }

  made(path: string, target: string): void {
    this.#since.set(path, target);
  }

  /** Something that is no link now stands at the path, or nothing. */
  gone(path: string): void {
    if (this.#get(path) !== null) this.#since.set(path, null);
  }

  /** What stood at `from`, with all below it, now stands at `to`. */
  moved(from: string, to: string): void {
    const paths = [from, ...[...this.#since.keys()].filter(path => path.startsWith(`${from}/`))];
    const top = treePathOf(from);
    for (const path of top === null ? [] : this.#before.below(top)) {
      if (this.#before.get(path)?.type === 'symlink') {
        paths.push(`/${Buffer.from(path).toString('latin1')}`);
      }
    }
    const targets = new Map(paths.map(path => [path, this.#get(path)]));
    for (const path of targets.keys()) this.gone(path);
    this.gone(to);
    for (const [path, target] of targets) {
      if (target !== null) this.#since.set(to + path.slice(from.length), target);
    }
  }

  /**
   * The absolute path in the tree without links in its folders, and without one at its end when `follow` is set. Every link passed is
   * added to `passed`.
   */
  resolve(folder: string, path: string, follow: boolean, passed?: string[]): string {
    const todo = path.split('/').reverse();
    let at = path.startsWith('/') ? this.#top : folder;
    let links = 0;
    while (todo.length > 0) {
      const part = todo.pop() ?? '';
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (at !== this.#top) at = posix.dirname(at);
        continue;
      }
      const next = at === '/' ? `/${part}` : `${at}/${part}`;
      const target = todo.length > 0 || follow ? this.#get(next) : null;
      if (target === null || links >= LINK_LIMIT) {
        at = next;
        continue;
      }
      links += 1;
      passed?.push(next);
      if (target.startsWith('/')) at = this.#top;
      todo.push(...target.split('/').reverse());
    }
    return at;
  }
}
