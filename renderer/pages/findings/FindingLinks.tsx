import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { showCameToBe, useSubject } from '../../lineage/subject.ts';
import { go } from '../../location.ts';

/** Where a finding leads: the artifact's step, the file of the bundle, the seed. */
export function FindingLinks({ finding }: { readonly finding: FindingRow }) {
  const { value: artifacts } = useEngine('chain.artifacts', {});
  const { value: plan } = useEngine('chain.plan', {});
  const { value: seeds } = useEngine('seed.list', {});
  const { where, key } = finding;
  const artifact = artifacts?.find(each => each.path === where || key === `artifact:${each.path}`);
  const step =
    finding.step?.number ??
    artifact?.step ??
    plan?.steps.find(each => key.split(':').includes(each.id) || each.id === where)?.number;
  useSubject(artifact?.path ?? (where.includes('/') ? where.replace(/^\/+/, '').replace(/:\d+$/, '') : null));
  const [, named = where, at] = /^(.+) 0x([0-9A-F]+)(?:[–\s]|$)/.exec(where) ?? [];
  const seed = seeds?.find(each => each.path === named || each.name === named);
  const offset = at === undefined ? {} : { offset: Number.parseInt(at, 16) };
  if (step === undefined && !seed) return null;
  return (
    <div className="finding-links">
      {step !== undefined && step !== null && (
        <button type="button" className="as-link" onClick={() => openInChain(finding, step)}>
          Open in Chain: step {step}
          {finding.step?.program != null && ', the program'}
        </button>
      )}
      {artifact && (
        <button
          type="button"
          className="as-link"
          onClick={() => showCameToBe({ path: artifact.path, replay: null, before: null })}
        >
          How it came to be
        </button>
      )}
      {seed && (
        <button type="button" className="as-link" onClick={() => go('seed', { seed: seed.name, ...offset })}>
          Seed {seed.name}
        </button>
      )}
    </div>
  );
}

/** Opens the step that a finding is about, at the program where it names one. */
export function openInChain(finding: FindingRow, step: number): void {
  const program = finding.step?.program ?? null;
  go('chain', { step, ...(program !== null && { program }) });
}
