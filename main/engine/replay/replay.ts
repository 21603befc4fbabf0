import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalBytes, sha256Of, type TaskOptions } from '../base/index.ts';
import { beginReplaying, type Case, type EventOf, type ObjectRef } from '../case/index.ts';
import type { Plan, Step } from '../chain/index.ts';
import { buildTree, initialTree, type PlacedSeed, type SourceTree } from './build-tree.ts';
import { failureOf, type StepFailure } from './failure.ts';
import { StepsInOrder } from './in-order.ts';
import { describeMachine } from './machine.ts';
import { concludeTree } from './nar-of-tree.ts';
import type { ReadyObserver } from './observer.ts';
import { type FinalTree, finalTreeSchema, type StepLimits, type StepRecord } from './record.ts';
import { ResumedResults } from './resumed.ts';
import { type RecordedResults, Reuse, type ReuseInput } from './reuse.ts';
import type { ReadyRuntime } from './runtime.ts';
import type { OnOutput, StepSetting } from './step.ts';
import type { Tree } from './tree.ts';
import { removeFolder } from './tree-folder.ts';
import { type ChosenReplay, chooseReplay, recordsOf } from './which-replay.ts';

/** What a replay replays, and with what. */
export interface ReplayInput {
  /** How the chain is driven; the plan is one of this mode. By default step by step. */
  readonly mode?: ReplayMode;
  readonly plan: Plan;
  /** The plan as an object of the case. */
  readonly planRef: ObjectRef;
  readonly sources: SourceTree;
  readonly seeds: readonly PlacedSeed[];
  readonly runtime: ReadyRuntime;
  /** Null to replay without watching. */
  readonly observer: ReadyObserver | null;
}

/** What bounds each step besides its timeout. */
export interface ReplayLimits extends Omit<StepLimits, 'seconds'> {
  /** Bytes of what the observer noted of one step. */
  readonly trace: number;
}

export const REPLAY_LIMITS: ReplayLimits = {
  output: 16 << 20,
  bytes: 16 * 2 ** 30,
  files: 1_000_000,
  file: 16 * 2 ** 30,
  memory: 16 * 2 ** 30,
  processes: 10_000,
  trace: 8 * 2 ** 30,
};

export interface ReplayOptions extends TaskOptions {
  /** True to start a new replay although one of this plan on this machine has finished. */
  readonly again?: boolean;
  /**
   * True to go on from where the newest replay ended: one that was stopped as always, one that failed by a new replay that takes over
   * what its finished steps gave.
   */
  readonly resume?: boolean;
  /** True to leave the tree in the case's scratch folder. */
  readonly keepTree?: boolean;
  readonly limits?: Partial<ReplayLimits>;
  /**
   * True to take over what an earlier replay of this case recorded of a step instead of running it, where everything is the
   * same that the step was given and seen to use; see `Reuse`.
   */
  readonly reuse?: boolean;
  /**
   * Steps that may run at once, by default 1. More has an effect only without `reuse`, for a plan whose steps say what they read and write, while it
   * is observed; the records are the same.
   */
  readonly jobs?: number;
  readonly onOutput?: OnOutput;
  /** Aborted to end the replay between two steps: the one that runs is finished and recorded first. */
  readonly pause?: AbortSignal;
  readonly watcher?: ReplayWatcher;
}

/** Hears how a replay goes. Its functions must be cheap and must not throw. */
export interface ReplayWatcher {
  /** The replay has its number, and its tree stands. */
  began(replay: BegunReplay): void;
  stepBegan(step: Step): void;
  /** It was recorded. */
  stepEnded(step: Step): void;
}

/** A replay that begins, or goes on. */
export interface BegunReplay extends Pick<ReplayInput, 'plan' | 'planRef'> {
  readonly number: number;
  readonly mode: ReplayMode;
  /** Steps that were finished before. */
  readonly done: number;
}

