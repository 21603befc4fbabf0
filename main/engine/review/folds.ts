import type { EventOf } from '../case/index.ts';
import {
  type Annotation,
  type Attachment,
  actOf,
  type ChecklistAnswer,
  type Comment,
  type CommentSubject,
  type FileReview,
  type ImportedFile,
  type RaisedFinding,
  type Scope,
  type Waiver,
} from './model.ts';

/** What the events of one thing come to. Each function is given the events in force, oldest first. */

export type AnnotationEvent = EventOf<
  'seed-annotated' | 'annotation-changed' | 'annotation-removed' | 'annotation-resolved'
>;
export type CommentEvent = EventOf<
  'line-commented' | 'finding-commented' | 'comment-removed' | 'comment-resolved'
>;

/** An annotation; a change speaks anew of a question that was resolved. */
export function foldAnnotation(events: readonly AnnotationEvent[]): Annotation | null {
  return events.reduce<Annotation | null>(annotationAfter, null);
}

function annotationAfter(annotation: Annotation | null, event: AnnotationEvent): Annotation | null {
  if (event.type === 'seed-annotated') {
    const { id, seed, origin } = event;
    return { ...contentOf(event), ...actOf(event), id, seed, origin, changed: null, resolution: null };
  }
  if (annotation === null || event.type === 'annotation-removed') return null;
  if (event.type === 'annotation-changed')
    return { ...annotation, ...contentOf(event), changed: actOf(event), resolution: null };
  return { ...annotation, resolution: { ...actOf(event), reason: event.reason } };
}

function contentOf({
  ranges,
  kind,
  label,
  note,
  group,
  colour,
}: EventOf<'seed-annotated' | 'annotation-changed'>) {
  return { ranges, kind, label, note, group, colour };
}

/** A file in the eyes of one person; null once withdrawn. */
export function foldFile(facts: readonly (FileReview | null)[]): FileReview | null {
  return facts.at(-1) ?? null;
}

/** A comment on a line, a file or a finding. */
export function foldComment(events: readonly CommentEvent[]): Comment | null {
  return events.reduce<Comment | null>(commentAfter, null);
}

function commentAfter(comment: Comment | null, event: CommentEvent): Comment | null {
  if (event.type === 'line-commented' || event.type === 'finding-commented') {
    const { id, text } = event;
    return { ...actOf(event), id, on: subjectOf(event), text, resolution: null };
  }
  if (comment === null || event.type === 'comment-removed') return null;
  return { ...comment, resolution: { ...actOf(event), reason: event.reason } };
}

function subjectOf(event: EventOf<'line-commented' | 'finding-commented'>): CommentSubject {
  if (event.type === 'finding-commented') return { finding: event.finding };
  return { path: event.path, sha256: event.sha256, line: event.line };
}

/** The newest answer. */
export function foldAnswer(events: readonly EventOf<'checklist-answered'>[]): ChecklistAnswer | null {
  const newest = events.at(-1);
  if (!newest) return null;
  const { item, answer, note } = newest;
  return { ...actOf(newest), item, answer, note };
}

/** The newest words; an empty text takes them back. */
export function foldScope(events: readonly EventOf<'scope-set'>[]): Scope | null {
  const newest = events.at(-1);
  return newest && newest.text !== '' ? { ...actOf(newest), text: newest.text } : null;
}

/** A waiver, null once withdrawn. */
export function foldWaiver(events: readonly EventOf<'finding-waived' | 'waiver-withdrawn'>[]): Waiver | null {
  const newest = events.at(-1);
  if (newest?.type !== 'finding-waived') return null;
  return { ...actOf(newest), finding: newest.finding, reason: newest.reason };
}

/** A file of annotations that somebody took over from, null once that was taken back. */
export function foldImport(events: readonly EventOf<'annotations-imported'>[]): ImportedFile | null {
  const newest = events.at(-1);
  if (!newest) return null;
  const { seed, name, file, signature } = newest;
  return { ...actOf(newest), seed, name, file, signature };
}

export type AttachmentEvent = EventOf<'exhibit-attached' | 'exhibit-removed'>;

/** A piece of evidence beside a finding, null once removed. */
export function foldAttachment(events: readonly AttachmentEvent[]): Attachment | null {
  const newest = events.at(-1);
  if (newest?.type !== 'exhibit-attached') return null;
  const { id, finding, exhibit } = newest;
  return { ...actOf(newest), id, finding, exhibit };
}

type RaisedEvent = EventOf<'finding-raised' | 'finding-resolved' | 'finding-reopened'>;

/** A finding that a person raised. */
export function foldRaised(events: readonly RaisedEvent[]): RaisedFinding | null {
  return events.reduce<RaisedFinding | null>(raisedAfter, null);
}

function raisedAfter(finding: RaisedFinding | null, event: RaisedEvent): RaisedFinding | null {
  if (event.type === 'finding-raised') {
    const { id, severity, message, where } = event;
    return { ...actOf(event), id, key: raisedKey(id), severity, message, where, resolution: null };
  }
  if (event.type === 'finding-reopened') return finding && { ...finding, resolution: null };
  return finding && { ...finding, resolution: { ...actOf(event), reason: event.reason } };
}

/** The key of a finding that a person raised. */
export function raisedKey(id: string): string {
  return `person:${id}`;
}
