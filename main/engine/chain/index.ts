/** Kits, the plan, and the readers that turn a build description into a plan. */
export * from './claims.ts';
export * from './expectations.ts';
export * from './fit.ts';
export type { DescriptionFiles } from './kaem/index.ts';
export * from './kit.ts';
export * from './load.ts';
export * from './match.ts';
export * from './pins.ts';
export * from './plan.ts';
export * from './read-plan.ts';
export { readSteps } from './steps-reader.ts';
export { PUBLISHED_LIMIT, type PublishedFile } from './sum-lines.ts';
export * from './tree-folder.ts';
export * from './unaided.ts';
