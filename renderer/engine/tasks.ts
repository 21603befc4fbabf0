import type { RequestProgress } from '../../main/contract/channel.ts';
import type { Method } from '../../main/contract/requests/index.ts';
import { bridge } from './bridge.ts';
import { Store } from './store.ts';

/** A part of a task that is over. */
export interface FinishedPart {
  readonly progress: RequestProgress;
  readonly seconds: number;
}

/** A request that takes long enough to be told about. Times are of `performance.now()`, in milliseconds. */
export interface Task {
  /** Its name on the bridge. */
  readonly name: string;
  readonly method: Method;
  readonly title: string;
  /** What stopping it leaves behind, in one sentence. */
  readonly leaves: string;
  readonly started: number;
  readonly progress: RequestProgress | null;
  /** Where the part of the work that runs now began. */
  readonly partStarted: number;
  readonly partFrom: number;
  readonly finished: readonly FinishedPart[];
  readonly stopping: boolean;
  /** What the engine itself told of the time left; null where it does not. */
  readonly told: ToldTime | null;
  /** How it is stopped, where that is not by its name on the bridge. */
  readonly stop?: (() => void) | undefined;
}

/** What the engine told of a task: seconds left at a time of `performance.now()`, null when nobody knows. */
export interface ToldTime {
  readonly left: number | null;
  readonly at: number;
  readonly stopping: boolean;
}

/** How long a request may take before it is a task, in milliseconds. */
export const TASK_AFTER = 300;
/** How long a part must have run before its remaining time is told, in milliseconds. */
const MEASURED_AFTER = 3000;

/** Every task under way, oldest first. */
export const tasks = new Store<readonly Task[]>([]);

export function beginTask(
  begun: Pick<Task, 'name' | 'method' | 'title' | 'leaves' | 'started' | 'stop'>,
): void {
  const task: Task = {
    ...begun,
    progress: null,
    partStarted: begun.started,
    partFrom: 0,
    finished: [],
    stopping: false,
    told: null,
  };
  tasks.set(all => (all.some(each => each.name === task.name) ? all : [...all, task]));
}

export function endTask(name: string): void {
  tasks.set(all => (all.some(task => task.name === name) ? all.filter(task => task.name !== name) : all));
}

export function advanceTask(name: string, progress: RequestProgress, told: ToldTime | null = null): void {
  change(name, before => {
    const task = { ...before, told, stopping: before.stopping || (told?.stopping ?? false) };
    if (task.progress?.task === progress.task) return { ...task, progress };
    const now = performance.now();
    const finished = task.progress
      ? [...task.finished, { progress: task.progress, seconds: (now - task.partStarted) / 1000 }]
      : task.finished;
    return { ...task, progress, partStarted: now, partFrom: progress.done, finished };
  });
}

/** Asks the engine to stop a task; it stays until the engine says that it ended. */
export function stopTask(name: string): void {
  const stop = tasks.get().find(task => task.name === name)?.stop;
  change(name, task => ({ ...task, stopping: true }));
  if (stop) stop();
  else bridge().cancel(name);
}

function change(name: string, how: (task: Task) => Task): void {
  tasks.set(all => all.map(task => (task.name === name ? how(task) : task)));
}

/** How much of the running part is done, 0 to 1; null when nobody knows its size. */
export function fractionOf(task: Task): number | null {
  const { progress } = task;
  if (!progress?.total) return null;
  return Math.min(1, progress.done / progress.total);
}

/**
 * Seconds left: as the engine told, else in the running part at its measured rate; null before three seconds and where the size is
 * unknown.
 */
export function secondsLeft(task: Task, now: number): number | null {
  const { progress, partStarted, partFrom, told } = task;
  if (told) return told.left === null ? null : Math.max(0, told.left - (now - told.at) / 1000);
  const elapsed = now - partStarted;
  if (!progress?.total || elapsed < MEASURED_AFTER || progress.done <= partFrom) return null;
  const rate = (progress.done - partFrom) / elapsed;
  return Math.max(0, (progress.total - progress.done) / rate / 1000);
}
