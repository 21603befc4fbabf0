import { z } from 'zod';

const count = z.int().min(0);

/** How far a request under way is. */
export const progressSchema = z.strictObject({
  task: z.string(),
  done: z.number().min(0),
  total: z.number().min(0).optional(),
  unit: z.enum(['bytes', 'files', 'steps']),
  detail: z.string().optional(),
});
export type RequestProgress = z.infer<typeof progressSchema>;

/** A replay that runs now. Times are in seconds, at the moment of telling. */
export const liveReplay = z.strictObject({
  replay: count.nullable().describe('Its number; null until it has one.'),
  mode: z.enum(['stepped', 'unaided']).nullable(),
  steps: count.nullable(),
  done: count.describe('Steps that are finished, those of earlier runs of it too.'),
  step: z
    .strictObject({
      number: count,
      id: z.string(),
      title: z.string(),
      stage: count.describe('From 1.'),
      stageTitle: z.string(),
      seconds: z.number(),
    })
    .nullable()
    .describe('The step that runs; null while the tree is made ready.'),
  preparing: progressSchema.nullable(),
  seconds: z.number().describe('How long it has run, earlier runs of it too.'),
  left: z
    .number()
    .nullable()
    .describe('How long it takes yet, from what the same steps took before; null when nobody knows.'),
  leftFrom: z
    .enum(['case', 'machine'])
    .nullable()
    .describe('Whether most of that was measured in this case, or in other cases on this machine.'),
  stopping: z.enum(['after-step', 'now']).nullable(),
});
export type LiveReplay = z.infer<typeof liveReplay>;
