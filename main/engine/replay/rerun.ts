import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, inputError, sha256Stream, type TaskOptions } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import { buildTree } from './build-tree.ts';
import type { Sink } from './contained.ts';
import type { End, StepRecord } from './record.ts';
import { REPLAY_LIMITS, type ReplayInput } from './replay.ts';
import { runProgram } from './run-program.ts';
import { removeFolder } from './tree-folder.ts';
import { compareBytes } from './tree-state.ts';
import { madeWithWhatIsHere, recordsOf } from './which-replay.ts';

/** Where the output of a step that is run alone goes. */
export interface RerunOptions extends TaskOptions {
  /** The replay on whose tree it runs, by its number; by default the newest of steps. */
  readonly replay?: number;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** How a step that was run alone came out beside what was recorded of it. */
export interface RerunComparison {
  /** Whether it ended as then, and printed the same to standard output and to standard error. */
  readonly end: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Files and links that it left as then, and the paths of those that are otherwise, or only there once; by bytes. */
  readonly same: number;
  readonly different: readonly string[];
}

/** What came of running a step alone. */
export interface Rerun {
  readonly end: End;
  /** Null when nothing is recorded of the step. */
  readonly compared: RerunComparison | null;
}

/**
 * Runs one step of a replay alone, on the tree as it was before it, and records nothing. Throws `replay.none`, `replay.of-others`,
 * `replay.no-such-step`, and `replay.not-reached` when the replay did not come that far.
 */
export async function rerunStep(
  theCase: Case,
  number: number,
  input: ReplayInput,
  options: RerunOptions,
): Promise<Rerun> {
  const { plan, runtime, sources, seeds } = input;
  const replay = replayOf(theCase, input, options.replay);
  const step = plan.steps.find(each => each.number === number);
  if (step?.action !== 'run') {
    throw inputError('replay.no-such-step', `step ${number} is no program of the plan`);
  }
  const all = recordsOf(theCase, replay);
  const records = all.filter(record => record.number < number && record.outcome === 'done');
  if (records.length < number - 1) {
    throw inputError('replay.not-reached', `replay ${replay} stopped before step ${number}`, {
      step: step.id,
    });
  }
  const scratch = join(theCase.scratch, `only-${number}`);
  removeFolder(scratch);
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  try {
    const root = join(realpathSync(scratch), 'root');
    const tree = await buildTree({ root, objects: theCase.objects, sources, seeds, records }, options);
    const setting = { tree, runtime, observer: null, scratch, signal: options.signal };
    const [stdout, stderr] = [new HashingSink(options.stdout), new HashingSink(options.stderr)];
    const { end } = await runProgram(step, { ...setting, limits: REPLAY_LIMITS }, { stdout, stderr });
    const record = all.find(each => each.number === number);
    if (!record) return { end, compared: null };
    const { written, removed } = tree.rescan(REPLAY_LIMITS);
    return { end, compared: compare(record, { end, stdout, stderr, written, removed }) };
  } finally {
    removeFolder(scratch);
  }
}

/** The replay on whose tree a step runs: it has to be of this plan, and of the kit, bundle and seeds that the case has now. */
function replayOf(theCase: Case, { planRef }: ReplayInput, wanted: number | undefined): number {
  const all = theCase.log.of('replay-started').filter(({ mode }) => mode === 'stepped');
  const started = all.findLast(({ replay }) => wanted === undefined || replay === wanted);
  if (!started) {
    const message =
      wanted === undefined ? 'the case has no replay of steps' : `the case has no replay ${wanted} of steps`;
    throw inputError('replay.none', message, undefined, 'Start one with: assay replay CASE');
  }
  if (started.plan === planRef.sha256 && madeWithWhatIsHere(theCase, started)) return started.replay;
  throw inputError(
    'replay.of-others',
    `kit, bundle or seeds changed since replay ${started.replay}: its steps have no tree here`,
    undefined,
    'Replay the chain once more with: assay replay CASE',
  );
}

/** Hands on what is printed, and hashes it. */
class HashingSink implements Sink {
  readonly #to: Sink;
  readonly #hash = sha256Stream();

  constructor(to: Sink) {
    this.#to = to;
  }

  write(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#to.write(chunk);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

interface Left extends Pick<StepRecord, 'written' | 'removed'> {
  readonly end: End;
  readonly stdout: HashingSink;
  readonly stderr: HashingSink;
}

function compare(record: StepRecord, left: Left): RerunComparison {
  const then = stateOf(record);
  const now = stateOf(left);
  const paths = [...new Set([...then.keys(), ...now.keys()])];
  const different = paths.filter(path => then.get(path) !== now.get(path)).sort(compareBytes);
  return {
    end: canonicalJson(record.end) === canonicalJson(left.end),
    stdout: record.stdout?.sha256 === left.stdout.sha256(),
    stderr: record.stderr?.sha256 === left.stderr.sha256(),
    same: paths.length - different.length,
    different,
  };
}

function stateOf({ written, removed }: Pick<StepRecord, 'written' | 'removed'>): Map<string, string> {
  return new Map([
    ...removed.map(path => [path, 'removed'] as const),
    ...written.map(file => [file.path, canonicalJson(file)] as const),
  ]);
}
