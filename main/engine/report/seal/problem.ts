import type { Where } from '../../base/index.ts';

/** One thing wrong with what somebody handed over. Validators collect them instead of stopping at the first. */
export interface Problem {
  /** Literal and stable, `area.problem`. */
  readonly code: string;
  readonly where: Where;
  /** One sentence without a full stop. Holds no byte of the input that was not checked to be printable. */
  readonly message: string;
}

/** Problems shown of one file; after that many a reader stops looking. */
export const PROBLEM_LIMIT = 100;

/** Text from an untrusted file as it may be shown: printable ASCII, everything else as `\xHH`, at most 120 characters. */
export function visible(text: string): string {
  const shown = text
    .slice(0, 120)
    .replace(/[^\x20-\x7e]/g, c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return text.length > 120 ? `${shown}…` : shown;
}
