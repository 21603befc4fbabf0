import { z } from 'zod';
import { act, ranges, sha256, size } from './fields.ts';

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
      z.object({
        from: z.literal('file'),
        file: sha256,
        number: z.int().min(1).describe('Its place in the file.'),
        author: z.string(),
        key: z.string().optional().describe('Fingerprint of the key that signed the file.'),
      }),
      z.object({ from: z.literal('case'), case: z.string(), seed: sha256, author: z.string() }),
    ])
    .nullable()
    .describe('Whose words they are, when the person agreed to somebody else’s.'),
  changed: z.object(act).nullable(),
  resolution: resolutionDocument.nullable(),
});

export const annotationsDocument = z
  .object({ annotations: z.array(annotationDocument) })
  .describe('assay seed annotations, annotate, annotation edit/remove/resolve, accept-templates --json');

export const annotationGroupsDocument = z
  .object({
    groups: z.array(
      z.object({
        name: z.string(),
        annotations: size,
        bytes: size.describe('Bytes that they speak of, each counted once.'),
        by: z.array(z.string()).describe('Whose annotations are in it.'),
      }),
    ),
  })
  .describe('assay seed groups --json');

export const annotationHistoryDocument = z
  .object({
    id: z.string(),
    events: z.array(
      z.object({
        ...act,
        type: z.enum(['seed-annotated', 'annotation-changed', 'annotation-removed', 'annotation-resolved']),
        undone: z.boolean().describe('Whether its action was taken back.'),
        content: annotationDocument
          .pick({ ranges: true, kind: true, label: true, note: true, group: true, colour: true })
          .nullable()
          .describe('What it said from then on; null for an event that is no wording.'),
        changed: z
          .array(z.enum(['ranges', 'kind', 'label', 'note', 'group', 'colour']))
          .describe('What is other than in the wording before that was in force.'),
        reason: z.string().nullable().describe('What settled it.'),
      }),
    ),
  })
  .describe('assay seed annotation history --json');

const expectedBytes = z
  .string()
  .nullable()
  .describe('Bytes expected there, as hexadecimal digits; ? stands for any digit.');

export const templateDocument = z.object({
  number: z.int().min(1),
  offset: size,
  length: z.int().min(1),
  label: z.string(),
  expect: expectedBytes,
  also: z
    .array(z.object({ offset: size, length: z.int().min(1), expect: expectedBytes }))
    .describe('Further ranges that the same words are about.'),
  note: z.string().describe('Markdown.'),
  fits: z.boolean().describe('Whether the seed has such bytes, and those that are expected.'),
  accepted: z.array(z.string()).describe('Who agreed.'),
});

export const templatesDocument = z
  .object({ templates: z.array(templateDocument) })
  .describe('assay seed templates --json');

export type AnnotationDocument = z.infer<typeof annotationDocument>;

export type AnnotationsDocument = z.infer<typeof annotationsDocument>;
