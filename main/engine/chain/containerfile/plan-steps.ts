import { type FileStep, type ProgramStep, STEP_LIMIT, type Step } from '../plan.ts';
import { WordError } from './words.ts';

type Without<T> = T extends unknown ? Omit<T, 'number' | 'id' | 'stage' | 'title' | 'origin'> : never;
/** A step before it has its place in the plan. */
export type NewStep = Without<FileStep> | Without<ProgramStep>;

/** The steps of a plan in the order in which they are read, each with a name after its stage and line. */
export class PlanSteps {
  readonly all: Step[] = [];
  readonly #file: string;
  readonly #perLine = new Map<number, number>();

  constructor(file: string) {
    this.#file = file;
  }

  /** Gives the step's number. Throws {@link WordError} when there are too many. */
  add(stage: string, step: NewStep, title: string, line: number): number {
    const number = this.all.length + 1;
    if (number > STEP_LIMIT) throw new WordError(`there are more than ${STEP_LIMIT} steps`);
    const same = this.#perLine.get(line) ?? 0;
    this.#perLine.set(line, same + 1);
    const id = `${stage}-line-${line}${same === 0 ? '' : `-${same + 1}`}`;
    const origin = { file: this.#file, line };
    this.all.push({ ...step, number, id, stage, title: title.slice(0, 300), origin } as Step);
    return number;
  }
}
