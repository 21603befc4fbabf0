import type { AnnotationKind, ByteRange } from '../case/index.ts';
import { type Segment, segmentsOf } from '../seed/index.ts';
import type { Annotation } from './model.ts';

/** What a person says of bytes that people do not agree on. */
export interface Side {
  readonly by: string;
  readonly kinds: readonly AnnotationKind[];
  /** Ids of the annotations. */
  readonly annotations: readonly string[];
}

/** Bytes of which people do not say the same. */
export interface SeedDisagreement extends ByteRange {
  /**
   * `doubt`: one person explained what another asks about or warns of; `kinds`: one asks, another warns; `one`: only one of the people who
   * annotated this seed says anything.
   */
  readonly what: 'doubt' | 'kinds' | 'one';
  /** In the order in which they began; those who say nothing of these bytes are not among them. */
  readonly sides: readonly Side[];
}

type Said = Pick<Annotation, 'id' | 'by' | 'kind' | 'ranges' | 'resolution'>;

/**
 * Where the people who annotated a seed do not agree, in the order of its bytes. Questions and concerns that were settled do not
 * count; bytes that nobody speaks of are no disagreement; a single person cannot disagree.
 */
export function disagreementsOf(size: number, annotations: readonly Said[]): SeedDisagreement[] {
  const standing = annotations.filter(({ resolution }) => resolution === null);
  if (new Set(standing.map(({ by }) => by)).size < 2) return [];
  const found: SeedDisagreement[] = [];
  for (const segment of segmentsOf(size, standing)) {
    const next = disagreementIn(segment);
    if (!next) continue;
    const last = found.at(-1);
    if (last && last.offset + last.length === next.offset && sameSides(last, next))
      found[found.length - 1] = { ...last, length: last.length + next.length };
    else found.push(next);
  }
  return found;
}

function disagreementIn({ offset, length, about }: Segment<Said>): SeedDisagreement | null {
  const sides = sidesOf(about);
  const what = whatOf(sides);
  return what && { offset, length, what, sides };
}

function sidesOf(about: readonly Said[]): Side[] {
  const people = new Map<string, Said[]>();
  for (const said of about) people.set(said.by, [...(people.get(said.by) ?? []), said]);
  return [...people].map(([by, own]) => ({
    by,
    kinds: [...new Set(own.map(({ kind }) => kind))],
    annotations: own.map(({ id }) => id),
  }));
}

function whatOf(sides: readonly Side[]): SeedDisagreement['what'] | null {
  if (sides.length === 1) return 'one';
  const between = (one: AnnotationKind, others: readonly AnnotationKind[]) =>
    sides.some(
      side =>
        side.kinds.includes(one) &&
        sides.some(other => other !== side && other.kinds.some(kind => others.includes(kind))),
    );
  if (between('explained', ['question', 'concern'])) return 'doubt';
  return between('question', ['concern']) ? 'kinds' : null;
}

function sameSides(one: SeedDisagreement, other: SeedDisagreement): boolean {
  return JSON.stringify([one.what, one.sides]) === JSON.stringify([other.what, other.sides]);
}
