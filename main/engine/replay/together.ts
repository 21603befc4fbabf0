import type { Plan, ProgramStep, Step } from '../chain/index.ts';
import type { Sighting } from './run-program.ts';
import { type Executed, executeStep, type StepSetting } from './step.ts';
import { treePathOf } from './trace-links.ts';
import type { Tree } from './tree.ts';

/**
 * The steps from the first on that may run at once: each says what it reads and writes, and by that none has to do with
 * another. One step alone where there are no more.
 */
export function batchOf(steps: readonly Step[], plan: Plan, jobs: number): Step[] {
  const batch: ProgramStep[] = [];
  for (const step of plan.declares && jobs > 1 ? steps.slice(0, jobs) : []) {
    if (step.action !== 'run' || step.root !== undefined || step.outputs.length === 0) break;
    if (!batch.every(earlier => areApart(earlier, step))) break;
    batch.push(step);
  }
  return batch.length > 1 ? batch : steps.slice(0, 1);
}

/** Whether all that the steps say they need is in the tree. */
export function areReady(batch: readonly ProgramStep[], { state }: Tree): boolean {
  return batch.every(step => [step.program, ...step.inputs].every(path => state.get(path) !== undefined));
}

function areApart(one: ProgramStep, other: ProgramStep): boolean {
  const uses = (step: ProgramStep) => [step.program, ...step.inputs, ...step.outputs];
  return !meet(one.outputs, uses(other)) && !meet(other.outputs, uses(one));
}

function meet(paths: readonly string[], others: readonly string[]): boolean {
  return paths.some(path =>
    others.some(other => path === other || path.startsWith(`${other}/`) || other.startsWith(`${path}/`)),
  );
}

/**
 * Runs independent steps at once. Null when one did not do its work, or was seen to have to do with what another one did: then
 * nothing that they did counts, and the tree has to be made anew. Throws as running one step does, once all have ended.
 */
export async function executeTogether(
  batch: readonly ProgramStep[],
  setting: StepSetting,
): Promise<Executed[] | null> {
  const ends = await Promise.allSettled(batch.map(step => executeStep(step, setting)));
  const done = ends.flatMap(end => (end.status === 'fulfilled' ? [end.value] : []));
  const failure = ends.find(end => end.status === 'rejected');
  if (failure || !done.every(each => each.good) || !areSeenApart(done)) {
    for (const each of done) each.abort();
    if (failure) throw failure.reason;
    return null;
  }
  return done;
}

function areSeenApart(done: readonly Executed[]): boolean {
  const traces = done.map(({ sighting }) => sighting && traceOf(sighting));
  return traces.every((one, i) =>
    traces.every((other, j) => i === j || (one && other && !isTouched(one, other))),
  );
}

/** What a step was seen to change, and all that it was seen to look at or try. Paths of the tree. */
interface Trace {
  readonly changed: ReadonlySet<string>;
  /** Folders in which something was changed. */
  readonly above: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
  /** What it tried in vain: only whether something stood there matters. */
  readonly missed: ReadonlySet<string>;
}

/** Null for a step that made names mean something else, or of which not all is known: it stands alone. */
function traceOf({ watched, touches, links }: Sighting): Trace | null {
  if (watched.notUnderstood > 0 || links.areChanged) return null;
  const changed = new Set(touches.candidates().keys());
  const above = new Set([...changed].flatMap(foldersAbove));
  const used = new Set<string>();
  const processes = watched.first ? [watched.first] : [];
  for (let process = processes.pop(); process; process = processes.pop()) {
    for (const happening of process.happenings) {
      if (happening.kind === 'child') processes.push(happening.process);
      if (happening.kind !== 'program') continue;
      used.add(treePathOf(happening.program.file) ?? '');
      for (const use of happening.program.uses) used.add(treePathOf(use.slice(use.indexOf(' ') + 1)) ?? '');
    }
  }
  const missed = new Set([...touches.missed].map(path => treePathOf(path) ?? ''));
  return { changed, above, used, missed };
}

/** Whether one step may have noticed what another did. */
function isTouched({ used, missed }: Trace, { changed, above }: Trace): boolean {
  const within = (path: string) => changed.has(path) || foldersAbove(path).some(each => changed.has(each));
  return [...used].some(path => above.has(path) || within(path)) || [...missed].some(within);
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i).join('/')).filter(each => each !== '');
}
