import type { ArtifactRow, StepRow } from '../../contract/requests/index.ts';
import { timesOf } from '../audit/index.ts';
import { inputError, type TaskOptions } from '../base/index.ts';
import type { Content } from '../bundle/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { type Plan, planSchema, type Step } from '../chain/index.ts';
import { type Machine, machineSchema, readStepRecord, type StepRecord } from '../replay/index.ts';
import { type CaseEvidence, caseSource, readEvidence, replayThatCounts } from '../report/index.ts';
import { type Artifact, type Judgement, judge } from '../verdict/index.ts';
import { LogIndex } from './log-index.ts';
import { ObjectRanges } from './ranges.ts';

/** A plan with what a replay did of it. */
export interface PlannedChain {
  readonly plan: Plan;
  readonly planMade: EventOf<'plan-made'>;
  readonly started: EventOf<'replay-started'> | null;
  /** The finished steps of that replay by number. */
  readonly finished: ReadonlyMap<number, EventOf<'step-finished'>>;
}

/** What was made of a replay. */
export interface Judged {
  readonly evidence: CaseEvidence;
  readonly judgement: Judgement;
}

/** How many times as long as a judgement took it is good for while a replay runs. */
const JUDGING_SHARE = 20;
/** Judgements of so many replays are kept, records of steps of so many bytes in all, as JSON, and indexes of so many logs. */
const KEPT = { judgements: 3, records: 64 << 20, logs: 8 };

/** What the table says of a step's record. */
export interface RecordFacts {
  readonly outcome: StepRecord['outcome'];
  readonly programs: number | null;
  readonly wrote: number;
}

interface KeptJudgement extends Judged {
  readonly events: number;
  readonly until: number;
}

/** What a case's plan and replays say, each object read once. */
export class OpenedChain {
  readonly #case: Case;
  readonly #plans = new Map<string, Plan>();
  readonly #machines = new Map<string, Machine>();
  readonly #records = new Map<string, { readonly record: StepRecord; readonly size: number }>();
  #recordBytes = 0;
  readonly #logs = new Map<string, Promise<LogIndex>>();
  readonly #facts = new Map<string, RecordFacts>();
  /** By the number of the replay, the one that was asked for last at the end. */
  readonly #judged = new Map<number, KeptJudgement>();

  /** Parts of the case's objects, to look at. */
  readonly ranges: ObjectRanges;

  constructor(theCase: Case) {
    this.#case = theCase;
    this.ranges = new ObjectRanges(theCase.objects);
  }

  /**
   * The plan of a replay; without a number the newest plan, with the newest replay when that ran it. Null before a plan was made.
   * Throws `replay.no-such`.
   */
  planned(replay?: number): PlannedChain | null {
    const { log } = this.#case;
    const latest = log.last('plan-made');
    if (!latest) return null;
    const started = replay === undefined ? this.#newestOf(latest) : this.#startOf(replay);
    const planMade =
      (started && log.of('plan-made').findLast(event => event.plan.sha256 === started.plan)) ?? latest;
    const finished = new Map(
      started
        ? log
            .of('step-finished')
            .filter(event => event.replay === started.replay)
            .map(event => [event.number, event])
        : [],
    );
    return { plan: this.plan(planMade.plan.sha256), planMade, started, finished };
  }

