/** What people say of a case: annotations of seeds, reviews and comments, the checklist, scope, waivers; undoing all of it. */
export * from './annotate.ts';
export * from './annotation-file.ts';
export * from './blind.ts';
export { type BlindReview, byTwoBlind } from './blind-reviews.ts';
export * from './case-words.ts';
export * from './disagreements.ts';
export * from './drafts.ts';
export * from './files.ts';
export * from './groups.ts';
export * from './history.ts';
export * from './import.ts';
export * from './merge.ts';
export * from './model.ts';
export { reviewIn, reviewOf } from './of-log.ts';
export { Review } from './review.ts';
export * from './templates.ts';
export * from './undo.ts';
export { act, freshIds } from './write.ts';
