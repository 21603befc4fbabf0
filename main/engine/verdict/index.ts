/** Expectations, trust closure, findings and the verdict of a replay. */
export * from './agreement.ts';
export * from './artifacts.ts';
export * from './closure.ts';
export * from './evidence.ts';
export { findingsBeforeReplay } from './findings.ts';
export * from './judge.ts';
export * from './lineage.ts';
export * from './model.ts';
export * from './modes.ts';
export * from './program-origins.ts';
