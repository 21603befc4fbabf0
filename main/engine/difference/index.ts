/** Differences of byte strings: how they lie against each other, and what they are about. */
export { ALIGN_LIMITS, type AlignLimits, type Alignment, alignBytes, alignInTurns } from './align.ts';
export { type Bytes, fileBytes, memoryBytes, partOf } from './bytes.ts';
export { COST } from './exact.ts';
export { explainDifference } from './explain.ts';
export { amount, EXPLAIN_LIMITS, type ExplainLimits } from './explanation.ts';
export { AlignedPlaces, type DifferentPlace, type PlacedRun } from './places.ts';
export type { Run, RunKind } from './runs.ts';
