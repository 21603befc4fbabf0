import { Button } from '@blueprintjs/core';
import { RepeatIcon } from '@blueprintjs/icons';
import { useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { leaveAtOnce, PathFile } from '../../lineage/PathFile.tsx';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { asked } from '../../replay/shown.ts';
import { CameToBe } from './CameToBe.tsx';
import { Folded } from './Folded.tsx';
import { RanAlone } from './RanAlone.tsx';
import type { ChainRow } from './rows.ts';
import { SeenPrograms } from './SeenPrograms.tsx';
import { StepFailure } from './StepFailure.tsx';
import { StepLog } from './StepLog.tsx';
import { StepOutputs } from './StepOutputs.tsx';
import { StepStart } from './StepStart.tsx';

type Step = Output<'chain.step'>;

interface StepPaneProps {
  readonly number: number;
  /** Of which replay; null for the newest. */
  readonly replay: number | null;
  /** What the table says of it; null while that is not known. */
  readonly row: ChainRow | null;
}

/** One step: where it stands in the description, how it was started, what went in, what came out, what ran, its log. */
export function StepPane({ number: step, replay, row: told }: StepPaneProps) {
  const { value, problem } = useEngine('chain.step', { number: step, ...asked(replay) });
  const [alone, setAlone] = useState<Output<'replay.only'> | null>(null);
  if (problem) return <ProblemPanel title="The step cannot be shown" problem={problem} />;
  if (!value) return null;
  const { row } = value;
  const rerun = async () =>
    setAlone(
      (await attempt('The step did not run', () => ask('replay.only', { number: step, ...asked(replay) }))) ??
        null,
    );
  return (
    <div className="pane-body">
      <header className="panehead">
        <h2 className="nowrap">Step {row.number}</h2>
        <span className="t2 cut grow">
          <Inert text={row.title} prose cut />
        </span>
        {told && told.state !== 'none' && <Verdict name={told.state}>{told.words}</Verdict>}
        {row.action === 'run' && row.outcome !== 'not-run' && (
          <Button size="small" variant="minimal" icon={<RepeatIcon />} onClick={() => void rerun()}>
            Run this step again
          </Button>
        )}
      </header>
      {alone && <RanAlone alone={alone} onClose={() => setAlone(null)} />}
      {value.failure && <StepFailure step={value} failure={value.failure} />}
      <StepStart step={value} />
      <Inputs step={value} />
      <StepOutputs step={value} running={told?.state === 'running'} />
      {row.action === 'run' && row.outcome !== 'not-run' && <SeenPrograms step={value} replay={replay} />}
      {value.artifacts[0] && <CameToBe path={value.artifacts[0].path} replay={replay} />}
      <StepLog step={value} />
    </div>
  );
}

/** So many inputs stand there until somebody asks for all: what the step wrote is not to be far below. */
const SHOWN = 24;

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
        <Folded all={inputs} shown={SHOWN} what="file" of="li">
          {input => (
            <li key={`${input.role} ${input.path}`}>
              <PathFile file={input} leave={leaveAtOnce}>
                {input.role === 'program' && <span className="t3 nowrap">ran</span>}
              </PathFile>
            </li>
          )}
        </Folded>
      </ul>
      {row.programs === null && row.outcome !== 'not-run' && (
        <p className="pane-part t2">As the plan says: nobody watched what it read.</p>
      )}
    </section>
  );
}
