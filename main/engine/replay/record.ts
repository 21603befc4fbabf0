import { z } from 'zod';
import { treePathSchema } from '../chain/index.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().min(0);
const objectRef = z.strictObject({ sha256, size });

/** A file as it stood in the tree after a step. */
export const writtenFileSchema = z.strictObject({
  path: treePathSchema,
  type: z.enum(['file', 'directory', 'symlink']),
  /** Permission bits, at most 0o777. */
  mode: z.int().min(0).max(0o777),
  size,
  /** Of the content; null for directories and links. */
  sha256: z.nullable(sha256),
  /** What a symlink points to; null for others. */
  target: z.nullable(z.string()),
});
export type WrittenFile = z.infer<typeof writtenFileSchema>;

/** Something a step left in the tree that no record can hold, or that no longer fits the limits. It fails the step. */
export const refusedFileSchema = z.strictObject({
  /** Relative to the root; bytes that are not UTF-8 are replaced. */
  path: z.string(),
  /** `name`: not UTF-8 or too long; `limit`: the first file beyond what a step may write. */
  reason: z.enum(['name', 'link-target', 'pipe', 'socket', 'device', 'limit']),
});
export type RefusedFile = z.infer<typeof refusedFileSchema>;

/** A program that started inside the container, as the observer saw it. */
export const seenProgramSchema = z.strictObject({
  /**
   * From 0. Each program comes before those it started, and those of one process come in the order in which it started them;
   * so the order is the same however processes overlapped.
   */
  index: z.int().min(0),
  /** The `index` of the program whose process started this one; null for the step's own. */
  parent: z.nullable(z.int().min(0)),
  /** Absolute path inside the container, links followed in its folders but not at its end. */
  path: z.string(),
  argv: z.array(z.string()),
  /**
   * Of the program file as it was when it started; null when that cannot be known, because the file was changed or
   * removed later in the same step or lay outside the tree.
   */
  sha256: z.nullable(sha256),
  /** How the kernel came to it: by execve, as the `#!` line of a script, or as the loader an ELF file names. */
  via: z.enum(['execve', 'interpreter', 'loader']),
});
export type SeenProgram = z.infer<typeof seenProgramSchema>;

/**
 * A use of the filesystem that the observer saw. Paths are absolute inside the container, links followed. Bytes that are no
 * UTF-8 stand as `\xHH`, here and in `argv`.
 */
export const seenFileUseSchema = z.strictObject({
  program: z.int().min(0),
  path: z.string(),
  use: z.enum(['read', 'write', 'remove', 'chmod', 'mkdir', 'link', 'rename']),
});
export type SeenFileUse = z.infer<typeof seenFileUseSchema>;

/** An attempt to open a socket or to connect one. */
export const seenSocketSchema = z.strictObject({
  program: z.int().min(0),
  /** The call with its arguments as the observer printed it. */
  call: z.string().max(2000),
  /** `ok` or the name of the error. */
  result: z.string().max(100),
});
export type SeenSocket = z.infer<typeof seenSocketSchema>;

/** What the observer saw of one step, free of times and process numbers so that equal runs give equal bytes. */
export const observationSchema = z.strictObject({
  observer: z.string(),
  programs: z.array(seenProgramSchema),
  /** execve calls that failed: path and error. */
  failedStarts: z.array(
    z.strictObject({ program: z.nullable(z.int().min(0)), path: z.string(), result: z.string() }),
  ),
  /** Each use once, sorted by program, path, use. */
  files: z.array(seenFileUseSchema),
  sockets: z.array(seenSocketSchema),
  /** Lines of the trace that could not be understood. Any makes the observation incomplete. */
  notUnderstood: z.int().min(0),
});
export type Observation = z.infer<typeof observationSchema>;

/** How a step's program ended. */
export const endSchema = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('exited'), status: z.int().min(0).max(255) }),
  z.strictObject({ how: z.literal('signalled'), signal: z.string() }),
  z.strictObject({ how: z.literal('timed-out'), afterSeconds: z.int() }),
  z.strictObject({ how: z.literal('too-much-output'), limit: z.int() }),
  z.strictObject({ how: z.literal('not-started'), reason: z.string() }),
]);
export type End = z.infer<typeof endSchema>;

/** Everything kept of one step. An object of the case, in canonical JSON. */
export const stepRecordSchema = z.strictObject({
  format: z.literal(1),
  replay: z.int().min(1),
  number: z.int().min(1),
  step: z.string(),
  outcome: z.enum(['done', 'failed']),
  /** Null for a file action of the workstation. */
  end: z.nullable(endSchema),
  stdout: z.nullable(objectRef),
  stderr: z.nullable(objectRef),
  /** What the step wrote or changed, sorted by the bytes of the path. */
  written: z.array(writtenFileSchema),
  /** What was there before and is gone, sorted likewise. */
  removed: z.array(treePathSchema),
  /** Sorted likewise. Any makes the outcome `failed`. */
  refused: z.array(refusedFileSchema),
  /** Null when nobody observed the step. */
  observation: z.nullable(observationSchema),
});
export type StepRecord = z.infer<typeof stepRecordSchema>;

/** The machine and the tools that a replay trusted. An object of the case, in canonical JSON. */
export const machineSchema = z.strictObject({
  format: z.literal(1),
  kernel: z.string(),
  architecture: z.string(),
  processor: z.string(),
  runtime: z.strictObject({
    name: z.enum(['bubblewrap', 'runc', 'podman', 'docker', 'unshare']),
    version: z.string(),
    sha256,
    /** True when it keeps the program apart less well; the report says so. */
    weaker: z.boolean(),
    /** What it puts into the environment or the tree by itself. */
    adds: z.array(z.string()),
  }),
  /** Null when there is no observer on this machine, or the auditor switched it off. */
  observer: z.nullable(z.strictObject({ name: z.string(), version: z.string(), sha256 })),
  /** What ran the chain's programs in place of their own processor; left out when this machine's processor did. */
  emulator: z
    .strictObject({
      name: z.string(),
      architecture: z.string(),
      version: z.string(),
      sha256,
      /** `private`: for each container alone; `machine`: for all of the machine. */
      registered: z.enum(['private', 'machine']),
    })
    .optional(),
  node: z.strictObject({ version: z.string(), sha256 }),
  assay: z.strictObject({ version: z.string(), sha256 }),
  /** How the user of the container is set up and what was measured of its isolation. */
  container: z.strictObject({
    uid: z.int(),
    gid: z.int(),
    hostname: z.string(),
    network: z.enum(['none', 'unknown']),
  }),
});
export type Machine = z.infer<typeof machineSchema>;

/** The tree as a full look found it after the last step. */
export const finalTreeSchema = z.strictObject({
  format: z.literal(1),
  /** Everything under the plan's results, sorted by the bytes of the path. */
  results: z.array(writtenFileSchema),
  /** Paths whose state no step's record explains, by bytes; what is no UTF-8 in them is replaced. */
  unaccounted: z.array(z.string()),
});
export type FinalTree = z.infer<typeof finalTreeSchema>;
