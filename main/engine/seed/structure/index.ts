/** The structure of binaries: what a loader makes of them, and what their own format names in them. */
export {
  addressOf,
  type BinaryFormat,
  fileOffsetOf,
  type ImageSegment,
  type LoadedImage,
  loadedImage,
  type Processor,
} from './image.ts';
export type { NoticeSeverity, StructureNode, StructureNotice } from './node.ts';
export { CODE } from './parts.ts';
export { type BinaryStructure, structureOf } from './structure.ts';
export { NODE_LIMIT } from './tree.ts';
