import type { Output } from '../../../contract/requests/index.ts';
import { replayCase, rerunCaseStep } from '../../audit/index.ts';
import { inputError } from '../../base/index.ts';
import { readPlan, type Step, unaidedObstacle } from '../../chain/index.ts';
import { endText, type StepRecord } from '../../replay/index.ts';
import { type Lineage, lineageOf, stepOrigins } from '../../verdict/index.ts';
import type { Handlers } from '../handler.ts';
import { artifactRow, type NewestChain, stepRow } from '../opened-chain.ts';
import { problemOf } from '../problem.ts';
import { TextHead } from '../ranges.ts';
import type { Session } from '../session.ts';

/** Most characters of a step's output that a run of it alone gives back, for each stream. */
const OUTPUT_LIMIT = 1 << 20;

/** Methods about the plan and what the newest replay did of it. */
export const chainHandlers: Handlers<
  | 'chain.plan'
  | 'chain.step'
  | 'chain.log'
  | 'chain.artifacts'
  | 'object.bytes'
  | 'chain.lineage'
  | 'replay.run'
  | 'replay.only'
  | 'replay.list'
> = {
  async 'chain.plan'(_, { session }) {
    const theCase = session.theCase();
    if (!theCase.log.last('bundle-imported')) return null;
    const newest = session.chain().newest();
    return newest ? planOf(session, newest) : unreadPlan(session);
  },
  'chain.step': ({ number }, { session }) => stepOf(session, number),
  'chain.log'({ number, stream, offset, length }, { session }) {
    const ref = recordOf(session, newestOf(session), number)?.[stream];
    if (!ref) return { text: '', size: 0 };
    const bytes = session.chain().ranges.read(ref.sha256, offset, length);
    return { text: bytes.toString('utf8'), size: ref.size };
  },
  'chain.artifacts': (_, { session }) =>
    (session.chain().judged()?.judgement.artifacts ?? []).map(artifactRow),
  'object.bytes'({ sha256, offset, length }, { session }) {
    const { objects } = session.theCase();
    if (!objects.has(sha256))
      throw inputError('object.missing', 'the case has no such object', { file: sha256 });
    const bytes = session.chain().ranges.read(sha256, offset, length);
    return { bytes: bytes.toString('base64'), size: objects.sizeOf(sha256) };
  },
  'chain.lineage'({ path }, { session }) {
    const judged = session.chain().judged();
    return judged && lineageDocument(lineageOf(path, judged.evidence.evidence));
  },
  async 'replay.run'({ mode, runtime, observe, again, reuse }, { session, signal, onProgress }) {
    const { bundle } = await session.bundle();
    const outcome = await replayCase(session.theCase(), session.kit(), bundle, {
      mode,
      observe,
      again,
      reuse,
      signal,
      onProgress,
      onOutput: (step, stream, chunk) =>
        session.emit({ type: 'step-output', step, stream, text: Buffer.from(chunk).toString('utf8') }),
      ...(runtime !== undefined && { runtime }),
    });
    const { replay, failure } = outcome;
    return {
      replay,
      outcome: outcome.outcome,
      failure: failure && { ...failure, argv: [...failure.argv], logTail: [...failure.logTail] },
    };
  },
  async 'replay.only'({ number, runtime }, { session, signal, onProgress }) {
    const { bundle } = await session.bundle();
    const [stdout, stderr] = [new TextHead(OUTPUT_LIMIT), new TextHead(OUTPUT_LIMIT)];
    const options = { signal, onProgress, stdout, stderr, ...(runtime !== undefined && { runtime }) };
    const end = await rerunCaseStep(session.theCase(), session.kit(), bundle, number, options);
    return {
      end: endText(end),
      stdout: stdout.text,
      stderr: stderr.text,
      cut: stdout.cut || stderr.cut,
    };
  },
  'replay.list': (_, { session }) => replaysOf(session),
};

