import type { Case } from '../case/index.ts';
import { caseSource, readEvidence } from '../report/index.ts';
import { type Judgement, judge, type Lineage, lineageOf } from '../verdict/index.ts';

/** How far the newest replay of a case has come. */
export interface ReplayStatus {
  readonly number: number;
  readonly steps: number;
  readonly done: number;
  readonly outcome: 'completed' | 'failed' | 'unfinished';
}

/** The newest replay's state, or null when there was none. */
export function replayStatus(theCase: Case): ReplayStatus | null {
  const { log } = theCase;
  const started = log.last('replay-started');
  if (!started) return null;
  const finished = log.of('replay-finished').find(event => event.replay === started.replay);
  return {
    number: started.replay,
    steps: log.of('plan-made').findLast(event => event.plan.sha256 === started.plan)?.steps ?? 0,
    done: log.of('step-finished').filter(event => event.replay === started.replay && event.outcome === 'done')
      .length,
    outcome: finished?.outcome ?? 'unfinished',
  };
}

/** The judgement of the newest replay as far as it has come, or null when there was none. */
export function judgeCase(theCase: Case): Judgement | null {
  if (!theCase.log.last('replay-started')) return null;
  return judge(readEvidence(caseSource(theCase)).evidence);
}

/** How a file of the newest replay came to be, or null when it has no such file. Throws `report.incomplete`. */
export function lineageInCase(theCase: Case, path: string): Lineage | null {
  return lineageOf(path, readEvidence(caseSource(theCase)).evidence);
}
