/** Kits, the plan, and the readers that turn a build description into a plan. */
export * from './kit.ts';
export * from './plan.ts';
