import { posix } from 'node:path';
import { type Expectation, isTreePath } from '../plan.ts';
import type { PlacedTree } from './placed-tree.ts';

/** A published hash of a file, by its path from the chain's root. */
export type Sum = Pick<Expectation, 'path' | 'sha256' | 'origin'>;

/**
 * The published hashes that a command `sha256sum -c FILE` compares, or that `sha256sum -o FILE …` would write anew: what the file says in
 * the bundle. None for other commands, and for files that are not the bundle's. Throws as `readSums` does.
 */
export function listedSums(argv: readonly string[], cwd: string, tree: PlacedTree): Sum[] {
  const file = checkedFile(argv, cwd);
  return file === null ? [] : readSums(file, cwd, tree);
}

/** The list that a command `sha256sum -c FILE` or `sha256sum -o FILE …` works on, from the root; null for other commands. */
export function checkedFile([program = '', option, file]: readonly string[], cwd: string): string | null {
  if (posix.basename(program) !== 'sha256sum' || file === undefined) return null;
  return option === '-c' || option === '-o' ? posix.resolve(cwd, file).slice(1) : null;
}

/** The hashes in a file of the root; relative names in it are meant from `cwd`. Throws as `listOf` of the tree does. */
export function readSums(path: string, cwd: string, tree: PlacedTree): Sum[] {
  return tree.listOf(path).flatMap(({ name, sha256, origin }) => {
    const inside = posix.resolve(cwd, name).slice(1);
    return isTreePath(inside) ? [{ path: inside, sha256, origin }] : [];
  });
}
