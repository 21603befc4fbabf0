/** The structure of binaries: what a loader makes of them, and what their own format names in them. */

export { structureDocument } from './document.ts';
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
export { type BinaryStructure, STRUCTURE_LIMIT, structureOf } from './structure.ts';
export { NODE_LIMIT } from './tree.ts';
