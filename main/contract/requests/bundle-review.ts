import { z } from 'zod';
import { commentsDocument, searchDocument } from '../review-documents.ts';
import { entryKind, shownPart } from './bundle.ts';
import { count, location, nothing, treePath } from './common.ts';
import { request } from './define.ts';

/** Texts of people, trimmed; the log keeps at most 20,000 characters. */
const said = z.string().trim().min(1).max(20_000);
const id = z.string().min(1).max(100);
/** A comment on a file. */
const fileComment = commentsDocument.shape.comments.element;

/** Most hits that one search gives. */
export const HIT_LIMIT = 5000;

/** Searching the bundle and what people say of its files. */
export const bundleReviewRequests = {
  /**
   * Searches names (`*` and `?` stand for others; a pattern with a slash is about the whole path), or contents for a text (the
   * case of ASCII letters does not count unless `exact`) or for bytes as `7f 45 ?? 46`.
   */
  'bundle.search': request({
    input: z.strictObject({
      text: z.string().max(1024),
      in: z.enum(['name', 'content', 'bytes']),
      exact: z.boolean().default(false),
      kind: entryKind.nullable().default(null),
      limit: z.int().min(1).max(HIT_LIMIT),
    }),
    output: searchDocument,
  }),
  /** What import noticed, by kind of notice, the rarest first; with the first paths of each. */
  'bundle.flags': request({
    input: nothing,
    output: z.strictObject({
      flags: z.array(z.strictObject({ flag: z.string(), count, paths: z.array(z.string()) })),
      /** Files that a machine could run and that are no seed of the kit. */
      programs: z.strictObject({ count, paths: z.array(z.string()) }),
      /** Folders of the archive in which nothing is. */
      empty: z.strictObject({ count, paths: z.array(z.string()) }),
      /** Files that the chain does not read; null while there is no plan. */
      unused: count.nullable(),
    }),
  }),
  /** Everybody who reviewed files, in the order in which they began. */
  'bundle.reviewers': request({
    input: nothing,
    output: z.strictObject({
      files: count,
      /** Files that somebody reviewed as they are now, and that two did. */
      reviewed: count,
      byTwo: count,
      people: z.array(z.strictObject({ name: z.string(), files: count })),
    }),
  }),
  /** Says that files were reviewed as they are now, or takes that back. A folder stands for all files in it. */
  'bundle.review': request({
    input: z.strictObject({
      paths: z
        .array(z.union([z.literal(''), treePath]))
        .min(1)
        .max(1000),
      reviewed: z.boolean(),
    }),
    output: z.strictObject({ files: count }),
  }),
  /** The next file after a path, in the order of the tree and going round, that who works here has not reviewed. */
  'bundle.next': request({
    input: z.strictObject({ path: z.union([z.literal(''), treePath]), show: shownPart }),
    output: z.strictObject({ path: z.string().nullable(), left: count }),
  }),
  'bundle.comments': request({
    input: z.strictObject({ path: treePath }),
    output: z.strictObject({
      comments: z
        .array(z.strictObject({ ...fileComment.shape, current: z.boolean() }))
        .describe('Of this path, oldest first. `current`: made on the content that the file has.'),
      /** Who reviewed this file, and when the machine's clock said it was. */
      reviews: z.array(z.strictObject({ by: z.string(), at: z.string(), current: z.boolean() })),
    }),
  }),
  /** Comments on a line, from 1, or on the whole file. */
  'bundle.comment': request({
    input: z.strictObject({ path: treePath, line: z.int().min(1).nullable(), text: said }),
    output: z.strictObject({ id: z.string() }),
  }),
  'bundle.settle-comment': request({ input: z.strictObject({ id, reason: said }), output: nothing }),
  'bundle.remove-comment': request({ input: z.strictObject({ id }), output: nothing }),
  /** Writes a copy of a file to where a person chose, checked against its sha256. */
  'bundle.export': request({
    input: z.strictObject({ path: treePath, location }),
    output: z.strictObject({ bytes: count }),
    grants: ['location'],
  }),
};
