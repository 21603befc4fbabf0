import { z } from 'zod';

/** The JSON documents about the instructions of seeds, which the window's requests share. */
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const range = z.strictObject({ offset: count, length: z.int().min(1) });

const places = z.array(count).describe('Offsets of instructions, ascending.');

/** One instruction of a seed, or bytes of its code that are none. */
export const codeRow = z.strictObject({
  ...range.shape,
  address: z.string().describe('Where it runs, as 0x and hexadecimal digits.'),
  bytes: z.string().describe('As hexadecimal digits.'),
  mnemonic: z.string().describe('Empty for data, or .word where an instruction reads a number.'),
  operands: z.string(),
  kind: z.enum(['plain', 'jump', 'conditional', 'call', 'return', 'syscall', 'trap', 'data']),
  target: count.nullable().describe('Where a jump or call leads, as an offset in the file.'),
  reached: z
    .boolean()
    .nullable()
    .describe('Whether control can come here from the entry; null when nobody followed it.'),
  readBy: count.nullable().describe('The instruction that loads these bytes as a number.'),
  call: z
    .strictObject({
      number: count.nullable(),
      name: z.string().nullable(),
      text: z
        .string()
        .describe('The call with its arguments; those that are not certain by their registers.'),
      oneOf: z
        .array(z.strictObject({ number: count, name: z.string().nullable() }))
        .describe('When the number is one of a few: each.'),
      args: z.array(
        z.strictObject({
          name: z.string(),
          register: z.string(),
          value: z.string().nullable().describe('All that it can be; null when that is not known.'),
          rests: places,
        }),
      ),
      rests: places.describe('The instructions that set the number.'),
      restsText: z.string().describe('What number and arguments rest on, in words.'),
      conditions: z
        .array(
          z.strictObject({
            kind: z.enum(['store', 'return', 'call', 'outside', 'from']),
            at: places,
            more: z.boolean().describe('Whether it is about more instructions than are named.'),
            text: z.string().describe('In words, to stand behind "if".'),
          }),
        )
        .describe(
          'What all this rests on and nobody showed; empty when it holds on every way from the entry.',
        ),
    })
    .nullable()
    .describe('What it asks of the kernel, or in real mode of the firmware.'),
  line: z.int().min(1).nullable().describe('The line of the source that gives its first byte.'),
});
export type CodeRowAnswer = z.infer<typeof codeRow>;

/** A name of a place in the code. */
export const codeLabel = z.strictObject({
  offset: count,
  name: z.string(),
  from: z.enum(['source', 'target', 'entry']).describe('Who calls it that.'),
});

/** The code of a seed, or a part of it. */
export const seedCodeDocument = z.strictObject({
  seed: z.strictObject({ name: z.string(), sha256, size: count }),
  /** Why no code can be shown; null when it can. */
  why: z.string().nullable(),
  machine: z.string().nullable(),
  code: z.array(range).describe('All bytes that may be run and are no headers.'),
  rows: z.array(codeRow),
  labels: z.array(codeLabel).describe('Of these rows, and of every place of the source that has a name.'),
  disagreements: z.array(
    z.strictObject({
      ...range.shape,
      kind: z
        .enum(['jump', 'sweep'])
        .describe('Control reaches both readings, or reading from the front gives this one.'),
      other: z.string().describe('The reading that has no row of its own.'),
    }),
  ),
  flow: z
    .strictObject({
      unreached: z.array(range),
      unreachedBytes: count,
      indirect: z.array(count).describe('Jumps and calls whose target a register or memory decides.'),
      outside: z.array(count).describe('Instructions after which control is where this file has no code.'),
      undecodable: z.array(count).describe('Places that control comes to and that are no instruction.'),
    })
    .nullable()
    .describe('Null when there is more code than is followed at once.'),
  previous: count.nullable().describe('A place in the part before this one.'),
  next: count.nullable().describe('Where the part behind this one begins.'),
});
export type SeedCodeAnswer = z.infer<typeof seedCodeDocument>;

/** Comments of a seed's source that say something else than the instructions beside them. */
export const seedQuestionsDocument = z.strictObject({
  seed: z.strictObject({ name: z.string(), sha256, size: count }),
  questions: z.array(
    z.strictObject({
      ...range.shape,
      line: z.int().min(1),
      claim: z.string().describe('What the comment says.'),
      actual: z.string().describe('What is there.'),
      text: z.string().describe('Both in one sentence, without full stop.'),
    }),
  ),
  equal: count.describe('Instructions whose comment says the same.'),
  notCompared: count.describe('Instructions whose comment is none, or cannot be compared.'),
  more: z
    .boolean()
    .describe('Whether there is more code than was looked at, or more questions than are listed.'),
});
export type SeedQuestionsAnswer = z.infer<typeof seedQuestionsDocument>;

/** The documents of `assay seed disassemble` and its kind, by the name of their schema file. */
export const SEED_DOCUMENTS = {
  'seed-disassemble': seedCodeDocument,
  'seed-questions': seedQuestionsDocument,
} as const;