/** How a chain is driven: by Assay step by step, or by its own script in one container. */
export type ReplayMode = EventOf<'replay-started'>['mode'];

/** What came of a replay. */
export interface ReplayOutcome {
  readonly replay: number;
  readonly outcome: 'completed' | 'failed';
  /** Steps that were already finished when this call began. */
  readonly before: number;
  readonly tree: FinalTree;
  /** Null when every step did its work. */
  readonly failure: StepFailure | null;
}

/**
 * Replays a chain, or goes on where the newest replay stopped. It goes on only when that one has the same plan and ran on a
 * machine whose description is the same to the byte; otherwise a new replay is started, and the old one stays unfinished in
 * the log. A finished replay of the same plan and machine is given back as it is, unless `again` is set. A step in which
 * the process was stopped or killed is run again from the start. Going on writes no event: the log of an interrupted replay
 * ends up as that of an uninterrupted one. With `resume` a failed replay is gone on from by a new one. Throws
 * `replay.not-resumable`.
 */
export async function runReplay(
  theCase: Case,
  input: ReplayInput,
  options: ReplayOptions = {},
): Promise<ReplayOutcome> {
  const machine = theCase.objects.put(canonicalBytes(await describeMachine(input.runtime, input.observer)));
  const mode = input.mode ?? 'stepped';
  const chosen = chooseReplay(
    theCase,
    { mode, plan: input.planRef.sha256, machine: machine.sha256 },
    options,
  );
  if ('ended' in chosen) return outcomeOf(theCase, input.plan, chosen.replay, chosen.ended);
  const { replay, records, resumes } = chosen;
  const scratch = join(theCase.scratch, `replay-${replay}`);
  removeFolder(scratch);
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const owner = sha256Of(`${theCase.id} ${realpathSync(theCase.folder)}`).slice(0, 32);
  input.runtime.runtime.sweep?.(input.runtime.tool, owner);
  try {
    const root = join(realpathSync(scratch), 'root');
    const parts = { objects: theCase.objects, sources: input.sources, seeds: input.seeds };
    const tree = await buildTree({ ...parts, root, records }, options);
    const rebuild = () => {
      removeFolder(root);
      return buildTree({ ...parts, root, records: recordsOf(theCase, replay) }, options);
    };
    const results = recordedResults(theCase, chosen, options, () => ({
      ...{ mode, machine: machine.sha256, initial: initialTree(parts), state: tree.state },
    }));
    const { plan, planRef } = input;
    if (!chosen.goesOn) {
      const from = resumes === null ? {} : { resumes };
      theCase.log.append({ type: 'replay-started', replay, plan: planRef.sha256, mode, machine, ...from });
    }
    options.watcher?.began({ number: replay, mode, plan, planRef, done: records.length });
    const running = { replay, tree, scratch, done: records.length, reuse: results, owner, rebuild };
    const end = await runSteps(theCase, input, options, running);
    return { ...outcomeOf(theCase, input.plan, replay, end), before: records.length };
  } finally {
    if (!options.keepTree) removeFolder(scratch);
  }
}

/** What may stand for running steps, if anything: of the replay that this one goes on from, or of any earlier one when that was asked for. */
function recordedResults(
  theCase: Case,
  { replay, records, resumes }: ChosenReplay,
  { reuse }: ReplayOptions,
  input: () => Omit<ReuseInput, 'replay' | 'records'>,
): RecordedResults | null {
  if (resumes !== null) return new ResumedResults(recordsOf(theCase, resumes), records);
  return reuse ? Reuse.find(theCase, { ...input(), replay, records }) : null;
}

interface Running {
  readonly replay: number;
  readonly tree: Tree;
  readonly scratch: string;
  readonly done: number;
  readonly reuse: RecordedResults | null;
  /** What containers are marked with. */
  readonly owner: string;
  /** Makes the tree anew as the records so far say. */
  readonly rebuild: () => Promise<Tree>;
}

