import { z } from 'zod';
import { sha256, size } from './fields.ts';

const besideDocument = z.object({ name: z.string(), size, sha256 });

export const filesDocument = z
  .object({
    met: z.boolean().describe('Whether every pinned file is there that the plan needs; nothing runs before.'),
    pins: z.array(
      z.object({
        path: z.string().describe('Where the file has to be in the tree.'),
        size: size.nullable().describe('Null when nobody says.'),
        sha256,
        origin: z.object({ file: z.string(), line: size }).describe('Who asks for it.'),
        state: z
          .enum(['bundle', 'file', 'wrong', 'missing', 'left-out'])
          .describe(
            'In the bundle itself, a file beside it, another file than the pinned one, not there; left-out: not there, and the plan ends before it is needed.',
          ),
        name: z.string().nullable().describe('The file beside the bundle, by name.'),
        found: sha256.nullable().describe('What a wrong one is instead.'),
      }),
    ),
    extra: z.array(besideDocument).describe('Files beside the bundle that no pin asks for.'),
  })
  .describe('assay case files --json');

export const importDocument = z
  .object({
    name: z.string(),
    form: z.enum(['folder', 'archive']),
    compression: z.string(),
    sha256,
    size: size.describe('Bytes of the bundle as it was imported.'),
    entries: size,
    files: size,
    bytes: size.describe('Bytes of all files in it.'),
    flagged: size,
    again: size
      .nullable()
      .describe('The event that imported the same bytes before, when the case goes back to them.'),
    kit: z.string().nullable().describe('The kit whose bundle was taken, because none was named.'),
    beside: z.array(besideDocument).describe('Files imported beside it, by this command.'),
    pinned: filesDocument.nullable().describe('How the pinned files are met; null for a case without a kit.'),
  })
  .describe('assay import --json');

export const importsDocument = z
  .object({
    imports: z.array(
      z.object({
        event: size,
        at: z.string(),
        by: z.string(),
        name: z.string(),
        sha256,
        size,
        files: size,
        inUse: z.boolean().describe('Whether the case has it now.'),
      }),
    ),
  })
  .describe('assay bundle imports --json');

export type ImportsDocument = z.infer<typeof importsDocument>;

export type FilesDocument = z.infer<typeof filesDocument>;

export type ImportDocument = z.infer<typeof importDocument>;
