import type { ArtifactRow, StepRow } from '../../contract/requests/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { type Plan, planSchema, type Step } from '../chain/index.ts';
import { type Machine, machineSchema, type StepRecord, stepRecordSchema } from '../replay/index.ts';
import { type CaseEvidence, caseSource, readEvidence } from '../report/index.ts';
import { type Artifact, type Judgement, judge } from '../verdict/index.ts';
import { ObjectRanges } from './ranges.ts';

/** The newest plan, or that of the newest replay when there is one, with what was done of it. */
export interface NewestChain {
  readonly plan: Plan;
  readonly planMade: EventOf<'plan-made'>;
  readonly started: EventOf<'replay-started'> | null;
  /** The finished steps of that replay by number. */
  readonly finished: ReadonlyMap<number, EventOf<'step-finished'>>;
}

/** What was made of the newest replay. */
export interface Judged {
  readonly evidence: CaseEvidence;
  readonly judgement: Judgement;
}

/** How many times as long as a judgement took it is good for while a replay runs. */
const JUDGING_SHARE = 20;

/** What a case's plan and replays say, each object read once. */
export class OpenedChain {
  readonly #case: Case;
  readonly #plans = new Map<string, Plan>();
  readonly #machines = new Map<string, Machine>();
  readonly #records = new Map<string, StepRecord>();
  #judged: (Judged & { readonly events: number; readonly until: number }) | null = null;

  /** Parts of the case's objects, to look at. */
  readonly ranges: ObjectRanges;

  constructor(theCase: Case) {
    this.#case = theCase;
    this.ranges = new ObjectRanges(theCase.objects);
  }

  /** Null before a plan was made. */
  newest(): NewestChain | null {
    const { log } = this.#case;
    const latest = log.last('plan-made');
    if (!latest) return null;
    const started = log.last('replay-started') ?? null;
    // A plan that was made after the newest replay is one that no replay has run yet.
    const current = started && started.seq > latest.seq ? started : this.#startedWith(latest);
    const planMade =
      (current && log.of('plan-made').findLast(event => event.plan.sha256 === current.plan)) ?? latest;
    const finished = new Map(
      current
        ? log
            .of('step-finished')
            .filter(event => event.replay === current.replay)
            .map(event => [event.number, event])
        : [],
    );
    return { plan: this.plan(planMade.plan.sha256), planMade, started: current, finished };
  }

  #startedWith({ plan }: EventOf<'plan-made'>): EventOf<'replay-started'> | null {
    return this.#case.log.of('replay-started').findLast(event => event.plan === plan.sha256) ?? null;
  }

  plan(sha256: string): Plan {
    const known = this.#plans.get(sha256);
    if (known) return known;
    const plan = planSchema.parse(JSON.parse(this.#case.objects.read(sha256).toString('utf8')));
    this.#plans.set(sha256, plan);
    return plan;
  }

  machine(sha256: string): Machine {
    const known = this.#machines.get(sha256);
    if (known) return known;
    const machine = machineSchema.parse(JSON.parse(this.#case.objects.read(sha256).toString('utf8')));
    this.#machines.set(sha256, machine);
    return machine;
  }

  record(event: EventOf<'step-finished'>): StepRecord {
    const { sha256 } = event.record;
    const known = this.#records.get(sha256);
    if (known) return known;
    const record = stepRecordSchema.parse(JSON.parse(this.#case.objects.read(sha256).toString('utf8')));
    this.#records.set(sha256, record);
    return record;
  }

  /**
   * The evidence of the newest replay and its judgement; null when there was none. While a replay runs it may be that of some
   * steps ago, so that judging never takes more than a small part of the engine's time. Throws `report.incomplete`.
   */
  judged(): Judged | null {
    const { log } = this.#case;
    if (!log.last('replay-started')) return null;
    const events = log.events.length;
    const known = this.#judged;
    if (known && (known.events === events || (this.isRunning() && performance.now() < known.until)))
      return known;
    const started = performance.now();
    const evidence = readEvidence(caseSource(this.#case));
    const judgement = judge(evidence.evidence);
    const now = performance.now();
    this.#judged = { events, evidence, judgement, until: now + (now - started) * JUDGING_SHARE };
    return this.#judged;
  }

  /** Whether the newest replay has not come to its end: it runs, or was stopped. */
  isRunning(): boolean {
    const { log } = this.#case;
    const started = log.last('replay-started');
    return started !== undefined && log.last('replay-finished')?.replay !== started.replay;
  }

  /** How long a step took here, in seconds; null when it did not run. */
  seconds(replay: number): ReadonlyMap<number, number> {
    const rows = this.#case.database
      .prepare<[number], { number: number; seconds: number }>(
        'SELECT number, seconds FROM timing WHERE replay = ?',
      )
      .all(replay);
    return new Map(rows.map(row => [row.number, row.seconds]));
  }
}

/** A step of the plan as a row of the table. */
export function stepRow(step: Step, record: StepRecord | null, seconds: number | null): StepRow {
  return {
    number: step.number,
    id: step.id,
    stage: step.stage,
    title: step.title,
    action: step.action,
    origin: step.origin,
    program: step.action === 'run' ? step.program : null,
    outcome: record?.outcome ?? 'not-run',
    seconds,
    programs: record?.observation?.programs.length ?? null,
    wrote: record?.written.length ?? 0,
  };
}

/** An artifact as a row of the table. */
export function artifactRow(artifact: Artifact): ArtifactRow {
  const { path, step, size, sha256, verdict, result, expectations, waiver } = artifact;
  return {
    path,
    step,
    size,
    sha256,
    verdict,
    result,
    waiver,
    expectations: expectations.map(({ path, sha256, size, source, origin }) => ({
      path,
      sha256,
      size,
      source,
      origin,
    })),
  };
}
