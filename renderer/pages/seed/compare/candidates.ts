import type { ArtifactRow, Input, Output } from '../../../../main/contract/requests/index.ts';

type SeedRow = Output<'seed.list'>[number];

/** What a seed is compared with. */
export interface Compared {
  readonly sides: Input<'difference.bytes'>;
  /** What the other side is called. */
  readonly name: string;
}

/** Something of the case that a seed can be compared with. */
export interface Candidate {
  readonly key: string;
  readonly name: string;
  /** What it is, in words. */
  readonly what: string;
  readonly sha256: string;
  /** Null where the case does not have its bytes. */
  readonly size: number | null;
  /** The file of annotations that has its bytes, by its hash; it is compared by that. */
  readonly within?: string;
}

/** The sides of a comparison with a candidate. */
export function sidesOf(seed: string, { sha256, within }: Candidate): Compared['sides'] {
  return within === undefined ? { a: seed, b: sha256 } : { a: seed, b: within, seedInB: true };
}

/**
 * What stands beside a seed: what the chain rebuilt under its name, what the kit names when it is another, the other seeds, and those that
 * annotations were made for which somebody took over.
 */
export function candidatesOf(
  { path, seed, expected, matches, name }: SeedRow,
  seeds: readonly SeedRow[],
  artifacts: readonly ArtifactRow[],
  imports: Output<'seed.imports'> = [],
): Candidate[] {
  const rebuilt = artifacts.flatMap((artifact): Candidate[] =>
    artifact.sha256 === null || (artifact.path !== path && nameOf(artifact.path) !== nameOf(path))
      ? []
      : [
          {
            key: `artifact ${artifact.path}`,
            name: artifact.path,
            what: artifact.sha256 === seed.sha256 ? 'rebuilt by the chain, the same' : 'rebuilt by the chain',
            sha256: artifact.sha256,
            size: artifact.size,
          },
        ],
  );
  const kit: Candidate[] =
    matches !== false || !expected
      ? []
      : [
          {
            key: 'kit',
            name,
            what: 'the one that the kit names; its bytes have to be given',
            sha256: expected.sha256,
            size: null,
          },
        ];
  const others = seeds
    .filter(each => each.seed.sha256 !== seed.sha256)
    .map(each => ({
      key: `seed ${each.name}`,
      name: each.name,
      what: 'another seed of this case',
      sha256: each.seed.sha256,
      size: each.seed.size,
    }));
  const earlier = imports.filter(each => each.seed.bytes && each.seed.sha256 !== seed.sha256);
  const reviewed = earlier.map(each => ({
    key: `annotations ${each.event}`,
    name: `${each.seed.name} of ${each.name}`,
    what: 'the one that these annotations were made for',
    sha256: each.seed.sha256,
    size: each.seed.size,
    within: each.sha256,
  }));
  return [...rebuilt, ...kit, ...others, ...reviewed];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
