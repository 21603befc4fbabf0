import { z } from 'zod';
import { canonicalBytes, inputError, sha256Of } from '../base/index.ts';
import {
  annotationContentSchema,
  type ByteRange,
  type Case,
  type EventOf,
  instantSchema,
  type NewEvent,
} from '../case/index.ts';
import { refuseWhileBlind, seenIn } from './blind.ts';
import type { Annotation } from './model.ts';
import { type Review, reviewIn } from './review.ts';
import { act, freshIds, reviewerIn } from './write.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(200);

/** Limits of a file of annotations, in bytes and annotations. */
export const ANNOTATION_FILE_LIMIT = 16 << 20;
const COUNT_LIMIT = 20_000;
/** Bytes of an annotation that go into the file, so that it can be found in another version of the seed. */
const CONTENT_LIMIT = 4096;
/** Fewer bytes than these are found anywhere by chance, and are not looked for elsewhere. */
const LEAST_MOVED = 4;

/** The file that annotations travel in, format 1. */
export const annotationFileSchema = z.strictObject({
  format: z.literal(1),
  what: z.literal('assay-annotations'),
  seed: z.strictObject({ name, size: z.int().min(0), sha256 }),
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
type FileAnnotation = AnnotationFile['annotations'][number];

/** The annotations of a seed as a file, canonical JSON; of somebody who reviews the seed blind only those of their own. */
export function exportAnnotations(theCase: Case, { name, seed }: EventOf<'seed-checked'>): Buffer {
  const bytes = theCase.objects.read(seed.sha256);
  const annotations = seenIn(theCase)
    .annotations(seed.sha256)
    .map(({ id, by, at, ranges, kind, label, note, group, colour }): FileAnnotation => {
      const small = ranges.reduce((sum, { length }) => sum + length, 0) <= CONTENT_LIMIT;
      const content = small ? ranges.map(range => hexOf(bytes, range)) : null;
      return { id, by, at, ranges, kind, label, note, group, colour, content };
    });
  const file: AnnotationFile = {
    format: 1,
    what: 'assay-annotations',
    seed: { name, ...seed },
    annotations,
  };
  return canonicalBytes(file);
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
  return parsed.data;
}

/** What would come of one annotation of a file. */
export interface MergeItem {
  readonly theirs: FileAnnotation;
  /**
   * `new`: nobody here says this; `same`: it is here already; `conflict`: here an annotation of this id says something else, or was
   * taken away; `elsewhere`: this seed does not have these bytes.
   */
  readonly state: 'new' | 'same' | 'conflict' | 'elsewhere';
  /** Where its bytes stand in this seed, null when nowhere or not sure. */
  readonly ranges: readonly ByteRange[] | null;
  /** Whether they stand somewhere else than in the seed it was made for. */
  readonly moved: boolean;
  /** The annotation it is in conflict with, null when that was taken away. */
  readonly ours: Annotation | null;
}

/** Compares a file of annotations with what is said here of a seed. */
export function mergeAnnotations(
  review: Review,
  seed: { readonly sha256: string; readonly bytes: Uint8Array },
  file: AnnotationFile,
): MergeItem[] {
  const same = file.seed.sha256 === seed.sha256;
  const bytes = Buffer.from(seed.bytes);
  const words = new Set(review.annotations(seed.sha256).map(wordsOf));
  return file.annotations.map((theirs): MergeItem => {
    const ranges = same ? inside(theirs.ranges, bytes.length) : rangesByContent(theirs, bytes);
    const ours = review.annotation(theirs.id);
    const item = { theirs, ranges, ours, moved: ranges !== null && !sameRanges(ranges, theirs.ranges) };
    if (ranges === null) return { ...item, state: 'elsewhere' };
    if (words.has(wordsOf({ ...theirs, ranges }))) return { ...item, state: 'same' };
    const taken = same && review.knowsId(theirs.id);
    return { ...item, state: taken ? 'conflict' : 'new' };
  });
}

function inside(ranges: readonly ByteRange[], size: number): readonly ByteRange[] | null {
  return ranges.every(({ offset, length }) => offset + length <= size) ? ranges : null;
}

function sameRanges(one: readonly ByteRange[], other: readonly ByteRange[]): boolean {
  return one.every(({ offset }, i) => other[i]?.offset === offset);
}

/** What an annotation says, whoever says it. */
function wordsOf({
  ranges,
  kind,
  label,
  note,
  group,
}: Pick<Annotation, 'kind' | 'label' | 'note' | 'group'> & {
  readonly ranges: readonly ByteRange[];
}): string {
  return JSON.stringify([ranges.map(({ offset, length }) => [offset, length]), kind, label, note, group]);
}

/** Where bytes of another seed stand in this one: at their place, or at the one other place that has them. */
function rangesByContent({ ranges, content }: FileAnnotation, bytes: Buffer): ByteRange[] | null {
  if (content === null) return null;
  const found: ByteRange[] = [];
  for (const [i, { offset, length }] of ranges.entries()) {
    const wanted = Buffer.from(content[i] ?? '', 'hex');
    if (wanted.length !== length) return null;
    const at = bytes.subarray(offset, offset + length).equals(wanted) ? offset : onlyPlace(bytes, wanted);
    if (at === null) return null;
    found.push({ offset: at, length });
  }
  return found;
}

function onlyPlace(bytes: Buffer, wanted: Buffer): number | null {
  if (wanted.length < LEAST_MOVED) return null;
  const first = bytes.indexOf(wanted);
  return first >= 0 && bytes.indexOf(wanted, first + 1) < 0 ? first : null;
}

/** What an import did. */
export interface Imported {
  readonly items: readonly MergeItem[];
  /** Ids of the annotations that were added. */
  readonly added: readonly string[];
}

/**
 * Takes over what a file says of a seed: the person who imports it agrees to it, and it counts as theirs; who wrote it stays beside
 * it. Conflicts are left as they are unless `theirs` are taken, which are then added beside what is here. One action.
 */
export function importAnnotations(
  theCase: Case,
  { seed }: EventOf<'seed-checked'>,
  source: { readonly bytes: Uint8Array; readonly file: string },
  options: { readonly theirs?: boolean; readonly by?: string } = {},
): Imported {
  const by = reviewerIn(theCase, options.by);
  refuseWhileBlind(theCase, 'a file of annotations', seed.sha256, by);
  const review = reviewIn(theCase);
  const file = parseAnnotationFile(source.bytes, source.file);
  const bytes = theCase.objects.read(seed.sha256);
  const items = mergeAnnotations(review, { sha256: seed.sha256, bytes }, file);
  const wanted = items.filter(({ state }) => state === 'new' || (state === 'conflict' && options.theirs));
  const fresh = freshIds(theCase, wanted.length);
  const given = new Set<string>();
  const events = wanted.map(({ theirs, ranges }, i): NewEvent => {
    const { id: wish, kind, label, note, group, colour, by: author } = theirs;
    const id = review.knowsId(wish) || given.has(wish) ? (fresh[i] ?? '') : wish;
    given.add(id);
    const origin = { from: 'file', file: sha256Of(source.bytes), author } as const;
    const content = { ranges: [...(ranges ?? [])], kind, label, note, group, colour };
    return { type: 'seed-annotated', id, seed: seed.sha256, ...content, origin };
  });
  act(theCase, events, by);
  return { items, added: events.map(event => (event.type === 'seed-annotated' ? event.id : '')) };
}
