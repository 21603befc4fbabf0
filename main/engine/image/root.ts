import { posix } from 'node:path';
import type { ImageEntry } from './entry.ts';
import { WHITEOUT } from './layer.ts';
import type { ReadImage } from './read.ts';
import type { LayerEntry } from './read-layer.ts';

const OPAQUE = '.wh..wh..opq';
const FOLDER = { mode: 0o755, size: 0, sha256: null, target: null } as const;

interface Node {
  entry: ImageEntry | null;
  readonly children: Map<string, Node>;
}

/** What a container sees of an image: all its layers laid over one another, sorted by path. */
export function rootOf({ layers }: Pick<ReadImage, 'layers'>): ImageEntry[] {
  const top: Node = { entry: null, children: new Map() };
  for (const { entries } of layers) {
    // What a layer takes away is gone before it adds anything, in whatever order its tar says so.
    for (const { path } of entries) takeAway(top, path);
    for (const entry of entries) if (!posix.basename(entry.path).startsWith(WHITEOUT)) add(top, entry);
  }
  const all: ImageEntry[] = [];
  collect(top, all);
  return all;
}

function find(top: Node, path: string): Node | undefined {
  let node: Node | undefined = top;
  for (const part of path === '.' ? [] : path.split('/')) node = node?.children.get(part);
  return node;
}

function takeAway(top: Node, path: string): void {
  const name = posix.basename(path);
  if (!name.startsWith(WHITEOUT)) return;
  const folder = find(top, posix.dirname(path));
  if (name === OPAQUE) folder?.children.clear();
  else folder?.children.delete(name.slice(WHITEOUT.length));
}

function add(top: Node, entry: LayerEntry): void {
  const parts = entry.path.split('/');
  let node = top;
  for (const [depth, part] of parts.entries()) {
    let next = node.children.get(part);
    const within = depth < parts.length - 1;
    if (!next || (within && next.entry?.type !== 'directory')) {
      const path = parts.slice(0, depth + 1).join('/');
      next = { entry: { path, type: 'directory', ...FOLDER }, children: new Map() };
      node.children.set(part, next);
    }
    node = next;
  }
  if (entry.type !== 'directory') node.children.clear();
  const linked = entry.type === 'hardlink' ? find(top, posix.normalize(entry.target ?? ''))?.entry : null;
  if (entry.type === 'hardlink') node.entry = linked ? { ...linked, path: entry.path } : null;
  else node.entry = { ...entry, type: entry.type };
}

function collect(node: Node, all: ImageEntry[]): void {
  if (node.entry) all.push(node.entry);
  for (const name of [...node.children.keys()].sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )) {
    const child = node.children.get(name);
    if (child) collect(child, all);
  }
}
