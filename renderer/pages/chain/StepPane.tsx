import { Button } from '@blueprintjs/core';
import { RepeatIcon } from '@blueprintjs/icons';
import { useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { leaveAtOnce, PathFile } from '../../lineage/PathFile.tsx';
import { go } from '../../location.ts';
import { bytes, counted, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { asked } from '../../replay/shown.ts';
import { DifferenceOf } from '../../viewers/difference/index.ts';
import { CameToBe } from './CameToBe.tsx';
import { RanAlone } from './RanAlone.tsx';
import { markOf } from './rows.ts';
import { SeenPrograms } from './SeenPrograms.tsx';
import { StepFailure } from './StepFailure.tsx';
import { StepLog } from './StepLog.tsx';

type Step = Output<'chain.step'>;

interface StepPaneProps {
  readonly number: number;
  /** Of which replay; null for the newest. */
  readonly replay: number | null;
}

/** One step: where it stands in the description, how it was started, what went in, what came out, what ran, its log. */
export function StepPane({ number: step, replay }: StepPaneProps) {
  const { value, problem } = useEngine('chain.step', { number: step, ...asked(replay) });
  const [alone, setAlone] = useState<Output<'replay.only'> | null>(null);
  if (problem) return <ProblemPanel title="The step cannot be shown" problem={problem} />;
  if (!value) return null;
  const { row } = value;
  const rerun = async () =>
    setAlone((await attempt('The step did not run', () => ask('replay.only', { number: step }))) ?? null);
  return (
    <div className="pane-body">
      <header className="panehead">
        <h2 className="nowrap">Step {row.number}</h2>
        <span className="t2 cut grow">
          <Inert text={row.title} prose cut />
        </span>
        {row.action === 'run' && row.outcome !== 'not-run' && (
          <Button size="small" variant="minimal" icon={<RepeatIcon />} onClick={() => void rerun()}>
            Run alone
          </Button>
        )}
      </header>
      {alone && <RanAlone alone={alone} onClose={() => setAlone(null)} />}
      {value.failure && <StepFailure step={value} failure={value.failure} />}
      <Start step={value} />
      <Inputs step={value} />
      <Outputs step={value} />
      {row.action === 'run' && row.outcome !== 'not-run' && <SeenPrograms step={value} replay={replay} />}
      {value.artifacts[0] && <CameToBe path={value.artifacts[0].path} replay={replay} />}
      <StepLog step={value} />
    </div>
  );
}

function Start({ step }: { readonly step: Step }) {
  const { row, argv, cwd, environment, root, end, reused, exhibit } = step;
  return (
    <section className="pane-part">
      <dl className="facts">
        <dt>From</dt>
        <dd>
          <button
            type="button"
            className="as-link"
            onClick={() => go('bundle', { path: row.origin.file, line: row.origin.line })}
          >
            <Inert text={`${row.origin.file}:${row.origin.line}`} />
          </button>
        </dd>
        {argv.length > 0 && (
          <>
            <dt>argv</dt>
            <dd>
              {argv.map((word, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: words of one command line have no other name
                <span key={i}>
                  <Inert text={word} />{' '}
                </span>
              ))}
            </dd>
            <dt>cwd</dt>
            <dd>
              <Inert text={cwd ?? '/'} />
              {root !== null && (
                <span className="t3">
                  {' '}
                  in <Inert text={root} />
                </span>
              )}
            </dd>
            <dt>env</dt>
            <dd>
              {environment.length === 0
                ? 'empty'
                : environment.map(([name, value]) => (
                    <div key={name}>
                      <Inert text={`${name}=${value}`} />
                    </div>
                  ))}
            </dd>
          </>
        )}
        {row.action !== 'run' && (
          <>
            <dt>Action</dt>
            <dd>{row.action}, done by the workstation itself</dd>
          </>
        )}
        {end && (
          <>
            <dt>End</dt>
            <dd>{end}</dd>
          </>
        )}
        {reused && (
          <>
            <dt>Taken over</dt>
            <dd>
              from step {number(reused.number)} of replay {number(reused.replay)}: it did not run again
            </dd>
          </>
        )}
        {exhibit && (
          <>
            <dt>Record</dt>
            <dd>
              <Inert text={exhibit} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Inputs({ step: { inputs, row } }: { readonly step: Step }) {
  if (inputs.length === 0) return null;
  const sources = inputs.filter(({ kind }) => kind === 'source');
  const open = sources.filter(({ reviewers }) => reviewers.length === 0).length;
  return (
    <section>
      <header className="panehead">
        <h2>Inputs</h2>
        <span className="t2 cut">
          {sources.length === 0
            ? 'where each came from'
            : `${counted(sources.length, 'source')}, ${number(open)} not reviewed`}
        </span>
      </header>
      <ul className="chain-list chain-inputs">
        {inputs.slice(0, SHOWN).map(input => (
          <li key={`${input.role} ${input.path}`}>
            <PathFile file={input} leave={leaveAtOnce}>
              {input.role === 'program' && <span className="t3 nowrap">ran</span>}
            </PathFile>
          </li>
        ))}
        {inputs.length > SHOWN && <li className="t3">and {number(inputs.length - SHOWN)} more</li>}
      </ul>
      {row.programs === null && row.outcome !== 'not-run' && (
        <p className="pane-part t2">As the plan says: nobody watched what it read.</p>
      )}
    </section>
  );
}

/** Rows of a list in the pane; the whole list is in the step's record, which leaves with the report. */
const SHOWN = 200;

function Outputs({ step: { artifacts, outputs, plannedOutputs, refused } }: { readonly step: Step }) {
  const others = outputs.filter(file => !artifacts.some(artifact => artifact.path === file.path));
  if (artifacts.length + outputs.length + plannedOutputs.length + refused.length === 0) return null;
  return (
    <section>
      <header className="panehead">
        <h2>Outputs</h2>
        <span className="t2">{counted(outputs.length, 'file')} written</span>
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
            <dd>{artifact.sha256 ? <Hash value={artifact.sha256} digits={24} /> : 'not written'}</dd>
            <dt>Verdict</dt>
            <dd>
              <Verdict name={markOf(artifact) ?? 'none'} />
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
      {(others.length > 0 || refused.length > 0) && (
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
