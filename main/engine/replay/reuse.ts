import { canonicalBytes, type Sha256 } from '../base/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { type Plan, type ProgramStep, planSchema } from '../chain/index.ts';
import { differs, layRecords } from './build-tree.ts';
import { readStepRecord, type StepLimits, type StepRecord, type WrittenFile } from './record.ts';
import type { StepSetting } from './step.ts';
import { Links, treePathOf } from './trace-links.ts';
import type { Candidate } from './tree.ts';
import { sameFile, type TreeState } from './tree-state.ts';

/** What a replay is, to find an earlier one that it may take results over from. */
export interface ReuseInput {
  readonly replay: number;
  readonly mode: EventOf<'replay-started'>['mode'];
  /** The machine's description. */
  readonly machine: Sha256;
  /** The tree before the first step. */
  readonly initial: ReadonlyMap<string, WrittenFile>;
  /** What is known of the tree now. */
  readonly state: TreeState;
  /** The records that the replay has already. */
  readonly records: readonly StepRecord[];
}

/** What gives recorded results that may stand for running steps. */
export interface RecordedResults {
  /** Takes what a step of this replay left. */
  add(record: StepRecord): void;
  /** The record that may stand for running a step now; null when it has to run. */
  for(step: ProgramStep, limits: StepLimits): StepRecord | null;
}

type Layer = Map<string, WrittenFile | null>;

/**
 * Finds recorded results that may stand for running a step again. A result is taken over when it is one of the newest earlier
 * replay on a machine with the same description, from the same bundle and seeds; its step did its work and was observed without a gap; it was
 * asked the same (program, arguments, environment, folder, root, expected status); what stood at every path that it was seen to use is the
 * same to the byte; and the whole tree has the same names, kinds, modes and link targets, and the same files are empty, for
 * a program also learns from names without opening anything.
 */
export class Reuse implements RecordedResults {
  readonly #input: ReuseInput;
  readonly #plan: Plan;
  /** The steps of the earlier replay; their records are read when they are needed. */
  readonly #steps: readonly EventOf<'step-finished'>[];
  readonly #read: (event: EventOf<'step-finished'>) => StepRecord;
  readonly #places: ReadonlyMap<string, number>;
  /** What the records so far left, of this replay and of the earlier one; null for nothing. */
  readonly #now: Layer = new Map();
  readonly #then: Layer = new Map();
  /** Records of the earlier replay that are in its layer. */
  #applied = 0;
  /** Paths at which the two trees differ in more than content, and in content alone. */
  readonly #shape = new Set<string>();
  readonly #content = new Set<string>();

  private constructor(theCase: Case, input: ReuseInput, { plan, replay }: EventOf<'replay-started'>) {
    this.#input = input;
    this.#plan = planSchema.parse(JSON.parse(theCase.objects.read(plan).toString('utf8')));
    this.#steps = theCase.log.of('step-finished').filter(event => event.replay === replay);
    this.#read = event => readStepRecord(theCase.objects.read(event.record.sha256), event.step);
    this.#places = new Map(this.#steps.map((event, i) => [event.step, i]));
    for (const record of input.records) this.add(record);
  }

  /** Null when no earlier replay is fit. */
  static find(theCase: Case, input: ReuseInput): Reuse | null {
    const started = theCase.log
      .of('replay-started')
      .findLast(
        event =>
          event.replay < input.replay &&
          event.mode === input.mode &&
          event.machine.sha256 === input.machine &&
          sameStart(theCase, event.seq),
      );
    return started ? new Reuse(theCase, input, started) : null;
  }

  /** Takes what a step of this replay left. */
  add(record: StepRecord): void {
    this.#take(record, this.#now);
  }

