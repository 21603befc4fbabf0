import { inputError } from '../base/index.ts';
import { type Case, isReplaying } from '../case/index.ts';
import {
  type Expanded,
  type FigureFormat,
  type FigureGraph,
  figureGraph,
  figureText,
} from '../figure/index.ts';
import { caseSource, chainOf, readEvidence, replayThatCounts } from '../report/index.ts';
import { reviewIn } from '../review/index.ts';
import {
  type Finding,
  findingsBeforeReplay,
  type Judgement,
  judge,
  type Lineage,
  type LineageNode,
  lineageOf,
} from '../verdict/index.ts';
import { type CameToBe, cameToBe, knownFiles, type PathFile } from './came-to-be.ts';

/** How far a replay of a case has come. */
export interface ReplayStatus {
  readonly number: number;
  readonly mode: 'stepped' | 'unaided';
  readonly steps: number;
  readonly done: number;
  readonly outcome: 'completed' | 'failed' | 'unfinished';
  /** Whether it runs now, in this process or another. */
  readonly running: boolean;
  /** The failed replay that it goes on from. */
  readonly resumes: number | null;
}

/** Every replay's state, oldest first. One pass over the log. */
export function replayStatuses(theCase: Case): ReplayStatus[] {
  const plans = new Map<string, number>();
  const replays = new Map<number, { -readonly [K in keyof ReplayStatus]: ReplayStatus[K] }>();
  for (const event of theCase.log.events) {
    if (event.type === 'plan-made') plans.set(event.plan.sha256, event.steps);
    if (event.type === 'replay-started') {
      const { replay: number, mode, plan, resumes = null } = event;
      const steps = plans.get(plan) ?? 0;
      replays.set(number, {
        ...{ number, mode, steps, done: 0, outcome: 'unfinished', running: false, resumes },
      });
    }
    if (event.type !== 'step-finished' && event.type !== 'replay-finished') continue;
    const replay = replays.get(event.replay);
    if (!replay) continue;
    if (event.type === 'replay-finished') replay.outcome = event.outcome;
    else if (event.outcome === 'done') replay.done += 1;
  }
  const all = [...replays.values()];
  const newest = all.at(-1);
  if (newest?.outcome === 'unfinished') newest.running = isReplaying(theCase);
  return all;
}

/** The newest replay's state; null when there was none on the bundle that the case has now. */
export function replayStatus(theCase: Case): ReplayStatus | null {
  return replayThatCounts(theCase.log.events) && (replayStatuses(theCase).at(-1) ?? null);
}

/** The judgement of the newest replay as far as it has come; null when there was none on the bundle that the case has now. */
export function judgeCase(theCase: Case): Judgement | null {
  if (!replayThatCounts(theCase.log.events)) return null;
  return judge(readEvidence(caseSource(theCase)).evidence);
}

/** How a file of the newest replay came to be. */
export interface CaseLineage {
  readonly lineage: Lineage;
  readonly cameToBe: CameToBe;
  /** What is known of a file of the lineage besides its past. */
  readonly file: (node: LineageNode) => PathFile;
}

/** How a file of the newest replay came to be, or null when it has no such file. Throws `report.incomplete`. */
export function lineageInCase(theCase: Case, path: string): CaseLineage | null {
  const evidence = readEvidence(caseSource(theCase));
  const past = { theCase, evidence, judgement: judge(evidence.evidence) };
  const lineage = lineageOf(path, evidence.evidence);
  const whole = cameToBe(path, past);
  return lineage && whole && { lineage, cameToBe: whole, file: knownFiles(past) };
}

/** The chain of the newest replay as a graph, and how it is written down. Throws `report.incomplete`. */
export function figureInCase(theCase: Case): {
  readonly graph: FigureGraph;
  readonly text: (format: FigureFormat, expanded?: Expanded) => string;
} {
  const evidence = readEvidence(caseSource(theCase));
  const chain = chainOf(evidence, judge(evidence.evidence));
  const graph = figureGraph(chain);
  return { graph, text: (format, expanded) => figureText(chain, graph, format, expanded) };
}

/** The findings of a case as they stand: of its newest replay, or what people raised before there was one. */
export function findingsIn(theCase: Case): readonly Finding[] {
  const judgement = judgeCase(theCase);
  if (judgement) return judgement.findings;
  const review = reviewIn(theCase);
  return findingsBeforeReplay({
    raised: review.raised(),
    waivers: review.waivers(),
    attachments: review.attachments(),
  });
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
