import { inputError, shellWord } from '../base/index.ts';
import type { BlindEvent, Case, CaseEvent, EventOf } from '../case/index.ts';
import type { BlindReview } from './blind-reviews.ts';
import { disagreementsOf, type SeedDisagreement } from './disagreements.ts';
import type { Annotation, HistoryEntry, ImportedFile } from './model.ts';
import { reviewIn } from './of-log.ts';
import type { Review } from './review.ts';
import { NOBODY, reviewerIn } from './write.ts';

/** What is said of seeds as one person may see it: somebody who reviews a seed blind is shown only what is their own. */
export interface SeenReview {
  annotations(seed?: string): readonly Annotation[];
  annotation(id: string): Annotation | null;
  annotationHistory(id: string): readonly HistoryEntry[];
  blindReviews(seed: string): readonly BlindReview[];
  imports(seed: string): readonly ImportedFile[];
  /** Whether an event tells what somebody else says of a seed that the person reviews blind. */
  hides(event: CaseEvent): boolean;
  /** Whether the person reviews a seed blind. */
  isBlind(seed: string): boolean;
}

/** What a person may see of a review. Null for a reader of all of it, such as a verifier. */
export function seenBy(review: Review, viewer: string | null): SeenReview {
  return without(review, viewer, viewer === null ? new Set() : review.blindSeeds(viewer));
}

/** A review without what others than the viewer say of some seeds. */
function without(review: Review, viewer: string | null, blind: ReadonlySet<string>): SeenReview {
  const shown = ({ seed, by }: { readonly seed: string; readonly by: string }) =>
    by === viewer || !blind.has(seed);
  const seedOf = (id: string) => {
    const first = review.annotationHistory(id)[0]?.event;
    return first?.type === 'seed-annotated' ? first : null;
  };
  const isShown = (id: string) => {
    const made = seedOf(id);
    return made === null || shown(made);
  };
  return {
    annotations: seed =>
      blind.size === 0 ? review.annotations(seed) : review.annotations(seed).filter(shown),
    annotation: id => (isShown(id) ? review.annotation(id) : null),
    annotationHistory: id => (isShown(id) ? review.annotationHistory(id) : []),
    blindReviews: seed => review.blindReviews(seed).filter(shown),
    imports: seed => review.imports(seed).filter(shown),
    hides: event => event.by !== viewer && blind.has(seedSpokenOf(event, id => seedOf(id)?.seed ?? '')),
    isBlind: seed => blind.has(seed),
  };
}

function seedSpokenOf(event: CaseEvent, seedOf: (id: string) => string): string {
  switch (event.type) {
    case 'seed-annotated':
    case 'annotations-imported':
      return event.seed;
    case 'annotation-changed':
    case 'annotation-removed':
    case 'annotation-resolved':
      return seedOf(event.id);
    default:
      return '';
  }
}

/**
 * What a person may see in an open case: by default who works in it. From somebody who is not named all is hidden that is said of seeds
 * while anybody reviews them blind, since it may be that person.
 */
export function seenIn(theCase: Case, by = theCase.log.by): SeenReview {
  const review = reviewIn(theCase);
  return by === NOBODY ? without(review, null, new Set(review.blindReviewers().keys())) : seenBy(review, by);
}

/** Who works in an open case, null when that was not said. */
export function whoLooks({ log }: Case): string | null {
  return log.by === NOBODY ? null : log.by;
}

/** A seed that is reviewed blind, before somebody who looks. */
export interface OpenBlindReview {
  /** Name of the seed, as it was checked last. */
  readonly seed: string;
  /** Who reviews it blind, as far as who looks may know. */
  readonly by: readonly string[];
  /** Whether what others say of the seed is withheld from who looks. */
  readonly withheld: boolean;
}

/** The seeds of a case that are reviewed blind, and whether that hides something from who works in it. */
export function openBlindReviews(theCase: Case): OpenBlindReview[] {
  const { by } = theCase.log;
  const names = new Map(theCase.log.of('seed-checked').map(({ seed, name }) => [seed.sha256, name]));
  return [...reviewIn(theCase).blindReviewers()].map(([sha256, people]) => {
    const own = people.includes(by);
    return { seed: names.get(sha256) ?? sha256, by: own ? [by] : people, withheld: own || by === NOBODY };
  });
}

