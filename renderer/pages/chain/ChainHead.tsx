import { Button } from '@blueprintjs/core';
import { CogIcon, PlayIcon, StopIcon } from '@blueprintjs/icons';
import type { Output } from '../../../main/contract/requests/index.ts';
import { fractionOf, stopReplay, type Task, type ToldReplay } from '../../engine/index.ts';
import { number } from '../../parts/format.ts';
import { ProgressBar } from '../../parts/ProgressBar.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { ReplaySwitch } from './ReplaySwitch.tsx';
import { LiveWords, planWords } from './ReplayWords.tsx';

type Plan = NonNullable<Output<'chain.plan'>>;

interface ChainHeadProps {
  readonly plan: Plan | null;
  readonly task: Task | undefined;
  /** The replay that runs, when it is the one that is shown. */
  readonly live: ToldReplay | null;
  /** The replay that was chosen; null for the newest. */
  readonly shown: number | null;
  /** How the newest replay ended, and how many of its steps are done; null when there is none. */
  readonly newest: { readonly outcome: 'completed' | 'failed' | 'unfinished'; readonly done: number } | null;
  /** Whether a replay can be started. */
  readonly ready: boolean;
  readonly onStart: () => void;
  readonly onOptions: () => void;
}

/** What the chain is, how far its replay has come, and what starts and stops one. */
export function ChainHead({ plan, task, live, shown, newest, ready, onStart, onOptions }: ChainHeadProps) {
  const actions = (
    <>
      <Button size="small" variant="minimal" icon={<CogIcon />} disabled={!ready} onClick={onOptions}>
        Options
      </Button>
      {task ? (
        <StopButtons stopping={task.stopping} pausing={live?.state.stopping === 'after-step'} />
      ) : (
        <Button size="small" intent="primary" icon={<PlayIcon />} disabled={!ready} onClick={onStart}>
          {startWords(plan, newest)}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHead
        title="Chain"
        subject={live ? <LiveWords live={live} /> : plan && planWords(plan)}
        actions={actions}
      >
        <ReplaySwitch shown={shown} />
      </PageHead>
      {task && (
        <div className="chain-progress">
          <ProgressBar fraction={fractionOf(task)} label="Replay" />
        </div>
      )}
    </>
  );
}

/** Both ways to stop, each with what it leaves behind. */
function StopButtons({ stopping, pausing }: { readonly stopping: boolean; readonly pausing: boolean }) {
  return (
    <>
      <Button
        size="small"
        disabled={stopping && !pausing}
        title="The running step is given up and runs again on Resume. Every finished step is kept."
        onClick={() => void stopReplay('now')}
      >
        Stop now
      </Button>
      <Button
        size="small"
        icon={<StopIcon />}
        disabled={stopping}
        title="The running step is finished and recorded; Resume goes on with the one after it."
        onClick={() => void stopReplay('after-step')}
      >
        {stopping ? 'Stopping' : 'Stop after this step'}
      </Button>
    </>
  );
}

function startWords(plan: Plan | null, newest: ChainHeadProps['newest']): string {
  if (!plan || newest === null || plan.replay === null) return 'Replay';
  return newest.outcome === 'completed' ? 'Replay again' : `Resume at step ${number(newest.done + 1)}`;
}
