import { shellWord } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import { parseKit } from '../chain/index.ts';
import {
  type Blocker,
  blocker,
  blockersOf,
  type CaseEvidence,
  caseSource,
  custodyOf,
  deriveReport,
  type Report,
  readEvidence,
  replayThatCounts,
  seenEvidence,
} from '../report/index.ts';
import {
  checklistOf,
  coverageIn,
  openBlindReviews,
  reviewIn,
  type SeedCoverage,
  seenIn,
  whoLooks,
} from '../review/index.ts';
import { findingsIn, type ReplayStatus, replayStatus, replayStatuses } from './status.ts';

/** What resolves a blocker: words for a button, and the command that does or shows it. */
export interface Remedy {
  readonly label: string;
  readonly command: string;
}

/** A blocker with what resolves it. */
export interface OpenPoint extends Blocker {
  readonly action: Remedy;
}

/** Where a case stands, for whoever comes back to it. */
export interface Overview {
  /** Null while nothing was replayed. */
  readonly verdict: Report['verdict'] | null;
  readonly headline: string | null;
  readonly explanation: string | null;
  readonly proved: Report['proved'];
  readonly notProved: Report['notProved'];
  /** What stands in the way of a sign-off as proved, in the order in which to take it; the first is next. */
  readonly open: readonly OpenPoint[];
  readonly seeds: readonly SeedCoverage[];
  /** Null while nothing was replayed. */
  readonly fileReview: Report['fileReview'] | null;
  readonly replays: readonly ReplayStatus[];
  /** Sign-offs that stand, and those that lapsed. */
  readonly signers: Report['signers'];
  readonly lapsed: Report['lapsed'];
  /** Oldest first. */
  readonly custody: Report['custody'];
}

/** Where a case stands, as who works in it may see it. `read`: its evidence, when it was read already; null when there was no replay. */
export function overviewOf(theCase: Case, read: CaseEvidence | null = evidenceIn(theCase)): Overview {
  const report = read && deriveReport(caseSource(theCase), seenEvidence(theCase, read));
  const seeds = coverageIn(theCase);
  return {
    verdict: report?.verdict ?? null,
    headline: report?.headline ?? null,
    explanation: report?.explanation ?? null,
    proved: report?.proved ?? [],
    notProved: report?.notProved ?? [],
    open: openPoints(theCase, report),
    seeds,
    fileReview: report?.fileReview ?? null,
    replays: replayStatuses(theCase),
    signers: report?.signers ?? [],
    lapsed: report?.lapsed ?? [],
    custody: custodyOf(theCase.log.events, seenIn(theCase).hides),
  };
}

function evidenceIn(theCase: Case): CaseEvidence | null {
  return replayThatCounts(theCase.log.events) ? readEvidence(caseSource(theCase)) : null;
}

/** Everything that stands in the way of a sign-off as proved, with what resolves it. */
export function openPoints(theCase: Case, report: Report | null): OpenPoint[] {
  const stages = stageBlockers(theCase);
  const said = report ? report.blockers : blockersOf(factsBeforeReplay(theCase));
  // A replay that did not end is the reason; that its verdict is not good only follows.
  const rest = stages.length > 0 ? said.filter(({ code }) => code !== 'verdict.not-reproduced') : said;
  return [...stages, ...withoutWithheld(theCase, rest)].map(each => ({
    ...each,
    action: actionFor(each, theCase.folder),
  }));
}

/** For nobody in particular what is open about a seed that somebody reviews blind is not worked out from the little that is shown. */
function withoutWithheld(theCase: Case, blockers: readonly Blocker[]): Blocker[] {
  if (whoLooks(theCase) !== null) return [...blockers];
  const hidden = openBlindReviews(theCase);
  const rest = blockers.filter(
    ({ place, items }) => place !== 'seed' || !hidden.some(({ seed }) => seed === items[0]),
  );
  const told = hidden.map(({ seed, by }) =>
    blocker(
      'seed.withheld',
      `What people say of ${seed} is withheld while it is reviewed blind by ${by.join(' and ')}`,
      'seed',
      [seed],
    ),
  );
  return [...rest, ...told];
}

function stageBlockers(theCase: Case): Blocker[] {
  const { log } = theCase;
  const kit = log.last('kit-applied');
  if (!kit && log.last('seed-checked'))
    return [blocker('case.of-binaries', 'Binaries by themselves: there is no chain to sign off', 'seed')];
  if (!kit) return [blocker('case.no-kit', 'No kit was applied', 'overview')];
  if (!log.last('bundle-imported')) return [blocker('case.no-bundle', 'No bundle was imported', 'bundle')];
  if (!log.last('seed-checked')) return [blocker('case.no-seed', 'The seeds were not checked', 'seed')];
  const newest = replayStatus(theCase);
  if (!newest) {
    const since = log.last('replay-started') ? ' since another bundle was imported' : '';
    return [blocker('replay.none', `The chain was not replayed${since}`, 'chain')];
  }
  if (newest.outcome !== 'unfinished') return [];
  const { number, running, done, steps } = newest;
  const text = running
    ? `Replay ${number} runs, ${done} of ${steps} steps are done`
    : `Replay ${number} stopped after ${done} of ${steps} steps`;
  return [blocker('replay.unfinished', text, 'chain')];
}

function factsBeforeReplay(theCase: Case): Parameters<typeof blockersOf>[0] {
  const review = reviewIn(theCase);
  const seen = seenIn(theCase);
  const applied = theCase.log.last('kit-applied');
  const kit = applied && parseKit(theCase.objects.read(applied.description.sha256), 'kit.toml');
  return {
    verdict: 'not-reproduced',
    headline: '',
    seedReviews: coverageIn(theCase).map(seed => ({ ...seed, annotations: seen.annotations(seed.sha256) })),
    findings: findingsIn(theCase),
    checklist: checklistOf(review, kit?.checklist ?? []),
  };
}

const ACTIONS: Record<string, readonly [label: string, command: string]> = {
  'case.of-binaries': ['Review the binaries', 'assay seed coverage CASE'],
  'case.no-kit': ['Choose a kit', 'assay case create FOLDER --kit KIT'],
  'case.no-bundle': ['Import a bundle', 'assay import CASE'],
  'case.no-seed': ['Check the seeds', 'assay seed CASE'],
  'replay.none': ['Replay the chain', 'assay replay CASE'],
  'replay.unfinished': ['Go on with the replay', 'assay replay CASE --resume'],
  'verdict.not-reproduced': ['See why', 'assay status CASE'],
  'finding.open': ['Look at the findings', 'assay finding list CASE'],
  'seed.unexplained': ['Go to the next byte', 'assay seed coverage CASE'],
  'seed.open-concern': ['Settle the concerns', 'assay seed annotations CASE --open'],
  'seed.open-question': ['Settle the questions', 'assay seed annotations CASE --open'],
  'seed.withheld': ['Say who looks', 'assay status CASE --by NAME'],
  'checklist.open': ['Answer the checklist', 'assay case checklist CASE'],
};

function actionFor({ code }: Blocker, folder: string): Remedy {
  const [label, command] = ACTIONS[code] ?? ['Look', 'assay status CASE'];
  return { label, command: command.replace('CASE', () => shellWord(folder)) };
}
