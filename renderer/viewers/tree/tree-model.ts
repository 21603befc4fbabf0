/** One row of a tree as its owner knows it. `key` is its own in the whole tree. */
export interface TreeItem {
  readonly key: string;
  /** What typing searches. */
  readonly name: string;
  readonly branch: boolean;
}

/** A page of a branch's children, in order. */
export interface TreePage<T extends TreeItem> {
  readonly total: number;
  readonly items: readonly T[];
}

/** A row in view. Without `item` its page has not come yet. */
export interface TreeRow<T extends TreeItem> {
  readonly item: T | undefined;
  /** From 1. */
  readonly level: number;
  readonly open: boolean;
  /** Key of the branch it is in; `''` is the root, which is no row. */
  readonly parent: string;
  /** Place among its parent's children, from 0, and how many there are. */
  readonly place: number;
  readonly siblings: number;
}

/** A page of a branch: the branch's key, and the place of the page's first child. */
export interface TreePlace {
  readonly key: string;
  readonly offset: number;
}

/** Children asked for at a time. */
export const CHILD_PAGE = 500;

interface Branch<T extends TreeItem> {
  readonly key: string;
  readonly level: number;
  /** Known when its first page has come. */
  total: number | null;
  readonly items: Map<number, T>;
  /** Open branches among its children, in order. */
  opened: { readonly place: number; readonly branch: Branch<T> }[];
}

/**
 * Which rows a tree shows, without making a list of them: a folder of 100,000 files is a number until its rows come into
 * view. The root's key is `''`.
 */
export class TreeModel<T extends TreeItem> {
  readonly #root: Branch<T> = branchOf('', 0);
  readonly #branches = new Map<string, Branch<T>>([['', this.#root]]);

  /** Rows of the whole tree as it is open now. A branch whose children have not come yet has one row in their place. */
  get length(): number {
    return lengthOf(this.#root);
  }

  isOpen(key: string): boolean {
    return this.#branches.has(key);
  }

  /** The row at a place from the top, or undefined beyond the end. */
  rowAt(index: number): TreeRow<T> | undefined {
    if (index < 0 || index >= this.length) return undefined;
    return this.#rowIn(this.#root, index);
  }

  /** Where a known item stands from the top, or -1. */
  indexOf(key: string, parent: string): number {
    const branch = this.#branches.get(parent);
    if (!branch) return -1;
    const place = this.#placeOf(branch, key);
    if (place === -1) return -1;
    const above = branch.opened.reduce(
      (sum, each) => (each.place < place ? sum + lengthOf(each.branch) : sum),
      0,
    );
    return this.#topOf(branch) + place + above;
  }

  /** Where the row of an open branch stands from the top; -1 for the root, and for what is not open. */
  indexOfBranch(key: string): number {
    const branch = this.#branches.get(key);
    return branch && key !== '' ? this.#topOf(branch) - 1 : -1;
  }

  /** Pages that the rows between two places are on: branch, and offset of the page. */
  pagesAt(from: number, to: number): TreePlace[] {
    const pages = new Map<string, TreePlace>();
    for (let index = Math.max(0, from); index < Math.min(to, this.length); index += 1) {
      const row = this.rowAt(index);
      if (!row) break;
      const offset = row.place - (row.place % CHILD_PAGE);
      pages.set(`${offset} ${row.parent}`, { key: row.parent, offset });
    }
    return [...pages.values()];
  }

  /** Opens a branch that is a known item of an open one. Nothing happens to others. */
  open(key: string, parent: string): void {
    const within = this.#branches.get(parent);
    if (!within || this.#branches.has(key)) return;
    const place = this.#placeOf(within, key);
    if (place === -1 || !within.items.get(place)?.branch) return;
    const branch = branchOf<T>(key, within.level + 1);
    this.#branches.set(key, branch);
    within.opened = [...within.opened, { place, branch }].sort((a, b) => a.place - b.place);
  }

  /** Closes a branch and all in it. */
  close(key: string): void {
    const branch = this.#branches.get(key);
    if (!branch || key === '') return;
    for (const { branch: inner } of branch.opened) this.close(inner.key);
    this.#branches.delete(key);
    for (const other of this.#branches.values()) {
      other.opened = other.opened.filter(each => each.branch !== branch);
    }
  }

  /** Takes children that have come. A total that is another than before means another tree: what was known goes. */
  take(key: string, offset: number, { total, items }: TreePage<T>): void {
    const branch = this.#branches.get(key);
    if (!branch) return;
    if (branch.total !== null && branch.total !== total) {
      branch.items.clear();
      for (const { branch: inner } of branch.opened) this.close(inner.key);
    }
    branch.total = total;
    items.forEach((item, i) => {
      branch.items.set(offset + i, item);
    });
  }

  /** Those of {@link pagesAt} that nobody has. */
  missing(from: number, to: number): TreePlace[] {
    if (this.#root.total === null) return [{ key: '', offset: 0 }];
    return this.pagesAt(from, to).filter(({ key, offset }) => this.#lacks(key, offset));
  }

  /** The next known row after (or before) a place whose name begins with what was typed, going round; -1 when none does. */
  find(typed: string, from: number): number {
    const text = typed.toLocaleLowerCase();
    const count = Math.min(this.length, SEARCHED);
    for (let step = 0; step < count; step += 1) {
      const index = (from + step) % this.length;
      if (this.rowAt(index)?.item?.name.toLocaleLowerCase().startsWith(text)) return index;
    }
    return -1;
  }

  #lacks(key: string, offset: number): boolean {
    const branch = this.#branches.get(key);
    if (!branch) return false;
    const end = Math.min(branch.total ?? 1, offset + CHILD_PAGE);
    for (let place = offset; place < end; place += 1) if (!branch.items.has(place)) return true;
    return branch.total === null;
  }

  #placeOf(branch: Branch<T>, key: string): number {
    for (const [place, item] of branch.items) if (item.key === key) return place;
    return -1;
  }

  /** Place from the top of a branch's first child. */
  #topOf(branch: Branch<T>): number {
    if (branch.key === '') return 0;
    for (const parent of this.#branches.values()) {
      const own = parent.opened.find(each => each.branch === branch);
      if (!own) continue;
      const above = parent.opened.reduce(
        (sum, each) => (each.place < own.place ? sum + lengthOf(each.branch) : sum),
        0,
      );
      return this.#topOf(parent) + own.place + above + 1;
    }
    return 0;
  }

  #rowIn(branch: Branch<T>, index: number): TreeRow<T> {
    let rest = index;
    let before = 0;
    for (const { place, branch: inner } of branch.opened) {
      const own = place - before;
      if (rest <= own) break;
      const length = lengthOf(inner);
      if (rest <= own + length) return this.#rowIn(inner, rest - own - 1);
      rest -= own + 1 + length;
      before = place + 1;
    }
    const place = before + rest;
    const item = branch.items.get(place);
    return {
      item,
      level: branch.level + 1,
      open: item !== undefined && this.#branches.has(item.key),
      parent: branch.key,
      place,
      siblings: branch.total ?? 1,
    };
  }
}

/** Rows that typing looks through. */
const SEARCHED = 200_000;

function branchOf<T extends TreeItem>(key: string, level: number): Branch<T> {
  return { key, level, total: null, items: new Map(), opened: [] };
}

function lengthOf<T extends TreeItem>(branch: Branch<T>): number {
  return branch.opened.reduce((sum, { branch: inner }) => sum + lengthOf(inner), branch.total ?? 1);
}
