import { z } from 'zod';
import { liveReplay, progressSchema } from './progress.ts';

export type { RequestProgress } from './progress.ts';

/**
 * What the window's processes say to each other, as JSON: the renderer to the main process over the bridge, the main
 * process to the engine over its channel. Each side checks every message against these schemas.
 */

/** Numbers a request within one sender, from 1. */
const id = z.int().min(1);

/** Asks for one method of {@link ./requests/index.ts}; its parameters have a schema of their own. */
export const requestMessage = z.strictObject({
  kind: z.literal('request'),
  id,
  method: z.string().max(100),
  params: z.unknown(),
});

/** Asks that a request under way stop; it is answered with the error `task.stopped`. */
export const cancelMessage = z.strictObject({ kind: z.literal('cancel'), id });

/** What the engine is sent. */
export const toEngineMessage = z.discriminatedUnion('kind', [requestMessage, cancelMessage]);
export type ToEngineMessage = z.infer<typeof toEngineMessage>;

/** An error as a person sees it. Offsets are bytes, lines count from 1. */
export const problemSchema = z.strictObject({
  kind: z.enum(['input', 'machine', 'interrupted', 'internal']),
  code: z.string(),
  message: z.string(),
  where: z.optional(
    z.strictObject({
      file: z.string().optional(),
      line: z.int().optional(),
      offset: z.int().optional(),
      entry: z.string().optional(),
      step: z.string().optional(),
    }),
  ),
  cure: z.string().optional(),
});
/** An error on its way across a process boundary. */
export type EngineProblem = z.infer<typeof problemSchema>;

/** What the engine tells without being asked. */
export const engineEventSchema = z.discriminatedUnion('type', [
  /** The engine takes requests. */
  z.strictObject({ type: z.literal('ready') }),
  /** The log of the open case has grown to this many events. */
  z.strictObject({ type: z.literal('case-changed'), events: z.int().min(0) }),
  /** The steps of the running replay have printed so much by now; see the request `log.lines`. */
  z.strictObject({ type: z.literal('output-grew'), lines: z.int().min(0), bytes: z.int().min(0) }),
  /** The replay that runs has come further, or ended: null. */
  z.strictObject({ type: z.literal('replay-live'), live: liveReplay.nullable() }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;

/** What the engine sends. */
export const fromEngineMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal('error'), id, problem: problemSchema }),
  z.strictObject({ kind: z.literal('progress'), id, progress: progressSchema }),
  z.strictObject({ kind: z.literal('event'), event: engineEventSchema }),
]);
export type FromEngineMessage = z.infer<typeof fromEngineMessage>;
