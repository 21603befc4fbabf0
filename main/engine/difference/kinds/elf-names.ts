import type { DifferencePart } from '../../../contract/documents/difference.ts';
import { type StructureNode, SymbolPlaces, structureOf } from '../../seed/index.ts';
import type { Bytes } from '../bytes.ts';

/** Fields that are listed of one table. */
const FIELDS = 40;

/** What names the bytes of one ELF file: its symbols and its tables, each read when first asked for. */
export class ElfNames {
  readonly #bytes: Bytes;
  #symbols: SymbolPlaces | null = null;
  #tables: Map<string, StructureNode[]> | null = null;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  /** `function main + 0x12`; null for a byte that no symbol has. */
  symbolAt(offset: number): { readonly name: string; readonly text: string } | null {
    this.#symbols ??= new SymbolPlaces(this.#bytes.read(0, this.#bytes.size));
    const place = this.#symbols.at(offset);
    if (!place) return null;
    const name = `${place.kind} ${place.name}`;
    return {
      name,
      text: place.within === 0 ? name : `${name} + 0x${place.within.toString(16).toUpperCase()}`,
    };
  }

  /** The entries of a section that is a table, by what they are called. */
  entriesOf(section: number): Map<string, string> {
    this.#tables ??= byParent(structureOf(this.#bytes.read(0, this.#bytes.size)).nodes);
    const nodes =
      this.#tables.get(`data/section-${section}`) ?? this.#tables.get(`code/section-${section}`) ?? [];
    const counts = new Map<string, number>();
    return new Map(
      nodes.map(node => {
        const [name, text] = said(node);
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        return [count === 1 ? name : `${name} (${count})`, text];
      }),
    );
  }
}

function byParent(nodes: readonly StructureNode[]): Map<string, StructureNode[]> {
  const parts = new Map<string, StructureNode[]>();
  for (const node of nodes) {
    const parent = node.parent ?? '';
    const siblings = parts.get(parent);
    if (siblings) siblings.push(node);
    else parts.set(parent, [node]);
  }
  return parts;
}

/** What an entry of a table is called, and what it says. */
function said({ id, label, value, meaning }: StructureNode): [name: string, text: string] {
  const kind = id.slice(id.lastIndexOf('/') + 1).replace(/-\d+$/, '');
  if (kind === 'note') return [`note ${value ?? label}`, meaning ?? ''];
  if (kind === 'symbol') return [label, `${value}, ${meaning}`];
  if (kind === 'relocation')
    return [(meaning ?? '').replace('changes', 'relocation at'), `${label} ${value ?? ''}`.trim()];
  return [label, value ?? ''];
}

/** The entries of two tables that differ; what only one has is empty in the other. */
export function differentEntries(
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): { readonly fields: DifferencePart['fields']; readonly count: number } {
  const names = new Set([...a.keys(), ...b.keys()]);
  const fields = [...names]
    .map(name => ({ name, a: a.get(name) ?? '', b: b.get(name) ?? '' }))
    .filter(field => field.a !== field.b || a.has(field.name) !== b.has(field.name));
  return { fields: fields.slice(0, FIELDS), count: fields.length };
}
