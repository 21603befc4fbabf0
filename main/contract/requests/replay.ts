import { z } from 'zod';
import { liveReplay } from '../progress.ts';
import { count, nothing } from './common.ts';
import { request } from './define.ts';

const mode = z.enum(['stepped', 'unaided']);
const runtime = z.string().max(50).optional();

/** What a step may take at most, where other than usual. */
const stepLimits = z.strictObject({
  memory: z.int().min(1).optional().describe('Bytes.'),
  processes: z.int().min(1).optional(),
  output: z.int().min(1).optional().describe('Bytes of standard output, and as many of standard error.'),
});

/** Replays: running, stopping, looking back at them. */
export const replayRequests = {
  /**
   * Replays the chain, or goes on where a replay stopped. Stopping it keeps every finished step. With `resume` it goes on where the newest
   * one stopped or failed, as that one was run; a failed one by a new replay that takes over what its steps gave.
   */
  'replay.run': request({
    input: z.strictObject({
      mode: z.enum(['stepped', 'unaided', 'both']).default('stepped'),
      runtime,
      observe: z.boolean().default(true),
      again: z.boolean().default(false),
      resume: z.boolean().default(false),
      reuse: z.boolean().default(false),
      jobs: z.int().min(1).max(1000).default(1).describe('Steps that may run at once.'),
      stepLimits: stepLimits.default({}),
    }),
    output: z.strictObject({
      replay: count,
      outcome: z.enum(['completed', 'failed']),
      failure: z
        .strictObject({
          number: count,
          step: z.string(),
          reason: z.string(),
          argv: z.array(z.string()),
          logTail: z.array(z.string()),
          rerun: z.string(),
          resume: z.string(),
        })
        .nullable(),
    }),
    exclusive: true,
  }),
  /** Runs one step of a replay again on the tree as it was before it, and records nothing; by default of the newest of steps. */
  'replay.only': request({
    input: z.strictObject({ number: z.int().min(1), replay: z.int().min(1).optional(), runtime }),
    output: z.strictObject({
      end: z.string(),
      stdout: z.string(),
      stderr: z.string(),
      cut: z.boolean(),
      compared: z
        .strictObject({
          end: z.boolean(),
          stdout: z.boolean(),
          stderr: z.boolean(),
          same: count,
          different: z.array(z.string()).describe('The first of them.'),
          differing: count,
        })
        .nullable()
        .describe('Whether it came out as it was recorded; null when nothing is recorded of it.'),
    }),
    exclusive: true,
  }),
  /** Every replay of the case, newest first, with how long its steps took. */
  'replay.list': request({
    input: nothing,
    output: z.array(
      z.strictObject({
        number: count,
        at: z.string(),
        by: z.string(),
        mode,
        runtime: z.string(),
        observer: z.string().nullable(),
        steps: count,
        done: count,
        outcome: z.enum(['completed', 'failed', 'unfinished']),
        running: z.boolean().describe('Whether it runs now, in this process or another.'),
        superseded: z
          .boolean()
          .describe('Whether a bundle was imported after it began, so that the verdict does not rest on it.'),
        resumes: count.nullable().describe('The failed replay that it goes on from.'),
        seconds: z.number(),
      }),
    ),
  }),
  /** The replay that runs now; null when none does. Changes of it are told as events. */
  'replay.live': request({ input: nothing, output: liveReplay.nullable() }),
  /** Stops the replay that runs: after the running step, or at once, which throws away what that step did so far. */
  'replay.stop': request({ input: z.strictObject({ when: z.enum(['after-step', 'now']) }), output: nothing }),
};
