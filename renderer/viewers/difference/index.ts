/** Differences of two files: aligned bytes, what they are about, lines of texts. */
export { DifferenceOf } from './DifferenceOf.tsx';
export { DifferenceView } from './DifferenceView.tsx';
export { FailureExplained } from './FailureExplained.tsx';
export { differenceFocused } from './focused.ts';
export type { DifferenceSides, SideNames } from './sides.ts';
export { amountWords } from './words.ts';
