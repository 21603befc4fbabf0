/** The audit engine: plain Node, no window, no network. The command line and the window use this door alone. */
export * from './audit/index.ts';
export * from './base/index.ts';
export * from './bundle/index.ts';
export * from './case/index.ts';
export * from './chain/index.ts';
export * from './difference/index.ts';
export * from './replay/index.ts';
export * from './report/index.ts';
export * from './review/index.ts';
export * from './seed/index.ts';
export * from './verdict/index.ts';
