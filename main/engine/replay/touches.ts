import { posix } from 'node:path';
import { isTreePath } from '../chain/index.ts';
import { treePathOf } from './trace-links.ts';
import type { Candidate } from './tree.ts';

/** When, in lines of the trace, a path's content was changed first and last. */
interface Span {
  first: number;
  last: number;
}

/** The paths that a step touched, and when. Paths are absolute in the container, one character a byte. */
export class Touches {
  readonly #content = new Map<string, Span>();
  /** Folders that moved as a whole. */
  readonly #moved = new Map<string, Span>();
  readonly #candidates = new Map<string, { deep: boolean; written: boolean }>();
  /** Paths that the step tried to do something with, in vain. */
  readonly missed = new Set<string>();
  /** Names that the step made for one file; a change by one of them is a change of all. */
  readonly #names = new Map<string, Set<string>>();

  /** The content at a path changed, appeared or went away; `written` when it surely was written anew. */
  content(path: string, now: number, written: boolean): void {
    for (const name of this.#names.get(path) ?? [path]) {
      stretch(this.#content, name, now);
      this.#candidate(name, false, written);
    }
  }

  /** From now on a path is another name of a file. */
  named(path: string, other: string): void {
    const names = this.#names.get(path) ?? new Set([path]);
    names.add(other);
    for (const name of names) this.#names.set(name, names);
  }

  /** What stands at a path came from or went to another one, with all below it. */
  moved(path: string, now: number, written: boolean): void {
    stretch(this.#moved, path, now);
    this.#candidate(path, true, written);
  }

  /** The permissions at a path changed. */
  attributes(path: string): void {
    this.#candidate(path, false, false);
  }

  #candidate(path: string, deep: boolean, written: boolean): void {
    const known = this.#candidates.get(path);
    if (known) {
      known.deep ||= deep;
      known.written ||= written;
    } else {
      this.#candidates.set(path, { deep, written });
    }
  }

  /** Whether the content at a path may have changed before a line. */
  changedBefore(path: string, line: number): boolean {
    return this.#spans(path).some(span => span.first < line);
  }

  /** Whether the content at a path may have changed after a line. */
  changedAfter(path: string, line: number): boolean {
    return this.#spans(path).some(span => span.last > line);
  }

  #spans(path: string): Span[] {
    const spans = [this.#content.get(path)];
    for (let at = path; at !== '/'; at = posix.dirname(at)) spans.push(this.#moved.get(at));
    return spans.filter(span => span !== undefined);
  }

  /** Where in the tree to look for what the step changed. A name that cannot be recorded stands for the folder it is in. */
  candidates(): Map<string, Candidate> {
    const found = new Map<string, Candidate>();
    for (const [path, candidate] of this.#candidates) {
      const inTree = treePathOf(path);
      if (inTree !== null && isTreePath(inTree)) found.set(inTree, candidate);
      else if (path !== '/') found.set(recordableAbove(path), { deep: true, written: false });
    }
    return found;
  }
}

function stretch(spans: Map<string, Span>, path: string, now: number): void {
  const span = spans.get(path);
  if (span) span.last = now;
  else spans.set(path, { first: now, last: now });
}

/** The nearest folder whose path can be recorded; '' for the top of the tree. */
function recordableAbove(path: string): string {
  for (let at = posix.dirname(path); at !== '/'; at = posix.dirname(at)) {
    const inTree = treePathOf(at);
    if (inTree !== null && isTreePath(inTree)) return inTree;
  }
  return '';
}
