import { posix } from 'node:path';
import { type NarNode, narSha256 } from '../base/index.ts';
import type { Plan } from '../chain/index.ts';
import type { FinalTree } from './record.ts';
import type { Tree } from './tree.ts';
import type { TreeEntry } from './tree-state.ts';

/** Looks at the whole tree after the last step, and takes the hashes of Nix archives that the plan asks for. */
export function concludeTree(tree: Tree, { results, nars = [] }: Plan): FinalTree {
  const final = tree.conclude(results);
  const taken = nars.flatMap(path => {
    const entry = tree.state.get(path);
    const sha256 = entry && narSha256(nodeOf(tree, entry));
    return sha256 ? [{ path, sha256 }] : [];
  });
  tree.folder.closeUp();
  return taken.length > 0 ? { ...final, nars: taken } : final;
}

function nodeOf(tree: Tree, { path, type, size, mode, target }: TreeEntry): NarNode {
  if (type === 'symlink') return { type, target: target ?? '' };
  if (type === 'directory') return { type, entries: () => childrenOf(tree, path) };
  const executable = (mode & 0o100) !== 0;
  return { type: 'regular', executable, size, copyTo: sink => tree.folder.copyTo(path, sink) };
}

function* childrenOf(tree: Tree, folder: string): Generator<readonly [string, NarNode]> {
  for (const path of tree.state.children(folder)) {
    const entry = tree.state.get(path);
    if (entry) yield [posix.basename(path), nodeOf(tree, entry)];
  }
}
