import type { EngineProblem } from '../../../contract/channel.ts';
import type { Progress } from '../../base/index.ts';
import type { WorkInput, WorkName, WorkResult } from './work.ts';

/** What a thread is started with. */
export interface Order<N extends WorkName = WorkName> {
  readonly name: N;
  readonly input: WorkInput<N>;
}

/** What it says: progress any number of times, then one of the others. */
export type Word =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly value: WorkResult<WorkName> }
  | { readonly kind: 'error'; readonly problem: EngineProblem };
