import type { TreeItem, TreeModel } from './tree-model.ts';

/** What a key asks of a tree. */
export type TreeMove =
  | { readonly act: 'go'; readonly index: number }
  | { readonly act: 'open'; readonly key: string; readonly parent: string }
  | { readonly act: 'close'; readonly key: string }
  | { readonly act: 'choose' };

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** What a key means on the row at `at`, or null when it is none of the tree's. `page` is the number of rows in view. */
export function treeKey<T extends TreeItem>(
  { key, ctrlKey, altKey, metaKey }: Key,
  model: TreeModel<T>,
  at: number,
  page: number,
): TreeMove | null {
  if (altKey || metaKey || (ctrlKey && key !== 'Home' && key !== 'End')) return null;
  const index: Record<string, number> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - page,
    PageDown: at + page,
    Home: 0,
    End: model.length - 1,
  };
  const wanted = index[key];
  if (wanted !== undefined) return { act: 'go', index: wanted };
  const row = model.rowAt(at);
  if (!row?.item) return null;
  if (key === 'Enter' || key === ' ') return { act: 'choose' };
  if (key === 'ArrowRight' && row.item.branch) {
    return row.open ? { act: 'go', index: at + 1 } : { act: 'open', key: row.item.key, parent: row.parent };
  }
  if (key === 'ArrowLeft') {
    if (row.open) return { act: 'close', key: row.item.key };
    const parent = parentIndex(model, at, row.level);
    return parent === -1 ? null : { act: 'go', index: parent };
  }
  return null;
}

function parentIndex<T extends TreeItem>(model: TreeModel<T>, at: number, level: number): number {
  const row = model.rowAt(at);
  return level <= 1 || !row ? -1 : model.indexOfBranch(row.parent);
}
