import type { LiveReplay, Output } from '../../../main/contract/requests/index.ts';
import type { ToldReplay } from '../../engine/index.ts';
import { counted, duration, number, remaining } from '../../parts/format.ts';
import { useSeconds } from '../../shell/RunningTask.tsx';

type Plan = NonNullable<Output<'chain.plan'>>;

/** Where a running replay stands: `Step 69 of 82, stage 4, elapsed 9.7 s, about 5 s left`. */
export function LiveWords({ live: { state, at } }: { readonly live: ToldReplay }) {
  const now = useSeconds(true);
  const since = Math.max(0, now - at) / 1000;
  const elapsed = `elapsed ${duration(state.seconds + since)}`;
  const title = timeFrom(state);
  return <span title={title}>{[placeOf(state), elapsed, leftOf(state, since)].join(', ')}</span>;
}

function placeOf({ step, steps, preparing, replay }: LiveReplay): string {
  if (step && steps !== null) {
    return `Step ${number(step.number)} of ${number(steps)}, stage ${step.stage}`;
  }
  if (replay !== null || !preparing) return 'Making the tree ready';
  const share = preparing.total ? ` ${Math.floor((preparing.done / preparing.total) * 100)} %` : '';
  return `Making the tree ready: ${preparing.task}${share}`;
}

function leftOf({ left, stopping, step }: LiveReplay, since: number): string {
  if (stopping === 'now') return 'stopping';
  if (stopping === 'after-step') return 'stops after this step';
  if (left === null) return step ? 'time left not known' : 'not begun yet';
  return `about ${remaining(Math.max(0, left - since))}`;
}

function timeFrom({ left, leftFrom }: LiveReplay): string {
  if (left === null || leftFrom === null) return 'Nobody has measured all of these steps on this machine.';
  return leftFrom === 'case'
    ? 'From what the same steps took in earlier replays of this case, at the pace of this one.'
    : 'From what the same steps took in other cases on this machine, at the pace of this replay.';
}

/** What a plan is, and how far a replay of it came. */
export function planWords(plan: Plan): string {
  const { steps, stages, seeds, replay, outcome, seconds } = plan;
  const all = `${counted(steps.length, 'step')} in ${counted(stages.length, 'stage')} from ${counted(seeds.length, 'seed')}`;
  if (replay === null) return `${all}, not replayed`;
  const done = steps.filter(step => step.outcome === 'done').length;
  const took = seconds === null ? '' : `, ${duration(seconds)}`;
  const failed = steps.find(step => step.outcome === 'failed');
  if (failed) return `Stopped at step ${number(failed.number)} of ${number(steps.length)}${took}: it failed`;
  if (outcome === 'unfinished')
    return `Stopped after step ${number(done)} of ${number(steps.length)}${took} so far`;
  return `${all}${took}`;
}
