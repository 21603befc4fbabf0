/** The plan reader for kaem scripts. */

export { minimalCommands } from './minimal.ts';
export { Notes } from './notes.ts';
export { type DescriptionFiles, type KaemForesight, readKaem } from './reader.ts';
export { Script } from './script.ts';
