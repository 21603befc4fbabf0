import { inputError } from '../base/index.ts';
import type { Bundle } from '../bundle/index.ts';
import { type BundleEntry, type Case, type NewEvent, REVIEW_LIMITS } from '../case/index.ts';
import type { Comment, FileReview } from './model.ts';
import { reviewIn } from './of-log.ts';
import type { Review } from './review.ts';
import { act, byId, freshIds, reviewerIn } from './write.ts';

/** What reviews need of a bundle: paths are those of the tree that the kit's paths are in. */
export type ReviewedTree = Pick<Bundle, 'entry' | 'entries'>;

interface ReviewedFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * Says that files were reviewed, as their content is now. A folder stands for all files in it, `''` for all of the bundle. Files that this
 * person has reviewed as they are now are left out. One action. Throws `review.no-file`.
 */
export function reviewFiles(
  theCase: Case,
  tree: ReviewedTree,
  paths: readonly string[],
  by?: string,
): readonly ReviewedFile[] {
  const name = reviewerIn(theCase, by);
  const review = reviewIn(theCase);
  const fresh = filesAt(tree, paths).filter(({ path, sha256 }) => review.file(path, name)?.sha256 !== sha256);
  act(theCase, inPortions('file-reviewed', fresh), name);
  return fresh;
}

/** Takes back what one said of files. A folder stands for all files in it. Throws `review.not-reviewed`. */
export function withdrawReviews(
  theCase: Case,
  paths: readonly string[],
  by?: string,
): readonly ReviewedFile[] {
  const name = reviewerIn(theCase, by);
  const wanted = paths.map(path => [path, path === '' ? '' : `${path}/`] as const);
  const files = reviewIn(theCase)
    .files()
    .filter(file => file.by === name)
    .filter(({ path }) => wanted.some(([own, inside]) => path === own || path.startsWith(inside)))
    .map(({ path, sha256 }) => ({ path, sha256 }));
  if (files.length === 0) {
    throw inputError('review.not-reviewed', `${name} has not reviewed any of these`, {
      entry: paths[0] ?? '',
    });
  }
  act(theCase, inPortions('review-withdrawn', files), name);
  return files;
}

function filesAt(tree: ReviewedTree, paths: readonly string[]): ReviewedFile[] {
  const found = new Map<string, ReviewedFile>();
  const add = ({ path, sha256 }: BundleEntry) => sha256 && found.set(path, { path, sha256 });
  const folders: string[] = [];
  for (const path of paths) {
    const entry = tree.entry(path);
    if (entry?.type === 'file') add(entry);
    else folders.push(path);
  }
  if (folders.length === 0) return [...found.values()];
  const hit = new Set<string>();
  for (const entry of tree.entries()) {
    for (const folder of folders) {
      if (folder !== '' && !entry.path.startsWith(`${folder}/`)) continue;
      if (add(entry)) hit.add(folder);
    }
  }
  const missing = folders.find(folder => !hit.has(folder));
  if (missing === undefined) return [...found.values()];
  throw inputError('review.no-file', 'the bundle has no such file, and no folder with files', {
    entry: missing,
  });
}

function inPortions(type: 'file-reviewed' | 'review-withdrawn', files: readonly ReviewedFile[]): NewEvent[] {
  const events: NewEvent[] = [];
  for (let at = 0; at < files.length; at += REVIEW_LIMITS.files) {
    events.push({ type, files: files.slice(at, at + REVIEW_LIMITS.files) });
  }
  return events;
}

/** Comments on a line (from 1) of a file, or on the whole file. Throws `review.no-file` or `comment.no-line`. */
export function commentOnFile(
  theCase: Case,
  tree: Pick<Bundle, 'entry' | 'chunks'>,
  subject: { readonly path: string; readonly line: number | null },
  text: string,
  by?: string,
): Comment {
  const { path, line } = subject;
  const sha256 = tree.entry(path)?.sha256;
  if (!sha256) throw inputError('review.no-file', 'the bundle has no such file', { entry: path });
  if (line !== null && !hasLine(tree, path, line)) {
    throw inputError('comment.no-line', 'the file has fewer lines', { entry: path, line });
  }
  const [id = ''] = freshIds(theCase, 1);
  act(theCase, [{ type: 'line-commented', id, path, sha256, line, text }], by);
  return commentIn(theCase, id);
}