  #newestOf(latest: EventOf<'plan-made'>): EventOf<'replay-started'> | null {
    const started = this.#case.log.last('replay-started') ?? null;
    // A plan that was made after the newest replay is one that no replay has run yet.
    return started && started.seq > latest.seq ? started : this.#startedWith(latest);
  }

  #startOf(replay: number): EventOf<'replay-started'> {
    const started = this.#case.log.of('replay-started').find(event => event.replay === replay);
    if (started) return started;
    throw inputError('replay.no-such', `the case has no replay ${replay}`);
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

  /** The record of a step. Throws as `readStepRecord` does. */
  record(event: EventOf<'step-finished'>): StepRecord {
    const { sha256, size } = event.record;
    const known = this.#records.get(sha256);
    if (known) return known.record;
    const record = readStepRecord(this.#case.objects.read(sha256), event.step);
    this.#records.set(sha256, { record, size });
    this.#recordBytes += size;
    for (const [oldest, { size: freed }] of this.#records) {
      if (this.#recordBytes <= KEPT.records || oldest === sha256) break;
      this.#records.delete(oldest);
      this.#recordBytes -= freed;
    }
    return record;
  }

  /** What the table says of a step's record; small, and known of every step once the plan was told. */
  facts(event: EventOf<'step-finished'>): RecordFacts {
    const { sha256 } = event.record;
    const known = this.#facts.get(sha256);
    if (known) return known;
    const { outcome, observation, written } = this.record(event);
    const facts = { outcome, programs: observation?.programs.length ?? null, wrote: written.length };
    this.#facts.set(sha256, facts);
    return facts;
  }

  /**
   * The evidence of a replay and its judgement, by default of the newest; null when there was none on the bundle
   * that the case has now. While a replay runs it may be that
   * of some steps ago, so that judging never takes more than a small part of the engine's time. Throws `report.incomplete` and
   * `replay.no-such`.
   */
  judged(replay?: number): Judged | null {
    const { log } = this.#case;
    const newest = replayThatCounts(log.events)?.replay;
    const wanted = replay ?? newest;
    if (wanted === undefined) return null;
    const events = log.events.length;
    const known = this.#judged.get(wanted);
    this.#judged.delete(wanted);
    const good = known && (known.events === events || (this.isRunning() && performance.now() < known.until));
    const judged = good ? known : this.#judge(wanted === newest ? undefined : wanted);
    this.#judged.set(wanted, judged);
    for (const oldest of this.#judged.keys()) {
      if (this.#judged.size <= KEPT.judgements) break;
      this.#judged.delete(oldest);
    }
    return judged;
  }

  #judge(replay: number | undefined): KeptJudgement {
    const events = this.#case.log.events.length;
    const started = performance.now();
    const evidence = readEvidence(caseSource(this.#case, replay), replay);
    const judgement = judge(evidence.evidence);
    const now = performance.now();
    return { events, evidence, judgement, until: now + (now - started) * JUDGING_SHARE };
  }

  /** Whether the newest replay has not come to its end: it runs, or was stopped. */
  isRunning(): boolean {
    const { log } = this.#case;
    const started = log.last('replay-started');
    return started !== undefined && log.last('replay-finished')?.replay !== started.replay;
  }

  /** Where the lines of a log begin; known again while it is one of the last few that were asked for. */
  logIndex(sha256: string, content: Content, options: TaskOptions): Promise<LogIndex> {
    const known = this.#logs.get(sha256) ?? LogIndex.of(content, options);
    this.#logs.delete(sha256);
    this.#logs.set(sha256, known);
    known.catch(() => this.#logs.delete(sha256));
    for (const oldest of this.#logs.keys()) {
      if (this.#logs.size <= KEPT.logs) break;
      this.#logs.delete(oldest);
    }
    return known;
  }

  /** How long each step of a replay took here, in seconds by number; without those that did not run. */
  seconds(replay: number): ReadonlyMap<number, number> {
    return timesOf(this.#case, replay);
  }

  /** How long all steps of a replay took here, in seconds. */
  secondsInAll(replay: number): number {
    const row = this.#case.database
      .prepare<[number], { seconds: number }>('SELECT total(seconds) AS seconds FROM timing WHERE replay = ?')
      .get(replay);
    return row?.seconds ?? 0;
  }

  /** How long one step took here, in seconds; null when it did not run. */
  secondsOf(replay: number, number: number): number | null {
    const row = this.#case.database
      .prepare<[number, number], { seconds: number }>(
        'SELECT seconds FROM timing WHERE replay = ? AND number = ?',
      )
      .get(replay, number);
    return row?.seconds ?? null;
  }
}

/** A step of the plan as a row of the table. */
export function stepRow(step: Step, facts: RecordFacts | null, seconds: number | null): StepRow {
  const planned = step.action === 'run' ? step.outputs : [];
  return {
    number: step.number,
    id: step.id,
    stage: step.stage,
    title: step.title,
    action: step.action,
    origin: step.origin,
    program: step.action === 'run' ? step.program : null,
    outcome: facts?.outcome ?? 'not-run',
    seconds,
    programs: facts?.programs ?? null,
    wrote: facts?.wrote ?? 0,
    plans: planned[0] ?? null,
    plansMore: Math.max(0, planned.length - 1),
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
