import { type CommonOptions, clockOf } from './common.ts';

/** Who does it and when. */
export interface CaseOptions extends CommonOptions {
  readonly by?: string;
  readonly date?: string;
}

/** How a command opens its case. */
export const opening = ({ by, date }: CaseOptions) => ({ clock: clockOf(date), by: by ?? 'unattended' });
/** Options of every command that adds to a case. */
export const BY = ['--by <name>', 'who does this, written beside the event'] as const;
export const DATE = ['--date <date>', 'use this date instead of the clock'] as const;