function hasLine(tree: Pick<Bundle, 'chunks'>, path: string, line: number): boolean {
  let left = line - 1;
  if (left === 0) return true;
  for (const chunk of tree.chunks(path)) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
      left -= 1;
      if (left === 0) return true;
    }
  }
  return false;
}

/** A comment by its id or the beginning of it. Throws `review.unknown` or `review.ambiguous`. */
export function commentIn(theCase: Case, id: string): Comment {
  return byId(reviewIn(theCase).comments(), id, 'comment');
}

/** Takes a comment of one's own away; the log keeps it. Throws `comment.not-yours`. */
export function removeComment(theCase: Case, id: string, by?: string): Comment {
  const comment = commentIn(theCase, id);
  if (comment.by !== reviewerIn(theCase, by)) {
    throw inputError('comment.not-yours', `comment ${comment.id} is by ${comment.by}`);
  }
  act(theCase, [{ type: 'comment-removed', id: comment.id }], by);
  return comment;
}

/** Settles what a comment says, with a reason. */
export function resolveComment(theCase: Case, id: string, reason: string, by?: string): Comment {
  const comment = commentIn(theCase, id);
  act(theCase, [{ type: 'comment-resolved', id: comment.id, reason }], by);
  return commentIn(theCase, comment.id);
}

/** Who has reviewed which content at which path. */
export class FileReviewers {
  readonly #names = new Map<string, string[]>();

  constructor(reviews: Iterable<FileReview>) {
    for (const { path, sha256, by } of reviews) {
      const key = `${path}\0${sha256}`;
      const names = this.#names.get(key);
      if (names) names.push(by);
      else this.#names.set(key, [by]);
    }
  }

  /** The people who reviewed exactly this file. */
  of(entry: Pick<BundleEntry, 'path' | 'sha256'>): readonly string[] {
    return this.#names.get(`${entry.path}\0${entry.sha256 ?? ''}`) ?? [];
  }
}

/** How far the review of a folder has come; its files at any depth. */
export interface FolderProgress {
  /** `''` for the whole bundle. */
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that somebody reviewed, as they are now. */
  readonly reviewed: number;
  readonly byTwo: number;
  /** Files that each person reviewed. */
  readonly reviewers: Readonly<Record<string, number>>;
}

/** The progress of every folder, that of the whole bundle first, then by path. One pass over the entries. */
export function progressOf(review: Review, entries: Iterable<BundleEntry>): FolderProgress[] {
  const reviewers = new FileReviewers(review.files());
  const folders = new Map<string, Counting>();
  for (const entry of entries) {
    if (entry.type !== 'file') continue;
    const names = reviewers.of(entry);
    for (const folder of foldersOf(entry.path)) count(folders, folder, entry, names);
  }
  return [...folders.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

type Counting = { -readonly [K in keyof FolderProgress]: FolderProgress[K] } & {
  reviewers: Record<string, number>;
};

function count(
  folders: Map<string, Counting>,
  path: string,
  entry: BundleEntry,
  names: readonly string[],
): void {
  let folder = folders.get(path);
  if (!folder) {
    folder = { path, files: 0, bytes: 0, reviewed: 0, byTwo: 0, reviewers: {} };
    folders.set(path, folder);
  }
  folder.files += 1;
  folder.bytes += entry.size;
  if (names.length > 0) folder.reviewed += 1;
  if (names.length > 1) folder.byTwo += 1;
  for (const name of names) folder.reviewers[name] = (folder.reviewers[name] ?? 0) + 1;
}

function* foldersOf(path: string): Generator<string> {
  yield '';
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    yield path.slice(0, slash);
}
