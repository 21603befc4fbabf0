import { z } from 'zod';
import { problemSchema } from '../channel.ts';
import { ANSWER_LIMIT } from './bundle.ts';
import { count, objectRef, sha256, treePath } from './common.ts';
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
  plans: z
    .string()
    .nullable()
    .describe('The first file that the plan says it writes; null when it says none.'),
  plansMore: count.describe('Further files that the plan says it writes.'),
});
export type StepRow = z.infer<typeof stepRow>;

/** A file on the way from a seed to another. */
const pathFile = {
  kind: z.enum(['seed', 'source', 'artifact', 'unknown']),
  path: z.string(),
  sha256: sha256.nullable(),
  step: count.nullable(),
  verdict: z
    .enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run'])
    .nullable()
    .describe('Of what a step wrote; null when nobody published a hash.'),
  reviewers: z.array(z.string()).describe('Of a source: who reviewed it as it is, the first first.'),
};

/** How a file came to be, down to the bytes of seeds, and how much of that people have looked at. */
export const cameToBe = z.strictObject({
  path: z.string(),
  spine: z
    .array(
      z.strictObject({
        ...pathFile,
        title: z.string(),
        from: count.describe('How many files took part in making it.'),
      }),
    )
    .describe('The file first, then always the program that made it, a seed last.'),
  steps: count,
  programs: count,
  artifacts: count,
  sources: z.strictObject({
    files: count,
    reviewed: count,
    byTwo: count,
    notReviewed: z.array(z.string()).describe('The first of them.'),
  }),
  seeds: z.array(
    z.strictObject({
      name: z.string(),
      path: z.string(),
      sha256,
      bytes: count,
      explained: count,
      byTwo: count,
    }),
  ),
  strangers: z.array(z.string()).describe('Programs that ran as they came with the bundle.'),
});
export type CameToBe = z.infer<typeof cameToBe>;

/** Which replay is meant: by its number, the newest when it is left out. */
const replay = z.int().min(1).optional();

const verdict = z.enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run']);
const expectation = z.strictObject({
  path: z.string(),
  sha256: z.string(),
  size: count.nullable(),
  source: z.string().describe('Who published it, for example kit or bundle.'),
  origin,
});

/** One artifact as a replay left it. */
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
  /** Where each of the programs came from, in their order. */
  origins: z.array(
    z.strictObject({
      kind: z
        .enum(['seed', 'step', 'this-step', 'source', 'stranger', 'unknown'])
        .describe('A stranger is outside the trust closure; a source is a script that an interpreter read.'),
      step: count.nullable(),
    }),
  ),
  /** How many there are of each; of long lists only the first are here. */
  totals: z.strictObject({
    programs: count,
    files: count,
    failedStarts: count,
    sockets: count,
    asked: count,
    transient: count,
  }),
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

/** How far a replay of the plan has come. */
const progressOfPlan = {
  outcome: z.enum(['completed', 'failed', 'unfinished']).nullable().describe('Null before any replay.'),
  seconds: z.number().nullable().describe('How long its finished steps took; null before any replay.'),
};

/** The plan, and what a replay made of it. */
export const chainRequests = {
  /** The plan with what a replay did of it. Null without a bundle. */
  'chain.plan': request({
    input: z.strictObject({ replay }),
    output: z
      .strictObject({
        event: count.describe('So many events of the log are in this.'),
        reader: z.string(),
        mode: z.enum(['stepped', 'unaided']),
        replay: count.nullable(),
        ...progressOfPlan,
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
  /**
   * What of a plan changed since so many events: the rows of steps that were finished. Null when more than that changed, or not all
   * of it is known any more; the plan has to be asked for anew then.
   */
  'chain.plan-changes': request({
    input: z.strictObject({ replay, since: count }),
    output: z.strictObject({ event: count, ...progressOfPlan, steps: z.array(stepRow) }).nullable(),
  }),
  /** One step in full: what is planned, and what a replay recorded of it. */
  'chain.step': request({
    input: z.strictObject({ number: z.int().min(1), replay }),
    output: z.strictObject({
      row: stepRow,
      argv: z.array(z.string()),
      cwd: z.string().nullable(),
      environment: z.array(z.tuple([z.string(), z.string()])),
      root: z.string().nullable(),
      timeoutSeconds: count.nullable(),
      /** As observed where it ran: seeds, sources, artifacts of earlier steps; unknown when nobody knows. The first of them. */
      inputs: z.array(z.strictObject({ ...pathFile, role: z.enum(['program', 'input']) })),
      plannedOutputs: z.array(z.string()),
      outputs: z.array(written),
      removed: z.array(z.string()),
      refused: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
      artifacts: z.array(artifactRow),
      end: z.string().nullable().describe('How its program ended, in words.'),
      failure: z
        .strictObject({
          reason: z.string(),
          logTail: z.array(z.string()).describe('The last lines that it printed.'),
          rerun: z.string().describe('The command line that runs it alone.'),
        })
        .nullable()
        .describe('Null when it did its work, or did not run.'),
      reused: z
        .strictObject({ replay: count, number: count })
        .nullable()
        .describe('The step of an earlier replay whose results these are; null when it ran.'),
      exhibit: z
        .string()
        .nullable()
        .describe('Its record in a report: exhibit and file. Null when it did not run.'),
      stdout: objectRef.nullable(),
      stderr: objectRef.nullable(),
      observation: observation.nullable(),
    }),
  }),
  /** Part of what a step printed, as UTF-8 with other bytes replaced. `offset` and `size` are in bytes. */
  'chain.log': request({
    input: z.strictObject({
      number: z.int().min(1),
      replay,
      stream: z.enum(['stdout', 'stderr']),
      offset: count,
      length: z.int().min(1).max(ANSWER_LIMIT),
    }),
    output: z.strictObject({ text: z.string(), size: count }),
  }),
  'chain.artifacts': request({ input: z.strictObject({ replay }), output: z.array(artifactRow) }),
  /** How a file came to be; null when the replay has no such file. */
  'chain.lineage': request({ input: z.strictObject({ path: treePath, replay }), output: lineage.nullable() }),
  /** How a file came to be, as it stood at the end or before a step; null when the replay has no such file. */
  'chain.came-to-be': request({
    input: z.strictObject({ path: treePath, replay, before: z.int().min(1).optional() }),
    output: cameToBe.nullable(),
  }),
  /** What took part in one step, for a way that is opened further. */
  'chain.took-part': request({
    input: z.strictObject({ step: z.int().min(1), replay }),
    output: z.strictObject({
      files: z.array(z.strictObject({ ...pathFile, role: z.enum(['program', 'input']) })),
      total: count.describe('How many there are; only the first are named.'),
    }),
  }),
  /** The whole lineage of a file, to be copied: as text, or as a graph for Graphviz. */
  'chain.lineage-text': request({
    input: z.strictObject({ path: treePath, replay, form: z.enum(['text', 'dot']) }),
    output: z.strictObject({ text: z.string(), cut: z.boolean() }),
  }),
};
