/** The plan reader for Containerfiles. */
export { readContainerfile } from './reader.ts';
