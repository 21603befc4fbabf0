import type { Sha256 } from '../base/index.ts';
import { compareInWalk, type ImageEntry } from './entry.ts';

/** What two images or roots have and do not have in common. Paths are in the order of a walk. */
export interface Comparison {
  /** Only in the first. */
  readonly missing: string[];
  /** Only in the second. */
  readonly extra: string[];
  /** In both, but of another type, mode, content or target. */
  readonly different: string[];
  readonly same: number;
}

/** Compares by files, whatever layers they lie in. */
export function compareRoots(one: readonly ImageEntry[], other: readonly ImageEntry[]): Comparison {
  const [first, second] = [byPath(one), byPath(other)];
  const paths = [...first.keys()].sort(compareInWalk);
  const both = paths.filter(path => second.has(path));
  const different = both.filter(path => !isSame(first.get(path), second.get(path)));
  return {
    missing: paths.filter(path => !second.has(path)),
    extra: [...second.keys()].filter(path => !first.has(path)).sort(compareInWalk),
    different,
    same: both.length - different.length,
  };
}

/** The first layer, from 0, at which two images differ; null when their layers are the same to the byte. */
export function firstDifferentLayer(one: readonly Sha256[], other: readonly Sha256[]): number | null {
  const length = Math.max(one.length, other.length);
  for (let i = 0; i < length; i += 1) if (one[i] !== other[i]) return i;
  return null;
}

function byPath(entries: readonly ImageEntry[]): Map<string, ImageEntry> {
  return new Map(entries.map(entry => [entry.path, entry]));
}

function isSame(a: ImageEntry | undefined, b: ImageEntry | undefined): boolean {
  return a?.type === b?.type && a?.mode === b?.mode && a?.sha256 === b?.sha256 && a?.target === b?.target;
}
