import type { Sha256 } from '../base/index.ts';

/** A file, folder or link of an image. */
export interface ImageEntry {
  /** Relative to the image's root. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits, at most 0o777. */
  readonly mode: number;
  readonly size: number;
  /** Of the content; null for folders and links. */
  readonly sha256: Sha256 | null;
  /** What a link points to; null for others. */
  readonly target: string | null;
}

/** Orders paths as a walk through sorted folders meets them: a folder, then all that is in it. */
export function compareInWalk(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a.replaceAll('/', '\0')), Buffer.from(b.replaceAll('/', '\0')));
}
