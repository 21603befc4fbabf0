/** The work of an audit in its order, each part once, and all of it from beginning to end. */
export * from './annotation-exchange.ts';
export * from './audit.ts';
export * from './case-tree.ts';
export * from './claims.ts';
export * from './compare.ts';
export * from './difference.ts';
export * from './diffoscope.ts';
export * from './image.ts';
export * from './new-kit/index.ts';
export * from './overview.ts';
export * from './prepare.ts';
export * from './recognise.ts';
export * from './seed-code.ts';
export * from './sides.ts';
export * from './signing.ts';
export * from './status.ts';
export * from './times.ts';
