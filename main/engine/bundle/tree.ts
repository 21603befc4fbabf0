import type { BundleEntry } from '../case/index.ts';

/** A folder or file of a bundle as a person walks through it. Folders that only follow from paths are there too. */
export interface TreeNode {
  readonly name: string;
  readonly path: string;
  /** Null for a folder that the archive has no entry for. */
  readonly entry: BundleEntry | null;
  /** Folders first, then by name; null for what is no folder. */
  readonly children: readonly TreeNode[] | null;
  /** Files in it, at any depth; 1 for a file. */
  readonly files: number;
  /** Bytes of their contents. */
  readonly bytes: number;
  /** How many entries in it, itself included, import flagged. */
  readonly flagged: number;
}

/** A bundle's entries as a tree that is made once and then answers at once; some 200 bytes an entry. */
export class BundleTree {
  readonly root: TreeNode;
  readonly #byPath = new Map<string, TreeNode>();

  constructor(entries: Iterable<BundleEntry>) {
    const folders = new Map<string, Growing>();
    const root: Growing = { name: '', path: '', entry: null, children: [] };
    folders.set('', root);
    for (const entry of entries) {
      const parent = folderAt(folders, parentOf(entry.path));
      if (entry.type === 'directory') folderAt(folders, entry.path).entry = entry;
      else parent.children?.push({ name: nameOf(entry.path), path: entry.path, entry, children: null });
    }
    this.root = this.#finish(root);
  }

  /** The node at a path, `''` for the root; undefined when there is none. */
  get(path: string): TreeNode | undefined {
    return this.#byPath.get(path);
  }

  /** Every node but the root, in no particular order. */
  nodes(): Iterable<TreeNode> {
    return this.#byPath.values();
  }

  /** Depth of paths is bounded by their length, at most some 2,000 parts. */
  #finish(node: Growing): TreeNode {
    const children = node.children?.map(child => this.#finish(child)).sort(inOrder) ?? null;
    const { entry } = node;
    const sum = (of: (child: TreeNode) => number) =>
      children?.reduce((all, child) => all + of(child), 0) ?? 0;
    const isFile = entry?.type === 'file' || entry?.type === 'hardlink';
    const finished: TreeNode = {
      name: node.name,
      path: node.path,
      entry,
      children,
      files: sum(child => child.files) + (isFile ? 1 : 0),
      bytes: sum(child => child.bytes) + (entry?.size ?? 0),
      flagged: sum(child => child.flagged) + (entry && entry.flags.length > 0 ? 1 : 0),
    };
    this.#byPath.set(node.path, finished);
    return finished;
  }
}

interface Growing {
  readonly name: string;
  readonly path: string;
  entry: BundleEntry | null;
  readonly children: Growing[] | null;
}

function folderAt(folders: Map<string, Growing>, path: string): Growing {
  const known = folders.get(path);
  if (known) return known;
  const folder: Growing = { name: nameOf(path), path, entry: null, children: [] };
  folders.set(path, folder);
  folderAt(folders, parentOf(path)).children?.push(folder);
  return folder;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function inOrder(a: TreeNode, b: TreeNode): number {
  return Number(a.children === null) - Number(b.children === null) || (a.name < b.name ? -1 : 1);
}
