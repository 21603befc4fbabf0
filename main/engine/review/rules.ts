import type { EventOf, ReviewEvent } from '../case/index.ts';
import { isRangeSet } from '../seed/index.ts';
import type { AnnotationEvent } from './folds.ts';

/** What was ever made in a review, whether or not it was taken back: what new events are held against. */
export interface Made {
  /** Whether an id was ever given. */
  knowsId(id: string): boolean;
  /** Size of a seed that was checked, by its sha256. */
  seedSize(sha256: string): number | undefined;
  /** The event that made an annotation. */
  annotation(id: string): EventOf<'seed-annotated'> | undefined;
  /** Who wrote a comment. */
  commentBy(id: string): string | undefined;
  /** Who laid a piece of evidence beside a finding. */
  attachmentBy(id: string): string | undefined;
  /** Whether a person raised a finding. */
  isRaised(id: string): boolean;
  /** The newest file of annotations that somebody took over from. */
  imported(): EventOf<'annotations-imported'> | undefined;
}

/** What makes an event one that cannot be; null for nothing. It does not depend on what was undone. */
export function impossible(event: ReviewEvent, made: Made): string | null {
  switch (event.type) {
    case 'seed-annotated':
      return idProblem(event.id, made) ?? rangeProblem(event.seed, event, made) ?? originProblem(event, made);
    case 'annotations-imported':
      return importProblem(event, made);
    case 'annotation-changed':
    case 'annotation-removed':
    case 'annotation-resolved':
      return annotationProblem(event, made);
    case 'line-commented':
    case 'finding-commented':
    case 'finding-raised':
    case 'exhibit-attached':
      return idProblem(event.id, made);
    case 'comment-removed':
    case 'comment-resolved':
      return commentProblem(event, made);
    case 'exhibit-removed':
      return attachmentProblem(event, made);
    case 'finding-resolved':
    case 'finding-reopened':
      return made.isRaised(event.id) ? null : 'is about a finding that nobody raised';
    default:
      return null;
  }
}

function idProblem(id: string, made: Made): string | null {
  return made.knowsId(id) ? 'has an id that was given before' : null;
}

function rangeProblem(
  seed: string,
  { ranges }: Pick<EventOf<'seed-annotated'>, 'ranges'>,
  made: Made,
): string | null {
  const size = made.seedSize(seed);
  if (size === undefined) return 'is about a seed that was not checked';
  return isRangeSet(ranges, size) ? null : 'has ranges that are no set of bytes of the seed';
}

/** Words from a file have to stand in the action that took over from that file, for the same seed and by the same key. */
function originProblem({ origin, action, seed }: EventOf<'seed-annotated'>, made: Made): string | null {
  if (origin?.from !== 'file') return null;
  const from = made.imported();
  const fits =
    from?.seq === action &&
    from?.seed === seed &&
    from.file.sha256 === origin.file &&
    from.signature?.key === origin.key;
  return fits ? null : 'has its words from a file that its action does not take over from';
}

function importProblem({ seed, seq, action }: EventOf<'annotations-imported'>, made: Made): string | null {
  if (made.seedSize(seed) === undefined) return 'is about a seed that was not checked';
  return action === seq ? null : 'takes nothing over from its file';
}

function annotationProblem(
  event: Exclude<AnnotationEvent, { type: 'seed-annotated' }>,
  made: Made,
): string | null {
  const first = made.annotation(event.id);
  if (!first) return 'is about an annotation that nobody made';
  if (event.type === 'annotation-resolved') return null;
  if (first.by !== event.by) return 'changes an annotation of somebody else';
  return event.type === 'annotation-changed' ? rangeProblem(first.seed, event, made) : null;
}

function commentProblem(
  { id, by, type }: EventOf<'comment-removed' | 'comment-resolved'>,
  made: Made,
): string | null {
  const author = made.commentBy(id);
  if (author === undefined) return 'is about a comment that nobody made';
  return type === 'comment-removed' && author !== by ? 'removes a comment of somebody else' : null;
}

function attachmentProblem({ id, by }: EventOf<'exhibit-removed'>, made: Made): string | null {
  const author = made.attachmentBy(id);
  if (author === undefined) return 'takes away evidence that nobody attached';
  return author === by ? null : 'takes away what somebody else attached';
}
