import { z } from 'zod';
import { act, size } from './fields.ts';

export const checklistDocument = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        role: z.enum(['auditor', 'reviewer', 'compliance']),
        text: z.string(),
        answer: z.enum(['done', 'not-applicable', 'open']),
        note: z.string(),
        answered: z.object(act).nullable(),
      }),
    ),
  })
  .describe('assay case checklist --json');

export const scopeDocument = z
  .object({ scope: z.object({ ...act, text: z.string() }).nullable() })
  .describe('assay case scope --json');

export const signOffDocument = z
  .object({
    role: z.enum(['auditor', 'reviewer', 'compliance']),
    identity: z.string(),
    fingerprint: z.string(),
    as: z.enum(['proved', 'not-proved']),
    open: size.describe('How many things blocked it.'),
    event: z.int().min(1),
  })
  .describe('assay sign-off CASE --json');

export const actionDocument = z
  .object({
    action: z.object({
      by: z.string(),
      type: z.string(),
      first: z.int().min(1),
      last: z.int().min(1),
      undone: z.boolean(),
    }),
  })
  .describe('assay undo --json');

export type ActionDocument = z.infer<typeof actionDocument>;
