import { Store } from '../../engine/index.ts';

/** Whether the keys are in a byte difference: N then goes through its bytes, not through the rows of the page around it. */
export const differenceFocused = new Store(false);
