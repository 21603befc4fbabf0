import { z } from 'zod';
import { canonicalBytes, inputError, sha256Of } from '../base/index.ts';
import {
  annotationContentSchema,
  type ByteRange,
  type Case,
  type EventOf,
  instantSchema,
} from '../case/index.ts';
import { seenIn } from './blind.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(200);

/** Limits of a file of annotations, in bytes and annotations. */
export const ANNOTATION_FILE_LIMIT = 16 << 20;
const COUNT_LIMIT = 20_000;
/** Bytes of an annotation that go into the file, so that it can be found in another version of the seed. */
const CONTENT_LIMIT = 4096;

/** The largest seed whose bytes go into the file, so that what is said of it can be carried to another version. */
const SEED_LIMIT = 64 << 10;

/** The file that annotations travel in, format 2. Format 1 had no bytes of the seed. */
export const annotationFileSchema = z.strictObject({
  format: z.literal([1, 2]),
  what: z.literal('assay-annotations'),
  seed: z.strictObject({
    name,
    size: z.int().min(0),
    sha256,
    /** All of it; null where it has more than 64 KiB, or where they were left out. */
    bytes: z.nullable(z.base64().max(4 * Math.ceil(SEED_LIMIT / 3))).default(null),
  }),
  annotations: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[0-9a-f]{12}$/),
        /** Who wrote it, as the file says. */
        by: name,
        at: instantSchema,
        ...annotationContentSchema.shape,
        /** The bytes of each range as hexadecimal digits; null where they are too many. */
        content: z.nullable(z.array(z.string().regex(/^([0-9a-f]{2})*$/))),
      }),
    )
    .max(COUNT_LIMIT),
});
export type AnnotationFile = z.infer<typeof annotationFileSchema>;
export type FileAnnotation = AnnotationFile['annotations'][number];

/** The annotations of a seed as a file, canonical JSON; of somebody who reviews the seed blind only those of their own. */
export function exportAnnotations(
  theCase: Case,
  seed: EventOf<'seed-checked'>,
  options: { readonly withoutSeed?: boolean } = {},
): Buffer {
  return canonicalBytes(annotationsOf(theCase, seed, options.withoutSeed ?? false));
}

/** What is said of a seed, as a file would say it. */
export function annotationsOf(
  theCase: Case,
  { name, seed }: EventOf<'seed-checked'>,
  withoutSeed: boolean,
): AnnotationFile {
  const bytes = theCase.objects.read(seed.sha256);
  const annotations = seenIn(theCase)
    .annotations(seed.sha256)
    .map(({ id, by, at, ranges, kind, label, note, group, colour }): FileAnnotation => {
      const small = ranges.reduce((sum, { length }) => sum + length, 0) <= CONTENT_LIMIT;
      const content = small ? ranges.map(range => hexOf(bytes, range)) : null;
      return { id, by, at, ranges, kind, label, note, group, colour, content };
    });
  const whole = withoutSeed || bytes.length > SEED_LIMIT ? null : bytes.toString('base64');
  return { format: 2, what: 'assay-annotations', seed: { name, ...seed, bytes: whole }, annotations };
}

function hexOf(bytes: Uint8Array, { offset, length }: ByteRange): string {
  return Buffer.from(bytes.subarray(offset, offset + length)).toString('hex');
}

/** Reads a file of annotations that anyone may have made. Throws `annotation-file.invalid`. */
export function parseAnnotationFile(bytes: Uint8Array, file: string): AnnotationFile {
  const invalid = (problem: string) =>
    inputError('annotation-file.invalid', `this is no file of annotations: ${problem}`, { file });
  if (bytes.length > ANNOTATION_FILE_LIMIT) throw invalid(`it has more than ${ANNOTATION_FILE_LIMIT} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw invalid('it is not JSON');
  }
  const parsed = annotationFileSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown shape'}`);
  }
  const bad = parsed.data.annotations.find(
    ({ content, ranges }) => content !== null && content.length !== ranges.length,
  );
  if (bad) throw invalid(`annotation ${bad.id} does not have one content for each range`);
  const whole = seedBytesIn(parsed.data);
  if (whole && sha256Of(whole) !== parsed.data.seed.sha256)
    throw invalid('the bytes of the seed do not have the hash that it says');
  return parsed.data;
}

/** The bytes of the seed that a file speaks of, null when they are not in it. */
export function seedBytesIn({ seed }: AnnotationFile): Buffer | null {
  return seed.bytes === null ? null : Buffer.from(seed.bytes, 'base64');
}
