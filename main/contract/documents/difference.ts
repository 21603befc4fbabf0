import { z } from 'zod';

/** What a difference of two files is about: the documents of `assay diff` and of the requests `difference.*`. */
const size = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Bytes of one side, from the beginning of the file that was compared. */
const stretch = z.object({ offset: size, length: size });

/** What the bytes of a difference look like. It suggests, it proves nothing. */
export const differenceCause = z.enum([
  'time',
  'path',
  'build-id',
  'host',
  'uuid',
  'hash',
  'version',
  'user',
  'order',
  'zeros',
  'text',
]);
export type DifferenceCause = z.infer<typeof differenceCause>;

const lookalike = z.object({
  cause: differenceCause,
  words: z.string().describe('For example: looks like a path.'),
  a: z.string().describe('What the first file has there, where it is text or a number; else empty.'),
  b: z.string(),
});
export type Lookalike = z.infer<typeof lookalike>;

const lineRow = z.object({
  kind: z.enum(['same', 'gone', 'come']),
  a: size.nullable().describe('Line of the first file, from 1.'),
  b: size.nullable(),
  text: z.string(),
});
export type LineRow = z.infer<typeof lineRow>;

/** One part of two files that differs, and what differs in it. */
export const differencePart = z.object({
  title: z.string().describe('What it is, for example: section .data.'),
  kind: z.enum([
    'file',
    'header',
    'section',
    'segment',
    'member',
    'entry',
    'content',
    'text',
    'place',
    'order',
    'more',
  ]),
  says: z.string().describe('What differs, one sentence without a full stop.'),
  a: stretch.nullable().describe('Where it lies in the first file; null where it is not, or is compressed.'),
  b: stretch.nullable(),
  fields: z
    .array(z.object({ name: z.string(), a: z.string(), b: z.string() }))
    .describe('Fields of a header that differ.'),
  looks: z.array(lookalike),
  lines: z.array(lineRow).describe('Of text: lines that differ, with some around them.'),
  notAnalysed: z.string().nullable().describe('Why this was not looked into further; null when it was.'),
  get parts(): z.ZodArray<typeof differencePart> {
    return z.array(differencePart);
  },
});
export type DifferencePart = z.infer<typeof differencePart>;

/** How two files lie against each other, in numbers. */
export const alignmentSummary = z.object({
  places: size.describe('Places where they differ.'),
  changed: size.describe('Bytes that stand in another’s place.'),
  inserted: size.describe('Bytes of the second file only.'),
  deleted: size.describe('Bytes of the first file only.'),
  unaligned: size.describe('Bytes of both that were not aligned: too much differs.'),
  first: z.object({ a: size, b: size }).nullable().describe('The first byte that differs, in each.'),
  exact: z.boolean().describe('Whether no shorter account of the difference exists.'),
});
export type AlignmentSummary = z.infer<typeof alignmentSummary>;

const side = z.object({ name: z.string(), sha256, size });

/** What an outside program said; shown as its words. */
const outside = z.object({
  program: z.string(),
  version: z.string(),
  text: z.string(),
  cut: z.boolean(),
});

/** What an outside program says of a difference, apart from what Assay says: it may take minutes. */
export const outsideWords = z.object({
  diffoscope: outside.nullable().describe('What diffoscope says, where this machine has it.'),
  noDiffoscope: z.string().nullable().describe('Why it says nothing.'),
});
export type OutsideWords = z.infer<typeof outsideWords>;

/** What Assay says of a difference. */
export const differenceAccount = z.object({
  a: side,
  b: side,
  same: z.boolean(),
  summary: alignmentSummary,
  explanation: differencePart.nullable().describe('Null when the files are the same.'),
});
export type DifferenceAccount = z.infer<typeof differenceAccount>;

export const diffDocument = differenceAccount.extend(outsideWords.shape).describe('assay diff --json');
export type DiffDocument = z.infer<typeof diffDocument>;