async function runSteps(
  theCase: Case,
  input: ReplayInput,
  options: ReplayOptions,
  running: Running,
): Promise<EventOf<'replay-finished'>> {
  const { plan } = input;
  const stop = new AbortController();
  const pause = options.pause ? AbortSignal.any([options.pause, stop.signal]) : stop.signal;
  const work = stepsOf(theCase, input, { ...options, pause }, running);
  const replaying = beginReplaying(theCase);
  try {
    for await (const { step, record, seconds } of work.run()) {
      if (record.outcome === 'failed') return finishFailed(theCase, work.tree, plan, record, step, seconds);
      finishStep(theCase, record, step, seconds);
      options.watcher?.stepEnded(step);
      if (replaying.stopAsked()) stop.abort();
    }
    report(options, plan, plan.steps.length, '');
    const final = theCase.objects.put(canonicalBytes(concludeTree(work.tree, plan)));
    const { replay } = running;
    return theCase.log.append({ type: 'replay-finished', replay, outcome: 'completed', tree: final });
  } finally {
    replaying.end();
  }
}

/** What is still to run, in order, and how. */
function stepsOf(
  theCase: Case,
  { plan, runtime, observer }: ReplayInput,
  options: ReplayOptions,
  { replay, tree, scratch, done, reuse, owner, rebuild }: Running,
): StepsInOrder {
  const setting: StepSetting = {
    ...{ replay, tree, runtime, observer, scratch, owner },
    objects: theCase.objects,
    limits: { ...REPLAY_LIMITS, ...options.limits },
    signal: options.signal,
    onOutput: options.onOutput,
  };
  return new StepsInOrder({
    ...{ plan, setting, reuse, rebuild },
    steps: plan.steps.slice(done),
    jobs: options.jobs ?? 1,
    pause: options.pause,
    onStart(step) {
      options.watcher?.stepBegan(step);
      report(options, plan, step.number - 1, step.id);
    },
  });
}

function report(options: ReplayOptions, plan: Plan, done: number, detail: string): void {
  options.onProgress?.({ task: 'Replaying', done, total: plan.steps.length, unit: 'steps', detail });
}

function finishStep(theCase: Case, record: StepRecord, step: Step, seconds: number): void {
  const { replay, number, outcome } = record;
  const stored = theCase.objects.put(canonicalBytes(record));
  theCase.log.append(
    { type: 'step-finished', replay, number, step: step.id, outcome, record: stored },
    () => {
      // A step whose result was taken over took no time that says anything.
      if (record.reused) return;
      theCase.database
        .prepare('INSERT OR REPLACE INTO timing (replay, number, seconds) VALUES (?, ?, ?)')
        .run(replay, number, seconds);
    },
  );
}

/** Both events or neither: what a failed step left can only be looked at before the tree is gone. */
function finishFailed(
  theCase: Case,
  tree: Tree,
  plan: Plan,
  record: StepRecord,
  step: Step,
  seconds: number,
): EventOf<'replay-finished'> {
  const final = theCase.objects.put(canonicalBytes(concludeTree(tree, plan)));
  return theCase.database.transaction(() => {
    finishStep(theCase, record, step, seconds);
    const { replay } = record;
    return theCase.log.append({ type: 'replay-finished', replay, outcome: 'failed', tree: final });
  })();
}

function outcomeOf(
  theCase: Case,
  plan: Plan,
  replay: number,
  { outcome, tree }: EventOf<'replay-finished'>,
): ReplayOutcome {
  const last = theCase.log.of('step-finished').findLast(event => event.replay === replay);
  const failed = outcome === 'failed' && last ? last : null;
  return {
    replay,
    outcome,
    before: theCase.log.of('step-finished').filter(event => event.replay === replay).length,
    tree: finalTreeSchema.parse(JSON.parse(theCase.objects.read(tree.sha256).toString('utf8'))),
    failure: failed && failureOf(theCase, plan, failed),
  };
}
