import { canonicalJson } from '../base/index.ts';
import type { EventOf } from '../case/index.ts';
import {
  type Annotation,
  type BlindReview,
  byTwoBlind,
  type Comment,
  checklistOf,
  type FileReview,
  type ImportedFile,
  seedCoverage,
  totalsOf,
} from '../review/index.ts';
import { FILES } from './files.ts';
import type { Report } from './model.ts';
import type { CaseEvidence, EvidenceSource } from './source.ts';

/** The largest seed that is printed byte by byte, in bytes. A larger one is a file of the report all the same. */
export const PRINTED_LIMIT = 16 << 10;

/** What people said, as the report has it. */
export type PeopleParts = Pick<
  Report,
  'seedReview' | 'seedReviews' | 'fileReview' | 'comments' | 'checklist' | 'scope'
>;

/** Derives what people said of seeds, files and the case. */
export function peopleParts(source: EvidenceSource, read: CaseEvidence): PeopleParts {
  const { review } = read;
  const seedReviews = read.seeds.map(seed => seedReviewOf(source, read, seed));
  const scope = review.scope();
  return {
    seedReview: totalsOf(seedReviews),
    seedReviews,
    fileReview: fileReviewOf(read),
    comments: review.comments().map(commentOf),
    checklist: checklistOf(review, read.kit.checklist).map(item => ({
      ...item,
      done: item.answer !== 'open',
    })),
    scope,
  };
}

function seedReviewOf(
  source: EvidenceSource,
  { review, seen }: CaseEvidence,
  { name, seed }: EventOf<'seed-checked'>,
): Report['seedReviews'][number] {
  const coverage = seedCoverage(seen, seed);
  const annotations = seen.annotations(seed.sha256);
  return {
    name,
    sha256: seed.sha256,
    size: seed.size,
    hex: seed.size <= PRINTED_LIMIT ? source.object(seed.sha256).toString('hex') : null,
    explained: coverage.explained,
    byTwo: coverage.byTwo,
    byTwoBlind: byTwoBlind(seed.size, annotations, each => review.wroteBlind(each)),
    blind: seen.blindReviews(seed.sha256).map(blindOf),
    reviewers: coverage.reviewers.map(({ name, bytes }) => ({ name, bytes })),
    imports: seen.imports(seed.sha256).map(importOf),
    annotations: annotations.map(annotationOf),
  };
}

function blindOf({ by, begun, ended, others, explained, whole }: BlindReview) {
  return { by, begun, ended, others, explained, whole };
}

function importOf({ by, at, event, name, file, signature }: ImportedFile) {
  return { by, at, event, name, sha256: file.sha256, key: signature?.key ?? null };
}

function annotationOf(annotation: Annotation): Report['seedReviews'][number]['annotations'][number] {
  const { id, ranges, kind, label, note, group, by, at, event, origin, resolution } = annotation;
  return { id, ranges, kind, label, note, group, by, at, event, origin, resolution };
}

function commentOf({ id, on, text, by, at, event, resolution }: Comment): Report['comments'][number] {
  return { id, on, text, by, at, event, resolution };
}

/** The reviews that speak of files of the replayed tree as they are, by path and then in the order in which they were given. */
function standingReviews({ review, entry }: CaseEvidence): FileReview[] {
  return review
    .files()
    .filter(({ path, sha256 }) => entry(path)?.sha256 === sha256)
    .sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)) || a.event - b.event);
}

function fileReviewOf(read: CaseEvidence): Report['fileReview'] {
  const people = new Map<string, Set<string>>();
  const paths = new Map<string, number>();
  for (const { path, by } of standingReviews(read)) {
    people.set(by, (people.get(by) ?? new Set()).add(path));
    paths.set(path, (paths.get(path) ?? 0) + 1);
  }
  return {
    files: read.bundle.files + read.files.placed.length,
    reviewed: paths.size,
    byTwo: [...paths.values()].filter(times => times > 1).length,
    reviewers: [...people].map(([name, files]) => ({ name, files: files.size })),
  };
}

/** A file of a report that follows from what people said. */
export interface DerivedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The lists that a report holds of what people said; those with nothing in them are left out. */
export function peopleFiles(read: CaseEvidence): DerivedFile[] {
  const lines = standingReviews(read).map(
    ({ path, sha256, by, at, event }) => `${canonicalJson({ path, sha256, by, at, event })}\n`,
  );
  return lines.length > 0 ? [{ name: FILES.reviews, bytes: Buffer.from(lines.join('')) }] : [];
}
