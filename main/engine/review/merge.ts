import type { AnnotationContent, ByteRange } from '../case/index.ts';
import { rangeSet } from '../seed/index.ts';
import { type AnnotationFile, type FileAnnotation, seedBytesIn } from './annotation-file.ts';
import type { Annotation } from './model.ts';
import { Places } from './places.ts';
import type { Review } from './review.ts';

/** Fewer bytes than these are found anywhere by chance, and are not looked for elsewhere. */
const LEAST_MOVED = 4;

/** What would come of one annotation of a file. */
export interface MergeItem {
  readonly theirs: FileAnnotation;
  /**
   * `new`: nobody here says this; `same`: it is here already; `conflict`: here an annotation of this id says something else, or was
   * taken away; `changed`: this seed has only a part of its bytes, or others in their place: to be looked at again; `elsewhere`: this seed
   * has none of them.
   */
  readonly state: 'new' | 'same' | 'conflict' | 'changed' | 'elsewhere';
  /** Where its bytes, or what is there in their place, stand in this seed; null when nowhere or not sure. */
  readonly ranges: readonly ByteRange[] | null;
  /** Whether they stand somewhere else than in the seed it was made for. */
  readonly moved: boolean;
  /** What a person would say who takes it over; null when it stands nowhere. */
  readonly taken: AnnotationContent | null;
  /** The annotation it is in conflict with, null when that was taken away. */
  readonly ours: Annotation | null;
}

/** A comparison of a file of annotations with a seed and what is said of it here. */
export interface Merge {
  /** In the order of the file. */
  readonly items: readonly MergeItem[];
  /** What this seed has and the one of the file had not, at its place; null when the bytes of that one are not known. */
  readonly fresh: readonly ByteRange[] | null;
}

/** Where an annotation stands in a seed. */
export interface Found {
  readonly ranges: readonly ByteRange[];
  /** Whether these are exactly the bytes that the annotation speaks of. */
  readonly same: boolean;
}

/**
 * Compares a file of annotations with what is said here of a seed. For another version of the seed the bytes decide: by how both
 * versions lie against each other where the file has the seed, else by the bytes of each annotation.
 */
export function mergeAnnotations(
  review: Review,
  seed: { readonly sha256: string; readonly bytes: Uint8Array },
  file: AnnotationFile,
  older: Uint8Array | null = seedBytesIn(file),
): Merge {
  const { placed, fresh } = placeAnnotations(seed, file, older);
  const same = file.seed.sha256 === seed.sha256;
  const words = new Set(review.annotations(seed.sha256).map(wordsOf));
  const items = placed.map((each): MergeItem => {
    const { theirs, found } = each;
    const ranges = found?.ranges ?? null;
    const ours = review.annotation(theirs.id);
    const moved = ranges !== null && !sameRanges(ranges, theirs.ranges);
    const item = { theirs, ranges, ours, moved, taken: takenOver(each) };
    if (!found) return { ...item, state: 'elsewhere' };
    if (!found.same) return { ...item, state: 'changed' };
    if (words.has(wordsOf({ ...theirs, ranges: found.ranges }))) return { ...item, state: 'same' };
    return { ...item, state: same && review.knowsId(theirs.id) ? 'conflict' : 'new' };
  });
  return { items, fresh };
}

/** An annotation of a file, and where its bytes stand in a seed. */
export interface PlacedAnnotation {
  readonly theirs: FileAnnotation;
  /** Null when nowhere, or not sure. */
  readonly found: Found | null;
}

/** Where the annotations of a file stand in a seed. It follows from the bytes alone. */
export function placeAnnotations(
  seed: { readonly sha256: string; readonly bytes: Uint8Array },
  file: AnnotationFile,
  older: Uint8Array | null = seedBytesIn(file),
): { readonly placed: readonly PlacedAnnotation[]; readonly fresh: readonly ByteRange[] | null } {
  const same = file.seed.sha256 === seed.sha256;
  const bytes = Buffer.from(seed.bytes);
  const places = same || older === null ? null : new Places(older, bytes);
  const placed = file.annotations.map(theirs => ({
    theirs,
    found: same ? inside(theirs.ranges, bytes.length) : foundIn(theirs, bytes, places),
  }));
  return { placed, fresh: same ? [] : (places?.fresh ?? null) };
}

/** What a person says who takes an annotation over: what stands on other bytes than it spoke of is a question, since nobody explained these. */
export function takenOver({ theirs, found }: PlacedAnnotation): AnnotationContent | null {
  if (!found) return null;
  const { kind, label, note, group, colour } = theirs;
  return { ranges: [...found.ranges], kind: found.same ? kind : 'question', label, note, group, colour };
}

function inside(ranges: readonly ByteRange[], size: number): Found | null {
  return ranges.every(({ offset, length }) => offset + length <= size) ? { ranges, same: true } : null;
}

function sameRanges(one: readonly ByteRange[], other: readonly ByteRange[]): boolean {
  return one.length === other.length && one.every(({ offset }, i) => other[i]?.offset === offset);
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

function foundIn(theirs: FileAnnotation, bytes: Buffer, places: Places | null): Found | null {
  const aligned = places && placedBy(places, theirs.ranges);
  if (aligned?.same) return aligned;
  const exact = rangesByContent(theirs, bytes, places === null);
  return exact ? { ranges: exact, same: true } : aligned;
}

function placedBy(places: Places, ranges: readonly ByteRange[]): Found | null {
  const found = ranges.map(range => places.of(range));
  const left = found.filter(place => place !== null);
  if (left.length === 0) return null;
  const set = rangeSet(left.map(({ range }) => range));
  return { ranges: set, same: set.length === ranges.length && found.every(place => place?.same) };
}

/** Where bytes of another seed stand in this one: at their place when that may be, or at the one other place that has them. */
function rangesByContent(
  { ranges, content }: FileAnnotation,
  bytes: Buffer,
  inPlace: boolean,
): ByteRange[] | null {
  if (content === null) return null;
  const found: ByteRange[] = [];
  for (const [i, { offset, length }] of ranges.entries()) {
    const wanted = Buffer.from(content[i] ?? '', 'hex');
    if (wanted.length !== length) return null;
    const stays = inPlace && bytes.subarray(offset, offset + length).equals(wanted);
    const at = stays ? offset : onlyPlace(bytes, wanted);
    if (at === null) return null;
    found.push({ offset: at, length });
  }
  const set = rangeSet(found);
  return set.length === found.length ? found.sort((a, b) => a.offset - b.offset) : null;
}

function onlyPlace(bytes: Buffer, wanted: Buffer): number | null {
  if (wanted.length < LEAST_MOVED) return null;
  const first = bytes.indexOf(wanted);
  return first >= 0 && bytes.indexOf(wanted, first + 1) < 0 ? first : null;
}
