import type { AnnotationKind, ByteRange } from '../case/index.ts';
import { bytesIn, gapsIn, inAtLeast, rangeSet } from './ranges.ts';

/** What coverage needs to know of an annotation. */
export interface CoverageMark {
  readonly by: string;
  readonly kind: AnnotationKind;
  readonly ranges: readonly ByteRange[];
}

/** What one person has explained. */
export interface ReviewerCoverage {
  readonly name: string;
  readonly bytes: number;
  readonly ranges: readonly ByteRange[];
}

/** How much of a seed people have explained. Only annotations of the kind `explained` count. */
export interface Coverage {
  readonly size: number;
  /** Bytes that somebody explained. */
  readonly explained: number;
  /** Bytes that at least two people explained. */
  readonly byTwo: number;
  /** In the order in which they began. */
  readonly reviewers: readonly ReviewerCoverage[];
  /** What nobody explained. */
  readonly unexplained: readonly ByteRange[];
  /** What fewer than two people explained. */
  readonly notByTwo: readonly ByteRange[];
}

/** The coverage of a seed of `size` bytes. Ranges must lie within it. */
export function coverageOf(size: number, marks: Iterable<CoverageMark>): Coverage {
  const people = new Map<string, ByteRange[]>();
  for (const { by, kind, ranges } of marks) {
    if (kind !== 'explained') continue;
    const own = people.get(by);
    if (own) own.push(...ranges);
    else people.set(by, [...ranges]);
  }
  const sets = [...people].map(([name, ranges]) => [name, rangeSet(ranges)] as const);
  const all = sets.map(([, set]) => set);
  const [byOne, byTwo] = [inAtLeast(all, 1), inAtLeast(all, 2)];
  return {
    size,
    explained: bytesIn(byOne),
    byTwo: bytesIn(byTwo),
    reviewers: sets.map(([name, ranges]) => ({ name, bytes: bytesIn(ranges), ranges })),
    unexplained: gapsIn(byOne, size),
    notByTwo: gapsIn(byTwo, size),
  };
}

/** What one person has not explained yet. */
export function unexplainedBy(coverage: Coverage, name: string): ByteRange[] {
  const own = coverage.reviewers.find(reviewer => reviewer.name === name);
  return gapsIn(own?.ranges ?? [], coverage.size);
}
