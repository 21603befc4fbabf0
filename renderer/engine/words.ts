import type { Method } from '../../main/contract/requests/index.ts';

/** How a request is called while it runs, and what stopping it leaves behind. */
export interface TaskWords {
  readonly title: string;
  readonly leaves: string;
}

const NOTHING_CHANGES = 'Stopping changes nothing.';

const WORDS: Partial<Record<Method, TaskWords>> = {
  'case.create': { title: 'Make case', leaves: 'Stopping leaves no folder behind.' },
  'case.open': { title: 'Open case', leaves: NOTHING_CHANGES },
  'machine.describe': { title: 'Try this machine', leaves: NOTHING_CHANGES },
};

/** The words for a method; one that nobody named goes by its own name. */
export function wordsOf(method: Method): TaskWords {
  return WORDS[method] ?? { title: method, leaves: NOTHING_CHANGES };
}
