import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { showCameToBe, useSubject } from '../../lineage/subject.ts';
import { go } from '../../location.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import type { FindingPlace } from './use-finding-place.ts';

interface FindingLinksProps {
  readonly finding: FindingRow;
  readonly place: FindingPlace;
}

/** Where a finding leads: the artifact's step, the file of the bundle, the seed. */
export function FindingLinks({ finding, place: { step, artifact, seed, offset } }: FindingLinksProps) {
  const { where } = finding;
  useSubject(artifact?.path ?? (where.includes('/') ? where.replace(/^\/+/, '').replace(/:\d+$/, '') : null));
  if (step === null && !seed) return null;
  return (
    <div className="finding-links">
      {step !== null && (
        <button type="button" className="as-link" onClick={() => openInChain(finding, step)}>
          Open in Chain: step {step}
          {finding.step?.program != null && ', the program'} <Kbd keys="C" />
        </button>
      )}
      {artifact && (
        <button
          type="button"
          className="as-link"
          onClick={() => showCameToBe({ path: artifact.path, replay: null, before: null })}
        >
          How it came to be <Kbd keys="Ctrl I" />
        </button>
      )}
      {seed && (
        <button
          type="button"
          className="as-link"
          onClick={() => go('seed', { seed: seed.name, ...(offset !== null && { offset }) })}
        >
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
