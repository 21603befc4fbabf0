import { closeSync, readSync } from 'node:fs';
import { sha256Of } from '../base/index.ts';
import type { ObjectRef, ObjectStore, ObjectWriter } from '../case/index.ts';
import type { FileStep, ProgramStep, Step } from '../chain/index.ts';
import { machinesHere, programsAtHand } from './at-hand.ts';
import type { Sink } from './contained.ts';
import { doFileAction } from './file-actions.ts';
import type { ReadAt } from './interpreters.ts';
import { makeObservation } from './observation.ts';
import { type End, type Observation, RECORD_FORMAT, type StepRecord } from './record.ts';
import { limitsOf, type Prepared, type RunSetting, runProgram, type Sighting } from './run-program.ts';
import { treePathOf } from './trace-links.ts';
import type { Candidate, Tree } from './tree.ts';
import type { TreeChanges } from './tree-changes.ts';

/** What a step is run with. */
export interface StepSetting extends RunSetting {
  readonly replay: number;
  readonly objects: ObjectStore;
  /** Told what the step's programs print, as it comes; the bytes are only valid during the call. */
  readonly onOutput?: OnOutput | undefined;
}

/** Receives what a step prints while it runs. It must be cheap and must not throw. */
export type OnOutput = (step: number, stream: 'stdout' | 'stderr', chunk: Uint8Array) => void;

/** Runs a step and records it. When this returns, everything the record names is stored and durable. */
export function runStep(step: Step, setting: StepSetting, ready?: Prepared): Promise<StepRecord> {
  return step.action === 'run' ? programStep(step, setting, ready) : fileStep(step, setting);
}

async function programStep(step: ProgramStep, setting: StepSetting, ready?: Prepared): Promise<StepRecord> {
  return recordStep(await executeStep(step, setting, ready), setting);
}

/** A step whose program has ended; what it did is not yet recorded. */
export interface Executed {
  readonly step: ProgramStep;
  readonly end: End;
  readonly sighting: Sighting | null;
  /** Whether it ended as it should. */
  readonly good: boolean;
  readonly stdout: OutputLog;
  readonly stderr: OutputLog;
  /** Throws its output away, when it is not to be recorded. */
  abort(): void;
}

/** Runs the program of a step. */
export async function executeStep(
  step: ProgramStep,
  setting: StepSetting,
  ready?: Prepared,
): Promise<Executed> {
  const { objects } = setting;
  const tell = setting.onOutput;
  const stdout = new OutputLog(objects, chunk => tell?.(step.number, 'stdout', chunk));
  const stderr = new OutputLog(objects, chunk => tell?.(step.number, 'stderr', chunk));
  const abort = () => {
    stdout.abort();
    stderr.abort();
  };
  try {
    const { end, sighting } = await runProgram(step, setting, { stdout, stderr }, ready);
    const good = isExpected(end, step.expectedStatus);
    return { step, end, sighting, good, stdout, stderr, abort };
  } catch (error) {
    abort();
    throw error;
  }
}

/** Looks at what a step did to the tree, and records it. Nothing may run meanwhile. */
export function recordStep(executed: Executed, setting: StepSetting): StepRecord {
  const { step, end, sighting, stdout, stderr } = executed;
  const { tree } = setting;
  try {
    const strangers = sighting ? unseenChanges(sighting, tree) : [];
    const changes = sighting
      ? tree.update(candidatesOf(sighting, strangers), setting.limits)
      : tree.rescan(setting.limits);
    const observation = sighting && observationOf(sighting, strangers, changes, setting);
    return {
      ...head(step, setting),
      outcome: executed.good && changes.refused.length === 0 ? 'done' : 'failed',
      end,
      limits: limitsOf(step, setting),
      stdout: stdout.commit(),
      stderr: stderr.commit(),
      written: changes.written,
      removed: changes.removed,
      refused: changes.refused,
      observation,
      reused: null,
    };
  } finally {
    executed.abort();
  }
}

/** Whether a program did its work: it ended by itself, with the status that is wanted if one is. */
function isExpected(end: End, status: number | null): boolean {
  if (end.how === 'exited') return status === null || end.status === status;
  return end.how === 'signalled' && status === null;
}

