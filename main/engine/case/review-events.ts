import { z } from 'zod';
import {
  fingerprintField,
  nameField as name,
  objectRefField as objectRef,
  pathField,
  sha256Field,
  sizeField,
  stamp,
  textField,
} from './event-fields.ts';

/** What an annotation says of its bytes. Only `explained` counts as coverage. */
export const ANNOTATION_KINDS = ['explained', 'question', 'concern'] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];
/** Colours a person may give an annotation; by default it has that of its kind. */
export const ANNOTATION_COLOURS = [
  'teal',
  'ochre',
  'red',
  'blue',
  'violet',
  'green',
  'rose',
  'grey',
] as const;
/** What may be answered to an item of a kit's checklist. */
export const ANSWERS = ['done', 'not-applicable', 'open'] as const;
export type Answer = (typeof ANSWERS)[number];
/** How grave a finding is: `high` speaks against the verdict, `low` is worth knowing, `note` is for the record. */
export const SEVERITIES = ['high', 'medium', 'low', 'note'] as const;

/** How many ranges an annotation may have, and how many files one event may name. */
export const REVIEW_LIMITS = { ranges: 1000, files: 1000 } as const;

/** A run of bytes. */
export const rangeSchema = z.strictObject({ offset: sizeField, length: z.int().min(1) });
export type ByteRange = z.infer<typeof rangeSchema>;

/** A name that stays with an annotation or comment wherever it is taken. */
const id = z.string().regex(/^[0-9a-f]{12}$/, 'must be 12 hexadecimal digits');
const reason = textField.min(1);
/** The key of a finding, which may hold several paths. */
const finding = textField.min(1);

/** What a person says of bytes of a seed. */
export const annotationContentSchema = z.strictObject({
  /** Ascending, apart from each other, inside the seed. */
  ranges: z.array(rangeSchema).min(1).max(REVIEW_LIMITS.ranges),
  kind: z.enum(ANNOTATION_KINDS),
  label: name,
  /** Markdown; shown as text where no renderer is at hand. */
  note: textField,
  group: z.nullable(name),
  colour: z.nullable(z.enum(ANNOTATION_COLOURS)),
});
export type AnnotationContent = z.infer<typeof annotationContentSchema>;

/** The signature of a file of annotations: which key made it, and the SSHSIG as it lay beside the file. */
const fileSignature = z.strictObject({ key: fingerprintField, sshsig: objectRef });

/** Where the words of an annotation come from, when the person agreed to somebody else's. */
export const annotationOriginSchema = z.discriminatedUnion('from', [
  /** The kit's template at this place of its list, from 1. */
  z.strictObject({ from: z.literal('template'), kit: sha256Field, template: z.int().min(1) }),
  /** A file of annotations: who is named there as author, and the key whose good signature the file had. */
  z.strictObject({
    from: z.literal('file'),
    file: sha256Field,
    /** Its place in the file, from 1. */
    number: z.int().min(1),
    author: name,
    key: fingerprintField.optional(),
  }),
  /** Another case, by its id, and its seed, which may be another version of this one: who said it there. */
  z.strictObject({ from: z.literal('case'), case: z.uuid(), seed: sha256Field, author: name }),
]);
export type AnnotationOrigin = z.infer<typeof annotationOriginSchema>;

/** What was reviewed: the path, and the content that it had. */
const fileOf = z.strictObject({ path: pathField, sha256: sha256Field });

/** A piece of evidence that a person lays beside a finding. */
export const exhibitedSchema = z.discriminatedUnion('kind', [
  /** A step of a replay, by its number and its name in the plan. */
  z.strictObject({
    kind: z.literal('step'),
    replay: z.int().min(1),
    number: z.int().min(1),
    step: pathField,
  }),
  /** A file of the bundle, or one that a step wrote; at a line, from 1, where that is what matters. */
  z.strictObject({
    kind: z.enum(['file', 'artifact']),
    ...fileOf.shape,
    line: z.nullable(z.int().min(1)),
  }),
  /** Bytes of a seed, an artifact or a file. */
  z.strictObject({ kind: z.literal('bytes'), ...fileOf.shape, range: rangeSchema }),
]);
export type Exhibited = z.infer<typeof exhibitedSchema>;

/** An earlier audit from which a person took something over. */
export const takenFromSchema = z.strictObject({
  source: z.enum(['report', 'case']),
  /** Of the report's file, or of the case. */
  name,
  /** Of the report's file, or the head of the case's log. */
  sha256: sha256Field,
});
export type TakenFrom = z.infer<typeof takenFromSchema>;

