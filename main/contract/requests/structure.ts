import { z } from 'zod';
import { binaryStructure } from '../documents/structure.ts';
import { sha256, treePath } from './common.ts';
import { request } from './define.ts';

export type { BinaryStructureRow, StructureNodeRow, StructureNoticeRow } from '../documents/structure.ts';

/** What the format of a binary names in it. Of at most 128 MiB; more is `object.too-large` or `bundle.file-too-large`. */
export const structureRequests = {
  /** Of a seed, or of any other object of the case. */
  'seed.structure': request({ input: z.strictObject({ seed: sha256 }), output: binaryStructure }),
  /** Of a file of the bundle. */
  'bundle.structure': request({ input: z.strictObject({ path: treePath }), output: binaryStructure }),
};
