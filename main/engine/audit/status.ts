import { inputError } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import { caseSource, readEvidence } from '../report/index.ts';
import { reviewIn } from '../review/index.ts';
import {
  type Finding,
  findingsBeforeReplay,
  type Judgement,
  judge,
  type Lineage,
  lineageOf,
} from '../verdict/index.ts';

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

/** The findings of a case as they stand: of its newest replay, or what people raised before there was one. */
export function findingsIn(theCase: Case): readonly Finding[] {
  const judgement = judgeCase(theCase);
  if (judgement) return judgement.findings;
  const review = reviewIn(theCase);
  return findingsBeforeReplay({ raised: review.raised(), waivers: review.waivers() });
}

/** The finding of this number. Throws `finding.none`. */
export function findingIn(theCase: Case, id: string): Finding {
  const finding = findingsIn(theCase).find(each => each.id === id);
  if (finding) return finding;
  throw inputError(
    'finding.none',
    `there is no finding ${id}`,
    { file: theCase.folder },
    'See: assay finding list CASE',
  );
}
