import { inputError } from '../base/index.ts';
import type {
  AnnotationContent,
  AnnotationOrigin,
  ByteRange,
  Case,
  EventOf,
  NewEvent,
} from '../case/index.ts';
import { type Coverage, coverageOf, isRangeSet, rangeSet, rangeText } from '../seed/index.ts';
import { type SeenReview, seenIn } from './blind.ts';
import { type BlindReview, byTwoBlind } from './blind-reviews.ts';
import type { Annotation } from './model.ts';
import { reviewIn } from './of-log.ts';
import type { Review } from './review.ts';
import { act, byId, freshIds, reviewerIn } from './write.ts';

/** A new annotation. Ranges in any order; what is left out is empty. */
export interface AnnotationDraft extends Pick<AnnotationContent, 'kind' | 'label'> {
  readonly ranges: readonly ByteRange[];
  readonly note?: string;
  readonly group?: string | null;
  readonly colour?: AnnotationContent['colour'];
  readonly origin?: AnnotationOrigin | null;
  /** To keep the id that it has elsewhere. */
  readonly id?: string;
}

/** The newest check of a seed, by its name, path or sha256. Throws `seed.not-checked`. */
export function seedIn(theCase: Case, name: string): EventOf<'seed-checked'> {
  const seeds = theCase.log.of('seed-checked');
  const found = seeds.findLast(({ name: own, path, seed }) => [own, path, seed.sha256].includes(name));
  if (found) return found;
  const names = [...new Set(seeds.map(seed => seed.name))];
  throw inputError(
    'seed.not-checked',
    `the case has no seed '${name}'`,
    { file: theCase.folder },
    names.length > 0 ? `Its seeds: ${names.join(', ')}.` : 'Check them first: assay seed CASE',
  );
}

/** Annotates bytes of a seed, one or several annotations as one action. Throws `annotation.bad-range` besides what `act` does. */
export function annotate(
  theCase: Case,
  seed: EventOf<'seed-checked'>,
  drafts: readonly AnnotationDraft[],
  by?: string,
): Annotation[] {
  const ids = freshIds(theCase, drafts.length);
  const events = drafts.map(
    (draft, i): NewEvent => ({
      type: 'seed-annotated',
      id: draft.id ?? ids[i] ?? '',
      seed: seed.seed.sha256,
      ...contentOf(draft, seed.seed.size),
      origin: draft.origin ?? null,
    }),
  );
  act(theCase, events, by);
  const review = reviewIn(theCase);
  return events.flatMap(event => (event.type === 'seed-annotated' ? present(review, event.id) : []));
}

/** Changes one's own annotation; what is left out stays. Throws `annotation.not-yours`. */
export function changeAnnotation(
  theCase: Case,
  id: string,
  change: Partial<AnnotationContent>,
  by?: string,
): Annotation {
  return changeAnnotations(theCase, [id], change, by)[0] ?? annotationIn(theCase, id);
}

/** Changes several of one's own in the same way, as one action. Throws `annotation.not-yours`. */
export function changeAnnotations(
  theCase: Case,
  ids: readonly string[],
  change: Partial<AnnotationContent>,
  by?: string,
): Annotation[] {
  const { seeds } = reviewIn(theCase);
  const events = ownAnnotations(theCase, ids, by).map((annotation): NewEvent => {
    const content = contentOf({ ...annotation, ...change }, seeds.get(annotation.seed) ?? 0);
    return { type: 'annotation-changed', id: annotation.id, ...content };
  });
  act(theCase, events, by);
  const review = reviewIn(theCase);
  return events.flatMap(event => (event.type === 'annotation-changed' ? present(review, event.id) : []));
}

/** Removes one's own annotation. It stays in the log. */
export function removeAnnotation(theCase: Case, id: string, by?: string): Annotation {
  return removeAnnotations(theCase, [id], by)[0] ?? annotationIn(theCase, id);
}

/** Removes several of one's own, as one action. They stay in the log. Throws `annotation.not-yours`. */
export function removeAnnotations(theCase: Case, ids: readonly string[], by?: string): Annotation[] {
  const annotations = ownAnnotations(theCase, ids, by);
  act(
    theCase,
    annotations.map(({ id }) => ({ type: 'annotation-removed', id })),
    by,
  );
  return annotations;
}

/** Settles a question or concern, one's own or somebody else's, with a reason. Throws `annotation.nothing-open`. */
export function resolveAnnotation(theCase: Case, id: string, reason: string, by?: string): Annotation {
  const annotation = annotationIn(theCase, id, by);
  if (!isOpen(annotation)) {
    throw inputError('annotation.nothing-open', `annotation ${annotation.id} is no open question or concern`);
  }
  act(theCase, [{ type: 'annotation-resolved', id: annotation.id, reason }], by);
  return present(reviewIn(theCase), annotation.id)[0] ?? annotation;
}

