import { z } from 'zod';

/** The JSON documents of the commands that review: seeds, files, checklist, undo. Stable as those in documents.ts are. */
const size = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const range = z.object({ offset: size, length: z.int().min(1) });
const ranges = z.array(range).describe('Ascending, apart from each other.');
const act = { by: z.string(), at: z.string(), event: z.int().min(1) };

export const resolutionDocument = z.object({ ...act, reason: z.string() });

export const annotationDocument = z.object({
  id: z.string(),
  seed: sha256,
  ranges,
  kind: z.enum(['explained', 'question', 'concern']),
  label: z.string(),
  note: z.string().describe('Markdown.'),
  group: z.string().nullable(),
  colour: z.string().nullable(),
  ...act,
  origin: z
    .discriminatedUnion('from', [
      z.object({ from: z.literal('template'), kit: sha256, template: z.int().min(1) }),
      z.object({ from: z.literal('file'), file: sha256, author: z.string() }),
    ])
    .nullable()
    .describe('Whose words they are, when the person agreed to somebody else’s.'),
  changed: z.object(act).nullable(),
  resolution: resolutionDocument.nullable(),
});

export const annotationsDocument = z
  .object({ annotations: z.array(annotationDocument) })
  .describe('assay seed annotations, annotate, annotation edit/remove/resolve, accept-templates --json');

export const coverageDocument = z
  .object({
    seeds: z.array(
      z.object({
        name: z.string(),
        sha256,
        size,
        explained: size.describe('Bytes that somebody explained.'),
        byTwo: size.describe('Bytes that at least two people explained.'),
        reviewers: z.array(z.object({ name: z.string(), bytes: size, ranges })),
        unexplained: ranges,
        notByTwo: ranges,
        open: z
          .object({ questions: size, concerns: size })
          .describe('Questions and concerns that nobody settled.'),
        next: size.nullable().describe('The next byte that is not explained; null when there is none.'),
      }),
    ),
  })
  .describe('assay seed coverage --json');

export const actionDocument = z
  .object({
    action: z.object({
      by: z.string(),
      type: z.string(),
      first: z.int().min(1),
      last: z.int().min(1),
      undone: z.boolean(),
    }),
  })
  .describe('assay undo --json');

/** Every document of the review by the name of its schema file. */
export const REVIEW_DOCUMENTS = {
  annotations: annotationsDocument,
  coverage: coverageDocument,
  action: actionDocument,
} as const;

export type AnnotationDocument = z.infer<typeof annotationDocument>;
export type AnnotationsDocument = z.infer<typeof annotationsDocument>;
export type CoverageDocument = z.infer<typeof coverageDocument>;
export type ActionDocument = z.infer<typeof actionDocument>;
