import { z } from 'zod';
import {
  actionDocument,
  annotationDocument,
  checklistDocument,
  commentsDocument,
  coverageDocument,
  proposalsDocument,
  scopeDocument,
} from '../review-documents.ts';
import { count, location, nothing, objectRef, sha256, treePath } from './common.ts';
import { request } from './define.ts';

/** Texts of people, trimmed; the log keeps at most 20,000 characters. */
const words = z.string().trim().max(20_000);
const said = words.min(1);
const key = z.string().min(1).max(4500);
const id = z.string().min(1).max(100);
/** Evidence as a person names it: a step of the newest replay, a file, a line or bytes of it. */
const named = z.union([
  z.strictObject({ step: z.int().min(1) }),
  z.strictObject({ path: treePath, line: z.int().min(1).optional() }),
  z.strictObject({ path: treePath, range: z.strictObject({ offset: count, length: z.int().min(1) }) }),
]);

/** One comment. */
export type CommentRow = z.infer<typeof commentsDocument>['comments'][number];
/** One annotation. */
export type AnnotationRow = z.infer<typeof annotationDocument>;
/** How much of a seed people have explained. */
export type CoverageRow = z.infer<typeof coverageDocument>['seeds'][number];
/** One item of the checklist. */
export type ChecklistRow = z.infer<typeof checklistDocument>['items'][number];

/** What people say of a case. All of it can be undone by who said it. */
export const reviewRequests = {
  'checklist.get': request({ input: nothing, output: checklistDocument }),
  'checklist.answer': request({
    input: z.strictObject({
      id,
      answer: z.enum(['done', 'not-applicable', 'open']),
      note: words.default(''),
    }),
    output: nothing,
  }),
  'scope.get': request({ input: nothing, output: scopeDocument }),
  'scope.set': request({ input: z.strictObject({ text: words }), output: nothing }),
  'findings.comment': request({ input: z.strictObject({ key, text: said }), output: nothing }),
  'findings.raise': request({
    input: z.strictObject({
      severity: z.enum(['high', 'medium', 'low', 'note']),
      message: z.string().trim().min(1).max(500),
      where: z.string().trim().min(1).max(1024),
    }),
    output: z.strictObject({ key: z.string() }),
  }),
  'findings.resolve': request({ input: z.strictObject({ key, reason: said }), output: nothing }),
  /** Says why a finding that a person raised and somebody settled is open again. */
  'findings.reopen': request({ input: z.strictObject({ key, reason: said }), output: nothing }),
  /** Lays a piece of evidence of the case beside a finding; taken away again by who laid it there. */
  'findings.attach': request({
    input: z.strictObject({ key, exhibit: named }),
    output: z.strictObject({ id: z.string() }),
  }),
  'findings.detach': request({ input: z.strictObject({ id }), output: nothing }),
  /** What a sealed report or the folder of another case says of findings of the same kit. Nothing of it is in force here. */
  'findings.proposals': request({
    input: z.strictObject({ location }),
    output: proposalsDocument,
    grants: ['location'],
  }),
  /** Takes some of them over, as the word of who works here. */
  'findings.take-over': request({
    input: z.strictObject({ location, numbers: z.array(z.int().min(1)).min(1).max(1000) }),
    output: z.strictObject({ taken: count }),
    grants: ['location'],
  }),
  'findings.comments': request({ input: nothing, output: commentsDocument }),
  /** The newest actions of who works here that can be undone and done again. */
  'review.next': request({
    input: nothing,
    output: z.strictObject({
      undo: actionDocument.shape.action.nullable(),
      redo: actionDocument.shape.action.nullable(),
    }),
  }),
  'review.undo': request({ input: nothing, output: actionDocument }),
  'review.redo': request({ input: nothing, output: actionDocument }),
  /** Every seed that was checked, with what is known of it. */
  'seed.list': request({
    input: nothing,
    output: z.array(
      z.strictObject({
        name: z.string(),
        path: z.string(),
        seed: objectRef,
        expected: objectRef.nullable().describe('Null in a case without a kit.'),
        matches: z.boolean().nullable(),
        origin: z.enum(['bundle', 'file']),
        source: z
          .strictObject({ path: z.string(), syntax: z.string(), sha256, assembles: z.boolean() })
          .nullable(),
      }),
    ),
  }),
  'seed.coverage': request({ input: nothing, output: coverageDocument }),
  'seed.annotations': request({
    input: z.strictObject({ seed: sha256 }),
    output: z.strictObject({ annotations: z.array(annotationDocument) }),
  }),
  /** The text of a seed's source, with the line and the bytes that each byte of the seed comes from. */
  'seed.source': request({
    input: z.strictObject({ seed: sha256 }),
    output: z
      .strictObject({
        path: treePath,
        text: z.string(),
        assembles: z.boolean(),
        /** Lines that give bytes, in order: line from 1, offset of its first byte, how many. */
        lines: z.array(z.tuple([count, count, count])),
      })
      .nullable(),
  }),
};
