import type { ImportsDocument } from '../contract/documents.ts';
import { inertText } from '../contract/inert.ts';
import {
  type ByteMeasure,
  type Comment,
  type FolderProgress,
  type FoundBytes,
  plural,
  type SearchResult,
} from '../engine/index.ts';
import { formatBytes } from './output.ts';

interface Listed {
  readonly path: string;
  readonly kind: string;
  readonly files: number;
  readonly size: number;
  readonly sha256: string | null;
  readonly target: string | null;
  readonly flags: readonly string[];
  readonly reviewers: readonly string[];
}

/** The entries of a folder, one a line. */
export function listText(entries: readonly Listed[]): string {
  const line = (entry: Listed) =>
    [
      entry.kind.padEnd(9),
      (entry.kind === 'directory' ? plural(entry.files, 'file') : formatBytes(entry.size)).padStart(14),
      (entry.sha256 ?? '').slice(0, 12).padEnd(12),
      inertText(entry.path) + (entry.target === null ? '' : ` -> ${inertText(entry.target)}`),
      ...entry.flags.map(flag => `[${flag}]`),
      ...(entry.reviewers.length > 0 ? [`reviewed by ${entry.reviewers.map(inertText).join(', ')}`] : []),
    ].join('  ');
  return entries.length > 0 ? entries.map(line).join('\n') : 'Empty.';
}

/** The bundles that a case has had, one a line. */
export function importsText({ imports }: ImportsDocument): string {
  const line = ({ event, name, sha256, files, inUse }: ImportsDocument['imports'][number]) =>
    `${inUse ? 'in use ' : '       '} event ${event}  sha256 ${sha256}  ${plural(files, 'file')}  ${inertText(name)}`;
  return imports.length > 0 ? imports.map(line).join('\n') : 'No bundle was imported yet.';
}

/** What a search found, one hit a line. */
export function searchText({ hits, truncated, files, bytes }: SearchResult): string {
  const lines = hits.map(hit => {
    const place =
      hit.offset === null ? '' : hit.line === null ? `@0x${hit.offset.toString(16)}` : `:${hit.line}`;
    return `${inertText(hit.path)}${place}${hit.excerpt === null ? '' : `  ${inertText(hit.excerpt)}`}`;
  });
  const looked = files > 0 ? `; looked into ${plural(files, 'file')}, ${formatBytes(bytes)}` : '';
  return [
    ...lines,
    `${plural(hits.length, 'hit')}${truncated ? ', and there are more: narrow the search or raise --limit' : ''}${looked}`,
  ].join('\n');
}

/** Places of bytes, one a line, and how many there are. */
export function foundText({ offsets, total, complete }: FoundBytes): string {
  const more = total > offsets.length ? `; the first ${plural(offsets.length, 'place')} listed` : '';
  return [
    ...offsets.map(offset => `0x${offset.toString(16)}`),
    `${complete ? '' : 'more than '}${plural(total, 'place')}${more}`,
  ].join('\n');
}

/** What a run of bytes is like. */
export function measureText({ sha256, length, zeros, distinct, entropy }: ByteMeasure): string {
  return [
    `sha256   ${sha256}`,
    `length   ${plural(length, 'byte')}`,
    `zeros    ${plural(zeros, 'byte')}`,
    `values   ${distinct} of 256`,
    `entropy  ${entropy.toFixed(3)} bits a byte`,
  ].join('\n');
}

/** The files that a person has just spoken of. */
export function filesText(files: readonly { readonly path: string }[], withdrawn: boolean): string {
  if (files.length === 0) return 'Nothing new: you have reviewed all of these as they are.';
  const what = withdrawn ? 'No longer reviewed by you' : 'Reviewed';
  return files.length === 1
    ? `${what}: ${inertText(files[0]?.path ?? '')}`
    : `${what}: ${plural(files.length, 'file')}`;
}

/** Comments, one a paragraph. */
export function commentsText(comments: readonly Comment[]): string {
  if (comments.length === 0) return 'No comments.';
  return comments
    .map(({ id, on, text, by, event, resolution }) => {
      const place =
        'finding' in on
          ? `finding ${inertText(on.finding)}`
          : `${inertText(on.path)}${on.line === null ? '' : `:${on.line}`}`;
      return [
        `${id}  ${place}  ${inertText(by)}, event ${event}`,
        ...text.split('\n').map(line => `    ${inertText(line)}`),
        ...(resolution
          ? [`    settled by ${inertText(resolution.by)}: ${inertText(resolution.reason)}`]
          : []),
      ].join('\n');
    })
    .join('\n');
}

/** How far the review of each folder has come. */
export function progressText(folders: readonly FolderProgress[]): string {
  if (folders.length === 0) return 'There are no files.';
  return folders
    .map(({ path, files, reviewed, byTwo }) => {
      const share = `${reviewed} of ${plural(files, 'file')}`.padStart(24);
      return `${share} reviewed, ${byTwo} by two people  ${path === '' ? '(all)' : inertText(path)}`;
    })
    .join('\n');
}
