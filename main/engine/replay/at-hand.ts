import { type ReadAt, runsHere } from './interpreters.ts';
import type { Tree } from './tree.ts';
import type { TreeChanges } from './tree-changes.ts';

/**
 * The hash of every ELF program for this processor that stood in the tree before or after a step, sorted. Each content is looked
 * at once in a replay. One that was there before and cannot be read any more counts as a program.
 */
export function programsAtHand(
  tree: Tree,
  changes: TreeChanges,
  reader: (path: string, sha256: string) => ReadAt | null,
): string[] {
  const found = new Set<string>();
  const look = (path: string, sha256: string) => {
    let runnable = tree.runnable.get(sha256);
    if (runnable === undefined) {
      const readAt = reader(path, sha256);
      runnable = readAt === null || runsHere(readAt);
      if (readAt) tree.runnable.set(sha256, runnable);
    }
    if (runnable) found.add(sha256);
  };
  for (const { path, sha256 } of tree.state.entries()) if (sha256) look(path, sha256);
  for (const [path, sha256] of changes.previous) if (sha256) look(path, sha256);
  return [...found].sort();
}
