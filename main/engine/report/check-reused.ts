import { canonicalBytes, sha256Of } from '../base/index.ts';
import { type Plan, type ProgramStep, planSchema } from '../chain/index.ts';
import { requestOf, type StepRecord } from '../replay/index.ts';
import type { Tell } from './checks.ts';
import { type CaseEvidence, type EvidenceSource, eventsOf, type ReplayTrail } from './source.ts';

type Reused = NonNullable<StepRecord['reused']>;
type HashAt = (path: string) => string | null;

/**
 * Results that were taken over must be those that the log names of an earlier replay, on a machine with the same description, of a step
 * that was asked the same, and every file that was seen in use there must be in this replay what it was then.
 */
export function checkReused(source: EvidenceSource, read: CaseEvidence, tell: Tell): void {
  const origins = new Origins(source);
  for (const trail of [read.replay, ...(read.unaided ? [read.unaided] : [])]) {
    if (trail.records.every(record => record.reused === null)) continue;
    const tree = new Map<string, string | null>(read.seeds.map(seed => [seed.path, seed.seed.sha256]));
    const hashAt: HashAt = path => {
      const known = tree.get(path);
      return known === undefined ? (read.entry(path)?.sha256 ?? null) : known;
    };
    for (const record of trail.records) {
      const { reused } = record;
      const problem = reused && (origins.problemOf(trail, record, reused) ?? inputProblem(record, hashAt));
      if (problem !== null) tell('reuse.not-derived', record.step, problem);
      for (const path of record.removed) tree.set(path, null);
      for (const { path, sha256 } of record.written) tree.set(path, sha256);
    }
  }
}

/** The steps of earlier replays, as the log and the plans tell of them. */
class Origins {
  readonly #source: EvidenceSource;
  readonly #records: ReadonlyMap<string, string>;
  readonly #plans = new Map<string, Plan>();

  constructor(source: EvidenceSource) {
    this.#source = source;
    const finished = eventsOf(source.events, 'step-finished');
    this.#records = new Map(
      finished.map(event => [`${event.replay} ${event.number} ${event.step}`, event.record.sha256]),
    );
  }

  problemOf({ started }: ReplayTrail, record: StepRecord, reused: Reused): string | null {
    const { replay, number, step } = reused;
    const origin = eventsOf(this.#source.events, 'replay-started').find(event => event.replay === replay);
    if (!origin || replay >= started.replay || origin.mode !== started.mode)
      return 'no earlier replay has its results';
    if (origin.machine.sha256 !== started.machine.sha256) return 'its results are from another machine';
    const ran = this.#records.get(`${replay} ${number} ${step}`);
    if (ran !== sha256Of(canonicalBytes({ ...record, replay, number, step, reused: null })))
      return 'its results are not those of the step that it names';
    const then = this.#program(origin.plan, number);
    const now = this.#program(started.plan, record.number);
    const same = then !== null && now !== null && requestOf(then).equals(requestOf(now));
    return same ? null : 'the step that gave its results was asked something else';
  }

  #program(sha256: string, number: number): ProgramStep | null {
    let plan = this.#plans.get(sha256);
    if (!plan) {
      plan = planSchema.parse(JSON.parse(this.#source.object(sha256).toString('utf8')));
      this.#plans.set(sha256, plan);
    }
    const step = plan.steps[number - 1];
    return step?.action === 'run' ? step : null;
  }
}

function inputProblem({ observation, outcome }: StepRecord, hashAt: HashAt): string | null {
  if (!observation || observation.notUnderstood > 0 || outcome === 'failed')
    return 'it was not seen to do its work';
  const inTree = (path: string) => path.replace(/^\/+/, '');
  const changed = observation.files.find(use => use.sha256 !== hashAt(inTree(use.path)));
  if (changed) return `it used ${changed.path}, which is not what it was`;
  const touched = new Set(observation.files.flatMap(({ path, use }) => (use === 'read' ? [] : [path])));
  const other = observation.programs.find(({ path, sha256 }) => {
    const before = hashAt(inTree(path));
    return before !== null && before !== sha256 && !touched.has(path);
  });
  return other ? `it ran ${other.path}, which is not what it was` : null;
}
