import { z } from 'zod';
import {
  annotationDocument,
  annotationGroupsDocument,
  annotationHistoryDocument,
  blindDocument,
  disagreementsDocument,
  templateDocument,
} from '../review-documents.ts';
import { count, nothing, sha256 } from './common.ts';
import { request } from './define.ts';

/** Texts of people, trimmed; the log keeps at most 20,000 characters. */
const words = z.string().trim().max(20_000);
const name = z.string().trim().min(1).max(200);
const id = z.string().min(1).max(100);
const kind = z.enum(['explained', 'question', 'concern']);
/** A person's own choice; null for that of the kind. */
const colour = z.enum(['teal', 'ochre', 'red', 'blue', 'violet', 'green', 'rose', 'grey']).nullable();
const group = name.nullable();
const ranges = z.array(z.strictObject({ offset: count, length: z.int().min(1) })).max(10_000);
const content = z.strictObject({
  ranges: ranges.min(1),
  kind,
  label: name,
  note: words.default(''),
  group: group.default(null),
  colour: colour.default(null),
});
/** How many annotations one action may make, change or remove. */
const MANY = 1000;
const ids = z.array(id).min(1).max(MANY);
const annotations = z.strictObject({ annotations: z.array(annotationDocument) });

/** An annotation that is being written: every field as it was left, so that also what is not whole yet is kept. */
const draft = z.strictObject({
  /** The annotation that is being changed; null for a new one. */
  id: id.nullable(),
  ranges,
  kind,
  label: z.string().max(2000),
  note: z.string().max(20_000),
  group: z.string().max(2000),
  colour,
});

/** A blind review of a seed, and bytes that people do not agree on. */
export type BlindReviewRow = z.infer<typeof blindDocument>['reviews'][number];
export type DisagreementRow = z.infer<typeof disagreementsDocument>['disagreements'][number];
/** An annotation of one's own as it was left while it was being written. */
export type AnnotationDraftRow = z.infer<typeof draft>;
/** Annotations that belong together by name. */
export type AnnotationGroupRow = z.infer<typeof annotationGroupsDocument>['groups'][number];
/** An event in the history of an annotation. */
export type AnnotationHistoryRow = z.infer<typeof annotationHistoryDocument>['events'][number];

/** Annotations of a seed, one or many at a time. Each request is one action, which its person can undo. */
export const annotationRequests = {
  'seed.annotate': request({
    input: z.strictObject({ seed: sha256, content }),
    output: annotationDocument,
  }),
  'seed.annotate-many': request({
    input: z.strictObject({ seed: sha256, contents: z.array(content).min(1).max(MANY) }),
    output: annotations,
  }),
  /** Changes one of one's own. A colour that is left out stays. */
  'seed.change': request({
    input: z.strictObject({ id, content: content.extend({ colour: colour.optional() }) }),
    output: annotationDocument,
  }),
  /** Changes several of one's own in the same way; what is left out stays as each has it. */
  'seed.change-many': request({
    input: z.strictObject({
      ids,
      kind: kind.optional(),
      group: group.optional(),
      colour: colour.optional(),
    }),
    output: annotations,
  }),
  /** Named ranges of a seed that the kit knows; a person still has to agree. */
  'seed.templates': request({
    input: z.strictObject({ seed: sha256 }),
    output: z.array(templateDocument),
  }),
  /** Agrees to one of them: an annotation by who works here, from the kit. */
  'seed.accept-template': request({
    input: z.strictObject({ seed: sha256, number: z.int().min(1) }),
    output: nothing,
  }),
  /** Agrees to several, as one action. Those that one agreed to before are left out. */
  'seed.accept-templates': request({
    input: z.strictObject({ seed: sha256, numbers: z.array(z.int().min(1)).min(1).max(2000) }),
    output: annotations,
  }),
  'seed.remove': request({ input: z.strictObject({ id }), output: nothing }),
  'seed.remove-many': request({ input: z.strictObject({ ids }), output: nothing }),
  'seed.resolve': request({ input: z.strictObject({ id, reason: words.min(1) }), output: nothing }),
  /** Every event of an annotation, also of one that was removed. */
  'seed.history': request({ input: z.strictObject({ id }), output: annotationHistoryDocument }),
  'seed.groups': request({ input: z.strictObject({ seed: sha256 }), output: annotationGroupsDocument }),
  /** Gives another name to a group of one's own annotations; those of others keep theirs. */
  'seed.rename-group': request({
    input: z.strictObject({ seed: sha256, from: name, to: name }),
    output: z.strictObject({ changed: count, others: count.describe('Annotations of others in it.') }),
  }),
  /** Who reviews or reviewed a seed blind. While who works here does, every answer about that seed holds only what is their own. */
  'seed.blind.status': request({ input: z.strictObject({ seed: sha256 }), output: blindDocument }),
  'seed.blind.begin': request({ input: z.strictObject({ seed: sha256 }), output: blindDocument }),
  /** Ends one's own at any time; the log says how much was explained then. */
  'seed.blind.end': request({ input: z.strictObject({ seed: sha256 }), output: blindDocument }),
  /** Bytes of which people do not say the same, in the order of the bytes. */
  'seed.disagreements': request({ input: z.strictObject({ seed: sha256 }), output: disagreementsDocument }),
  /** What one was writing when one last stopped. It is no evidence and stands in no log; it survives a crash. */
  'seed.draft.get': request({
    input: z.strictObject({ seed: sha256 }),
    output: z.strictObject({ draft: draft.nullable(), savedAt: z.string().nullable() }),
  }),
  /** Keeps it; null forgets it. */
  'seed.draft.set': request({
    input: z.strictObject({ seed: sha256, draft: draft.nullable() }),
    output: nothing,
  }),
};
