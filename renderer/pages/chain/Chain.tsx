import { Button, InputGroup } from '@blueprintjs/core';
import { CogIcon, PlayIcon, SearchIcon, StopIcon } from '@blueprintjs/icons';
import { useEffect, useMemo, useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { useCommands } from '../../commands/index.ts';
import { fractionOf, stopTask, type Task, useEngine } from '../../engine/index.ts';
import { useTarget } from '../../location.ts';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { ProgressBar } from '../../parts/ProgressBar.tsx';
import { runReplay, USUAL, useRunningReplay } from '../../replay/run.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { LiveOutput } from './LiveOutput.tsx';
import { ReplayOptions } from './ReplayOptions.tsx';
import { matches, rowsOf } from './rows.ts';
import { StepPane } from './StepPane.tsx';
import { StepTable } from './StepTable.tsx';
import './chain.css';

type Plan = NonNullable<Output<'chain.plan'>>;

/** The plan of the chain, its replay while it runs, and every step of it. */
export default function Chain() {
  const summary = useCase();
  const { value: plan, problem, loading } = useEngine('chain.plan', {});
  const { value: artifacts } = useEngine('chain.artifacts', {});
  const task = useRunningReplay();
  const running = task ? runningStep(task) : null;
  const [search, setSearch] = useState('');
  const [choice, setChoice] = useState(USUAL);
  const [asking, setAsking] = useState(false);
  const all = useMemo(() => (plan ? rowsOf(plan, artifacts ?? [], running) : []), [plan, artifacts, running]);
  const rows = useMemo(() => all.filter(row => matches(row, search)), [all, search]);
  const [selected, setSelected] = useSelectedStep(plan ?? null, artifacts);
  const ready = Boolean(summary?.bundle) && !task && !summary?.readonly && !summary?.broken && !plan?.problem;
  const start = () => void runReplay({ ...choice, again: summary?.replay?.outcome === 'completed' });
  const next = () => {
    const at = rows.findIndex(row => row.step.number === selected);
    const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    const found = after.find(row =>
      ['differs', 'missing', 'unexpected', 'waived', 'failed'].includes(row.state),
    );
    if (found) setSelected(found.step.number);
  };
  useCommands(
    () => [
      {
        id: 'chain.options',
        title: 'Replay options',
        group: 'On this page',
        keys: 'O',
        enabled: ready,
        run: () => setAsking(true),
      },
      {
        id: 'chain.next',
        title: 'Next step that is not as expected',
        group: 'On this page',
        keys: 'N',
        run: next,
      },
    ],
    [ready, rows, selected],
  );
  return (
    <>
      <PageHead
        title="Chain"
        subject={plan && <PlanWords plan={plan} running={running} />}
        actions={
          <>
            <Button
              size="small"
              variant="minimal"
              icon={<CogIcon />}
              disabled={!ready}
              onClick={() => setAsking(true)}
            >
              Options
            </Button>
            {task ? (
              <Button
                size="small"
                icon={<StopIcon />}
                disabled={task.stopping}
                onClick={() => stopTask(task.name)}
              >
                {task.stopping ? 'Stopping' : 'Stop'}
              </Button>
            ) : (
              <Button size="small" intent="primary" icon={<PlayIcon />} disabled={!ready} onClick={start}>
                {startWords(plan ?? null, summary?.replay?.outcome ?? null)}
              </Button>
            )}
          </>
        }
      />
      {task && <ProgressBar fraction={fractionOf(task)} label="Replay" />}
      <Panes>
        <MainPane label="Steps">
          {problem && <ProblemPanel title="The plan cannot be shown" problem={problem} />}
          {plan?.problem && (
            <ProblemPanel title="The build description cannot be read" problem={plan.problem} />
          )}
          <div className="panehead">
            <h2>Steps</h2>
            <span className="t2 grow">{number(rows.length)}</span>
            <InputGroup
              size="small"
              type="search"
              leftElement={<SearchIcon />}
              placeholder="Program, file or hash"
              aria-label="Program, file or hash"
              value={search}
              onValueChange={setSearch}
            />
          </div>
          <StepTable
            rows={rows}
            selected={selected}
            onSelect={setSelected}
            empty={emptyWords(plan, loading, all.length)}
          />
          {plan && plan.notes.length > 0 && <Notes plan={plan} />}
          {task && <LiveOutput />}
        </MainPane>
        <SidePane name="chain.step" label="Step" side="right" width={392}>
          {selected !== null && plan && !plan.problem && summary?.replay !== undefined ? (
            <StepPane key={selected} number={selected} />
          ) : (
            <p className="pane-none t2">No step is selected.</p>
          )}
        </SidePane>
      </Panes>
      {asking && (
        <ReplayOptions
          chosen={choice}
          finished={summary?.replay?.outcome === 'completed'}
          noUnaided={plan?.noUnaided ?? null}
          onClose={() => setAsking(false)}
          onStart={made => {
            setChoice({ ...made, again: false, reuse: false });
            void runReplay(made);
          }}
        />
      )}
    </>
  );
}

/** The selected step: where the page was asked to open, then what a person chose. */
function useSelectedStep(
  plan: Plan | null,
  artifacts: Output<'chain.artifacts'> | undefined,
): [number | null, (step: number) => void] {
  const target = useTarget('chain');
  const [selected, setSelected] = useState<number | null>(null);
  useEffect(() => {
    const step = target?.step ?? artifacts?.find(artifact => artifact.path === target?.path)?.step;
    if (step) setSelected(step);
  }, [target, artifacts]);
  return [selected ?? plan?.steps[0]?.number ?? null, setSelected];
}

/** The step that runs, from the progress of the task: steps done before it, and one. */
function runningStep({ progress }: Task): number | null {
  return progress?.unit === 'steps' ? progress.done + 1 : null;
}

function PlanWords({ plan, running }: { readonly plan: Plan; readonly running: number | null }) {
  const { steps, stages, seeds, mode, replay } = plan;
  if (running !== null)
    return <>{`Step ${number(Math.min(running, steps.length))} of ${number(steps.length)}`}</>;
  const done = steps.filter(step => step.outcome === 'done').length;
  const how = replay === null ? 'not replayed' : `replay ${replay}, ${mode}, ${number(done)} done`;
  return (
    <>{`${counted(steps.length, 'step')} in ${counted(stages.length, 'stage')} from ${counted(seeds.length, 'seed')}, ${how}`}</>
  );
}

function startWords(plan: Plan | null, outcome: 'completed' | 'failed' | 'unfinished' | null): string {
  if (!plan || outcome === null || plan.replay === null) return 'Replay';
  if (outcome === 'unfinished') return 'Go on';
  return 'Replay again';
}

function emptyWords(plan: Plan | null | undefined, loading: boolean, all: number): string {
  if (all > 0) return 'No step speaks of that.';
  if (plan === undefined && loading) return 'The plan is being read.';
  if (!plan) return 'There is no plan without a bundle: import one on the page Bundle.';
  return plan.problem ? 'There are no steps until it can be read.' : 'The plan has no steps.';
}

/** What the reader noticed in the build description. */
function Notes({ plan: { notes } }: { readonly plan: Plan }) {
  return (
    <details className="chain-notes">
      <summary>{counted(notes.length, 'note')} on the build description</summary>
      <ul className="chain-list">
        {notes.slice(0, 500).map(note => (
          <li key={`${note.code} ${note.origin.file}:${note.origin.line} ${note.message}`}>
            <span className="mono nowrap">
              <Inert text={`${note.origin.file}:${note.origin.line}`} />
            </span>
            <span className="grow">
              <Inert text={note.message} prose />
            </span>
            <span className="t3 mono nowrap">{note.code}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
