import type { BinaryStructureRow } from '../../contract/documents/structure.ts';
import { structureDocument, structureOf } from '../seed/index.ts';

/** Structures that are remembered. One has at most some megabytes. */
const KEPT = 8;

/** The structures that were asked for last. Bytes of one sha256 have one structure, in whichever case they are. */
export class Structures {
  readonly #known = new Map<string, BinaryStructureRow>();

  /** The structure of the bytes of this sha256, which are only read when it is not known. */
  of(sha256: string, read: () => Uint8Array): BinaryStructureRow {
    const structure = this.#known.get(sha256) ?? structureDocument(structureOf(read()));
    this.#known.delete(sha256);
    this.#known.set(sha256, structure);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return structure;
  }
}
