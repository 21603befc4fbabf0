import type { ArtifactRow } from '../../../main/contract/requests/index.ts';
import { counted, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import type { MarkName } from '../../parts/Mark.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { DifferenceOf } from '../../viewers/difference/index.ts';

/** The file that a finding is about: its verdict, who wrote it, what it is, and what somebody expected, with the way to the bytes that differ. */
export function ArtifactFacts({ artifact }: { readonly artifact: ArtifactRow }) {
  const { path, step, size, sha256, verdict, expectations } = artifact;
  return (
    <>
      {verdict !== null && (
        <>
          <dt>Verdict</dt>
          <dd>
            <Verdict name={MARKS[verdict]} />
          </dd>
        </>
      )}
      {step !== null && (
        <>
          <dt>Written by</dt>
          <dd>step {number(step)}</dd>
        </>
      )}
      {sha256 !== null && (
        <>
          <dt>sha256</dt>
          <dd>
            <Hash value={sha256} digits={64} />
          </dd>
        </>
      )}
      {size !== null && (
        <>
          <dt>Size</dt>
          <dd>{counted(size, 'byte')}</dd>
        </>
      )}
      <dt>Expected by</dt>
      {expectations.length === 0 && <dd className="t2">nobody: its hash was not published</dd>}
      {expectations.map(expected => (
        <dd
          key={`${expected.source} ${expected.origin.file}:${expected.origin.line}`}
          className="finding-expected"
        >
          {expected.source}, <Inert text={`${expected.origin.file}:${expected.origin.line}`} />
          {sha256 !== expected.sha256 && (
            <div>
              <Hash value={expected.sha256} digits={64} />
            </div>
          )}
          {sha256 !== null && sha256 !== expected.sha256 && (
            <DifferenceOf path={path} expected={expected} actual={sha256} />
          )}
        </dd>
      ))}
    </>
  );
}

const MARKS: Record<NonNullable<ArtifactRow['verdict']>, MarkName> = {
  reproduced: 'reproduced',
  differs: 'differs',
  waived: 'waived',
  missing: 'missing',
  unexpected: 'unexpected',
  'not-run': 'notrun',
};
