import type { CaseEvent, EventLog } from '../case/index.ts';
import { Review } from './review.ts';

/** What people have said, from the events of a log. */
export function reviewOf(events: Iterable<CaseEvent>): Review {
  const review = new Review();
  for (const event of events) review.apply(event);
  return review;
}

const known = new WeakMap<EventLog, Review>();

/** What people have said in an open case. Events that came since it was last asked for are added to what is known. */
export function reviewIn({ log }: { readonly log: EventLog }): Review {
  const review = known.get(log) ?? new Review();
  known.set(log, review);
  for (let i = review.applied; i < log.events.length; i += 1) review.apply(log.events[i] as CaseEvent);
  return review;
}
