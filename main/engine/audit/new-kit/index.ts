/** Making a kit from a bundle: looking through it, proposing, writing, proving. */

export type { Architecture, BundleLook, SeedCandidate } from './look.ts';
export { firstThatReads, type LookedAt, type MadeKit, makeKit, withLook } from './make.ts';
export {
  architecturesIn,
  idOf,
  type KitChoices,
  nameAndVersion,
  type PlanChoice,
  plansFor,
  publishedFor,
  seedsFor,
  TO_FILL_IN,
} from './propose.ts';
