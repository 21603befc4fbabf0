/** The plan reader for kaem scripts. */

export { minimalCommands } from './minimal.ts';
export { Notes } from './notes.ts';
export { type DescriptionFiles, readKaem } from './reader.ts';
export { Script } from './script.ts';
