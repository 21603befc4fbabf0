import type { ArtifactRow, FindingRow, Output } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';

type Seed = Output<'seed.list'>[number];

/** What a finding is about: the step that it leads to, the artifact, the seed and the place in it. */
export interface FindingPlace {
  readonly step: number | null;
  readonly artifact: ArtifactRow | null;
  readonly seed: Seed | null;
  readonly offset: number | null;
}

const NOWHERE: FindingPlace = { step: null, artifact: null, seed: null, offset: null };

/** Finds the place of a finding in the newest replay, by what it says it is about. */
export function useFindingPlace(finding: FindingRow | null): FindingPlace {
  const { value: artifacts } = useEngine('chain.artifacts', {});
  const { value: plan } = useEngine('chain.plan', {});
  const { value: seeds } = useEngine('seed.list', {});
  if (!finding) return NOWHERE;
  const { where, key } = finding;
  const artifact = artifacts?.find(each => each.path === where || key === `artifact:${each.path}`) ?? null;
  const named = plan?.steps.find(each => key.split(':').includes(each.id) || each.id === where);
  const [, name = where, at] = /^(.+) 0x([0-9A-F]+)(?:[–\s]|$)/.exec(where) ?? [];
  return {
    step: finding.step?.number ?? artifact?.step ?? named?.number ?? null,
    artifact,
    seed: seeds?.find(each => each.path === name || each.name === name) ?? null,
    offset: at === undefined ? null : Number.parseInt(at, 16),
  };
}
