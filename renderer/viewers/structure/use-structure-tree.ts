import { type RefObject, useCallback, useEffect, useState } from 'react';
import { type Tree, type TreeHandle, useTree } from '../tree/index.ts';
import type { StructureItem, StructureModel } from './structure-model.ts';

/** Structures of at most so many parts begin with what is at the top open. */
const OPEN_AT_ONCE = 300;

/** The tree over a structure. The part that is selected is brought into view, wherever it was selected. */
export function useStructureTree(
  model: StructureModel,
  selected: string | null,
  view: RefObject<TreeHandle | null>,
): Tree<StructureItem> {
  const load = useCallback(
    async (key: string, offset: number, limit: number) => {
      const children = model.children(key);
      return { total: children.length, items: children.slice(offset, offset + limit) };
    },
    [model],
  );
  const tree = useTree<StructureItem>(load);
  const { reveal } = tree;
  const [found, setFound] = useState<{ readonly index: number } | null>(null);
  useEffect(() => {
    let current = true;
    const placeOf = async (parent: string, key: string) => {
      const place = model.children(parent).findIndex(child => child.key === key);
      return place === -1 ? null : place;
    };
    const show = async () => {
      if (model.size <= OPEN_AT_ONCE) {
        for (const top of model.children('')) {
          const [first] = model.children(top.key);
          if (first) await reveal([top.key, first.key], placeOf);
        }
      }
    };
    const find = async () => {
      if (!opened.has(model)) {
        opened.add(model);
        await show();
      }
      const index = selected === null ? -1 : await reveal(model.pathTo(selected), placeOf);
      if (current && index >= 0) setFound({ index });
    };
    void find();
    return () => {
      current = false;
    };
  }, [model, selected, reveal]);
  // After the rows that were opened on the way are drawn.
  useEffect(() => {
    if (found) view.current?.show(found.index);
  }, [found, view]);
  return tree;
}

/** Structures whose top was opened; what somebody closes then stays closed. */
const opened = new WeakSet<StructureModel>();
