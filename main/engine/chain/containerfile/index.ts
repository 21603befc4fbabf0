/** The plan reader for Containerfiles. */
export { containerfilePins } from './pins.ts';
export { readContainerfile } from './reader.ts';