/** What was taken over, and who had said it there; left out of what a person says by themselves. */
const origin = z.strictObject({ ...takenFromSchema.shape, by: name }).optional();

const files = z.array(fileOf).min(1).max(REVIEW_LIMITS.files);

const review = {
  ...stamp,
  /** Number of the first event of the action that this event belongs to, when it has several. */
  action: z.int().min(1).optional(),
};

/** What people add to the evidence: all of it can be undone, by another event. */
export const REVIEW_EVENTS = [
  z.strictObject({
    ...review,
    type: z.literal('seed-annotated'),
    id,
    seed: sha256Field,
    ...annotationContentSchema.shape,
    origin: z.nullable(annotationOriginSchema),
  }),
  z.strictObject({
    ...review,
    /** First of the action that takes annotations over from a file, which is kept. */
    type: z.literal('annotations-imported'),
    seed: sha256Field,
    /** As the file was called. */
    name: pathField,
    file: objectRef,
    /** Null for a file without a good one. */
    signature: z.nullable(fileSignature),
  }),
  z.strictObject({
    ...review,
    type: z.literal('annotation-changed'),
    id,
    ...annotationContentSchema.shape,
  }),
  z.strictObject({ ...review, type: z.literal('annotation-removed'), id }),
  z.strictObject({ ...review, type: z.literal('annotation-resolved'), id, reason }),
  z.strictObject({ ...review, type: z.literal('file-reviewed'), files }),
  z.strictObject({ ...review, type: z.literal('review-withdrawn'), files }),
  z.strictObject({
    ...review,
    type: z.literal('line-commented'),
    id,
    ...fileOf.shape,
    /** From 1; null for a comment on the whole file. */
    line: z.nullable(z.int().min(1)),
    text: reason,
  }),
  z.strictObject({ ...review, type: z.literal('finding-commented'), id, finding, text: reason }),
  z.strictObject({ ...review, type: z.literal('comment-removed'), id }),
  z.strictObject({ ...review, type: z.literal('comment-resolved'), id, reason }),
  z.strictObject({
    ...review,
    type: z.literal('checklist-answered'),
    item: name,
    answer: z.enum(ANSWERS),
    note: textField,
  }),
  z.strictObject({ ...review, type: z.literal('scope-set'), text: textField }),
  z.strictObject({
    ...review,
    type: z.literal('finding-raised'),
    id,
    severity: z.enum(SEVERITIES),
    message: name,
    /** What it is about: a path, a step, a seed. */
    where: pathField,
    origin,
  }),
  z.strictObject({ ...review, type: z.literal('finding-resolved'), id, reason }),
  z.strictObject({ ...review, type: z.literal('finding-reopened'), id, reason }),
  z.strictObject({ ...review, type: z.literal('exhibit-attached'), id, finding, exhibit: exhibitedSchema }),
  z.strictObject({ ...review, type: z.literal('exhibit-removed'), id }),
  z.strictObject({ ...review, type: z.literal('finding-waived'), finding, reason, origin }),
  z.strictObject({ ...review, type: z.literal('waiver-withdrawn'), finding, reason: textField }),
] as const;

/** Taking back an action of one's own, and taking that back. `event` is the number of the action's first event. */
export const UNDO_EVENTS = [
  z.strictObject({ ...stamp, type: z.literal('undone'), event: z.int().min(1) }),
  z.strictObject({ ...stamp, type: z.literal('redone'), event: z.int().min(1) }),
] as const;

/**
 * A person begins and ends to review a seed without being shown what others say of it. No action of the review: what was shown to
 * a person cannot be undone, so neither can these.
 */
export const BLIND_EVENTS = [
  z.strictObject({ ...stamp, type: z.literal('blind-review-begun'), seed: sha256Field }),
  z.strictObject({ ...stamp, type: z.literal('blind-review-ended'), seed: sha256Field }),
] as const;
export type BlindEvent = z.infer<(typeof BLIND_EVENTS)[number]>;

/** An event that a person adds to the evidence. */
export type ReviewEvent = z.infer<(typeof REVIEW_EVENTS)[number]>;
export type UndoEvent = z.infer<(typeof UNDO_EVENTS)[number]>;

const REVIEW_TYPES: ReadonlySet<string> = new Set(REVIEW_EVENTS.map(schema => schema.shape.type.value));

/** Whether an event is one that a person added to the evidence. */
export function isReviewEvent(event: { readonly type: string }): event is ReviewEvent {
  return REVIEW_TYPES.has(event.type);
}