/** Whether an annotation is a question or concern that nobody settled. */
export function isOpen({ kind, resolution }: Annotation): boolean {
  return kind !== 'explained' && resolution === null;
}

/** An annotation by its id or the beginning of it. Throws `review.unknown` or `review.ambiguous`. */
export function annotationIn(theCase: Case, id: string, by?: string): Annotation {
  return byId(seenIn(theCase, by).annotations(), id, 'annotation');
}

/** The coverage of a seed of the case, and what is open about it. */
export interface SeedCoverage extends Coverage {
  readonly name: string;
  readonly sha256: string;
  /** Bytes that two people explained, the one who wrote later while reviewing blind. */
  readonly byTwoBlind: number;
  readonly blind: readonly BlindReview[];
  /** Questions and concerns that nobody settled. */
  readonly open: { readonly questions: number; readonly concerns: number };
}

/** The coverage of every seed of the case as it was checked last, as a person may see it: by default who works in it. */
export function coverageIn(theCase: Case, seen: SeenReview = seenIn(theCase)): SeedCoverage[] {
  const newest = new Map(theCase.log.of('seed-checked').map(event => [event.name, event.seed]));
  return [...newest].map(([name, seed]) => ({
    name,
    sha256: seed.sha256,
    ...seedCoverage(seen, seed),
    byTwoBlind: byTwoBlind(seed.size, seen.annotations(seed.sha256), each =>
      reviewIn(theCase).wroteBlind(each),
    ),
    blind: seen.blindReviews(seed.sha256),
    open: openIn(seen, seed.sha256),
  }));
}

/** What people explained of all seeds of a case together, in bytes. */
export interface SeedReviewTotals {
  readonly bytes: number;
  readonly explainedBytes: number;
  readonly byTwoBytes: number;
  readonly byTwoBlindBytes: number;
  readonly reviewers: string[];
}

/** Adds up the coverage of several seeds. */
export function totalsOf(
  seeds: readonly (Pick<Coverage, 'size' | 'explained' | 'byTwo'> & {
    readonly byTwoBlind: number;
    readonly reviewers: readonly { readonly name: string }[];
  })[],
): SeedReviewTotals {
  const sum = (of: (seed: (typeof seeds)[number]) => number) =>
    seeds.reduce((all, seed) => all + of(seed), 0);
  return {
    bytes: sum(({ size }) => size),
    explainedBytes: sum(({ explained }) => explained),
    byTwoBytes: sum(({ byTwo }) => byTwo),
    byTwoBlindBytes: sum(({ byTwoBlind }) => byTwoBlind),
    reviewers: [...new Set(seeds.flatMap(({ reviewers }) => reviewers.map(({ name }) => name)))],
  };
}

/** What people explained of the seeds of a case. */
export function seedReviewIn(theCase: Case): SeedReviewTotals {
  return totalsOf(coverageIn(theCase));
}

function openIn(review: SeenReview, seed: string): SeedCoverage['open'] {
  const open = review.annotations(seed).filter(isOpen);
  const questions = open.filter(({ kind }) => kind === 'question').length;
  return { questions, concerns: open.length - questions };
}

/** How much of a seed people have explained. */
export function seedCoverage(
  review: Pick<SeenReview, 'annotations'>,
  seed: { readonly sha256: string; readonly size: number },
): Coverage {
  return coverageOf(seed.size, review.annotations(seed.sha256));
}

/** Each of one's own annotations that is named, once. */
function ownAnnotations(theCase: Case, ids: readonly string[], by?: string): Annotation[] {
  const name = reviewerIn(theCase, by);
  const own = ids.map(id => ownAnnotation(theCase, id, name));
  return [...new Map(own.map(annotation => [annotation.id, annotation])).values()];
}

function ownAnnotation(theCase: Case, id: string, by: string): Annotation {
  const annotation = annotationIn(theCase, id, by);
  if (annotation.by === by) return annotation;
  throw inputError(
    'annotation.not-yours',
    `annotation ${annotation.id} is by ${annotation.by}`,
    undefined,
    'Write one of your own; a question can be settled with: assay seed annotation resolve',
  );
}

function present(review: Review, id: string): Annotation[] {
  const annotation = review.annotation(id);
  return annotation ? [annotation] : [];
}

function contentOf(draft: AnnotationDraft, size: number): AnnotationContent {
  const { kind, label, note = '', group = null, colour = null } = draft;
  return { ranges: rangesIn(draft.ranges, size), kind, label, note, group, colour };
}

function rangesIn(ranges: readonly ByteRange[], size: number): ByteRange[] {
  const set = rangeSet(ranges);
  if (set.length > 0 && ranges.every(({ length }) => length > 0) && isRangeSet(set, size)) return set;
  const named = ranges.map(rangeText).join(', ') || 'nothing';
  throw inputError('annotation.bad-range', `the seed has ${size} bytes; ${named} is not within it`);
}
