import type { LoadedImage, Processor } from '../image.ts';
import type { StructureTree } from '../tree.ts';
import type { ElfHeaders } from './read.ts';
import type { ElfSectionPart } from './sections.ts';

/** An ELF file while its structure is read: what was read, and where its parts are put. */
export interface ElfFile {
  readonly tree: StructureTree;
  readonly elf: ElfHeaders;
  readonly image: LoadedImage;
  readonly machine: Processor | null;
  readonly sections: readonly ElfSectionPart[];
}
