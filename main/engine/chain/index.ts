/** Kits, the plan, and the readers that turn a build description into a plan. */
export * from './expectations.ts';
export * from './kit.ts';
export * from './load.ts';
export * from './plan.ts';
export * from './steps-reader.ts';
