import type { NoticeSeverity, StructureNode, StructureNotice } from './node.ts';
import type { BinaryRecord } from './record.ts';
import { bytesOf, digitsOf, type FieldWords } from './words.ts';

/** Most nodes of one binary's structure. */
export const NODE_LIMIT = 20_000;

/** More parts of one kind than this are put into a node of their own. */
const ALONE = 4;

/** A node to be added; the file clips it. */
export interface NodePlan {
  readonly parent?: string | null;
  /** Its own among its parent's parts. */
  readonly key: string;
  readonly label: string;
  readonly value?: string | null;
  readonly meaning?: string | null;
  readonly offset: number;
  readonly length: number;
}

interface GrowingNode extends StructureNode {
  readonly notices: StructureNotice[];
}

/** The structure of a binary while it is being read. It never holds more than {@link NODE_LIMIT} nodes. */
export class StructureTree {
  readonly bytes: Uint8Array;
  readonly #nodes = new Map<string, GrowingNode>();
  #leftOut = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Nodes that were not added for the limit. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Adds a node, and gives its id. Beyond the limit it is only counted. */
  add({ parent = null, key, label, value = null, meaning = null, offset, length }: NodePlan): string {
    const id = parent === null ? key : `${parent}/${key}`;
    if (this.#nodes.size >= NODE_LIMIT) {
      this.#leftOut += 1;
      return id;
    }
    const at = Math.min(Math.max(offset, 0), this.bytes.length);
    const within = Math.max(0, Math.min(length, this.bytes.length - at));
    this.#nodes.set(id, { id, parent, label, value, meaning, offset: at, length: within, notices: [] });
    return id;
  }

  /** Says something of a node. Nothing happens when there is no such node. */
  notice(id: string, severity: NoticeSeverity, code: string, message: string): void {
    this.#nodes.get(id)?.notices.push({ code, severity, message });
  }

  /** Adds a record and its fields. */
  record<N extends string>(
    plan: Omit<NodePlan, 'offset' | 'length'>,
    record: BinaryRecord<N>,
    words: FieldWords<N>,
  ): string {
    const id = this.add({ ...plan, offset: record.offset, length: record.length });
    this.fields(id, record, words);
    return id;
  }

  /** Adds the fields of a record to a node. Fields that begin beyond the file are left out, and that is said. */
  fields<N extends string>(parent: string, record: BinaryRecord<N>, words: FieldWords<N>): void {
    for (const { name, offset, size, value } of record.fields) {
      if (offset >= this.bytes.length) continue;
      const raw = this.bytes.subarray(offset, offset + size);
      const cut = { value: digitsOf(raw), meaning: 'the file ends within it' };
      const said = raw.length < size ? cut : words[name](value ?? 0n, raw);
      this.add({ parent, key: name, label: name, ...said, offset, length: size });
    }
    const missing = record.offset + record.length - this.bytes.length;
    if (missing > 0) {
      this.notice(
        parent,
        'problem',
        'structure.cut-short',
        `the file ends ${bytesOf(missing)} before this does`,
      );
    }
  }

  /** The parent for parts of one kind: a few stand at the top, many in a node of their own. */
  group(
    key: string,
    label: string,
    parts: readonly { readonly offset: number; readonly length: number }[],
  ): string | null {
    if (parts.length <= ALONE) return null;
    const from = parts.reduce((least, part) => Math.min(least, part.offset), this.bytes.length);
    const to = parts.reduce((most, part) => Math.max(most, part.offset + part.length), 0);
    return this.add({ key, label, value: String(parts.length), offset: from, length: to - from });
  }

  /** All nodes, each after its parent; those at the top by their place in the file. */
  finish(): StructureNode[] {
    const parts = new Map<string | null, GrowingNode[]>();
    for (const node of this.#nodes.values()) {
      const siblings = parts.get(node.parent);
      if (siblings) siblings.push(node);
      else parts.set(node.parent, [node]);
    }
    parts.get(null)?.sort((a, b) => a.offset - b.offset);
    const nodes: StructureNode[] = [];
    const put = (parent: string | null) => {
      for (const node of parts.get(parent) ?? []) {
        nodes.push(node);
        put(node.id);
      }
    };
    put(null);
    return nodes;
  }
}
