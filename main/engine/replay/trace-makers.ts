import type { Started } from './watched.ts';

/** A file that programs of the step wrote to, under whatever names it has. */
interface Made {
  readonly by: Set<Started>;
  /** Whether all that it holds was written by them. */
  whole: boolean;
}

/**
 * Who wrote the files that a step made. Only what can be shown counts: a file that may hold something from before the step has no
 * makers. Paths are absolute in the tree, one character a byte.
 */
export class Makers {
  readonly #files = new Map<string, Made>();
  /** Paths at which something stood that was taken away. */
  readonly #gone = new Set<string>();
  /** Where something was moved to, with all below it. */
  readonly #arrived = new Set<string>();
  readonly #stoodBefore: (path: string) => boolean;

  /** `stoodBefore` says whether anything stood at a path before the step. */
  constructor(stoodBefore: (path: string) => boolean) {
    this.#stoodBefore = stoodBefore;
  }

  /** A file was opened for writing; `anew` when what it held before is surely gone. */
  written(path: string, by: Started, anew: boolean): void {
    const made = this.#files.get(path);
    if (made) {
      made.by.add(by);
      made.whole ||= anew;
    } else {
      this.#files.set(path, { by: new Set([by]), whole: anew || this.#isAbsent(path) });
    }
  }

  #isAbsent(path: string): boolean {
    for (const top of this.#arrived) if (path === top || path.startsWith(`${top}/`)) return false;
    return this.#gone.has(path) || !this.#stoodBefore(path);
  }

  gone(path: string): void {
    this.#files.delete(path);
    this.#arrived.delete(path);
    this.#gone.add(path);
  }

  /** From now on a path is another name of a file. */
  linked(from: string, to: string): void {
    const made = this.#files.get(from) ?? { by: new Set(), whole: false };
    this.#files.set(from, made);
    this.#files.set(to, made);
  }

  /** What stood at `from`, with all below it, now stands at `to`. */
  renamed(from: string, to: string): void {
    const made = this.#files.get(from);
    // A file has nothing below it, and a folder takes the place of an empty one only.
    const below = made ? [] : [...this.#files].filter(([path]) => path.startsWith(`${from}/`));
    this.gone(from);
    this.gone(to);
    if (made) this.#files.set(to, made);
    else this.#arrived.add(to);
    for (const [path, each] of below) {
      this.gone(path);
      this.#files.set(to + path.slice(from.length), each);
    }
  }

  /** Two paths changed places, with all below them. */
  exchanged(one: string, other: string): void {
    const aside = `${one}\0`;
    this.renamed(one, aside);
    this.renamed(other, one);
    this.renamed(aside, other);
  }

  /** Who wrote all of a file; empty when that cannot be shown. */
  of(path: string): readonly Started[] {
    const made = this.#files.get(path);
    return made?.whole ? [...made.by] : [];
  }
}
