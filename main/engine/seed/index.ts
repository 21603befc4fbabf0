/** Reading seeds: their structure and instructions; hex0 sources and what they prove; sets of bytes and how much of a seed people have explained. */
export * from './check.ts';
export * from './code/index.ts';
export * from './coverage.ts';
export * from './hex0.ts';
export * from './ranges.ts';
export * from './segments.ts';
export * from './source/index.ts';
export * from './source-labels.ts';
export { type ElfHeaders, isElf, readElf } from './structure/elf/read.ts';
export { sectionsOf } from './structure/elf/sections.ts';
export { type SymbolPlace, SymbolPlaces } from './structure/elf/symbol-places.ts';
export {
  addressOf,
  type BinaryFormat,
  type BinaryStructure,
  CODE as CODE_NODE,
  fileOffsetOf,
  type ImageSegment,
  type LoadedImage,
  loadedImage,
  NODE_LIMIT as STRUCTURE_NODE_LIMIT,
  type NoticeSeverity,
  type Processor,
  STRUCTURE_LIMIT,
  type StructureNode,
  type StructureNotice,
  structureDocument,
  structureOf,
} from './structure/index.ts';
export type { BinaryRecord } from './structure/record.ts';
