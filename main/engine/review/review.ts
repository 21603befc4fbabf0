import {
  type BlindEvent,
  type CaseEvent,
  type EventOf,
  isReviewEvent,
  type ReviewEvent,
  type UndoEvent,
} from '../case/index.ts';
import { Actions } from './actions.ts';
import { type BlindReview, BlindReviews } from './blind-reviews.ts';
import {
  type AnnotationEvent,
  type CommentEvent,
  foldAnnotation,
  foldAnswer,
  foldAttachment,
  foldComment,
  foldFile,
  foldImport,
  foldRaised,
  foldScope,
  foldWaiver,
} from './folds.ts';
import {
  type Annotation,
  type Attachment,
  actOf,
  type ChecklistAnswer,
  type Comment,
  type FileReview,
  type HistoryEntry,
  type ImportedFile,
  type RaisedFinding,
  type RefusedEvent,
  type Scope,
  type Waiver,
} from './model.ts';
import { impossible, type Made } from './rules.ts';
import { Subjects, type Undoable } from './subjects.ts';

const SCOPE = 'scope';

/**
 * What people have said of a case: a fold over its log. Events go in one at a time and in order, so that a window can go on
 * with those that are new. An event that cannot be, such as a change to somebody else's annotation, has no effect and is listed.
 */
