import { inputError } from '../base/index.ts';
import type { BlindEvent, Case, CaseEvent, EventOf } from '../case/index.ts';
import type { BlindReview } from './blind-reviews.ts';
import { disagreementsOf, type SeedDisagreement } from './disagreements.ts';
import type { Annotation, HistoryEntry } from './model.ts';
import { type Review, reviewIn } from './review.ts';
import { NOBODY, reviewerIn } from './write.ts';

/** What is said of seeds as one person may see it: somebody who reviews a seed blind is shown only what is their own. */
export interface SeenReview {
  annotations(seed?: string): readonly Annotation[];
  annotation(id: string): Annotation | null;
  annotationHistory(id: string): readonly HistoryEntry[];
  blindReviews(seed: string): readonly BlindReview[];
  /** Whether an event tells what somebody else says of a seed that the person reviews blind. */
  hides(event: CaseEvent): boolean;
  /** Whether the person reviews a seed blind. */
  isBlind(seed: string): boolean;
}

/** What a person may see of a review. Null for nobody in particular, who sees all. */
export function seenBy(review: Review, viewer: string | null): SeenReview {
  const blind = viewer === null ? new Set<string>() : review.blindSeeds(viewer);
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
    hides: event => event.by !== viewer && blind.has(seedSpokenOf(event, id => seedOf(id)?.seed ?? '')),
    isBlind: seed => blind.has(seed),
  };
}

function seedSpokenOf(event: CaseEvent, seedOf: (id: string) => string): string {
  switch (event.type) {
    case 'seed-annotated':
      return event.seed;
    case 'annotation-changed':
    case 'annotation-removed':
    case 'annotation-resolved':
      return seedOf(event.id);
    default:
      return '';
  }
}

/** What a person may see in an open case: by default who works in it; somebody who is not named sees all. */
export function seenIn(theCase: Case, by = theCase.log.by): SeenReview {
  return seenBy(reviewIn(theCase), by === NOBODY ? null : by);
}

/**
 * Refuses to show what is said of seeds while somebody reviews one blind and it is not said who looks. Throws `blind.who`.
 */
export function mustKnowWhoLooks(theCase: Case): void {
  if (theCase.log.by !== NOBODY || !reviewIn(theCase).anyBlind) return;
  throw inputError(
    'blind.who',
    'somebody reviews a seed of this case blind, and it is not said who looks',
    undefined,
    'Say who you are with --by NAME.',
  );
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
