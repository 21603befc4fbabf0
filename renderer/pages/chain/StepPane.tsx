import { Button } from '@blueprintjs/core';
import { RepeatIcon } from '@blueprintjs/icons';
import { useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { go } from '../../location.ts';
import { bytes, counted, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { asked } from '../../replay/shown.ts';
import { CameToBe } from './CameToBe.tsx';
import { markOf } from './rows.ts';
import { SeenPrograms } from './SeenPrograms.tsx';
import { StepLog } from './StepLog.tsx';

type Step = Output<'chain.step'>;
type Alone = Output<'replay.only'>;

interface StepPaneProps {
  readonly number: number;
  /** Of which replay; null for the newest. */
  readonly replay: number | null;
}

/** One step: where it stands in the description, how it was started, what went in, what came out, what ran, its log. */
export function StepPane({ number: step, replay }: StepPaneProps) {
  const { value, problem } = useEngine('chain.step', { number: step, ...asked(replay) });
  const [alone, setAlone] = useState<Alone | null>(null);
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
      <Start step={value} />
      <Inputs step={value} />
      <Outputs step={value} />
      {value.observation && <SeenPrograms seen={value.observation} />}
      {value.artifacts[0] && <CameToBe path={value.artifacts[0].path} replay={replay} />}
      <StepLog step={value} replay={replay} />
      {alone && <Ran alone={alone} onClose={() => setAlone(null)} />}
    </div>
  );
}

function Start({ step }: { readonly step: Step }) {
  const { row, argv, cwd, environment, root, end } = step;
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
      </dl>
    </section>
  );
}

function Inputs({ step: { inputs } }: { readonly step: Step }) {
  if (inputs.length === 0) return null;
  return (
    <section>
      <header className="panehead">
        <h2>Inputs</h2>
        <span className="t2">where each came from</span>
      </header>
      <ul className="chain-list">
        {inputs.slice(0, SHOWN).map(input => (
          <li key={`${input.role} ${input.path}`}>
            <span className="grow cut">
              <Inert text={input.path} cut />
            </span>
            <Origin input={input} />
            {input.sha256 && <Hash value={input.sha256} />}
          </li>
        ))}
        {inputs.length > SHOWN && <li className="t3">and {number(inputs.length - SHOWN)} more</li>}
      </ul>
    </section>
  );
}

/** Rows of a list in the pane; the whole list is in the step's record, which leaves with the report. */
const SHOWN = 200;

function Origin({ input: { kind, step, role, path } }: { readonly input: Step['inputs'][number] }) {
  if (kind === 'artifact' && step !== null) {
    return (
      <button type="button" className="as-link nowrap" onClick={() => go('chain', { step })}>
        step {step}
        {role === 'program' && ', ran'}
      </button>
    );
  }
  if (kind === 'seed') return <span className="nowrap">seed{role === 'program' && ', ran'}</span>;
  if (kind === 'source') {
    return (
      <button type="button" className="as-link nowrap" onClick={() => go('bundle', { path })}>
        bundle
      </button>
    );
  }
  return <span className="t3 nowrap">{role}</span>;
}

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

function Expected({ expected }: { readonly expected: Step['artifacts'][number]['expectations'][number] }) {
  const { source, origin, sha256 } = expected;
  return (
    <>
      <dt>Expected</dt>
      <dd>
        <Hash value={sha256} digits={24} />
        <div className="t3">
          by {source}, <Inert text={`${origin.file}:${origin.line}`} />
        </div>
      </dd>
    </>
  );
}

function Ran({ alone, onClose }: { readonly alone: Alone; readonly onClose: () => void }) {
  return (
    <section role="status">
      <header className="panehead">
        <h2 className="grow">Run alone, nothing recorded</h2>
        <Button size="small" variant="minimal" onClick={onClose}>
          Close
        </Button>
      </header>
      <div className="pane-part">
        <p>{alone.end}</p>
        <pre className="chain-log mono">
          <Inert text={`${alone.stdout}${alone.stderr}` || 'It printed nothing.'} />
        </pre>
        {alone.cut && <p className="t3">Only the first part is shown.</p>}
      </div>
    </section>
  );
}
