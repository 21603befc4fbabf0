import type { Output } from '../../../contract/requests/index.ts';
import {
  beginBlindReview,
  blindStatus,
  disagreementsIn,
  endBlindReview,
  seedIn,
} from '../../review/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';

/** Methods about reviewing a seed blind, and about what people do not agree on. */
export const blindHandlers: Handlers<
  'seed.blind.status' | 'seed.blind.begin' | 'seed.blind.end' | 'seed.disagreements'
> = {
  'seed.blind.status': ({ seed }, { session }) => statusOf(session, seed),
  'seed.blind.begin'({ seed }, { session }) {
    const theCase = session.theCase();
    beginBlindReview(theCase, seedIn(theCase, seed));
    return statusOf(session, seed);
  },
  'seed.blind.end'({ seed }, { session }) {
    const theCase = session.theCase();
    endBlindReview(theCase, seedIn(theCase, seed));
    return statusOf(session, seed);
  },
  'seed.disagreements'({ seed }, { session }) {
    const theCase = session.theCase();
    const { hidden, disagreements } = disagreementsIn(theCase, seedIn(theCase, seed));
    return {
      seed,
      hidden,
      disagreements: disagreements.map(({ sides, ...rest }) => ({
        ...rest,
        sides: sides.map(({ by, kinds, annotations }) => ({
          by,
          kinds: [...kinds],
          annotations: [...annotations],
        })),
      })),
    };
  },
};

function statusOf(session: Session, seed: string): Output<'seed.blind.status'> {
  const { hides, reviews } = blindStatus(session.theCase(), seed);
  return { seed, hides, reviews: [...reviews] };
}
