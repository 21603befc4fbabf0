import { inputError } from '../../base/index.ts';
import type { EntryType } from '../../case/index.ts';
import type { DescriptionFiles } from '../kaem/index.ts';
import type { LiveBootstrapPlan } from '../kit.ts';
import { PUBLISHED_LIMIT, type SumLine, sumLines } from '../sum-lines.ts';

/** Most lines of published hashes, each as often as it is asked for. */
const LISTED_LIMIT = 500_000;

/** The chain's root as it is before the first program: paths there, and the files of the bundle that are copied to them. */
export class PlacedTree implements DescriptionFiles {
  readonly #place: LiveBootstrapPlan['place'];
  readonly #files: DescriptionFiles;
  readonly #read = new Set<string>();
  readonly #lists = new Map<string, readonly SumLine[]>();
  #listed = 0;

  constructor(place: LiveBootstrapPlan['place'], files: DescriptionFiles) {
    this.#place = place;
    this.#files = files;
  }

  read(path: string, limit: number): Buffer {
    const name = this.nameOf(path);
    this.#read.add(name);
    return this.#files.read(name, limit);
  }

  /** What was read so far, by the names of the bundle, in the order in which that happened first. */
  get description(): string[] {
    return [...this.#read];
  }

  /**
   * The published hashes that a file lists, none when the bundle has no such file. Throws `published.bad-line` and
   * `live-bootstrap.too-large`.
   */
  listOf(path: string): readonly SumLine[] {
    if (this.type(path) !== 'file') return [];
    const file = this.nameOf(path);
    const lines = this.#lists.get(file) ?? sumLines({ path: file, bytes: this.read(path, PUBLISHED_LIMIT) });
    this.#lists.set(file, lines);
    this.#listed += lines.length;
    if (this.#listed > LISTED_LIMIT)
      throw inputError('live-bootstrap.too-large', 'too many published hashes are asked for', { file });
    return lines;
  }

  type(path: string): EntryType | null {
    const name = this.#find(path);
    return name === null ? null : this.#files.type(name);
  }

  /** What the bundle calls a file of the root; what is not from there keeps its path. */
  nameOf(path: string): string {
    return this.#find(path) ?? path;
  }

  /** A file that is copied later takes the place of one copied before. */
  #find(path: string): string | null {
    for (const { from, to } of this.#place.toReversed()) {
      const rest = to === undefined ? `/${path}` : path === to ? '' : suffix(path, to);
      if (rest !== null && this.#files.type(from + rest) !== null) return from + rest;
    }
    return null;
  }
}

function suffix(path: string, folder: string): string | null {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length) : null;
}
