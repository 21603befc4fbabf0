import { type AssayError, inputError, sha256Of } from '../base/index.ts';
import type { Case, CaseEvent, EventType, NewEvent } from '../case/index.ts';
import { bytesMustBeChecked } from './being-checked.ts';
import { reviewIn } from './of-log.ts';
import type { Review } from './review.ts';

/** The name that events carry when nobody said who acts. */
export const NOBODY = 'unattended';

/** Who reviews: the name given, else the one the case was opened with. Throws `review.nobody`. */
export function reviewerIn(theCase: Case, by = theCase.log.by): string {
  if (by !== NOBODY && by.trim() !== '') return by;
  throw inputError(
    'review.nobody',
    'a review is the word of a person, and nobody was named',
    undefined,
    'Say who you are with --by NAME.',
  );
}

/**
 * Adds what a person says as one action that can be undone as one. Gives the events. Throws `review.nobody`, `event.invalid` and
 * `bytes.being-checked`.
 */
export function act(theCase: Case, events: readonly NewEvent[], by?: string): CaseEvent[] {
  const name = reviewerIn(theCase, by);
  bytesMustBeChecked(theCase, events);
  if (events.length < 2) return theCase.log.appendAll(events, name);
  const action = theCase.log.head.size + 1;
  return theCase.log.appendAll(
    events.map(event => ({ ...event, action })),
    name,
  );
}

/** Ids for things that the next events make: the same in every run of the same audit, and free in this case. */
export function freshIds(theCase: Case, count: number): string[] {
  const review = reviewIn(theCase);
  const seq = theCase.log.head.size + 1;
  return Array.from({ length: count }, (_, i) => freshId(theCase.id, seq + i, review));
}

function freshId(caseId: string, seq: number, review: Review): string {
  for (let turn = 0; ; turn += 1) {
    const id = sha256Of(`${caseId} ${seq} ${turn}`).slice(0, 12);
    if (!review.knowsId(id)) return id;
  }
}

/** The one thing whose id begins so. Throws `review.unknown` or `review.ambiguous`. */
export function byId<T extends { readonly id: string }>(
  things: readonly T[],
  start: string,
  what: string,
): T {
  const found = things.filter(thing => thing.id.startsWith(start));
  if (found.length === 1 && found[0] && start.length >= 4) return found[0];
  throw found.length > 1 || start.length < 4
    ? inputError('review.ambiguous', `'${start}' names no single ${what}`, undefined, 'Give more of its id.')
    : unknown(what, start);
}

function unknown(what: string, id: string): AssayError {
  return inputError('review.unknown', `there is no ${what} '${id}'`);
}

/** The newest event of a type. Throws `review.too-early` when there is none. */
export function needed<T extends EventType>(theCase: Case, type: T, cure: string) {
  const event = theCase.log.last(type);
  if (event) return event;
  throw inputError('review.too-early', `the case has no '${type}' yet`, { file: theCase.folder }, cure);
}
