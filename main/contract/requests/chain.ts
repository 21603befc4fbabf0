import { z } from 'zod';
import { problemSchema } from '../channel.ts';
import { ANSWER_LIMIT } from './bundle.ts';
import { count, nothing, objectRef, sha256, treePath } from './common.ts';
import { request } from './define.ts';

const origin = z.strictObject({ file: z.string(), line: count });
const outcome = z.enum(['done', 'failed', 'not-run', 'running']);

/** One row of the step table. */
export const stepRow = z.strictObject({
  number: count,
  id: z.string(),
  stage: z.string(),
  title: z.string(),
  action: z.enum(['run', 'mkdir', 'copy', 'add', 'layer', 'write']),
  origin,
  program: z.string().nullable(),
  outcome,
  seconds: z.number().nullable().describe('How long it took here; null when it did not run.'),
  programs: count.nullable().describe('Programs the observer saw start; null when not observed.'),
  wrote: count.describe('Files it wrote.'),
});
export type StepRow = z.infer<typeof stepRow>;

const verdict = z.enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run']);
const expectation = z.strictObject({
  path: z.string(),
  sha256: z.string(),
  size: count.nullable(),
  source: z.string().describe('Who published it, for example kit or bundle.'),
  origin,
});

/** One artifact as the newest replay left it. */
export const artifactRow = z.strictObject({
  path: z.string(),
  step: count.nullable(),
  size: count.nullable(),
  sha256: sha256.nullable(),
  verdict: verdict.nullable().describe('Null: nobody published a hash for it.'),
  result: z.boolean(),
  expectations: z.array(expectation),
  waiver: z.strictObject({ by: z.string(), reason: z.string(), event: count }).nullable(),
});
export type ArtifactRow = z.infer<typeof artifactRow>;

const written = z.strictObject({
  path: z.string(),
  type: z.enum(['file', 'directory', 'symlink']),
  mode: count,
  size: count,
  sha256: sha256.nullable(),
  target: z.string().nullable(),
});

const seenProgram = z.object({
  index: count,
  parent: count.nullable(),
  process: count,
  path: z.string(),
  argv: z.array(z.string()),
  sha256: sha256.nullable(),
  via: z.enum(['execve', 'interpreter', 'loader']),
  writers: z.array(count).describe('Programs of the step that wrote it before it started.'),
});

/** What the observer saw of one step; see the step records in docs/report-format.md. */
const observation = z.object({
  observer: z.string(),
  processes: z.array(z.object({ parent: count.nullable(), thread: z.boolean(), status: count.nullable() })),
  programs: z.array(seenProgram),
  failedStarts: z.array(z.object({ program: count.nullable(), path: z.string(), result: z.string() })),
  files: z.array(z.object({ program: count, path: z.string(), use: z.string() })),
  sockets: z.array(
    z.object({ program: count, family: z.string().nullable(), call: z.string(), result: z.string() }),
  ),
  asked: z.array(z.object({ program: count, path: z.string(), about: z.string(), result: z.string() })),
  transient: z.array(z.string()),
  notUnderstood: count,
});
export type SeenStep = z.infer<typeof observation>;

/** One node and edge of a lineage. */
export const lineage = z.strictObject({
  target: z.string(),
  nodes: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['seed', 'source', 'artifact', 'unknown']),
      path: z.string(),
      sha256: sha256.nullable(),
      step: count.nullable(),
    }),
  ),
  edges: z.array(z.strictObject({ from: z.string(), to: z.string(), role: z.enum(['program', 'input']) })),
});
export type LineageGraph = z.infer<typeof lineage>;

/** The plan, the replay and what it made. */
export const chainRequests = {
  /** The plan with what the newest replay did of it. Null without a bundle. */
  'chain.plan': request({
    input: nothing,
    output: z
      .strictObject({
        reader: z.string(),
        mode: z.enum(['stepped', 'unaided']),
        replay: count.nullable(),
        stages: z.array(z.strictObject({ id: z.string(), title: z.string() })),
        results: z.array(z.string()),
        steps: z.array(stepRow),
        notes: z.array(z.strictObject({ code: z.string(), message: z.string(), origin })),
        seeds: z.array(z.strictObject({ name: z.string(), path: z.string(), size: count, sha256 })),
        noUnaided: z
          .string()
          .nullable()
          .describe('Why the chain cannot be left to itself; null when it can.'),
        /** Null when the build description could not be read; `problem` then says why, and there are no steps. */
        problem: problemSchema.nullable(),
      })
      .nullable(),
  }),
  /** One step in full: what is planned, and what the newest replay recorded of it. */
  'chain.step': request({
    input: z.strictObject({ number: z.int().min(1) }),
    output: z.strictObject({
      row: stepRow,
      argv: z.array(z.string()),
      cwd: z.string().nullable(),
      environment: z.array(z.tuple([z.string(), z.string()])),
      root: z.string().nullable(),
      timeoutSeconds: count.nullable(),
      inputs: z.array(
        z.strictObject({
          path: z.string(),
          /** Seed, source, or the step whose artifact it is; unknown when nobody knows. */
          kind: z.enum(['seed', 'source', 'artifact', 'unknown']),
          step: count.nullable(),
          sha256: sha256.nullable(),
          role: z.enum(['program', 'input']),
        }),
      ),
      plannedOutputs: z.array(z.string()),
      outputs: z.array(written),
      removed: z.array(z.string()),
      refused: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
      artifacts: z.array(artifactRow),
      end: z.string().nullable().describe('How its program ended, in words.'),
      stdout: objectRef.nullable(),
      stderr: objectRef.nullable(),
      observation: observation.nullable(),
    }),
  }),
  /** Part of what a step printed, as UTF-8 with other bytes replaced. `offset` and `size` are in bytes. */
  'chain.log': request({
    input: z.strictObject({
      number: z.int().min(1),
      stream: z.enum(['stdout', 'stderr']),
      offset: count,
      length: z.int().min(1).max(ANSWER_LIMIT),
    }),
    output: z.strictObject({ text: z.string(), size: count }),
  }),
  'chain.artifacts': request({ input: nothing, output: z.array(artifactRow) }),
  /** Part of an artifact's, a seed's or any recorded object's bytes, by hash, as base64. */
  'object.bytes': request({
    input: z.strictObject({ sha256, offset: count, length: z.int().min(1).max(ANSWER_LIMIT) }),
    output: z.strictObject({ bytes: z.base64(), size: count }),
  }),
  /** How a file came to be; null when the newest replay has no such file. */
  'chain.lineage': request({ input: z.strictObject({ path: treePath }), output: lineage.nullable() }),
  /** Replays the chain, or goes on where a replay stopped. Stopping it keeps every finished step. */
  'replay.run': request({
    input: z.strictObject({
      mode: z.enum(['stepped', 'unaided', 'both']).default('stepped'),
      runtime: z.string().max(50).optional(),
      observe: z.boolean().default(true),
      again: z.boolean().default(false),
      reuse: z.boolean().default(false),
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
        })
        .nullable(),
    }),
    exclusive: true,
  }),
  /** Runs one step alone on the tree as it was before it, and records nothing. */
  'replay.only': request({
    input: z.strictObject({ number: z.int().min(1), runtime: z.string().max(50).optional() }),
    output: z.strictObject({ end: z.string(), stdout: z.string(), stderr: z.string(), cut: z.boolean() }),
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
        mode: z.enum(['stepped', 'unaided']),
        runtime: z.string(),
        observer: z.string().nullable(),
        steps: count,
        done: count,
        outcome: z.enum(['completed', 'failed', 'unfinished']),
        seconds: z.number(),
      }),
    ),
  }),
};
