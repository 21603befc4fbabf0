import { useMemo } from 'react';
import { go, useTarget } from '../../location.ts';

/** What the page shows: a path of the bundle, and a line or byte in it. A new object for each asking. */
export interface BundlePlace {
  readonly path: string;
  /** From 1. */
  readonly line: number | null;
  readonly offset: number | null;
}

/** What is selected, or null while nothing is. */
export function useBundlePlace(): BundlePlace | null {
  const target = useTarget('bundle');
  return useMemo(
    () =>
      target?.path === undefined
        ? null
        : { path: target.path, line: target.line ?? null, offset: target.offset ?? null },
    [target],
  );
}

/** Shows a file or folder, at a line or a byte where one is given. */
export function openPath(path: string, at: { readonly line?: number; readonly offset?: number } = {}): void {
  go('bundle', { path, ...at });
}

/** The folders on the way to a path, from the top, and itself. */
export function pathsTo(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path's folder with its slash, `''` at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
