import type { Hash } from 'node:crypto';
import { type Sha256, sha256Stream } from './hash.ts';

/** What a Nix archive can hold. Owners, times and other permissions than "executable" are not in it. */
export type NarNode =
  | {
      readonly type: 'regular';
      readonly executable: boolean;
      /** Bytes that `copyTo` writes. */
      readonly size: number;
      copyTo(sink: { write(chunk: Uint8Array): void }): void;
    }
  | { readonly type: 'symlink'; readonly target: string }
  | { readonly type: 'directory'; entries(): Iterable<readonly [name: string, node: NarNode]> };

/**
 * The sha256 of the Nix archive (NAR) of a file or a tree, as `nix hash path` and `guix hash --serializer=nar` give it. Format:
 * E. Dolstra, The Purely Functional Software Deployment Model, 2006, figure 5.2; the Nix manual, "Nix Archive (NAR) format".
 * Every text is its length as 64 bits, low byte first, its bytes, and zeros to a multiple of eight; names stand in the order of
 * their bytes. Null when a file gave other than its size in bytes.
 */
export function narSha256(node: NarNode): Sha256 | null {
  const archive = new Archive();
  archive.text('nix-archive-1');
  archive.node(node);
  return archive.end();
}

class Archive {
  readonly #hash: Hash = sha256Stream();
  #whole = true;

  text(text: string): void {
    const bytes = Buffer.from(text);
    this.#length(bytes.length);
    this.#hash.update(bytes);
    this.#pad(bytes.length);
  }

  node(node: NarNode): void {
    for (const text of ['(', 'type', node.type]) this.text(text);
    if (node.type === 'symlink') for (const text of ['target', node.target]) this.text(text);
    else if (node.type === 'regular') this.#regular(node);
    else this.#directory(node);
    this.text(')');
  }

  end(): Sha256 | null {
    return this.#whole ? this.#hash.digest('hex') : null;
  }

  #regular(file: Extract<NarNode, { type: 'regular' }>): void {
    if (file.executable) for (const text of ['executable', '']) this.text(text);
    this.text('contents');
    this.#length(file.size);
    let size = 0;
    file.copyTo({
      write: chunk => {
        size += chunk.length;
        this.#hash.update(chunk);
      },
    });
    this.#whole &&= size === file.size;
    this.#pad(file.size);
  }

  #directory(folder: Extract<NarNode, { type: 'directory' }>): void {
    const entries = [...folder.entries()].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (const [name, node] of entries) {
      for (const text of ['entry', '(', 'name', name, 'node']) this.text(text);
      this.node(node);
      this.text(')');
    }
  }

  #length(value: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    this.#hash.update(bytes);
  }

  #pad(length: number): void {
    this.#hash.update(Buffer.alloc(-length & 7));
  }
}
