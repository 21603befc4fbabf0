import { z } from 'zod';
import { annotationsExportDocument, annotationsLookDocument } from '../review-documents.ts';
import { location, sha256 } from './common.ts';
import { request } from './define.ts';

const number = z.int().min(1);
/** Numbers of annotations in a source, from 1. */
const numbers = z.array(number).max(20_000);
const source = {
  seed: sha256,
  /** A file of annotations, with its signature beside it (`.sig`), or the folder of an earlier case. */
  location,
  /** The seed of that case, by name or sha256; by default the one that is called as this. */
  from: z.string().min(1).max(4096).optional(),
};

/** One annotation of a source, and what would come of it. */
export type AnnotationMergeRow = z.infer<typeof annotationsLookDocument>['items'][number];

/** Annotations that leave and come: to and from files, and from earlier cases. */
export const annotationFileRequests = {
  /** Writes the annotations of a seed; with a key a signature beside it, named `.sig`. */
  'seed.export': request({
    input: z.strictObject({
      seed: sha256,
      location,
      key: location.optional(),
      passphrase: z.string().max(1000).optional(),
      withoutSeed: z.boolean().default(false).describe('True to leave the bytes of a small seed out.'),
    }),
    output: annotationsExportDocument,
    grants: ['location', 'key'],
  }),
  /** What would come of each annotation of a source. Nothing is recorded. */
  'seed.import-look': request({
    input: z.strictObject(source),
    output: annotationsLookDocument,
    grants: ['location'],
  }),
  /** Files of annotations that people took over from, which the case keeps; those with the bytes of the seed that they were made for say so. */
  'seed.imports': request({
    input: z.strictObject({ seed: sha256 }),
    output: z.array(
      z.strictObject({
        event: number,
        by: z.string(),
        name: z.string(),
        sha256,
        key: z.string().nullable(),
        seed: z.strictObject({ name: z.string(), size: z.int().min(0), sha256, bytes: z.boolean() }),
      }),
    ),
  }),
  /** Takes over what is wanted, as one action. What is not named is left. */
  'seed.import': request({
    input: z.strictObject({
      ...source,
      /** Of the source as it was looked at; another is refused. */
      sha256,
      /** Those to add: new, changed (which become questions), or a conflict that is to stand beside what is here. */
      add: numbers,
      /** Conflicts with one's own that are to be replaced. */
      replace: numbers.default([]),
      /** True to take a file with a bad signature as if it had none. */
      asUnsigned: z.boolean().default(false),
    }),
    output: z.strictObject({
      added: z.array(z.string()).describe('Ids of the annotations that were added.'),
      replaced: z.array(z.string()).describe('Ids of one’s own that were taken away for them.'),
    }),
    grants: ['location'],
  }),
};
