/** The structure of binaries: what a loader makes of them, and what their own format names in them. */
export * from './image.ts';