  /** The record that may stand for running a step now; null when it has to run. */
  for(step: ProgramStep, limits: StepLimits): StepRecord | null {
    const place = this.#places.get(step.id);
    if (place === undefined || place < this.#applied) return null;
    for (const event of this.#steps.slice(this.#applied, place)) this.#take(this.#read(event), this.#then);
    this.#applied = place;
    const event = this.#steps[place];
    const old = this.#plan.steps[(event?.number ?? 0) - 1];
    if (!event || old?.action !== 'run' || !requestOf(old).equals(requestOf(step))) return null;
    const record = this.#read(event);
    if (!canonicalBytes(record.limits).equals(canonicalBytes(limits))) return null;
    return this.#shape.size === 0 && isSound(record) && !this.#isChanged(record, step) ? record : null;
  }

  #take(record: StepRecord, layer: Layer): void {
    for (const path of record.removed) layer.set(path, null);
    for (const file of record.written) layer.set(file.path, file);
    for (const path of record.removed) this.#compare(path);
    for (const { path } of record.written) this.#compare(path);
  }

  #compare(path: string): void {
    const initial = this.#input.initial.get(path) ?? null;
    const now = this.#now.get(path) === undefined ? initial : (this.#now.get(path) ?? null);
    const then = this.#then.get(path) === undefined ? initial : (this.#then.get(path) ?? null);
    this.#shape.delete(path);
    this.#content.delete(path);
    if (now === then || (now && then && sameFile(now, then))) return;
    const same =
      now && then && sameFile({ ...now, size: 0, sha256: null }, { ...then, size: 0, sha256: null });
    if (same && (now.size === 0) === (then.size === 0)) this.#content.add(path);
    else this.#shape.add(path);
  }

  /** Whether anything that the step was seen to use differs. */
  #isChanged({ observation }: StepRecord, step: ProgramStep): boolean {
    if (this.#content.size === 0 || !observation) return this.#content.size > 0;
    // What stood by while a program of unknown content ran is any program of the tree.
    if (observation.atHand !== null) return true;
    const links = new Links(this.#input.state, Buffer.from(step.root ?? '').toString('latin1'));
    const used = new Set(observation.files.map(use => use.path.slice(1)));
    for (const { path } of observation.programs) {
      const file = links.resolve('/', Buffer.from(path.slice(1)).toString('latin1'), true);
      used.add(treePathOf(file) ?? '').add(path.slice(1));
    }
    const moved = observation.files.filter(use => use.use === 'rename').map(use => `${use.path.slice(1)}/`);
    return [...this.#content].some(path => used.has(path) || moved.some(folder => path.startsWith(folder)));
  }
}

/** What a program is asked: all of a step that it can notice. */
export function requestOf(step: ProgramStep): Buffer {
  const { argv, program, root = null, cwd, environment, expectedStatus } = step;
  return canonicalBytes({ argv, program, root, cwd, environment, expectedStatus });
}

function isSound({ outcome, observation, refused }: StepRecord): boolean {
  return outcome === 'done' && refused.length === 0 && observation?.notUnderstood === 0;
}

/** Whether bundle, files beside it and seeds are now what they were at an event. */
function sameStart({ log }: Case, seq: number): boolean {
  const at = (before: number) => {
    const files = log.of('file-imported').filter(each => each.seq < before);
    const seeds = new Map(
      log.of('seed-checked').flatMap(each => (each.seq < before ? [[each.name, each] as const] : [])),
    );
    return canonicalBytes({
      bundle: log.of('bundle-imported').findLast(each => each.seq < before)?.bundle.sha256 ?? null,
      files: files.map(each => each.seq),
      // The kit says where files from beside the bundle lie.
      kit: files.length === 0 ? null : log.of('kit-applied').findLast(each => each.seq < before)?.seq,
      seeds: [...seeds.values()].map(({ path, seed }) => ({ path, seed: seed.sha256 })),
    });
  };
  return at(seq).equals(at(Number.POSITIVE_INFINITY));
}

/**
 * Does to the tree what a recorded step did, and gives the record of this step. Throws `replay.tree-differs` when that does not
 * leave what the record says, and `object.*`.
 */
export function takeOver(record: StepRecord, step: ProgramStep, setting: StepSetting): StepRecord {
  const { tree, replay, objects, limits, signal } = setting;
  layRecords(tree.folder.root, [record], objects, signal);
  const candidates = new Map<string, Candidate>();
  for (const path of record.removed) candidates.set(path, { deep: false, written: false });
  for (const { path } of record.written) candidates.set(path, { deep: false, written: true });
  const { written, removed } = tree.update(candidates, limits);
  if (!canonicalBytes({ written, removed }).equals(canonicalBytes(pick(record)))) throw differs(step.id);
  const reused = record.reused ?? { replay: record.replay, number: record.number, step: record.step };
  return { ...record, replay, number: step.number, step: step.id, reused };
}

function pick({ written, removed }: StepRecord): Pick<StepRecord, 'written' | 'removed'> {
  return { written, removed };
}
