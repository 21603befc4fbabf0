import type { Method } from '../../main/contract/requests/index.ts';

/** How a request is called while it runs, and what stopping it leaves behind. */
export interface TaskWords {
  readonly title: string;
  readonly leaves: string;
}

const NOTHING_CHANGES = 'Stopping changes nothing.';

const WORDS: Partial<Record<Method, TaskWords>> = {
  'bundle.import': {
    title: 'Import',
    leaves: 'Cancelling leaves the case as it was before the import; what is imported from is only read.',
  },
  'case.create': { title: 'Make case', leaves: 'Stopping leaves no folder behind.' },
  'case.open': { title: 'Open case', leaves: NOTHING_CHANGES },
  'compare.reports': { title: 'Compare reports', leaves: NOTHING_CHANGES },
  'difference.bytes': { title: 'Compare two files', leaves: NOTHING_CHANGES },
  'difference.explain': { title: 'Explain a difference', leaves: NOTHING_CHANGES },
  'difference.outside': { title: 'Ask diffoscope', leaves: NOTHING_CHANGES },
  'machine.describe': { title: 'Try this machine', leaves: NOTHING_CHANGES },
  'replay.only': { title: 'Run one step', leaves: 'Nothing of it is recorded.' },
  'replay.run': {
    title: 'Replay',
    leaves: 'Stopping keeps every finished step. The running one is given up and runs again on Resume.',
  },
  'report.export': { title: 'Export report', leaves: 'Cancelling leaves no file behind.' },
  'report.verify': { title: 'Verify report', leaves: 'The report is only read.' },
  'seed.check': { title: 'Check seeds', leaves: NOTHING_CHANGES },
};

/** The words for a method; one that nobody named goes by its own name. */
export function wordsOf(method: Method): TaskWords {
  return WORDS[method] ?? { title: method, leaves: NOTHING_CHANGES };
}
