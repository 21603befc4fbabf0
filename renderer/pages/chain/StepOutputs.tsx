import type { Output } from '../../../main/contract/requests/index.ts';
import { bytes, counted, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { DifferenceOf } from '../../viewers/difference/index.ts';
import { markOf } from './rows.ts';

type Step = Output<'chain.step'>;

/** Rows of a list in the pane; the whole list is in the step's record, which leaves with the report. */
const SHOWN = 200;

interface StepOutputsProps {
  readonly step: Step;
  readonly running: boolean;
}

/** What a step wrote, with what somebody expected of it, and what it was to write and did not. */
export function StepOutputs({ step, running }: StepOutputsProps) {
  const { artifacts, outputs, plannedOutputs, refused, row } = step;
  const others = outputs.filter(file => !artifacts.some(artifact => artifact.path === file.path));
  const known = new Set([...artifacts, ...outputs].map(file => file.path));
  const unwritten = plannedOutputs.filter(path => !known.has(path));
  const ran = row.outcome === 'done' || row.outcome === 'failed';
  if (artifacts.length + outputs.length + plannedOutputs.length + refused.length === 0) return null;
  return (
    <section>
      <header className="panehead">
        <h2>Outputs</h2>
        <span className="t2">
          {ran ? `${counted(outputs.length, 'file')} written` : 'as the plan says, not written yet'}
        </span>
      </header>
      {artifacts.map(artifact => (
        <div className="pane-part" key={artifact.path}>
          <dl className="facts">
            <dt>File</dt>
            <dd>
              <Inert text={artifact.path} />
              {artifact.size !== null && <span className="t3"> {bytes(artifact.size)}</span>}
            </dd>
            {artifact.expectations.map(expected => (
              <Expected
                key={`${expected.source} ${expected.origin.file}:${expected.origin.line}`}
                expected={expected}
                path={artifact.path}
                actual={artifact.sha256}
              />
            ))}
            {artifact.expectations.length === 0 && (
              <>
                <dt>Expected</dt>
                <dd className="t2">nobody published a hash</dd>
              </>
            )}
            <dt>Actual</dt>
            <dd>
              {artifact.sha256 ? (
                <Hash value={artifact.sha256} digits={24} />
              ) : ran ? (
                'not written'
              ) : (
                'not written yet'
              )}
            </dd>
            <dt>Verdict</dt>
            <dd>
              <Verdict name={running ? 'running' : (markOf(artifact) ?? 'none')} />
              {artifact.waiver && (
                <span className="t2">
                  {' '}
                  by <Inert text={artifact.waiver.by} prose />: <Inert text={artifact.waiver.reason} prose />
                </span>
              )}
            </dd>
          </dl>
        </div>
      ))}
      {others.length + refused.length + unwritten.length > 0 && (
        <ul className="chain-list">
          {others.slice(0, SHOWN).map(file => (
            <li key={file.path}>
              <span className="grow cut">
                <Inert text={file.path} cut />
              </span>
              <span className="t3 nowrap">{file.type === 'file' ? bytes(file.size) : file.type}</span>
              {file.sha256 && <Hash value={file.sha256} />}
            </li>
          ))}
          {others.length > SHOWN && <li className="t3">and {number(others.length - SHOWN)} more</li>}
          {unwritten.slice(0, SHOWN).map(path => (
            <li key={path}>
              <span className="grow cut">
                <Inert text={path} cut />
              </span>
              {ran ? (
                <Verdict name="question">planned, not written</Verdict>
              ) : (
                <span className="t3 nowrap">planned</span>
              )}
            </li>
          ))}
          {refused.map(file => (
            <li key={file.path}>
              <Verdict name="failed">refused</Verdict>
              <span className="grow cut">
                <Inert text={file.path} cut />
              </span>
              <span className="t2 nowrap">{file.reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface ExpectedProps {
  readonly expected: Step['artifacts'][number]['expectations'][number];
  readonly path: string;
  /** What the replay left; null when it is not there. */
  readonly actual: string | null;
}

function Expected({ expected, path, actual }: ExpectedProps) {
  const { source, origin, sha256 } = expected;
  return (
    <>
      <dt>Expected</dt>
      <dd>
        <Hash value={sha256} digits={24} />
        <div className="t3">
          by {source}, <Inert text={`${origin.file}:${origin.line}`} />
        </div>
        {actual !== null && actual !== sha256 && (
          <DifferenceOf path={path} expected={expected} actual={actual} />
        )}
      </dd>
    </>
  );
}
