import { useCallback, useEffect, useMemo, useState } from 'react';
import { useCase } from '../../case.ts';
import { useCommands } from '../../commands/index.ts';
import { liveReplay, useEngine, useStore } from '../../engine/index.ts';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { isResumable, runReplay, USUAL, useRunningReplay } from '../../replay/run.ts';
import { asked, useShownReplay } from '../../replay/shown.ts';
import { enterPane } from '../../shell/enter-pane.ts';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { ChainHead } from './ChainHead.tsx';
import { EmptySteps } from './EmptySteps.tsx';
import { GraphPane } from './graph/GraphPane.tsx';
import { LiveOutput } from './LiveOutput.tsx';
import { PlanNotes } from './PlanNotes.tsx';
import { ReplayOptions } from './ReplayOptions.tsx';
import { matches, rowsOf, stagesOf } from './rows.ts';
import { StepList } from './StepList.tsx';
import { StepPane } from './StepPane.tsx';
import { useSelectedStep } from './use-selected-step.ts';
import './chain.css';

/** The plan of the chain, its replay while it runs, and every step of it. */
export default function Chain() {
  const summary = useCase();
  const shown = useShownReplay();
  const { value: plan, problem, loading } = useEngine('chain.plan', asked(shown));
  const { value: artifacts } = useEngine('chain.artifacts', asked(shown));
  const task = useRunningReplay();
  const told = useStore(liveReplay);
  const live = told && (shown === null || told.state.replay === shown) ? told : null;
  const running = live?.state.step?.number ?? null;
  const [search, setSearch] = useState('');
  const [choice, setChoice] = useState(USUAL);
  const [asking, setAsking] = useState(false);
  const all = useMemo(() => (plan ? rowsOf(plan, artifacts ?? [], running) : []), [plan, artifacts, running]);
  const rows = useMemo(() => all.filter(row => matches(row, search)), [all, search]);
  const stages = useMemo(() => stagesOf(plan ?? { stages: [] }, all), [plan, all]);
  const [selected, setSelected] = useSelectedStep(plan, artifacts);
  const [follow, setFollow] = useState(true);
  const count = plan?.steps.length ?? 0;
  useEffect(() => {
    if (follow && running !== null && running <= count) setSelected(running);
  }, [follow, running, count, setSelected]);
  const runs = running !== null;
  const select = useCallback(
    (step: number) => {
      if (runs) setFollow(false);
      setSelected(step);
    },
    [runs, setSelected],
  );
  const ready = Boolean(summary?.bundle) && !task && !summary?.readonly && !summary?.broken && !plan?.problem;
  const resumable = plan?.replay !== null && isResumable(summary?.replay);
  const start = () => void runReplay({ ...choice, again: !resumable && finished, resume: resumable });
  const finished = summary?.replay?.outcome === 'completed' || summary?.replay?.outcome === 'failed';
  const next = () => {
    const at = rows.findIndex(row => row.step.number === selected);
    const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    const found = after.find(row =>
      ['differs', 'missing', 'unexpected', 'waived', 'failed'].includes(row.state),
    );
    if (found) select(found.step.number);
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
      <ChainHead
        plan={plan ?? null}
        task={task}
        live={live}
        shown={shown}
        newest={summary?.replay ?? null}
        ready={ready}
        onStart={start}
        onOptions={() => setAsking(true)}
      />
      <Panes>
        <MainPane label="Steps">
          {problem && <ProblemPanel title="The plan cannot be shown" problem={problem} />}
          {plan?.problem && (
            <ProblemPanel title="The build description cannot be read" problem={plan.problem} />
          )}
          {plan && plan.steps.length > 0 && (
            <GraphPane
              plan={plan}
              name={summary?.name ?? ''}
              selected={selected}
              onSelect={select}
              running={running}
              {...asked(shown)}
            />
          )}
          <StepList
            rows={rows}
            search={search}
            onSearch={setSearch}
            selected={selected}
            onSelect={select}
            stages={stages}
            onOpen={() => enterPane('chain.step')}
            follow={follow}
            onFollow={setFollow}
            empty={<EmptySteps plan={plan} loading={loading} all={all.length} />}
          />
          {plan && <PlanNotes notes={plan.notes} />}
          {task && <LiveOutput />}
        </MainPane>
        <SidePane name="chain.step" label="Step" side="right" width={392}>
          {selected !== null && plan && !plan.problem && summary?.replay !== undefined ? (
            <StepPane
              key={`${shown} ${selected}`}
              number={selected}
              replay={shown}
              row={all.find(row => row.step.number === selected) ?? null}
            />
          ) : (
            <p className="pane-none t2">
              {plan ? 'No step is selected.' : 'What a step was given, started and wrote stands here.'}
            </p>
          )}
        </SidePane>
      </Panes>
      {asking && (
        <ReplayOptions
          chosen={choice}
          finished={finished}
          resumable={resumable}
          noUnaided={plan?.noUnaided ?? null}
          onClose={() => setAsking(false)}
          onStart={made => {
            setChoice({ ...made, again: false, resume: false, reuse: false });
            void runReplay(made);
          }}
        />
      )}
    </>
  );
}
