import { z } from 'zod';
import { count, location, nothing, objectRef, sha256, treePath } from './common.ts';
import { request } from './define.ts';

/** Most bytes or characters that one answer carries. */
export const ANSWER_LIMIT = 1 << 20;

export const entryKind = z.enum([
  'directory',
  'link',
  'empty',
  'text',
  'script',
  'elf',
  'archive',
  'image',
  'binary',
]);

/** One row of the bundle's tree. */
export const bundleRow = z.strictObject({
  name: z.string(),
  path: treePath,
  type: z.enum(['file', 'directory', 'symlink', 'hardlink']),
  kind: entryKind,
  /** Permission bits; null for a folder that the archive has no entry for. */
  mode: count.nullable(),
  size: count,
  sha256: sha256.nullable(),
  target: z.string().nullable(),
  flags: z.array(z.string()),
  files: count.describe('Files in it, at any depth; 1 for a file.'),
  bytes: count,
  flagged: count.describe('Entries in it, itself included, that import flagged.'),
  used: z.boolean().describe('Whether the chain reads it, or anything in it.'),
  reviewers: z.array(z.string()).describe('Who reviewed this file as it is now, the first first.'),
  reviewed: count.describe('Files in it, itself included, that somebody reviewed as they are now.'),
  byTwo: count.describe('Files in it that two people reviewed.'),
  comments: count.describe('Comments in it that nobody settled.'),
});
export type BundleRow = z.infer<typeof bundleRow>;

/** Which part of a bundle is asked for: what the chain reads, what it does not, or both. */
export const shownPart = z.enum(['all', 'used', 'unused']).default('all');

/** The imported bundle. */
export const bundleRequests = {
  /** Imports files and folders that a person chose, or with none the bundle that the kit brings; then checks the seeds. */
  'bundle.import': request({
    input: z.strictObject({
      locations: z.array(location).max(10_000),
      caseCounts: z.boolean().default(false),
    }),
    output: z.strictObject({
      name: z.string(),
      bundle: objectRef,
      files: count,
      bytes: count,
      flagged: count,
    }),
    grants: ['locations'],
    exclusive: true,
  }),
  /** The bundles that the case has had, oldest first, and which one it has now. */
  'bundle.imports': request({
    input: nothing,
    output: z.array(
      z.strictObject({
        event: count,
        at: z.string(),
        by: z.string(),
        name: z.string(),
        bundle: objectRef,
        files: count,
        inUse: z.boolean(),
      }),
    ),
  }),
  /** Goes back to a bundle that the case had, by its sha256. Replays before that no longer count for the verdict. */
  'bundle.use-again': request({ input: z.strictObject({ sha256 }), output: nothing, exclusive: true }),
  /** Checks the seeds again, from the bundle or from files that a person chose; without a kit takes the files as binaries to review. */
  'seed.check': request({
    input: z.strictObject({ locations: z.array(location).max(100) }),
    output: nothing,
    grants: ['locations'],
    exclusive: true,
  }),
  'bundle.summary': request({
    input: nothing,
    output: z
      .strictObject({
        name: z.string(),
        form: z.enum(['folder', 'archive']),
        compression: z.string(),
        bundle: objectRef,
        files: count,
        folders: count,
        bytes: count,
        flagged: count,
        used: count.describe('Files that the chain reads.'),
        kinds: z.record(z.string(), count),
      })
      .nullable(),
  }),
  'bundle.children': request({
    input: z.strictObject({
      folder: z.union([z.literal(''), treePath]),
      offset: count,
      limit: z.int().min(1).max(10_000),
      show: shownPart,
    }),
    output: z.strictObject({ total: count, rows: z.array(bundleRow) }),
  }),
  /** Where something stands in its folder, from 0; null when that part of the bundle does not have it. */
  'bundle.place': request({
    input: z.strictObject({ path: treePath, show: shownPart }),
    output: z.strictObject({ place: count.nullable() }),
  }),
  'bundle.entry': request({
    input: z.strictObject({ path: treePath }),
    output: z.strictObject({
      row: bundleRow,
      /** Steps of the plan that read it, by declaration or as observed. */
      readBy: z.array(z.strictObject({ step: count, id: z.string(), observed: z.boolean() })),
      /** Whether the plan was read from it. */
      description: z.boolean(),
      /** Where its content begins in the (decompressed) archive, in bytes; null for what has none there. */
      offset: count.nullable(),
    }),
  }),
  /** A file as text. `encoding` is `binary` when it is not UTF-8; the text is then empty. */
  'bundle.text': request({
    input: z.strictObject({ path: treePath }),
    output: z.strictObject({
      text: z.string(),
      size: count,
      encoding: z.enum(['utf-8', 'binary', 'too-large']),
    }),
  }),
};
