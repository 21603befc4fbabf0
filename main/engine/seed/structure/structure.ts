import { bootStructure } from './boot/structure.ts';
import { elfStructure } from './elf/structure.ts';
import { type LoadedImage, loadedImage } from './image.ts';
import type { StructureNode } from './node.ts';
import { peStructure } from './pe/structure.ts';
import { StructureTree } from './tree.ts';

/** Most bytes of a binary whose structure should be asked for: all of it is in memory meanwhile. */
export const STRUCTURE_LIMIT = 128 << 20;

/** What a binary's format names in it. */
export interface BinaryStructure {
  readonly image: LoadedImage;
  /** Each after its parent; those at the top by their place in the file. */
  readonly nodes: readonly StructureNode[];
  /** How many more there are than are given. */
  readonly leftOut: number;
}

/**
 * The structure of a binary as its format names it, with what is unusual about it. Takes any bytes; work and answer are
 * bounded: linear in the file, and a fixed number of nodes.
 */
export function structureOf(bytes: Uint8Array): BinaryStructure {
  const image = loadedImage(bytes);
  const tree = new StructureTree(bytes);
  if (image.format === 'elf') elfStructure(tree, image);
  else if (image.format === 'pe') peStructure(tree, image);
  else if (image.format === 'boot-sector') bootStructure(tree);
  else {
    const meaning = 'no format that is known: nothing names its parts';
    tree.add({ key: 'file', label: 'Whole file', meaning, offset: 0, length: bytes.length });
  }
  return { image, nodes: tree.finish(), leftOut: tree.leftOut };
}
