import type { BundleTree } from '../bundle/index.ts';
import type { Review } from '../review/index.ts';

/** How far the review of a file or folder is. */
export interface ReviewCounts {
  /** Files that somebody reviewed as they are now, and that two did. */
  readonly reviewed: number;
  readonly byTwo: number;
  /** Comments that nobody settled. */
  readonly comments: number;
}

const NOTHING: ReviewCounts = { reviewed: 0, byTwo: 0, comments: 0 };

/** What people said of a bundle's files, for every file and folder that anything was said of. */
export class ReviewMarks {
  /** Everybody who reviewed a file as it is now, in the order in which they began, with how many. */
  readonly people: readonly { readonly name: string; readonly files: number }[];
  readonly #reviewers = new Map<string, string[]>();
  readonly #counts = new Map<string, { -readonly [K in keyof ReviewCounts]: number }>();

  constructor(review: Review, tree: BundleTree) {
    const files = new Map<string, number>();
    for (const { path, sha256, by } of [...review.files()].sort((a, b) => a.event - b.event)) {
      if (tree.get(path)?.entry?.sha256 !== sha256) continue;
      const names = this.#reviewers.get(path) ?? [];
      this.#reviewers.set(path, [...names, by]);
      files.set(by, (files.get(by) ?? 0) + 1);
      if (names.length === 0) this.#count(path, 'reviewed');
      if (names.length === 1) this.#count(path, 'byTwo');
    }
    for (const { on, resolution } of review.comments()) {
      if ('path' in on && !resolution && tree.get(on.path)?.entry?.sha256 === on.sha256) {
        this.#count(on.path, 'comments');
      }
    }
    this.people = [...files].map(([name, count]) => ({ name, files: count }));
  }

  /** Who reviewed a file as it is now, the first first. */
  reviewers(path: string): readonly string[] {
    return this.#reviewers.get(path) ?? [];
  }

  counts(path: string): ReviewCounts {
    return this.#counts.get(path) ?? NOTHING;
  }

  /** Counts at a file, at every folder above it, and at the root. */
  #count(path: string, what: keyof ReviewCounts): void {
    for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
      const counts = this.#counts.get(at) ?? { ...NOTHING };
      counts[what] += 1;
      this.#counts.set(at, counts);
      if (at === '') return;
    }
  }
}
