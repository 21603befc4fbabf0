import type { StructureNodeRow, StructureNoticeRow } from '../../../main/contract/requests/index.ts';
import type { ByteRange } from '../hex/byte-source.ts';
import type { TreeItem } from '../tree/tree-model.ts';

export type NoticeSeverity = StructureNoticeRow['severity'];

/** A part of the structure as the tree shows it. */
export interface StructureItem extends TreeItem {
  readonly node: StructureNodeRow;
  readonly parent: string;
  /** From 1 at the top. */
  readonly depth: number;
  /** The gravest that is said of it or of anything in it; null when nothing is. */
  readonly gravest: NoticeSeverity | null;
}

/** A name of a place in the code. */
export interface CodeName {
  readonly offset: number;
  readonly name: string;
}

const GRAVITY: Record<NoticeSeverity, number> = { note: 1, unusual: 2, problem: 3 };

/** The branch of the structure that holds what is executable. */
const CODE = 'code';

/** The structure of a binary, ready to be walked. The root's key is `''`. */
export class StructureModel {
  readonly #items = new Map<string, StructureItem>();
  readonly #children = new Map<string, StructureItem[]>();

  constructor(nodes: readonly StructureNodeRow[], names: readonly CodeName[] = []) {
    const all = withNames(nodes, names);
    const parents = new Set(all.map(({ parent }) => parent));
    const gravest = new Map<string, NoticeSeverity>();
    // Parts come after what they are parts of, so from the end each is done before its parent. Most have nothing said of them.
    for (let i = all.length - 1; i >= 0; i -= 1) {
      const { id, parent, notices } = all[i] as StructureNodeRow;
      const inner = gravest.get(id);
      if (notices.length === 0 && !inner) continue;
      const worst = graver([...notices.map(({ severity }) => severity), inner ?? null]);
      if (!worst) continue;
      gravest.set(id, worst);
      if (parent !== null) gravest.set(parent, graver([gravest.get(parent) ?? null, worst]) ?? worst);
    }
    for (const node of all) {
      const parent = node.parent ?? '';
      const item = {
        key: node.id,
        name: node.label,
        branch: parents.has(node.id),
        node,
        parent,
        depth: (this.#items.get(parent)?.depth ?? 0) + 1,
        gravest: gravest.get(node.id) ?? null,
      };
      this.#items.set(node.id, item);
      const siblings = this.#children.get(parent);
      if (siblings) siblings.push(item);
      else this.#children.set(parent, [item]);
    }
  }

  get size(): number {
    return this.#items.size;
  }

  item(key: string): StructureItem | undefined {
    return this.#items.get(key);
  }

  children(key: string): readonly StructureItem[] {
    return this.#children.get(key) ?? [];
  }

  /** Keys from the top down to a part, itself last. */
  pathTo(key: string): string[] {
    const path: string[] = [];
    for (let item = this.#items.get(key); item; item = this.#items.get(item.parent)) path.unshift(item.key);
    return path;
  }

  /** The deepest part that holds all of some bytes, of several the smallest; null when none does. */
  deepest({ start, end }: ByteRange): StructureItem | null {
    const last = Math.max(end, start + 1);
    let found: StructureItem | null = null;
    for (const item of this.#items.values()) {
      const { offset, length } = item.node;
      if (offset > start || offset + length < last) continue;
      const depth = item.depth - (found?.depth ?? 0);
      if (!found || depth > 0 || (depth === 0 && length < found.node.length)) found = item;
    }
    return found;
  }

  /** How many of each are said of the whole. */
  counts(): Record<NoticeSeverity, number> {
    const counts = { problem: 0, unusual: 0, note: 0 };
    for (const { node } of this.#items.values())
      for (const { severity } of node.notices) counts[severity] += 1;
    return counts;
  }

  /** The next part after one that something of a severity is said of, going round; null when nothing is. */
  nextNotice(after: string | null): StructureItem | null {
    const items = [...this.#items.values()];
    const from = items.findIndex(({ key }) => key === after);
    const order = [...items.slice(from + 1), ...items.slice(0, from + 1)];
    return order.find(({ node }) => node.notices.length > 0) ?? null;
  }
}

/** The gravest of several. */
export function graver(severities: readonly (NoticeSeverity | null)[]): NoticeSeverity | null {
  let found: NoticeSeverity | null = null;
  for (const severity of severities)
    if (severity && (!found || GRAVITY[severity] > GRAVITY[found])) found = severity;
  return found;
}

/** The structure with names of places in the code: each part of the code reaches to the next name. */
function withNames(nodes: readonly StructureNodeRow[], names: readonly CodeName[]): StructureNodeRow[] {
  if (names.length === 0) return [...nodes];
  const sorted = [...names].sort((a, b) => a.offset - b.offset);
  const inside = nodes.filter(({ id }) => id === CODE || id.startsWith(`${CODE}/`));
  const parents = new Set(inside.map(({ parent }) => parent));
  const ends = new Set(inside.filter(({ id }) => !parents.has(id)));
  return nodes.flatMap(node => (ends.has(node) ? [node, ...namedParts(node, sorted)] : [node]));
}

function namedParts(code: StructureNodeRow, names: readonly CodeName[]): StructureNodeRow[] {
  const end = code.offset + code.length;
  const own = names.filter(({ offset }) => offset >= code.offset && offset < end);
  return own.map(({ offset, name }, i) => ({
    id: `${code.id}/at-${offset}-${i}`,
    parent: code.id,
    label: name,
    value: null,
    meaning: null,
    offset,
    length: (own.slice(i + 1).find(next => next.offset > offset)?.offset ?? end) - offset,
    notices: [],
  }));
}

/** `1 problem, 2 unusual, 2 notes`; empty when nothing is said. */
export function countsText({ problem, unusual, note }: Record<NoticeSeverity, number>): string {
  const words = [
    [problem, problem === 1 ? 'problem' : 'problems'],
    [unusual, 'unusual'],
    [note, note === 1 ? 'note' : 'notes'],
  ] as const;
  return words
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
