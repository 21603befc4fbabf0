import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramStep, Step } from '../chain/index.ts';
import { Prepared, type RunSetting } from './run-program.ts';
import { mayWait } from './runtime.ts';

/** Containers that wait. Each costs some 25 ms to start, most of it waiting, which thus happens beside the running step. */
const AHEAD = 3;

/** Makes the containers of the next steps ready while a step runs. A runtime that cannot wait gets none. */
export class ReadySteps {
  readonly #todo: Step[];
  readonly #setting: RunSetting;
  readonly #ready = new Map<number, Prepared>();

  /** `steps` are those that are still to run, in order. */
  constructor(steps: readonly Step[], setting: RunSetting) {
    this.#todo = [...steps];
    this.#setting = setting;
  }

  /** Starts as many containers as may wait. */
  fill(): void {
    const { runtime, observer } = this.#setting;
    if (!mayWait(runtime.runtime, observer !== null)) return;
    while (this.#ready.size < AHEAD) {
      const step = this.#todo[0];
      if (!step || (step.action === 'run' && !this.#canStart(step))) return;
      this.#todo.shift();
      if (step.action === 'run') this.#ready.set(step.number, new Prepared(step, this.#setting));
    }
  }

  /** Whether the folder that is to be its root is there already; an earlier step may be about to make it. */
  #canStart({ root = '' }: ProgramStep): boolean {
    return (
      statSync(join(this.#setting.tree.folder.root, root), { throwIfNoEntry: false })?.isDirectory() ?? false
    );
  }

  /** The container of a step, if it was made ready. The caller runs or discards it. */
  take(step: Step): Prepared | undefined {
    const prepared = this.#ready.get(step.number);
    this.#ready.delete(step.number);
    if (this.#todo[0] === step) this.#todo.shift();
    return prepared;
  }

  /** Takes away the containers that were not used. */
  async discard(): Promise<void> {
    await Promise.all([...this.#ready.values()].map(prepared => prepared.discard()));
    this.#ready.clear();
  }
}
