import { inputError } from '../base/index.ts';
import type { AnnotationContent } from '../case/index.ts';
import type { SeenReview } from './blind.ts';
import type { AnnotationEvent } from './folds.ts';
import { type Act, actOf, type HistoryEntry } from './model.ts';

const PARTS = ['ranges', 'kind', 'label', 'note', 'group', 'colour'] as const;

/** An event in the history of an annotation. */
export interface AnnotationStep extends Act {
  readonly type: AnnotationEvent['type'];
  /** Whether its action was taken back. */
  readonly undone: boolean;
  /** What the annotation said from then on; null for an event that is no wording. */
  readonly content: AnnotationContent | null;
  /** What is other than in the wording before that was in force. */
  readonly changed: readonly (typeof PARTS)[number][];
  /** What settled a question or concern. */
  readonly reason: string | null;
}

/** Every event of an annotation, also of one that was removed, oldest first. Throws `review.unknown`. */
export function historyOf(review: Pick<SeenReview, 'annotationHistory'>, id: string): AnnotationStep[] {
  const entries = review.annotationHistory(id);
  if (entries.length === 0) throw inputError('review.unknown', `there is no annotation '${id}'`);
  let before: AnnotationContent | null = null;
  return entries.map(entry => {
    const step = stepOf(entry, before);
    if (step.content && !step.undone) before = step.content;
    return step;
  });
}

function stepOf({ event, undone }: HistoryEntry, before: AnnotationContent | null): AnnotationStep {
  const annotated = event as AnnotationEvent;
  const content = contentOf(annotated);
  return {
    ...actOf(event),
    type: annotated.type,
    undone,
    content,
    changed: content && before ? PARTS.filter(part => !sameParts(content[part], before[part])) : [],
    reason: annotated.type === 'annotation-resolved' ? annotated.reason : null,
  };
}

function contentOf(event: AnnotationEvent): AnnotationContent | null {
  if (event.type !== 'seed-annotated' && event.type !== 'annotation-changed') return null;
  const { ranges, kind, label, note, group, colour } = event;
  return { ranges, kind, label, note, group, colour };
}

function sameParts(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
