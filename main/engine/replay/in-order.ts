import { throwIfStopped } from '../base/index.ts';
import type { Plan, ProgramStep, Step } from '../chain/index.ts';
import { ReadySteps } from './ready-steps.ts';
import type { StepRecord } from './record.ts';
import { type RecordedResults, takeOver } from './reuse.ts';
import { limitsOf } from './run-program.ts';
import { recordStep, runStep, type StepSetting } from './step.ts';
import { areReady, batchOf, executeTogether } from './together.ts';
import type { Tree } from './tree.ts';

/** A step that was done, and how long it took. */
export interface Done {
  readonly step: Step;
  readonly record: StepRecord;
  readonly seconds: number;
}

/** How the steps of a plan are run. */
export interface Order {
  readonly plan: Plan;
  /** What is still to run, in order. */
  readonly steps: readonly Step[];
  readonly setting: StepSetting;
  readonly reuse: RecordedResults | null;
  /** Steps that may run at once. */
  readonly jobs: number;
  /** Makes the tree anew as the records so far say. */
  readonly rebuild: () => Promise<Tree>;
  /** Ends the work between two steps. */
  readonly pause: AbortSignal | undefined;
  readonly onStart: (step: Step) => void;
}

/**
 * Runs steps and gives their records in the order of the plan. Whoever takes a record keeps it before asking for the next. Steps
 * that say what they read and write may run at once; what was observed then has to show that none noticed another, else
 * they are run again one after the other. So the records are the same however many run at once.
 */
export class StepsInOrder {
  readonly #order: Order;
  #setting: StepSetting;

  constructor(order: Order) {
    this.#order = order;
    this.#setting = order.setting;
  }

  /** The tree as the last record left it. */
  get tree(): Tree {
    return this.#setting.tree;
  }

  async *run(): AsyncGenerator<Done> {
    const { jobs, reuse, setting } = this.#order;
    // A container that is not observed cannot show what it had to do with another.
    yield* jobs > 1 && setting.observer && !reuse ? this.#together() : this.#oneByOne(this.#order.steps);
  }

  async *#together(): AsyncGenerator<Done> {
    const { steps, plan, jobs } = this.#order;
    for (let at = 0; at < steps.length; ) {
      const alone: Step[] = [];
      let batch = batchOf(steps.slice(at, at + jobs), plan, jobs);
      for (; batch.length === 1; batch = batchOf(steps.slice(at, at + jobs), plan, jobs)) {
        alone.push(...batch);
        at += 1;
      }
      yield* this.#oneByOne(alone);
      at += batch.length;
      yield* this.#batch(batch.filter((step): step is ProgramStep => step.action === 'run'));
    }
  }

  async *#batch(programs: readonly ProgramStep[]): AsyncGenerator<Done> {
    const { rebuild, onStart, pause } = this.#order;
    const [first] = programs;
    if (!first || !areReady(programs, this.tree)) return yield* this.#oneByOne(programs);
    throwIfStopped(this.#setting.signal);
    throwIfStopped(pause);
    onStart(first);
    const started = performance.now();
    const done = await executeTogether(programs, this.#setting);
    if (done === null) {
      this.#setting = { ...this.#setting, tree: await rebuild() };
      return yield* this.#oneByOne(programs);
    }
    const seconds = (performance.now() - started) / 1000;
    for (const each of done) yield { step: each.step, record: recordStep(each, this.#setting), seconds };
  }

  async *#oneByOne(steps: readonly Step[]): AsyncGenerator<Done> {
    const { reuse, onStart, pause } = this.#order;
    const setting = this.#setting;
    // What is made ready for a step that is not run then would be in vain.
    const ready = new ReadySteps(reuse ? [] : steps, setting);
    try {
      for (const step of steps) {
        throwIfStopped(setting.signal);
        throwIfStopped(pause);
        onStart(step);
        const started = performance.now();
        ready.fill();
        const known = step.action === 'run' ? (reuse?.for(step, limitsOf(step, setting)) ?? null) : null;
        const running =
          known && step.action === 'run'
            ? takeOver(known, step, setting)
            : runStep(step, setting, ready.take(step));
        ready.fill();
        const record = await running;
        reuse?.add(record);
        yield { step, record, seconds: (performance.now() - started) / 1000 };
      }
    } finally {
      await ready.discard();
    }
  }
}
