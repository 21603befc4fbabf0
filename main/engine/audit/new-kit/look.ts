import { posix } from 'node:path';
import { AssayError, sha256Of } from '../../base/index.ts';
import type { Bundle } from '../../bundle/index.ts';
import type { BundleEntry } from '../../case/index.ts';
import { type KitDescription, readSha256Sums } from '../../chain/index.ts';
import { assembleHex0 } from '../../seed/index.ts';
import { readElf } from './elf.ts';

export type Architecture = KitDescription['kit']['architecture'];

/** A binary of a bundle that may be a seed. */
export interface SeedCandidate {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Null for what is no ELF file. */
  readonly architecture: Architecture | null;
  /** The hex0 source that assembles to exactly it; null for none. */
  readonly source: string | null;
}

/** What a bundle holds that a kit may speak of. Paths in the order of the bundle's. */
export interface BundleLook {
  /** Those with a source first, then by size. */
  readonly seeds: readonly SeedCandidate[];
  readonly scripts: readonly string[];
  readonly containerfiles: readonly string[];
  /** StageX package files. */
  readonly packages: readonly string[];
  /** Files as sha256sum writes them, with the paths that they name. */
  readonly published: readonly { readonly path: string; readonly names: readonly string[] }[];
}

/** Bytes of the largest ELF file, and of the largest flat binary, that is taken for a seed. */
const ELF_LIMIT = 64 << 10;
const FLAT_LIMIT = 16 << 10;
/** Bytes of the largest source and the largest list of hashes that is read, and of all that are read. */
const TEXT_LIMIT = 1 << 20;
const READ_LIMIT = 256 << 20;
/** Seeds that are offered. */
const SEEDS_LIMIT = 200;

/** Looks through a bundle once for what a kit may speak of. Reads small files alone, and no more than so many bytes of them. */
export function lookAt(bundle: Bundle): BundleLook {
  const look = new Look(bundle);
  for (const entry of bundle.entries()) if (entry.type === 'file') look.at(entry);
  return look.result();
}

class Look {
  readonly #bundle: Bundle;
  readonly #binaries: SeedCandidate[] = [];
  /** Sources by the sha256 of what they assemble to. */
  readonly #assembled = new Map<string, string[]>();
  readonly #scripts: string[] = [];
  readonly #containerfiles: string[] = [];
  readonly #packages: string[] = [];
  readonly #published: { path: string; names: string[] }[] = [];
  #read = 0;

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
  }

  at(entry: BundleEntry): void {
    const { path, kind, size } = entry;
    const name = posix.basename(path);
    if (kind === 'elf' && size <= ELF_LIMIT) this.#elf(entry);
    else if (kind === 'binary' && size <= FLAT_LIMIT) this.#binary(entry, null);
    if (kind !== 'text' && kind !== 'script') return;
    if (/^kaem\.|\.kaem$/.test(name)) this.#scripts.push(path);
    if (/^(Containerfile|Dockerfile)(\.|$)|\.(Containerfile|Dockerfile)$/i.test(name))
      this.#containerfiles.push(path);
    if (name === 'package.toml') this.#packages.push(path);
    if (/hex0/.test(name)) this.#source(entry);
    else if (size >= 67) this.#hashes(entry);
  }

  result(): BundleLook {
    const seeds = this.#binaries
      .map(seed => ({ ...seed, source: nearestTo(seed.path, this.#assembled.get(seed.sha256) ?? []) }))
      .filter(({ architecture, source }) => architecture !== null || source !== null)
      .sort((a, b) => Number(a.source === null) - Number(b.source === null) || a.size - b.size);
    return {
      seeds: seeds.slice(0, SEEDS_LIMIT),
      scripts: this.#scripts,
      containerfiles: this.#containerfiles,
      packages: this.#packages,
      published: this.#published,
    };
  }

  #elf(entry: BundleEntry): void {
    const bytes = this.#content(entry, ELF_LIMIT);
    const elf = bytes && readElf(bytes);
    if (elf?.isProgram && elf.isStatic) this.#binary(entry, elf.architecture);
  }

  #binary({ path, size, sha256 }: BundleEntry, architecture: Architecture | null): void {
    if (sha256 !== null) this.#binaries.push({ path, size, sha256, architecture, source: null });
  }

  #source(entry: BundleEntry): void {
    const text = this.#content(entry, TEXT_LIMIT);
    if (!text) return;
    try {
      const sha256 = sha256Of(assembleHex0(text, entry.path).bytes);
      this.#assembled.set(sha256, [...(this.#assembled.get(sha256) ?? []), entry.path]);
    } catch (error) {
      // A source in another language, or of a later stage.
      if (!(error instanceof AssayError)) throw error;
    }
  }

  #hashes(entry: BundleEntry): void {
    if (!/sha256|sums?\b|answers|digest|checksum|hash/i.test(entry.path)) return;
    const bytes = this.#content(entry, TEXT_LIMIT);
    if (!bytes) return;
    try {
      const names = readSha256Sums({ path: entry.path, bytes }).map(({ path }) => path);
      if (names.length > 0) this.#published.push({ path: entry.path, names });
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
    }
  }

  #content({ path, size }: BundleEntry, limit: number): Buffer | null {
    if (size > limit || this.#read + size > READ_LIMIT) return null;
    this.#read += size;
    return this.#bundle.read(path, limit);
  }
}

/** Of several paths the one that lies nearest to a file: the longest way that both share; null for none. */
function nearestTo(file: string, paths: readonly string[]): string | null {
  const parts = file.split('/');
  const shared = (path: string) => {
    const others = path.split('/');
    const at = parts.findIndex((part, i) => part !== others[i]);
    return at < 0 ? parts.length : at;
  };
  return paths.reduce<string | null>(
    (best, path) => (best === null || shared(path) > shared(best) ? path : best),
    null,
  );
}
