import type { BlindReviewRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';

/** Whether who works here reviews a seed blind. */
export interface BlindState {
  /** True while what others said is hidden. */
  readonly hides: boolean;
  /** One's own review that goes on. */
  readonly own: BlindReviewRow | null;
}

export function useBlind(seed: string, by: string): BlindState {
  const { value } = useEngine('seed.blind.status', { seed });
  const own = value?.reviews.find(review => review.by === by && review.ended === null) ?? null;
  return { hides: value?.hides ?? false, own };
}
