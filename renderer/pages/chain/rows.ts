import type { ArtifactRow, Output, StepRow } from '../../../main/contract/requests/index.ts';
import type { MarkName } from '../../parts/mark-shapes.ts';

type Plan = NonNullable<Output<'chain.plan'>>;

/** A step as the table shows it: with the artifact that says most about it. */
export interface ChainRow {
  readonly step: StepRow;
  /**
   * The artifact that somebody published a hash for, or the first that the step wrote; where it wrote none, the one that the plan says it
   * writes and that somebody expects. Null for none.
   */
  readonly artifact: ArtifactRow | null;
  /** The file that it wrote, or that the plan says it writes; null when neither is known. */
  readonly writes: string | null;
  /** Whether it wrote that file: false where only the plan says so. */
  readonly wrote: boolean;
  /** Further files of the step. */
  readonly more: number;
  readonly state: MarkName;
  readonly words: string;
}

const GRAVITY: readonly (MarkName | null)[] = [
  'differs',
  'missing',
  'waived',
  'unexpected',
  'reproduced',
  null,
];

/** The plan's steps with what came of them. `running` is the number of the step that runs now. */
export function rowsOf(plan: Plan, artifacts: readonly ArtifactRow[], running: number | null): ChainRow[] {
  const byStep = new Map<number, ArtifactRow[]>();
  const absent = new Map<string, ArtifactRow>();
  const writers = new Map<string, number>();
  for (const artifact of artifacts) {
    if (artifact.step === null) {
      absent.set(artifact.path, artifact);
      continue;
    }
    writers.set(artifact.path, artifact.step);
    const known = byStep.get(artifact.step);
    if (known) known.push(artifact);
    else byStep.set(artifact.step, [artifact]);
  }
  return plan.steps.map(step => {
    const own = [...(byStep.get(step.number) ?? [])].sort(
      (a, b) => GRAVITY.indexOf(markOf(a)) - GRAVITY.indexOf(markOf(b)),
    );
    const later =
      own[0] === undefined && step.wrote > 0 && (writers.get(step.plans ?? '') ?? 0) > step.number;
    const wrote = own[0] !== undefined || later;
    const artifact = own[0] ?? absent.get(step.plans ?? '') ?? null;
    const [state, words] = later && step.outcome === 'done' ? REPLACED : stateOf(step, artifact, running);
    const writes = artifact?.path ?? step.plans;
    const more = own.length > 0 ? own.length - 1 : step.plansMore;
    return { step, artifact, writes, wrote, more, state, words };
  });
}

/** What a later step put in its place is what verdicts speak of. */
const REPLACED: [MarkName, string] = ['none', 'replaced later'];

/** The mark of an artifact's verdict; null where nobody published a hash. */
export function markOf({ verdict }: Pick<ArtifactRow, 'verdict'>): MarkName | null {
  return verdict === 'not-run' ? 'notrun' : verdict;
}

function stateOf(step: StepRow, artifact: ArtifactRow | null, running: number | null): [MarkName, string] {
  if (step.number === running) return ['running', 'running'];
  if (step.outcome === 'failed') return ['failed', 'failed'];
  if (step.outcome === 'not-run') return ['notrun', 'not run'];
  const mark = artifact && markOf(artifact);
  if (mark) return [mark, mark === 'notrun' ? 'not run' : mark];
  if (step.action !== 'run') return ['none', 'workstation'];
  if (step.plans !== null && step.wrote === 0) return ['none', 'wrote nothing'];
  return ['none', 'no expectation'];
}

/** Whether a step speaks of what was searched for: its program, title, file, or a hash. */
export function matches({ step, artifact, writes }: ChainRow, search: string): boolean {
  if (search === '') return true;
  const wanted = search.toLowerCase();
  return [
    step.title,
    step.id,
    step.program,
    step.stage,
    step.origin.file,
    writes,
    artifact?.sha256,
    ...(artifact?.expectations.map(each => each.sha256) ?? []),
  ].some(text => text?.toLowerCase().includes(wanted));
}

/** A stage of the plan as its heading says it: which steps, and how many of them came out how. */
export interface StageSummary {
  readonly id: string;
  readonly title: string;
  readonly first: number;
  readonly last: number;
  /** Of the steps that have not run, failed, or wrote what is not as expected, how many there are; gravest first. */
  readonly counts: readonly { readonly state: MarkName; readonly words: string; readonly count: number }[];
}

/** What a heading counts, gravest first. What is as it should be is not counted. */
const TOLD: readonly MarkName[] = [
  'failed',
  'running',
  'differs',
  'missing',
  'unexpected',
  'waived',
  'notrun',
];

/** The stages of a plan by id, from all its rows. */
export function stagesOf(
  plan: Pick<Plan, 'stages'>,
  rows: readonly ChainRow[],
): ReadonlyMap<string, StageSummary> {
  const known = new Map<string, ChainRow[]>();
  for (const row of rows) {
    const own = known.get(row.step.stage);
    if (own) own.push(row);
    else known.set(row.step.stage, [row]);
  }
  return new Map(
    [...known].map(([id, own]) => {
      const title = plan.stages.find(stage => stage.id === id)?.title ?? id;
      const numbers = [own[0]?.step.number ?? 0, own.at(-1)?.step.number ?? 0];
      const counts = TOLD.flatMap(state => {
        const some = own.filter(row => row.state === state);
        return some[0] ? [{ state, words: some[0].words, count: some.length }] : [];
      });
      return [id, { id, title, first: numbers[0] ?? 0, last: numbers[1] ?? 0, counts }];
    }),
  );
}
