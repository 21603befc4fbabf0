import type { Grant } from '../../../main/contract/grants.ts';
import { Store } from '../../engine/index.ts';

/** Reports that are compared, kept while the window is open. */
export const comparedReports = new Store<readonly Grant[]>([]);
/** Replays that a person took out of the comparison, or put in, by number; and the case they are of. */
export const chosenReplays = new Store<{
  readonly case: string;
  readonly replays: ReadonlyMap<number, boolean>;
}>({ case: '', replays: new Map() });
