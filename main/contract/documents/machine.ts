import { z } from 'zod';

export const doctorDocument = z
  .object({
    ready: z.boolean().describe('Whether a replay with an observer can run here.'),
    checks: z.array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        detail: z.string(),
        cure: z.string().nullable(),
      }),
    ),
  })
  .describe('assay doctor --json');

const whereDocument = z.record(z.string(), z.union([z.string(), z.number()]));

export const errorDocument = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      where: whereDocument,
      cure: z.string().nullable(),
      problems: z
        .array(z.object({ code: z.string(), message: z.string(), where: whereDocument }))
        .optional()
        .describe('Everything that is wrong, where there is more than one thing.'),
    }),
  })
  .describe('What every command prints with --json when it fails.');

export type DoctorDocument = z.infer<typeof doctorDocument>;

export type ErrorDocument = z.infer<typeof errorDocument>;
