import type {
  AnnotationContent,
  AnnotationOrigin,
  Answer,
  CaseEvent,
  EventOf,
  Exhibited,
  ReviewEvent,
  SEVERITIES,
} from '../case/index.ts';

/** Who did something, when the machine's clock said it was, and the number of the event. */
export interface Act {
  readonly by: string;
  readonly at: string;
  readonly event: number;
}

/** An act with a reason. */
export interface Resolution extends Act {
  readonly reason: string;
}

/** What a person says of bytes of a seed, as it stands now. */
export interface Annotation extends AnnotationContent, Act {
  readonly id: string;
  /** Sha256 of the seed. */
  readonly seed: string;
  readonly origin: AnnotationOrigin | null;
  /** The newest change, null when there was none. */
  readonly changed: Act | null;
  /** Set when a question or concern was settled. */
  readonly resolution: Resolution | null;
}

/** A person's word that a file of this content was reviewed. */
export interface FileReview extends Act {
  readonly path: string;
  readonly sha256: string;
}

/** What a comment is about: a line of a file, a whole file (line null), or a finding by its key. */
export type CommentSubject =
  | { readonly path: string; readonly sha256: string; readonly line: number | null }
  | { readonly finding: string };

/** A comment, as it stands now. */
export interface Comment extends Act {
  readonly id: string;
  readonly on: CommentSubject;
  readonly text: string;
  readonly resolution: Resolution | null;
}

/** The newest answer to an item of the checklist. */
export interface ChecklistAnswer extends Act {
  readonly item: string;
  readonly answer: Answer;
  readonly note: string;
}

/** The newest words on what the audit covers and what it does not. */
export interface Scope extends Act {
  readonly text: string;
}

/** A waiver in force: a person accepts what a finding says. */
export interface Waiver extends Resolution {
  /** The finding's key. */
  readonly finding: string;
}

/** A piece of evidence that a person laid beside a finding. */
export interface Attachment extends Act {
  readonly id: string;
  /** The finding's key. */
  readonly finding: string;
  readonly exhibit: Exhibited;
}

/** A file of annotations from which a person took some over. The case keeps it and its signature as objects. */
export interface ImportedFile
  extends Act,
    Pick<EventOf<'annotations-imported'>, 'name' | 'file' | 'signature'> {
  /** Sha256 of the seed that they were taken over for. */
  readonly seed: string;
}

/** A finding that a person raised. */
export interface RaisedFinding extends Act {
  readonly id: string;
  /** The key under which it is waived and commented: `person:` and its id. */
  readonly key: string;
  readonly severity: (typeof SEVERITIES)[number];
  readonly message: string;
  readonly where: string;
  readonly resolution: Resolution | null;
}

/** An event of the review that cannot be: it has no effect, and no Assay writes such. */
export interface RefusedEvent {
  readonly event: number;
  readonly problem: string;
}

/** An event in the history of a thing, and whether it was taken back. */
export interface HistoryEntry {
  readonly event: ReviewEvent;
  readonly undone: boolean;
}

/** A person's action: one event, or several that belong together. */
export interface Action {
  readonly by: string;
  /** Numbers of its first and last event. */
  readonly first: number;
  readonly last: number;
  readonly type: ReviewEvent['type'];
  readonly undone: boolean;
}

/** The part of an event that says who, when and which. */
export function actOf({ by, at, seq }: Pick<CaseEvent, 'by' | 'at' | 'seq'>): Act {
  return { by, at, event: seq };
}
