import { z } from 'zod';

/** The structure of a binary as documents and answers give it. Addresses are texts: they can be larger than a JSON number. */
const size = z.int().min(0);
const address = z.string().regex(/^0x[0-9a-f]+$/);

export const structureNotice = z.object({
  code: z.string(),
  severity: z
    .enum(['problem', 'unusual', 'note'])
    .describe(
      'problem: against the format, or no loader would take it; unusual: allowed, and deserves a look.',
    ),
  message: z.string(),
});

export const structureNode = z.object({
  id: z.string().describe('Its own in the tree, and the same for the same bytes: header/e_entry.'),
  parent: z.string().nullable().describe('Id of what it is part of, which comes before it.'),
  label: z.string().describe("The format's own name; may hold text from the file."),
  value: z.string().nullable().describe('Decoded; may hold text from the file.'),
  meaning: z.string().nullable(),
  offset: size,
  length: size,
  notices: z.array(structureNotice),
});

const structure = z.object({
  format: z.enum(['elf', 'pe', 'boot-sector', 'flat']),
  machine: z
    .enum(['x86', 'amd64', 'aarch64', 'arm', 'riscv32', 'riscv64', 'x86-16'])
    .nullable()
    .describe('Null when the file names none, or one that is not known.'),
  bits: z.union([z.literal(16), z.literal(32), z.literal(64)]),
  byteOrder: z.enum(['little', 'big']),
  entry: z
    .object({ address, offset: size.nullable().describe('Null when no byte of the file is there.') })
    .nullable(),
  segments: z
    .array(
      z.object({
        offset: size,
        length: size,
        address,
        memory: address.describe('Bytes in memory.'),
        read: z.boolean(),
        write: z.boolean(),
        execute: z.boolean(),
      }),
    )
    .describe('What a loader puts into memory, clipped to the file.'),
  nodes: z
    .array(structureNode)
    .describe('Each after its parent; those at the top by their place in the file.'),
  leftOut: size.describe('Nodes beyond the most that are given.'),
});

/** What a binary's own format names in it. */
export const binaryStructure = structure;
export type BinaryStructureRow = z.infer<typeof binaryStructure>;
export type StructureNodeRow = z.infer<typeof structureNode>;
export type StructureNoticeRow = z.infer<typeof structureNotice>;

export const seedStructureDocument = z
  .object({
    name: z.string().describe('Of the seed, or the path of the file.'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size,
    ...structure.shape,
  })
  .describe('assay seed structure --json');
