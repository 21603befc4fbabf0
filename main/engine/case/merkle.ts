import { createHash } from 'node:crypto';

/** The hash of one entry of a log, RFC 6962 section 2.1: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(entry).digest();
}

/** The hash of two subtrees, RFC 6962 section 2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}

/**
 * A Merkle tree that only grows (RFC 6962). It keeps the roots of the perfect subtrees, largest first,
 * so that adding a leaf costs one hash on average and no history.
 */
export class MerkleTree {
  #peaks: { height: number; hash: Buffer }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf by its hash (see {@link leafHash}). */
  add(leaf: Buffer): void {
    let node = { height: 0, hash: leaf };
    for (let last = this.#peaks.at(-1); last?.height === node.height; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      node = { height: node.height + 1, hash: nodeHash(last.hash, node.hash) };
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  /** The root of all leaves so far; of no leaves it is SHA-256 of nothing. */
  root(): Buffer {
    const last = this.#peaks.at(-1);
    if (!last) return createHash('sha256').digest();
    return this.#peaks.slice(0, -1).reduceRight((right, peak) => nodeHash(peak.hash, right), last.hash);
  }

  /** A tree that grows apart from this one. */
  copy(): MerkleTree {
    const other = new MerkleTree();
    other.#peaks = [...this.#peaks];
    other.#size = this.#size;
    return other;
  }
}
