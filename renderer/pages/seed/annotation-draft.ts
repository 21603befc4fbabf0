import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import type { ByteRange } from '../../viewers/hex/byte-source.ts';
import { joined } from '../../viewers/hex/decorations.ts';

import { type AnnotationColour, colourNamed } from './colours.ts';

export type AnnotationKind = AnnotationRow['kind'];
type Range = AnnotationRow['ranges'][number];

/** An annotation as somebody writes it, before it is saved. */
export interface Draft {
  readonly kind: AnnotationKind;
  readonly label: string;
  readonly note: string;
  readonly group: string | null;
  readonly colour: AnnotationColour | null;
  /** Its bytes; null while they are whatever is selected. */
  readonly ranges: readonly Range[] | null;
}

/** The draft that an annotation, or a new one, begins as. */
export function draftOf(annotation: AnnotationRow | null): Draft {
  if (!annotation) {
    return { kind: 'explained', label: '', note: '', group: null, colour: null, ranges: null };
  }
  const { kind, label, note, group, colour, ranges } = annotation;
  return { kind, label, note, group, colour: colourNamed(colour), ranges };
}

/** Whether a draft says anything that is not saved. The bytes of a new annotation say nothing by themselves. */
export function isChanged(draft: Draft, annotation: AnnotationRow | null): boolean {
  const saved = draftOf(annotation);
  const words = ['label', 'note', 'group', 'colour'] as const;
  if (words.some(word => (draft[word] ?? '') !== (saved[word] ?? ''))) return true;
  if (!annotation) return draft.ranges !== null;
  return draft.kind !== saved.kind || !sameRanges(draft.ranges ?? [], annotation.ranges);
}

/** The bytes that a draft is about. */
export function rangesOfDraft(draft: Draft, selected: ByteRange): readonly Range[] {
  return draft.ranges ?? [rangeOf(selected)];
}

/** Ranges with one more; those that touch become one. */
export function withRange(ranges: readonly Range[], added: ByteRange): Range[] {
  return joined([...ranges.map(bytesOf), added]).map(rangeOf);
}

/** Ranges without one of them. */
export function withoutRange(ranges: readonly Range[], offset: number): Range[] {
  return ranges.filter(range => range.offset !== offset);
}

/** Whether ranges hold every byte of another. */
export function holds(ranges: readonly Range[], { start, end }: ByteRange): boolean {
  return ranges.some(({ offset, length }) => offset <= start && end <= offset + length);
}

export function bytesOf({ offset, length }: Range): ByteRange {
  return { start: offset, end: offset + length };
}

function rangeOf({ start, end }: ByteRange): Range {
  return { offset: start, length: Math.max(1, end - start) };
}

function sameRanges(one: readonly Range[], other: readonly Range[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ offset, length }, i) => offset === other[i]?.offset && length === other[i]?.length)
  );
}

/** An annotation on some of the same bytes, and how many. */
export interface Overlap {
  readonly annotation: AnnotationRow;
  readonly bytes: number;
}

/** Which annotations other than one share bytes with ranges, the most shared bytes first. */
export function overlaps(
  all: readonly AnnotationRow[],
  ranges: readonly Range[],
  except: string | null,
): Overlap[] {
  return all
    .filter(each => each.id !== except)
    .map(annotation => ({ annotation, bytes: sharedBytes(annotation.ranges, ranges) }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
}

/** Ids of the annotations that speak of any of these bytes. */
export function idsOn(all: readonly AnnotationRow[], start: number, end: number): ReadonlySet<string> {
  const touching = all.filter(({ ranges }) =>
    ranges.some(({ offset, length }) => offset < end && start < offset + length),
  );
  return new Set(touching.map(({ id }) => id));
}

function sharedBytes(one: readonly Range[], other: readonly Range[]): number {
  let sum = 0;
  for (const a of one) {
    for (const b of other) {
      const end = Math.min(a.offset + a.length, b.offset + b.length);
      sum += Math.max(0, end - Math.max(a.offset, b.offset));
    }
  }
  return sum;
}
