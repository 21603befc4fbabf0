/** A tree of any size whose children are loaded as they come into view. */

export { type TreeHandle, TreeView, type TreeViewProps } from './TreeView.tsx';
export type { TreeItem, TreePage } from './tree-model.ts';
export { type LoadChildren, type PlaceOf, type Tree, useTree } from './use-tree.ts';
