import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Progress, type TaskOptions, throwIfStopped } from '../base/index.ts';

/** How long a task works before it lets other things happen, in milliseconds. */
const TURN = 20;
/** Least time between two reports of progress, in milliseconds. */
const REPORT = 100;

/** Keeps a long task from holding up the process, lets it be stopped, and reports its progress. */
export class Pace {
  readonly #options: TaskOptions;
  readonly #about: Omit<Progress, 'done'>;
  #rested = performance.now();
  #reported = 0;

  constructor(options: TaskOptions, about: Omit<Progress, 'done'>) {
    this.#options = options;
    this.#about = about;
  }

  /** Whether it is time to call `rest`. Cheap enough to ask for every piece of work. */
  get due(): boolean {
    return performance.now() - this.#rested > TURN;
  }

  /** Reports progress now and then, lets other things happen, and throws `task.stopped` when asked to stop. */
  async rest(done: number): Promise<void> {
    const now = performance.now();
    if (now - this.#reported > REPORT) {
      this.#reported = now;
      this.#options.onProgress?.({ ...this.#about, done });
    }
    await nextTurn();
    throwIfStopped(this.#options.signal);
    this.#rested = performance.now();
  }

  /** The last report, and the last chance to stop. */
  finish(done: number): void {
    throwIfStopped(this.#options.signal);
    this.#options.onProgress?.({ ...this.#about, done });
  }
}
