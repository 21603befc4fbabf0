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
}

/** What stands beside a seed: what the chain rebuilt under its name, what the kit names when it is another, the other seeds. */
export function candidatesOf(
  { path, seed, expected, matches, name }: SeedRow,
  seeds: readonly SeedRow[],
  artifacts: readonly ArtifactRow[],
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
  return [...rebuilt, ...kit, ...others];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
