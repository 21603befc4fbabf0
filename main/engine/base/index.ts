/** The ground the other engine folders stand on: errors, canonical JSON, hashes, clock, progress, files. */
export * from './canonical.ts';
export * from './clock.ts';
export * from './errors.ts';
export * from './files.ts';
export * from './hash.ts';
export * from './identity.ts';
export * from './nar.ts';
export * from './nix-hash.ts';
export * from './progress.ts';
export * from './shell.ts';
