import type { Output, StepRow } from '../../../contract/requests/index.ts';
import { tookPart } from '../../audit/index.ts';
import { inputError } from '../../base/index.ts';
import { isReviewEvent } from '../../case/index.ts';
import { readPlan, type Step, unaidedObstacle } from '../../chain/index.ts';
import { endText, failureOf, type StepRecord } from '../../replay/index.ts';
import { stepFileName } from '../../report/index.ts';
import { programOrigins } from '../../verdict/index.ts';
import type { Handlers } from '../handler.ts';
import { artifactRow, type PlannedChain, stepRow } from '../opened-chain.ts';
import { pastIn } from '../past.ts';
import { problemOf } from '../problem.ts';
import type { Session } from '../session.ts';

/** Methods about the plan and what a replay did of it. */
export const chainHandlers: Handlers<
  'chain.plan' | 'chain.plan-changes' | 'chain.step' | 'chain.log' | 'chain.artifacts'
> = {
  async 'chain.plan'({ replay }, { session }) {
    const theCase = session.theCase();
    if (!theCase.log.last('bundle-imported')) return null;
    const planned = session.chain().planned(replay);
    return planned ? planOf(session, planned) : unreadPlan(session);
  },
  'chain.plan-changes': ({ replay, since }, { session }) => changesOf(session, replay, since),
  'chain.step': ({ number, replay }, { session }) => stepOf(session, number, replay),
  async 'chain.log'({ number, replay, stream, offset, length }, { session }) {
    const ref = recordOf(session, plannedIn(session, replay), number)?.[stream];
    if (!ref) return { text: '', size: 0 };
    const bytes = await session.chain().ranges.read(ref.sha256, offset, length);
    return { text: bytes.toString('utf8'), size: ref.size };
  },
  'chain.artifacts': ({ replay }, { session }) =>
    (session.chain().judged(replay)?.judgement.artifacts ?? []).map(artifactRow),
};

function planOf(session: Session, planned: PlannedChain): Output<'chain.plan'> {
  const { plan, started, finished } = planned;
  const chain = session.chain();
  const seconds = started ? chain.seconds(started.replay) : new Map<number, number>();
  return {
    event: session.theCase().log.events.length,
    reader: plan.reader,
    mode: started?.mode ?? 'stepped',
    replay: started?.replay ?? null,
    ...progressOf(session, started),
    stages: plan.stages,
    results: plan.results,
    steps: plan.steps.map(step => {
      const event = finished.get(step.number);
      return stepRow(step, event ? chain.facts(event) : null, seconds.get(step.number) ?? null);
    }),
    notes: plan.notes,
    seeds: seedsOf(session),
    noUnaided: unaidedObstacle(session.kit(), plan),
    problem: null,
  };
}

function progressOf(session: Session, started: PlannedChain['started']) {
  if (!started) return { outcome: null, seconds: null };
  const { replay } = started;
  const ended = session
    .theCase()
    .log.of('replay-finished')
    .find(event => event.replay === replay);
  return { outcome: ended?.outcome ?? 'unfinished', seconds: session.chain().secondsInAll(replay) } as const;
}

/** The rows of steps that were finished since an event; null when something else happened that a plan speaks of. */
function changesOf(
  session: Session,
  replay: number | undefined,
  since: number,
): Output<'chain.plan-changes'> {
  const { events } = session.theCase().log;
  const planned = session.chain().planned(replay);
  if (!planned?.started || since > events.length || since < planned.started.seq) return null;
  const { plan, started } = planned;
  const chain = session.chain();
  const steps: StepRow[] = [];
  for (const event of events.slice(since)) {
    if (event.type === 'step-finished') {
      const step = event.replay === started.replay ? plan.steps[event.number - 1] : undefined;
      const seconds = chain.secondsOf(event.replay, event.number);
      if (step) steps.push(stepRow(step, chain.facts(event), seconds));
    } else if (!isReviewEvent(event) && !UNTOLD.has(event.type)) return null;
  }
  return { event: events.length, ...progressOf(session, started), steps };
}

/** Events besides those of people that change nothing of a plan but what is told of it anyway. */
const UNTOLD: ReadonlySet<string> = new Set([
  'replay-finished',
  'undone',
  'redone',
  'signed-off',
  'report-sealed',
]);

async function unreadPlan(session: Session): Promise<Output<'chain.plan'>> {
  const { bundle } = await session.bundle();
  const event = session.theCase().log.events.length;
  const nothing = {
    event,
    mode: 'stepped',
    replay: null,
    ...progressOf(session, null),
    seeds: seedsOf(session),
  } as const;
  const kit = session.kit();
  try {
    const plan = readPlan(kit, {
      type: path => bundle.entry(path)?.type ?? null,
      read: (path, limit) => bundle.read(path, limit),
    });
    const { reader, stages, results, notes } = plan;
    const steps = plan.steps.map(step => stepRow(step, null, null));
    return {
      ...nothing,
      reader,
      stages,
      results,
      notes,
      steps,
      noUnaided: unaidedObstacle(kit, plan),
      problem: null,
    };
  } catch (error) {
    const { reader } = kit.description.plan;
    const problem = problemOf(error);
    return {
      ...nothing,
      reader,
      stages: [],
      results: [],
      notes: [],
      steps: [],
      noUnaided: problem.message,
      problem,
    };
  }
}