/**
 * Refuses to show what is said of seeds while somebody reviews one blind and it is not said who looks. Throws `blind.who`.
 */
export function mustKnowWhoLooks(theCase: Case): void {
  const [open] = openBlindReviews(theCase);
  if (theCase.log.by !== NOBODY || !open) return;
  throw inputError(
    'blind.who',
    `${open.seed} is reviewed blind by ${open.by.join(' and ')}, and it is not said who looks: what people say of it is withheld`,
    undefined,
    `Say it with --by NAME, which nothing checks, or end the review: ${endOfBlindReview('CASE', open)}`,
  );
}

/** The command that ends a blind review. */
export function endOfBlindReview(folder: string, { seed, by }: OpenBlindReview): string {
  return `assay seed blind end ${shellWord(folder)} --seed ${shellWord(seed)} --by ${shellWord(by[0] ?? 'NAME')}`;
}

/** Refuses what rests on all that is said of seeds to who reviews one blind, or may be that person. Throws `blind.who`, `blind.goes-on`. */
export function mustSeeAll(theCase: Case, what: string): void {
  mustKnowWhoLooks(theCase);
  refuseWhileBlind(theCase, what);
}

/** Refuses what would show a person what others say of a seed that the person reviews blind. Throws `blind.goes-on`. */
export function refuseWhileBlind(theCase: Case, what: string, seed?: string, by = theCase.log.by): void {
  const blind = reviewIn(theCase).blindSeeds(by);
  if (seed === undefined ? blind.size === 0 : !blind.has(seed)) return;
  throw inputError(
    'blind.goes-on',
    `${by} reviews a seed blind, and ${what} would show what others say of it`,
    undefined,
    'End the blind review first: assay seed blind end CASE',
  );
}

/** Who reviews or reviewed a seed blind, as far as who looks may see it, and whether that person does. */
export function blindStatus(
  theCase: Case,
  seed: string,
): { readonly hides: boolean; readonly reviews: readonly BlindReview[] } {
  const seen = seenIn(theCase);
  return { hides: seen.isBlind(seed), reviews: seen.blindReviews(seed) };
}

/** What people do not agree on of a seed; nothing for somebody who reviews it blind. */
export function disagreementsIn(
  theCase: Case,
  { seed }: EventOf<'seed-checked'>,
): { readonly hidden: boolean; readonly disagreements: readonly SeedDisagreement[] } {
  const seen = seenIn(theCase);
  if (seen.isBlind(seed.sha256)) return { hidden: true, disagreements: [] };
  return { hidden: false, disagreements: disagreementsOf(seed.size, seen.annotations(seed.sha256)) };
}

/** Begins to review a seed blind: from now on the person is shown only what is their own. Throws `blind.goes-on`. */
export function beginBlindReview(theCase: Case, seed: EventOf<'seed-checked'>, by?: string): BlindReview {
  const name = reviewerIn(theCase, by);
  const { sha256 } = seed.seed;
  if (reviewIn(theCase).blindSeeds(name).has(sha256)) {
    throw inputError('blind.goes-on', `${name} reviews this seed blind already`);
  }
  return appended(theCase, { type: 'blind-review-begun', seed: sha256 }, name);
}

/** Ends one's blind review of a seed, however far it is. Throws `blind.not-begun`. */
export function endBlindReview(theCase: Case, seed: EventOf<'seed-checked'>, by?: string): BlindReview {
  const name = reviewerIn(theCase, by);
  const { sha256 } = seed.seed;
  if (!reviewIn(theCase).blindSeeds(name).has(sha256)) {
    throw inputError('blind.not-begun', `${name} does not review this seed blind`);
  }
  return appended(theCase, { type: 'blind-review-ended', seed: sha256 }, name);
}

function appended(
  theCase: Case,
  event: { readonly type: BlindEvent['type']; readonly seed: string },
  by: string,
): BlindReview {
  theCase.log.append(event, undefined, by);
  const own = reviewIn(theCase)
    .blindReviews(event.seed)
    .findLast(each => each.by === by);
  if (own) return own;
  throw new Error('a blind review is not in the log');
}
