import { z } from 'zod';
import { inputError } from '../base/index.ts';
import { treePathSchema } from '../chain/index.ts';
import { MACHINE_FACTS } from './machine-paths.ts';

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

/** A process of the step as the observer saw it, in the order in which each process made its own. */
export const seenProcessSchema = z.strictObject({
  /** Place in the list of the process that made it; null for the step's own. */
  parent: z.nullable(z.int().min(0)),
  /** True for a thread of the process that made it. */
  thread: z.boolean(),
  /** Exit status; null when it did not end by itself: by a signal, or with the container. */
  status: z.nullable(z.int().min(0).max(255)),
});
export type SeenProcess = z.infer<typeof seenProcessSchema>;

/** A program that started inside the container, as the observer saw it. */
export const seenProgramSchema = z.strictObject({
  /**
   * From 0. Each program comes before those it started, and those of one process come in the order in which it started them;
   * so the order is the same however processes overlapped.
   */
  index: z.int().min(0),
  /** The `index` of the program whose process started this one; null for the step's own. */
  parent: z.nullable(z.int().min(0)),
  /** Place of its process in `processes`; one process may run several programs, one after the other. */
  process: z.int().min(0),
  /** Absolute path in the tree, links followed in its folders but not at its end. */
  path: z.string(),
  argv: z.array(z.string()),
  /**
   * Of the program file as it was when it started; null when that cannot be known, because the file was changed or
   * removed later in the same step or lay outside the tree.
   */
  sha256: z.nullable(sha256),
  /** How the kernel came to it: by execve, as the `#!` line of a script, or as the loader an ELF file names. */
  via: z.enum(['execve', 'interpreter', 'loader']),
  /**
   * The programs of this step that wrote its file, all of it, before it started, each by `index`, ascending. Empty when
   * the file stood there before the step, or may have held something that no program of the step wrote.
   */
  writers: z.array(z.int().min(0)),
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
  /** Of the file that stood there before the step; null when none did. */
  sha256: z.nullable(sha256),
});
export type SeenFileUse = z.infer<typeof seenFileUseSchema>;

/** An attempt to open a file by which a program learns of the clock, of random numbers or of the machine. */
export const seenAskingSchema = z.strictObject({
  program: z.int().min(0),
  /** Absolute inside the container. The number of a process in /proc stands as `PID`. */
  path: z.string(),
  about: z.enum(MACHINE_FACTS),
  /** `tree`: a file of the tree was opened; `outside`: something that is not of the tree; else the name of the error. */
  result: z.string().max(100),
});
export type SeenAsking = z.infer<typeof seenAskingSchema>;

/** An attempt to open a socket or to connect one. */
export const seenSocketSchema = z.strictObject({
  program: z.int().min(0),
  /** Its address family as Linux names it, for example `AF_INET`; null when the observer did not print one. */
  family: z.nullable(z.string().max(100)),
  /** The call with its arguments as the observer printed it. */
  call: z.string().max(2000),
  /** `ok` or the name of the error. */
  result: z.string().max(100),
});
export type SeenSocket = z.infer<typeof seenSocketSchema>;

/** What the observer saw of one step, free of times and process numbers so that equal runs give equal bytes. */
export const observationSchema = z.strictObject({
  observer: z.string(),
  processes: z.array(seenProcessSchema),
  programs: z.array(seenProgramSchema),
  /** execve calls that failed: path and error. */
  failedStarts: z.array(
    z.strictObject({ program: z.nullable(z.int().min(0)), path: z.string(), result: z.string() }),
  ),
  /** Each use once, sorted by program, path, use. */
  files: z.array(seenFileUseSchema),
  sockets: z.array(seenSocketSchema),
  /** Each once, sorted by program, path, result. */
  asked: z.array(seenAskingSchema),
  /** Files and links that the step made and took away again, as paths of the tree, sorted by their bytes. */
  transient: z.array(treePathSchema),
  /**
   * Sha256 of every ELF program that could start here and stood in the tree before or after the step, sorted; what started a
   * program of unknown content can only have been one of these. Null when the content of all that ran is known.
   */
  atHand: z.nullable(z.array(sha256)),
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
  /** It took more than it may: bytes of memory, processes at once, or bytes of one file. */
  z.strictObject({
    how: z.literal('over-limit'),
    what: z.enum(['memory', 'processes', 'file']),
    limit: z.int(),
  }),
  z.strictObject({ how: z.literal('not-started'), reason: z.string() }),
]);
export type End = z.infer<typeof endSchema>;

/** What a step's program may take. */
export const limitsSchema = z.strictObject({
  seconds: z.int().min(1),
  /** Bytes of standard output, and as many of standard error. */
  output: size,
  /** Bytes of all files that it leaves changed, and their number. */
  bytes: size,
  files: size,
  /** Bytes of any one file. */
  file: size,
  /** Bytes of memory of all its processes, and their number at one time; looked at twice a second. */
  memory: size,
  processes: size,
});
export type StepLimits = z.infer<typeof limitsSchema>;

/** The number of the form that records have; see `readStepRecord`. */
export const RECORD_FORMAT = 2;

/** Everything kept of one step. An object of the case, in canonical JSON. */
export const stepRecordSchema = z.strictObject({
  format: z.literal(RECORD_FORMAT),
  replay: z.int().min(1),
  number: z.int().min(1),
  step: z.string(),
  outcome: z.enum(['done', 'failed']),
  /** Null for a file action of the workstation. */
  end: z.nullable(endSchema),
  /** What it was allowed to take; null for a file action. */
  limits: z.nullable(limitsSchema),
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
  /**
   * Null when the step ran. Otherwise the step of an earlier replay of this case that did, and whose results these are: what the
   * program read, and all the rest it was given, was the same.
   */
  reused: z.nullable(z.strictObject({ replay: z.int().min(1), number: z.int().min(1), step: z.string() })),
});
export type StepRecord = z.infer<typeof stepRecordSchema>;

/**
 * Reads a step's record. Throws `evidence.invalid` for what is none, and `evidence.other-format` for one that another Assay
 * wrote in a form that this one does not read.
 */
export function readStepRecord(bytes: Buffer, step: string): StepRecord {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw inputError('evidence.invalid', `the record of step ${step} is not JSON`);
  }
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (typeof format === 'number' && format !== RECORD_FORMAT) {
    throw inputError(
      'evidence.other-format',
      `the record of step ${step} has format ${format}; this Assay reads format ${RECORD_FORMAT}`,
      { step },
      'Read it with the Assay that wrote it, or replay the chain again.',
    );
  }
  const parsed = stepRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0]?.message ?? 'unknown shape';
  throw inputError('evidence.invalid', `the record of step ${step} is not valid: ${problem}`, { step });
}

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
  /** The sha256 of the Nix archive of each path that the plan asks for and that is there; left out when there is none. */
  nars: z.array(z.strictObject({ path: treePathSchema, sha256 })).optional(),
  /** Paths whose state no step's record explains, by bytes; what is no UTF-8 in them is replaced. */
  unaccounted: z.array(z.string()),
});
export type FinalTree = z.infer<typeof finalTreeSchema>;
