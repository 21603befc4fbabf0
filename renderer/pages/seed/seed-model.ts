import type { AnnotationRow, CoverageRow } from '../../../main/contract/requests/index.ts';
import type { HexDecoration, HexReviewer } from '../../viewers/hex/index.ts';
import { bytesOf, type Draft } from './annotation-draft.ts';
import { colourNamed, colourOf } from './colours.ts';

/** What is in the editor: a draft of an annotation, or with a null id of a new one. */
interface Edited extends Pick<Draft, 'kind' | 'label' | 'ranges' | 'colour'> {
  readonly id: string | null;
}

/** Annotations as the grid draws them; the one in the editor as it is being written, a new one once it has ranges of its own. */
export function decorationsOf(annotations: readonly AnnotationRow[], edited: Edited): HexDecoration[] {
  const saved = annotations.map(({ id, ranges, kind, label, colour, by }) => {
    const now = id === edited.id ? edited : { kind, ranges, label, colour: colourNamed(colour) };
    return {
      id,
      kind: now.kind,
      label: `${now.label}, ${by}`,
      ranges: (now.ranges ?? ranges).map(bytesOf),
      ...(now.colour && { colour: colourOf(now.colour) }),
    };
  });
  if (edited.id !== null || edited.ranges === null) return saved;
  const { kind, label, ranges, colour } = edited;
  const fresh = { id: 'new', kind, label: `${label}, not saved`, ranges: ranges.map(bytesOf) };
  return [...saved, { ...fresh, ...(colour && { colour: colourOf(colour) }) }];
}

/** The first two reviewers of a seed, for the gutter. */
export function reviewersOf(coverage: CoverageRow | undefined): HexReviewer[] {
  return (coverage?.reviewers ?? []).slice(0, 2).map(({ name, ranges }) => ({
    name,
    initials: initials(name),
    ranges: ranges.map(({ offset, length }) => ({ start: offset, end: offset + length })),
  }));
}

/** `Ines Marković` → `IM`. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(word => word !== '');
  return words
    .slice(0, 2)
    .map(word => [...word][0]?.toUpperCase() ?? '')
    .join('');
}

/** The next byte that nobody explained, after an offset and around the end; null when every byte is explained. */
export function nextUnexplained(coverage: CoverageRow | undefined, after: number): number | null {
  const ranges = coverage?.unexplained ?? [];
  for (const { offset, length } of ranges) {
    if (offset > after) return offset;
    if (after + 1 < offset + length && after + 1 > offset) return after + 1;
  }
  return ranges[0]?.offset ?? null;
}

/** Where an unexplained run that holds an offset ends, left out; null when the byte is explained. */
export function unexplainedEnd(coverage: CoverageRow | undefined, at: number): number | null {
  const range = coverage?.unexplained.find(({ offset, length }) => at >= offset && at < offset + length);
  return range ? range.offset + range.length : null;
}