/** Output on its way into the object store. Most steps print nothing, and nothing needs no file. */
class OutputLog implements Sink {
  readonly #objects: ObjectStore;
  readonly #tell: (chunk: Uint8Array) => void;
  #writer: ObjectWriter | undefined;

  constructor(objects: ObjectStore, tell: (chunk: Uint8Array) => void) {
    this.#objects = objects;
    this.#tell = tell;
  }

  write(chunk: Uint8Array): void {
    this.#writer ??= this.#objects.begin();
    this.#writer.write(chunk);
    this.#tell(chunk);
  }

  commit(): ObjectRef {
    if (this.#writer) return this.#writer.commit();
    const sha256 = sha256Of('');
    return this.#objects.has(sha256) ? { sha256, size: 0 } : this.#objects.put(Buffer.alloc(0));
  }

  abort(): void {
    this.#writer?.abort();
  }
}

function head(step: Step, setting: StepSetting): Pick<StepRecord, 'format' | 'replay' | 'number' | 'step'> {
  return { format: RECORD_FORMAT, replay: setting.replay, number: step.number, step: step.id };
}

async function fileStep(step: FileStep, setting: StepSetting): Promise<StepRecord> {
  const { tree, limits } = setting;
  const candidates = await doFileAction(step, tree, limits);
  const { written, removed, refused } = tree.update(candidates, limits);
  const nothing = { end: null, limits: null, stdout: null, stderr: null, observation: null, reused: null };
  const outcome = refused.length === 0 ? 'done' : 'failed';
  return { ...head(step, setting), ...nothing, outcome, written, removed, refused };
}

/** Programs that ran and whose file changed although nobody was seen to change it. */
function unseenChanges({ watched, touches }: Sighting, tree: Tree): string[] {
  const paths = new Set<string>();
  const processes = watched.first ? [watched.first] : [];
  for (let process = processes.pop(); process; process = processes.pop()) {
    for (const happening of process.happenings) {
      if (happening.kind === 'child') processes.push(happening.process);
      if (happening.kind !== 'program') continue;
      const { file } = happening.program;
      const path = treePathOf(file);
      if (path !== null && !touches.changedAfter(file, 0) && !tree.isUntouched(path)) paths.add(path);
    }
  }
  return [...paths];
}

function candidatesOf({ touches }: Sighting, strangers: readonly string[]): Map<string, Candidate> {
  const candidates = touches.candidates();
  for (const path of strangers) candidates.set(path, { deep: false, written: false });
  return candidates;
}

/** Reads a content that is known by hash, from the tree or the object store. */
type ReaderOf = (path: string, sha256: string) => ReadAt | null;

function observationOf(
  { watched, touches, links }: Sighting,
  strangers: readonly string[],
  changes: TreeChanges,
  setting: StepSetting,
): Observation {
  const { tree, objects, observer, runtime } = setting;
  const after = (path: string) => tree.state.get(path)?.sha256 ?? null;
  const before = (path: string) => {
    if (strangers.includes(path)) return null;
    const previous = changes.previous.get(path);
    return previous === undefined ? after(path) : previous;
  };
  const reader: ReaderOf = (path, sha256) => {
    if (after(path) === sha256) return (offset, size) => tree.folder.readAt(path, offset, size);
    return objects.has(sha256) ? (offset, size) => readObject(objects, sha256, offset, size) : null;
  };
  return makeObservation({
    observer: `${observer?.name} ${observer?.tool.version}`,
    watched,
    touches,
    links,
    content: {
      ...{ before, after, reader, absent: changes.absent },
      stood: path => tree.state.get(path) !== undefined || changes.previous.has(path),
      programsAtHand: () => programsAtHand(tree, changes, machinesHere(runtime.emulator), reader),
    },
  });
}

function readObject(objects: ObjectStore, sha256: string, offset: number, size: number): Buffer {
  const fd = objects.open(sha256);
  try {
    const buffer = Buffer.alloc(size);
    return buffer.subarray(0, readSync(fd, buffer, 0, size, offset));
  } finally {
    closeSync(fd);
  }
}
