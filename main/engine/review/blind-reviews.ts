import type { BlindEvent } from '../case/index.ts';
import { bytesIn, coverageOf, segmentsOf } from '../seed/index.ts';
import { type Act, type Annotation, actOf } from './model.ts';

/** A time in which a person reviewed a seed without being shown what others say of it. */
export interface BlindReview {
  /** Sha256 of the seed. */
  readonly seed: string;
  readonly by: string;
  readonly begun: Act;
  /** Null while it goes on. */
  readonly ended: Act | null;
  /** Annotations of others that stood when it began: nothing proves that the person had not seen these before. */
  readonly others: number;
  /** Bytes that the person had explained when it ended, or has now. */
  readonly explained: number;
  /** Whether these were all bytes of the seed. */
  readonly whole: boolean;
}

/** What is known of annotations when an event of a blind review comes. */
interface Annotated {
  readonly size: number;
  readonly annotations: readonly Annotation[];
}

/** All blind reviews of a case, from their events in order. Undoing does not touch them. */
export class BlindReviews {
  readonly #reviews: BlindReview[] = [];

  /** Takes an event. Gives null, or what is wrong with it. */
  take(event: BlindEvent, { size, annotations }: Annotated): string | null {
    const open = this.open(event.by, event.seed);
    const own = ownExplained(event.by, size, annotations);
    if (event.type === 'blind-review-begun') {
      if (open) return 'begins a blind review that goes on';
      const others = annotations.filter(({ by }) => by !== event.by).length;
      const { seed, by } = event;
      this.#reviews.push({ seed, by, begun: actOf(event), ended: null, others, ...own });
      return null;
    }
    if (!open) return 'ends a blind review that was not begun';
    this.#reviews[this.#reviews.indexOf(open)] = { ...open, ended: actOf(event), ...own };
    return null;
  }

  /** The blind review of a seed that goes on for a person. */
  open(by: string, seed: string): BlindReview | undefined {
    return this.#reviews.findLast(each => each.by === by && each.seed === seed && each.ended === null);
  }

  /** Those of one seed in the order in which they began. */
  of(seed: string, now: Annotated): BlindReview[] {
    return this.#reviews
      .filter(each => each.seed === seed)
      .map(each => (each.ended ? each : { ...each, ...ownExplained(each.by, now.size, now.annotations) }));
  }

  /** Seeds that a person reviews blind. */
  seedsOf(by: string): Set<string> {
    return new Set(this.#reviews.filter(each => each.by === by && !each.ended).map(({ seed }) => seed));
  }

  /** Who reviews which seed blind, by its sha256. */
  reviewers(): Map<string, readonly string[]> {
    const seeds = new Map<string, readonly string[]>();
    for (const { seed, by, ended } of this.#reviews) {
      if (ended === null) seeds.set(seed, [...(seeds.get(seed) ?? []), by]);
    }
    return seeds;
  }

  /**
   * Whether an annotation was written blind: both made and worded as it stands within one blind review of its author, and not taken over
   * from a file.
   */
  wrote(annotation: Annotation): boolean {
    const { by, seed, event, origin } = annotation;
    if (origin !== null && origin.from !== 'template') return false;
    return this.#reviews.some(
      each =>
        each.by === by &&
        each.seed === seed &&
        event > each.begun.event &&
        (each.ended === null || wordedAt(annotation) < each.ended.event),
    );
  }
}

/** The number of the event that gave an annotation its words. */
function wordedAt({ changed, event }: Annotation): number {
  return changed?.event ?? event;
}

function ownExplained(by: string, size: number, annotations: readonly Annotation[]) {
  const { explained } = coverageOf(
    size,
    annotations.filter(annotation => annotation.by === by),
  );
  return { explained, whole: explained === size };
}

/**
 * Bytes that two people explained of which the one who wrote later could not see what the other had written: the later was
 * reviewing blind, or both were.
 */
export function byTwoBlind(
  size: number,
  annotations: readonly Annotation[],
  wroteBlind: (annotation: Annotation) => boolean,
): number {
  const explained = annotations.filter(({ kind }) => kind === 'explained');
  const blind = new Set(explained.filter(wroteBlind));
  if (blind.size === 0) return 0;
  const independent = segmentsOf(size, explained).filter(({ about }) =>
    about.some(
      later =>
        blind.has(later) &&
        about.some(other => other.by !== later.by && (blind.has(other) || wordedAt(other) < later.event)),
    ),
  );
  return bytesIn(independent);
}
