import type { BundleRow } from '../../contract/requests/bundle.ts';
import type { CaseTree } from '../audit/index.ts';
import { inputError } from '../base/index.ts';
import { BundleTree, type TreeNode } from '../bundle/index.ts';
import { type Case, isReviewEvent } from '../case/index.ts';
import { reviewIn } from '../review/index.ts';
import { ReviewMarks } from './review-marks.ts';
import { isShown, type Shown, type Uses, usesOf } from './uses.ts';

/** A bundle with the tree that a person walks through, made at first use. */
export class OpenedBundle {
  readonly bundle: CaseTree;
  #tree: BundleTree | null = null;
  #uses: { readonly events: number; readonly uses: Uses } | null = null;
  #filtered: { readonly uses: Uses; readonly children: Map<string, readonly TreeNode[]> } | null = null;
  #marks: { readonly events: number; readonly marks: ReviewMarks } | null = null;

  constructor(bundle: CaseTree) {
    this.bundle = bundle;
  }

  get tree(): BundleTree {
    this.#tree ??= new BundleTree(this.bundle.entries());
    return this.#tree;
  }

  /** What the chain reads, as the case knows by now. */
  uses(theCase: Case): Uses {
    // What people say changes nothing about it, and is most of what happens while somebody looks at files.
    const events = theCase.log.events.findLastIndex(event => !isReviewEvent(event));
    if (this.#uses?.events !== events) this.#uses = { events, uses: usesOf(theCase, this.tree) };
    return this.#uses.uses;
  }

  /** What people said of the files, as the case knows by now. */
  marks(theCase: Case): ReviewMarks {
    const events = theCase.log.events.length;
    if (this.#marks?.events !== events) {
      this.#marks = { events, marks: new ReviewMarks(reviewIn(theCase), this.tree) };
    }
    return this.#marks.marks;
  }

  /** The node at a path. Throws `bundle.no-entry`. */
  node(path: string): TreeNode {
    const node = this.tree.get(path);
    if (node) return node;
    throw inputError('bundle.no-entry', 'the bundle has nothing of this name', { entry: path });
  }

  /** What is in a folder, in its order, of the part asked for. Nothing in what is no folder. */
  children(folder: string, shown: Shown, theCase: Case): readonly TreeNode[] {
    const children = this.node(folder).children ?? [];
    if (shown === 'all') return children;
    const uses = this.uses(theCase);
    if (this.#filtered?.uses !== uses) this.#filtered = { uses, children: new Map() };
    const key = `${shown} ${folder}`;
    const known = this.#filtered.children.get(key) ?? children.filter(node => isShown(node, shown, uses));
    this.#filtered.children.set(key, known);
    return known;
  }

  row(node: TreeNode, theCase: Case): BundleRow {
    const { name, path, entry, files, bytes, flagged } = node;
    const uses = this.uses(theCase);
    const marks = this.marks(theCase);
    return {
      name,
      path,
      type: entry?.type ?? 'directory',
      kind: entry?.kind ?? 'directory',
      mode: entry?.mode ?? null,
      size: entry?.size ?? 0,
      sha256: entry?.sha256 ?? null,
      target: entry?.target ?? null,
      flags: [...(entry?.flags ?? [])],
      files,
      bytes,
      flagged,
      used: uses.touched.has(path),
      reviewers: [...marks.reviewers(path)],
      ...marks.counts(path),
    };
  }
}
