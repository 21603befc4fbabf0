import { inputError } from './errors.ts';

/** Where the engine takes the time of day from. */
export interface Clock {
  /** The time as ISO 8601 in UTC with milliseconds, for example `2026-11-24T11:15:00.000Z`. */
  now(): string;
  /** True when every answer is the same date, chosen by the user so that two runs give the same bytes. */
  readonly fixed: boolean;
}

/** The machine's clock. Nobody vouches for it: reports call its times "claimed". */
export const systemClock: Clock = { now: () => new Date().toISOString(), fixed: false };

/** A clock that always tells the same date. Throws `clock.bad-date` when `date` is not a date. */
export function fixedClock(date: string | number): Clock {
  const parsed = new Date(date);
  if (Number.isNaN(parsed.getTime())) {
    throw inputError(
      'clock.bad-date',
      `'${date}' is not a date`,
      undefined,
      'Write it as 2026-11-24T11:15:00Z.',
    );
  }
  const text = parsed.toISOString();
  return { now: () => text, fixed: true };
}
