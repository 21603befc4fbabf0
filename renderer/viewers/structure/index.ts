/** The parts of a binary as its own format names them, over a selection of bytes. */
export { StructureFacts } from './StructureFacts.tsx';
export { StructureTree } from './StructureTree.tsx';
export { type CodeName, countsText, StructureModel } from './structure-model.ts';
export { type StructureSelection, useStructureSelection } from './use-structure-selection.ts';
