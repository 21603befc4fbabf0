/** The plan reader for kaem scripts. */
export { type DescriptionFiles, readKaem } from './reader.ts';
