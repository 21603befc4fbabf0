/** Reading seeds: hex0 sources and what they prove. */
export * from './check.ts';
export * from './hex0.ts';
