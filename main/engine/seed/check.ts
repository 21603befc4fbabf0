import { AssayError, sha256Of } from '../base/index.ts';
import type { SourceSyntax } from '../case/index.ts';
import { type Assembled, assembleSource } from './source/index.ts';
import { addressOf, loadedImage } from './structure/index.ts';

/** What a seed should be. */
export interface ExpectedSeed {
  readonly size: number;
  readonly sha256: string;
}

/** Whether bytes are exactly the seed that is expected. */
export function seedMatches(bytes: Uint8Array, expected: ExpectedSeed): boolean {
  return bytes.length === expected.size && sha256Of(bytes) === expected.sha256;
}

/** What came of assembling a seed's commented source. */
export interface SourceProof {
  readonly assembles: boolean;
  /** Why it does not, or null. */
  readonly problem: string | null;
}

/** A seed's source as a kit names it. */
export interface NamedSource {
  readonly path: string;
  readonly syntax: SourceSyntax;
}

/**
 * Assembles a seed's source, for the machine that the seed names and for where its first byte is loaded. Throws `hex0.*` and
 * `source.*`.
 */
export function assembleFor(seed: Uint8Array, source: Uint8Array, { path, syntax }: NamedSource): Assembled {
  const image = loadedImage(seed);
  const base = Number(addressOf(image, 0) ?? 0n);
  return assembleSource(source, path, { syntax, machine: image.machine, base });
}

/** Assembles a seed's source and compares the bytes with the seed's, one by one. */
export function proveSource(seed: Uint8Array, source: Uint8Array, named: NamedSource): SourceProof {
  try {
    const { bytes } = assembleFor(seed, source, named);
    if (Buffer.compare(bytes, seed) === 0) return { assembles: true, problem: null };
    const length = Math.min(bytes.length, seed.length);
    let at = 0;
    while (at < length && bytes[at] === seed[at]) at += 1;
    return {
      assembles: false,
      problem: `first difference at offset 0x${at.toString(16)}, ${bytes.length} bytes against ${seed.length}`,
    };
  } catch (error) {
    if (error instanceof AssayError)
      return { assembles: false, problem: `${error.message}, line ${error.where?.line ?? '?'}` };
    throw error;
  }
}