function planOf(session: Session, newest: NewestChain): Output<'chain.plan'> {
  const { plan, started } = newest;
  const seconds = started ? session.chain().seconds(started.replay) : new Map<number, number>();
  return {
    reader: plan.reader,
    mode: started?.mode ?? 'stepped',
    replay: started?.replay ?? null,
    stages: plan.stages,
    results: plan.results,
    steps: plan.steps.map(step =>
      stepRow(step, recordOf(session, newest, step.number), seconds.get(step.number) ?? null),
    ),
    notes: plan.notes,
    seeds: seedsOf(session),
    noUnaided: unaidedObstacle(session.kit(), plan),
    problem: null,
  };
}

async function unreadPlan(session: Session): Promise<Output<'chain.plan'>> {
  const { bundle } = await session.bundle();
  const nothing = { mode: 'stepped', replay: null, seeds: seedsOf(session) } as const;
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

function newestOf(session: Session): NewestChain {
  const newest = session.chain().newest();
  if (newest) return newest;
  throw inputError('replay.none', 'the case has no plan yet', undefined, 'Start a replay.');
}

function recordOf(session: Session, newest: NewestChain, number: number): StepRecord | null {
  const event = newest.finished.get(number);
  return event ? session.chain().record(event) : null;
}

function stepOf(session: Session, number: number): Output<'chain.step'> {
  const newest = newestOf(session);
  const step = newest.plan.steps[number - 1];
  if (!step) throw inputError('replay.no-such-step', `the plan has no step ${number}`);
  const record = recordOf(session, newest, number);
  const run = step.action === 'run' ? step : null;
  const seconds = newest.started ? session.chain().seconds(newest.started.replay).get(number) : undefined;
  const artifacts = session.chain().judged()?.judgement.artifacts ?? [];
  const wrote = new Set([...(record?.written ?? []).map(file => file.path), ...(run?.outputs ?? [])]);
  return {
    row: stepRow(step, record, seconds ?? null),
    argv: run?.argv ?? [],
    cwd: run?.cwd ?? null,
    environment: run?.environment ?? [],
    root: run?.root ?? null,
    timeoutSeconds: run?.timeoutSeconds ?? null,
    inputs: inputsOf(session, step),
    plannedOutputs: run?.outputs ?? [],
    outputs: record?.written ?? [],
    removed: record?.removed ?? [],
    refused: record?.refused ?? [],
    artifacts: artifacts.filter(artifact => wrote.has(artifact.path)).map(artifactRow),
    end: record?.end ? endText(record.end) : null,
    stdout: record?.stdout ?? null,
    stderr: record?.stderr ?? null,
    observation: record?.observation ?? null,
  };
}

/** What took part in a step, with where each came from: as observed where it ran, as declared where it did not. */
function inputsOf(session: Session, step: Step): Output<'chain.step'>['inputs'] {
  const judged = session.chain().judged();
  const inputs = judged ? stepOrigins(step.number, judged.evidence.evidence) : [];
  if (inputs.length > 0 || step.action !== 'run') {
    return inputs.map(({ role, origin: { path, kind, step: from, sha256 } }) => ({
      path,
      kind,
      step: from,
      sha256,
      role,
    }));
  }
  return [step.program, ...step.inputs].map((path, i) => ({
    path,
    kind: 'unknown',
    step: null,
    sha256: null,
    role: i === 0 ? 'program' : 'input',
  }));
}

function lineageDocument(lineage: Lineage | null): Output<'chain.lineage'> {
  return lineage && { target: lineage.target, nodes: [...lineage.nodes], edges: [...lineage.edges] };
}

function replaysOf(session: Session): Output<'replay.list'> {
  const theCase = session.theCase();
  const { log } = theCase;
  return log
    .of('replay-started')
    .toReversed()
    .map(({ replay, at, by, mode, plan, machine }) => {
      const { runtime, observer } = session.chain().machine(machine.sha256);
      const steps = log.of('step-finished').filter(event => event.replay === replay);
      const seconds = [...session.chain().seconds(replay).values()];
      return {
        number: replay,
        at,
        by,
        mode,
        runtime: `${runtime.name} ${runtime.version}`,
        observer: observer && `${observer.name} ${observer.version}`,
        steps: session.chain().plan(plan).steps.length,
        done: steps.filter(event => event.outcome === 'done').length,
        outcome: log.of('replay-finished').find(event => event.replay === replay)?.outcome ?? 'unfinished',
        seconds: seconds.reduce((sum, each) => sum + each, 0),
      };
    });
}
