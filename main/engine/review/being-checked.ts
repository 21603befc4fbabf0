import { checkedContents } from '../bundle/index.ts';
import type { Case, NewEvent } from '../case/index.ts';
import { reviewIn } from './of-log.ts';
import type { Review } from './review.ts';

/**
 * What may be looked at while it is being checked against its sha256 is not concluded from: nothing that says something about
 * such bytes enters the log. Taking back what was said does. Throws `bytes.being-checked`.
 */
export function bytesMustBeChecked(theCase: Case, events: readonly NewEvent[]): void {
  const contents = checkedContents(theCase.objects);
  if (!contents.lookedAt) return;
  const review = reviewIn(theCase);
  for (const event of events) for (const sha256 of concerned(event, review)) contents.mustBeChecked(sha256);
}

/** Of which content an event says something, by sha256. */
function concerned(event: NewEvent, review: Review): (string | undefined)[] {
  switch (event.type) {
    case 'seed-annotated':
    case 'annotations-imported':
      return [event.seed];
    case 'annotation-changed':
    case 'annotation-resolved':
      return [review.annotations().find(({ id }) => id === event.id)?.seed];
    case 'file-reviewed':
      return event.files.map(({ sha256 }) => sha256);
    case 'line-commented':
      return [event.sha256];
    case 'comment-resolved': {
      const on = review.comments().find(({ id }) => id === event.id)?.on;
      return on && 'sha256' in on ? [on.sha256] : [];
    }
    case 'exhibit-attached':
      return 'sha256' in event.exhibit ? [event.exhibit.sha256] : [];
    default:
      return [];
  }
}
