import type { Output, Params } from '../../../contract/requests/index.ts';
import { replayCase, replayStatuses, rerunCaseStep } from '../../audit/index.ts';
import { inputError } from '../../base/index.ts';
import { endText, type ReplayLimits } from '../../replay/index.ts';
import type { Handlers } from '../handler.ts';
import { TextHead } from '../ranges.ts';
import type { Session } from '../session.ts';

/** Most characters of a step's output that a run of it alone gives back, for each stream. */
const OUTPUT_LIMIT = 1 << 20;
/** Most paths that are named where a run of a step alone came out otherwise. */
const DIFFERENT_LIMIT = 500;

/** Methods that run replays, stop them and look back at them. */
export const replayHandlers: Handlers<
  'replay.run' | 'replay.live' | 'replay.stop' | 'replay.only' | 'replay.list'
> = {
  async 'replay.run'({ mode, runtime, observe, again, resume, reuse, jobs, stepLimits }, context) {
    const { session, signal, onProgress } = context;
    const { bundle } = await session.bundle();
    const live = session.beginReplay();
    try {
      const outcome = await replayCase(session.theCase(), session.kit(), bundle, {
        ...{ mode, observe, again, resume, reuse, jobs, watcher: live, pause: live.pause },
        signal: AbortSignal.any([signal, live.signal]),
        stepLimits: definedOf(stepLimits),
        onProgress(progress) {
          live.progress(progress);
          onProgress(progress);
        },
        onOutput: (step, _, chunk) => session.stepPrinted(step, chunk),
        ...(runtime !== undefined && { runtime }),
      });
      const { replay, failure } = outcome;
      return {
        replay,
        outcome: outcome.outcome,
        failure: failure && { ...failure, argv: [...failure.argv], logTail: [...failure.logTail] },
      };
    } finally {
      session.endReplay();
    }
  },
  'replay.live': (_, { session }) => session.liveReplay?.state ?? null,
  'replay.stop'({ when }, { session }) {
    const live = session.liveReplay;
    if (!live) throw inputError('replay.not-running', 'no replay runs');
    live.stop(when);
    return {};
  },
  async 'replay.only'({ number, replay, runtime }, { session, signal, onProgress }) {
    const { bundle } = await session.bundle();
    const [stdout, stderr] = [new TextHead(OUTPUT_LIMIT), new TextHead(OUTPUT_LIMIT)];
    const options = {
      ...{ signal, onProgress, stdout, stderr },
      ...(runtime !== undefined && { runtime }),
      ...(replay !== undefined && { replay }),
    };
    const { end, compared } = await rerunCaseStep(session.theCase(), session.kit(), bundle, number, options);
    return {
      end: endText(end),
      stdout: stdout.text,
      stderr: stderr.text,
      cut: stdout.cut || stderr.cut,
      compared: compared && {
        ...compared,
        different: compared.different.slice(0, DIFFERENT_LIMIT),
        differing: compared.different.length,
      },
    };
  },
  'replay.list': (_, { session }) => replaysOf(session),
};

function definedOf(limits: Params<'replay.run'>['stepLimits']): Partial<ReplayLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

function replaysOf(session: Session): Output<'replay.list'> {
  const theCase = session.theCase();
  const { log } = theCase;
  const states = new Map(replayStatuses(theCase).map(status => [status.number, status]));
  return log
    .of('replay-started')
    .toReversed()
    .map(({ seq, replay, at, by, mode, plan, machine, resumes = null }) => {
      const { runtime, observer } = session.chain().machine(machine.sha256);
      const { done = 0, outcome = 'unfinished', running = false } = states.get(replay) ?? {};
      return {
        number: replay,
        ...{ at, by, mode, done, outcome, running, resumes },
        superseded: (log.last('bundle-imported')?.seq ?? 0) > seq,
        runtime: `${runtime.name} ${runtime.version}`,
        observer: observer && `${observer.name} ${observer.version}`,
        steps: session.chain().plan(plan).steps.length,
        seconds: session.chain().secondsInAll(replay),
      };
    });
}
