/** Commented sources of seeds: the languages they are in, and the bytes they give. */
export * from './assemble.ts';
export * from './definitions.ts';