function seedsOf(session: Session) {
  const seeds = new Map(
    session
      .theCase()
      .log.of('seed-checked')
      .map(event => [event.name, event]),
  );
  return [...seeds.values()].map(({ name, path, seed }) => ({ name, path, ...seed }));
}

function plannedIn(session: Session, replay: number | undefined): PlannedChain {
  const planned = session.chain().planned(replay);
  if (planned) return planned;
  throw inputError('replay.none', 'the case has no plan yet', undefined, 'Start a replay.');
}

function recordOf(session: Session, planned: PlannedChain, number: number): StepRecord | null {
  const event = planned.finished.get(number);
  return event ? session.chain().record(event) : null;
}

function stepOf(session: Session, number: number, replay: number | undefined): Output<'chain.step'> {
  const planned = plannedIn(session, replay);
  const step = planned.plan.steps[number - 1];
  if (!step) throw inputError('replay.no-such-step', `the plan has no step ${number}`);
  const chain = session.chain();
  const event = planned.finished.get(number);
  const record = event ? chain.record(event) : null;
  const run = step.action === 'run' ? step : null;
  const seconds = planned.started ? chain.secondsOf(planned.started.replay, number) : null;
  const artifacts = chain.judged(replay)?.judgement.artifacts ?? [];
  const wrote = new Set([...(record?.written ?? []).map(file => file.path), ...(run?.outputs ?? [])]);
  return {
    row: stepRow(step, event ? chain.facts(event) : null, seconds),
    argv: run?.argv ?? [],
    cwd: run?.cwd ?? null,
    environment: run?.environment ?? [],
    root: run?.root ?? null,
    timeoutSeconds: run?.timeoutSeconds ?? null,
    inputs: inputsOf(session, step, replay),
    plannedOutputs: run?.outputs ?? [],
    outputs: record?.written ?? [],
    removed: record?.removed ?? [],
    refused: record?.refused ?? [],
    artifacts: artifacts.filter(artifact => wrote.has(artifact.path)).map(artifactRow),
    end: record?.end ? endText(record.end) : null,
    ...recordedOf(session, planned, number, record),
    stdout: record?.stdout ?? null,
    stderr: record?.stderr ?? null,
    observation: record && seenOf(session, record, replay),
  };
}

/** What a record tells besides what the step did: why it failed, whose results it took over, where it is in a report. */
function recordedOf(
  session: Session,
  { plan, finished }: PlannedChain,
  number: number,
  record: StepRecord | null,
): Pick<Output<'chain.step'>, 'failure' | 'reused' | 'exhibit'> {
  const event = finished.get(number);
  if (!record || !event) return { failure: null, reused: null, exhibit: null };
  const failed = record.outcome === 'failed' ? failureOf(session.theCase(), plan, event) : null;
  return {
    failure: failed && { reason: failed.reason, logTail: [...failed.logTail], rerun: failed.rerun },
    reused: record.reused && { replay: record.reused.replay, number: record.reused.number },
    exhibit: `E-06 replay/${stepFileName(number, event.step)}.record.json`,
  };
}

/** So much of an observation is sent to be looked at; the record has all. */
const SEEN_LIMIT = { programs: 2000, files: 5000, others: 500 };

function seenOf(
  session: Session,
  record: StepRecord,
  replay: number | undefined,
): Output<'chain.step'>['observation'] {
  const { observation } = record;
  if (!observation) return null;
  const { programs, files, failedStarts, sockets, asked, transient } = observation;
  const judged = session.chain().judged(replay);
  const origins = judged
    ? programOrigins(record, judged.evidence.evidence, judged.judgement.findings)
    : programs.map(() => ({ kind: 'unknown', step: null }) as const);
  const { others } = SEEN_LIMIT;
  return {
    ...observation,
    programs: programs.slice(0, SEEN_LIMIT.programs),
    origins: origins.slice(0, SEEN_LIMIT.programs),
    files: files.slice(0, SEEN_LIMIT.files),
    failedStarts: failedStarts.slice(0, others),
    sockets: sockets.slice(0, others),
    asked: asked.slice(0, others),
    transient: transient.slice(0, others),
    totals: {
      programs: programs.length,
      files: files.length,
      failedStarts: failedStarts.length,
      sockets: sockets.length,
      asked: asked.length,
      transient: transient.length,
    },
  };
}

/** What took part in a step, with what is known of each: as observed where it ran, as declared where it did not. */
function inputsOf(session: Session, step: Step, replay: number | undefined): Output<'chain.step'>['inputs'] {
  const past = pastIn(session, replay);
  const files = past ? tookPart(step.number, past).files : [];
  if (files.length > 0 || step.action !== 'run') {
    return files.map(file => ({ ...file, reviewers: [...file.reviewers] }));
  }
  const unknown = { kind: 'unknown', step: null, sha256: null, verdict: null, reviewers: [] } as const;
  return [step.program, ...step.inputs].map((path, i) => ({
    ...unknown,
    reviewers: [],
    path,
    role: i === 0 ? 'program' : 'input',
  }));
}
