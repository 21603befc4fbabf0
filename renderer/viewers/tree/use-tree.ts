import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { CHILD_PAGE, type TreeItem, TreeModel, type TreePage } from './tree-model.ts';

/** Gives children of a branch; `''` is the root. */
export type LoadChildren<T extends TreeItem> = (
  key: string,
  offset: number,
  limit: number,
) => Promise<TreePage<T>>;

/** A tree whose children are loaded as they come into view. */
export interface Tree<T extends TreeItem> {
  readonly model: TreeModel<T>;
  /** Grows whenever the rows have changed. */
  readonly version: number;
  /** Why children could not be loaded, or null. */
  readonly problem: unknown;
  /** Asks for what the rows in view need. */
  readonly want: (from: number, to: number) => void;
  readonly open: (key: string, parent: string) => void;
  readonly close: (key: string) => void;
  /** Opens every branch on the way to an item and gives its place from the top, or -1 when it is not in the tree. */
  readonly reveal: (keys: readonly string[], placeOf: PlaceOf) => Promise<number>;
  /** Loads again what is in view, and the rest when it comes into view; everything stays open. */
  readonly refresh: () => void;
}

/** Where a child stands in its branch, asked when its page is not here; null when it is not in it. */
export type PlaceOf = (parent: string, key: string) => Promise<number | null>;

/** A tree over a loader. Another loader is another tree. A root that is one branch is open from the start. */
export function useTree<T extends TreeItem>(load: LoadChildren<T>): Tree<T> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another loader is another tree
  const model = useMemo(() => new TreeModel<T>(), [load]);
  const [version, setVersion] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const asked = useRef(new Map<string, Promise<void>>());
  /** In which era each page came; a page of an earlier one is asked for again when it is looked at. */
  const fresh = useRef(new Map<string, number>());
  const era = useRef(0);
  const current = useRef(model);
  current.current = model;
  const changed = useCallback(() => setVersion(old => old + 1), []);

  const ask = useCallback(
    (key: string, offset: number): Promise<void> => {
      const name = `${offset} ${key}`;
      const running = asked.current.get(name);
      if (running) return running;
      const asking = era.current;
      const run = load(key, offset, CHILD_PAGE)
        .then(
          page => {
            if (current.current !== model) return;
            model.take(key, offset, page);
            const only = key === '' && page.total === 1 ? page.items[0] : undefined;
            if (only?.branch && !fresh.current.has(name)) model.open(only.key, '');
            fresh.current.set(name, asking);
            setProblem(null);
            changed();
          },
          (error: unknown) => current.current === model && setProblem(error),
        )
        .then(() => void asked.current.delete(name));
      asked.current.set(name, run);
      return run;
    },
    [load, model, changed],
  );
  useEffect(() => {
    asked.current.clear();
    fresh.current.clear();
    void ask('', 0);
  }, [ask]);

  const want = useCallback(
    (from: number, to: number) => {
      for (const { key, offset } of model.missing(from, to)) void ask(key, offset);
      for (const { key, offset } of model.pagesAt(from, to)) {
        if (fresh.current.get(`${offset} ${key}`) !== era.current) void ask(key, offset);
      }
    },
    [model, ask],
  );
  const open = useCallback(
    (key: string, parent: string) => {
      model.open(key, parent);
      changed();
    },
    [model, changed],
  );
  const close = useCallback(
    (key: string) => {
      model.close(key);
      changed();
    },
    [model, changed],
  );
  const reveal = useCallback(
    async (keys: readonly string[], placeOf: PlaceOf) => {
      let parent = '';
      for (const [i, key] of keys.entries()) {
        if (model.indexOf(key, parent) === -1) {
          const place = await placeOf(parent, key);
          if (place === null) return -1;
          await ask(parent, place - (place % CHILD_PAGE));
        }
        if (i === keys.length - 1) return model.indexOf(key, parent);
        open(key, parent);
        parent = key;
      }
      return -1;
    },
    [model, ask, open],
  );
  const refresh = useCallback(() => {
    era.current += 1;
    changed();
  }, [changed]);

  return { model, version, problem, want, open, close, reveal, refresh };
}
