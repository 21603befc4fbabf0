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
    if (trail.started.resumes === undefined && trail.records.every(record => record.reused === null))
      continue;
    const tree = new Map<string, string | null>(read.seeds.map(seed => [seed.path, seed.seed.sha256]));
    const hashAt: HashAt = path => {
      const known = tree.get(path);
      return known === undefined ? (read.entry(path)?.sha256 ?? null) : known;
    };
    const resumed = new Resumed(source, trail);
    if (resumed.problem !== null)
      tell('reuse.not-derived', `replay ${trail.started.replay}`, resumed.problem);
    for (const record of trail.records) {
      const { reused } = record;
      const gaveAll = resumed.isAsThen(record) && record.outcome === 'done';
      const problem =
        reused &&
        (origins.problemOf(trail, record, reused) ?? (gaveAll ? null : inputProblem(record, hashAt)));
      if (problem !== null) tell('reuse.not-derived', record.step, problem);
      for (const path of record.removed) tree.set(path, null);
      for (const { path, sha256 } of record.written) tree.set(path, sha256);
    }
  }
}

/** The failed replay that another says it goes on from. */
class Resumed {
  readonly #resumes: number | undefined;
  readonly #records: ReadonlyMap<number, string>;
  #asThen = true;
  /** What speaks against going on from it; null for nothing. */
  readonly problem: string | null;

  constructor({ events }: EvidenceSource, { started }: ReplayTrail) {
    const { resumes, seq } = started;
    this.#resumes = resumes;
    const steps = eventsOf(events, 'step-finished').filter(event => event.replay === resumes);
    this.#records = new Map(steps.map(event => [event.number, event.record.sha256]));
    const from = eventsOf(events, 'replay-started').find(event => event.replay === resumes);
    const ended = eventsOf(events, 'replay-finished').find(event => event.replay === resumes);
    const alike =
      from?.plan === started.plan &&
      from.mode === started.mode &&
      from.machine.sha256 === started.machine.sha256 &&
      !events.some(event => INPUTS.has(event.type) && event.seq > from.seq && event.seq < seq);
    const good = alike && ended?.outcome === 'failed' && ended.seq < seq;
    this.problem = resumes === undefined || good ? null : `it cannot go on from replay ${resumes}`;
    this.#asThen = resumes !== undefined && good;
  }

  /** Whether this step and all before it came out to the byte as in the replay that it goes on from. Ask in their order. */
  isAsThen(record: StepRecord): boolean {
    const { number, reused } = record;
    const replay = this.#resumes;
    if (!this.#asThen || replay === undefined) return false;
    const taken = reused && reused.replay !== replay ? reused : null;
    const then = sha256Of(canonicalBytes({ ...record, replay, reused: taken }));
    this.#asThen = this.#records.get(number) === then;
    return this.#asThen;
  }
}

/** What a replay is made of. */
const INPUTS: ReadonlySet<string> = new Set(['kit-applied', 'bundle-imported', 'seed-checked']);

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