export class Review {
  /** What may be undone and redone. */
  readonly actions = new Actions();
  readonly #annotations = new Subjects(foldAnnotation);
  readonly #files = new Subjects(foldFile);
  readonly #comments = new Subjects(foldComment);
  readonly #answers = new Subjects(foldAnswer);
  readonly #scope = new Subjects(foldScope);
  readonly #raised = new Subjects(foldRaised);
  readonly #waivers = new Subjects(foldWaiver);
  readonly #attachments = new Subjects(foldAttachment);
  readonly #imports = new Subjects(foldImport);
  readonly #all = [
    this.#annotations,
    this.#files,
    this.#comments,
    this.#answers,
    this.#scope,
    this.#raised,
    this.#waivers,
    this.#attachments,
    this.#imports,
  ];
  #imported: EventOf<'annotations-imported'> | undefined;
  /** Sizes of the seeds that were checked, by sha256. */
  readonly #seeds = new Map<string, number>();
  readonly #blind = new BlindReviews();
  readonly #refused: RefusedEvent[] = [];
  readonly #made: Made = {
    knowsId: id => this.knowsId(id),
    seedSize: sha256 => this.#seeds.get(sha256),
    annotation: id => {
      const first = this.#annotations.first(id);
      return first?.type === 'seed-annotated' ? first : undefined;
    },
    commentBy: id => this.#comments.first(id)?.by,
    attachmentBy: id => this.#attachments.first(id)?.by,
    isRaised: id => this.#raised.has(id),
    imported: () => this.#imported,
  };
  #applied = 0;

  /** How many events went in. */
  get applied(): number {
    return this.#applied;
  }

  /** Takes the next event of the log. */
  apply(event: CaseEvent): void {
    this.#applied += 1;
    if (event.type === 'seed-checked') this.#seeds.set(event.seed.sha256, event.seed.size);
    else if (event.type === 'undone' || event.type === 'redone') this.#toggle(event);
    else if (event.type === 'blind-review-begun' || event.type === 'blind-review-ended')
      this.#takeBlind(event);
    else if (isReviewEvent(event)) this.#take(event);
  }

  /** Annotations of one seed, by its sha256, or of all. In the order in which they were made. */
  annotations(seed?: string): readonly Annotation[] {
    const all = this.#annotations.values();
    return seed === undefined ? all : all.filter(annotation => annotation.seed === seed);
  }

  /** The annotation of this id; null when there is none, or none any more. */
  annotation(id: string): Annotation | null {
    return this.#annotations.get(id);
  }

  /** Every event of an annotation, also of one that was removed. */
  annotationHistory(id: string): readonly HistoryEntry[] {
    return this.#annotations.history(id).map(({ fact, action }) => ({ event: fact, undone: action.undone }));
  }

  /** Blind reviews of a seed, in the order in which they began. */
  blindReviews(seed: string): readonly BlindReview[] {
    return this.#blind.of(seed, this.#annotated(seed));
  }

  /** Seeds that a person reviews blind, by sha256. */
  blindSeeds(by: string): ReadonlySet<string> {
    return this.#blind.seedsOf(by);
  }

  /** Who reviews which seed blind, by its sha256. */
  blindReviewers(): ReadonlyMap<string, readonly string[]> {
    return this.#blind.reviewers();
  }

  /** Whether an annotation, as it stands, was written blind. */
  wroteBlind(annotation: Annotation): boolean {
    return this.#blind.wrote(annotation);
  }

  /** Sizes of the seeds that were checked, by sha256. */
  get seeds(): ReadonlyMap<string, number> {
    return this.#seeds;
  }

  /** Every person's word on every file. Whether it still speaks of the bundle's file, its sha256 says. */
  files(): readonly FileReview[] {
    return this.#files.values();
  }

  /** What one person said of the file at a path, null for nothing. */
  file(path: string, by: string): FileReview | null {
    return this.#files.get(fileKey(path, by));
  }

  comments(): readonly Comment[] {
    return this.#comments.values();
  }

  comment(id: string): Comment | null {
    return this.#comments.get(id);
  }

  /** Answers to items of the checklist. */
  answers(): readonly ChecklistAnswer[] {
    return this.#answers.values();
  }

  answer(item: string): ChecklistAnswer | null {
    return this.#answers.get(item);
  }

  /** What the audit covers, in the words of a person; null while nobody said. */
  scope(): Scope | null {
    return this.#scope.get(SCOPE);
  }

  /** Findings that people raised. */
  raised(): readonly RaisedFinding[] {
    return this.#raised.values();
  }

  /** Waivers in force. */
  waivers(): readonly Waiver[] {
    return this.#waivers.values();
  }

  /** Evidence that people laid beside findings, in the order in which they did. */
  attachments(): readonly Attachment[] {
    return this.#attachments.values();
  }

  /** Files of annotations that people took over from, of a seed, by its sha256, in the order in which they did. */
  imports(seed: string): readonly ImportedFile[] {
    return this.#imports.values().filter(each => each.seed === seed);
  }

  /** Whether an id was ever given to an annotation, comment, finding or a piece of evidence beside one. */
  knowsId(id: string): boolean {
    return (
      this.#annotations.has(id) || this.#comments.has(id) || this.#raised.has(id) || this.#attachments.has(id)
    );
  }

  /** Events that cannot be. A log that Assay wrote has none. */
  refused(): readonly RefusedEvent[] {
    return this.#refused;
  }

  #take(event: ReviewEvent): void {
    const action = impossible(event, this.#made) ?? this.actions.take(event);
    if (typeof action === 'string') this.#refused.push({ event: event.seq, problem: action });
    else this.#add(event, action);
  }

  #takeBlind(event: BlindEvent): void {
    const problem = this.#seeds.has(event.seed)
      ? this.#blind.take(event, this.#annotated(event.seed))
      : 'is about a seed that was not checked';
    if (problem !== null) this.#refused.push({ event: event.seq, problem });
  }

  #annotated(seed: string) {
    return { size: this.#seeds.get(seed) ?? 0, annotations: this.annotations(seed) };
  }

  #toggle(event: UndoEvent): void {
    const problem = this.actions.toggle(event);
    if (problem !== null) {
      this.#refused.push({ event: event.seq, problem });
      return;
    }
    for (const subjects of this.#all) subjects.forget();
  }

  #add(event: ReviewEvent, action: Undoable): void {
    switch (event.type) {
      case 'seed-annotated':
      case 'annotation-changed':
      case 'annotation-removed':
      case 'annotation-resolved':
        this.#annotations.add(event.id, event satisfies AnnotationEvent, action);
        break;
      case 'annotations-imported':
        this.#imported = event;
        this.#imports.add(String(event.seq), event, action);
        break;
      case 'file-reviewed':
      case 'review-withdrawn':
        this.#addFiles(event, action);
        break;
      case 'line-commented':
      case 'finding-commented':
      case 'comment-removed':
      case 'comment-resolved':
        this.#comments.add(event.id, event satisfies CommentEvent, action);
        break;
      case 'checklist-answered':
        this.#answers.add(event.item, event, action);
        break;
      case 'scope-set':
        this.#scope.add(SCOPE, event, action);
        break;
      case 'finding-raised':
      case 'finding-resolved':
      case 'finding-reopened':
        this.#raised.add(event.id, event, action);
        break;
      case 'exhibit-attached':
      case 'exhibit-removed':
        this.#attachments.add(event.id, event, action);
        break;
      case 'finding-waived':
      case 'waiver-withdrawn':
        this.#waivers.add(event.finding, event, action);
        break;
    }
  }

  #addFiles(event: EventOf<'file-reviewed' | 'review-withdrawn'>, action: Undoable): void {
    for (const { path, sha256 } of event.files) {
      const fact = event.type === 'file-reviewed' ? { ...actOf(event), path, sha256 } : null;
      this.#files.add(fileKey(path, event.by), fact, action);
    }
  }
}

function fileKey(path: string, by: string): string {
  return `${path}\0${by}`;
}
