import type { BinaryStructureRow } from '../../../contract/documents/structure.ts';
import type { BinaryStructure } from './structure.ts';
import { hex } from './words.ts';

/** A structure as answers and documents give it. */
export function structureDocument({ image, nodes, leftOut }: BinaryStructure): BinaryStructureRow {
  const { format, machine, bits, byteOrder, entry, segments } = image;
  return {
    ...{ format, machine, bits, byteOrder, leftOut },
    entry: entry && { address: hex(entry.address), offset: entry.offset },
    segments: segments.map(segment => ({
      ...segment,
      address: hex(segment.address),
      memory: hex(segment.memory),
    })),
    nodes: nodes.map(node => ({ ...node, notices: [...node.notices] })),
  };
}
