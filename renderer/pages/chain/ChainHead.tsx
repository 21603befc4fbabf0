import { Button } from '@blueprintjs/core';
import { CogIcon, PlayIcon, StopIcon } from '@blueprintjs/icons';
import type { Output } from '../../../main/contract/requests/index.ts';
import { fractionOf, stopTask, type Task } from '../../engine/index.ts';
import { counted, number } from '../../parts/format.ts';
import { ProgressBar } from '../../parts/ProgressBar.tsx';
import { PageHead } from '../../shell/PageHead.tsx';

type Plan = NonNullable<Output<'chain.plan'>>;

interface ChainHeadProps {
  readonly plan: Plan | null;
  readonly task: Task | undefined;
  /** The step that runs now. */
  readonly running: number | null;
  /** How the newest replay ended; null when there is none. */
  readonly outcome: 'completed' | 'failed' | 'unfinished' | null;
  /** Whether a replay can be started. */
  readonly ready: boolean;
  readonly onStart: () => void;
  readonly onOptions: () => void;
}

/** What the chain is, how far its replay has come, and what starts and stops one. */
export function ChainHead({ plan, task, running, outcome, ready, onStart, onOptions }: ChainHeadProps) {
  const actions = (
    <>
      <Button size="small" variant="minimal" icon={<CogIcon />} disabled={!ready} onClick={onOptions}>
        Options
      </Button>
      {task ? (
        <Button size="small" icon={<StopIcon />} disabled={task.stopping} onClick={() => stopTask(task.name)}>
          {task.stopping ? 'Stopping' : 'Stop'}
        </Button>
      ) : (
        <Button size="small" intent="primary" icon={<PlayIcon />} disabled={!ready} onClick={onStart}>
          {startWords(plan, outcome)}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHead
        title="Chain"
        subject={plan && <PlanWords plan={plan} running={running} />}
        actions={actions}
      />
      {task && <ProgressBar fraction={fractionOf(task)} label="Replay" />}
    </>
  );
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

function startWords(plan: Plan | null, outcome: ChainHeadProps['outcome']): string {
  if (!plan || outcome === null || plan.replay === null) return 'Replay';
  if (outcome === 'unfinished') return 'Go on';
  return 'Replay again';
}
