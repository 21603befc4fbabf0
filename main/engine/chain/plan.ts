import { posix } from 'node:path';
import { z } from 'zod';

/** Where in a build description something stands. */
export const originSchema = z.strictObject({ file: z.string(), line: z.int().min(1) });
export type Origin = z.infer<typeof originSchema>;

/** Longest path, in bytes, that a plan or a bundle may hold. */
export const PATH_LIMIT = 1024;

/** Most steps of a plan. */
export const STEP_LIMIT = 100_000;

/** Whether a path stays inside the tree it is relative to: no absolute path, no empty, `.` or `..` part, no NUL. */
export function isTreePath(path: string): boolean {
  if (path === '' || Buffer.byteLength(path) > PATH_LIMIT || path.includes('\0')) return false;
  return path.split('/').every(part => part !== '' && part !== '.' && part !== '..');
}

/** A path relative to the root of the replay's tree. */
export const treePathSchema = z
  .string()
  .refine(isTreePath, 'must be a relative path without empty, "." or ".." parts');

const common = {
  /** Place in the chain, from 1. */
  number: z.int().min(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9._+-]{0,99}$/),
  stage: z.string(),
  title: z.string().max(300),
  origin: originSchema,
};

/** A step that runs one program in an empty container. */
export const programStepSchema = z.strictObject({
  ...common,
  action: z.literal('run'),
  /** argv[0] is the program's path from `cwd`, or its name when the PATH of `environment` leads to it. */
  argv: z
    .array(
      z
        .string()
        .max(65_536)
        .refine(s => !s.includes('\0'), 'must not hold NUL'),
    )
    .min(1)
    .max(10_000),
  /** The program's path in the tree. */
  program: treePathSchema,
  /** The folder of the tree that is the container's `/`, when it is not the whole tree. Nothing else is there for the program. */
  root: treePathSchema.optional(),
  /** Absolute path inside the container. */
  cwd: z.string(),
  environment: z.array(z.tuple([z.string(), z.string()])),
  /** What it is said to read besides the program. */
  inputs: z.array(treePathSchema),
  /** What it is said to write. */
  outputs: z.array(treePathSchema),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(86_400 * 7),
  /** The exit status with which it did its work; null when the build description goes on whatever it is. */
  expectedStatus: z.nullable(z.int().min(0).max(255)).default(0),
});
export type ProgramStep = z.infer<typeof programStepSchema>;

type Start = Pick<ProgramStep, 'argv' | 'program' | 'root' | 'cwd' | 'environment'>;

/**
 * The path that is executed to start a step's program: argv[0], or for a name without slash the folder of PATH that leads to
 * the program, a slash and the name. Null when argv[0] does not lead to the program.
 */
export function startPath(step: Start): string | null {
  const [name = ''] = step.argv;
  if (name.includes('/')) return leadsTo(step, name) ? name : null;
  return searched(step).find(path => leadsTo(step, path)) ?? null;
}

/** Where a search along PATH looks before it comes to a step's program. None for a program that is named by a path. */
export function pathsBefore(step: Start): string[] {
  const paths = searched(step);
  return paths.slice(
    0,
    Math.max(
      0,
      paths.findIndex(path => leadsTo(step, path)),
    ),
  );
}

function leadsTo({ root, program, cwd }: Start, path: string): boolean {
  return posix.resolve('/', cwd, path) === (root ? program.slice(root.length) : `/${program}`);
}

function searched({ argv, environment }: Start): string[] {
  const [name = ''] = argv;
  if (name === '' || name.includes('/')) return [];
  const path = environment.find(([variable]) => variable === 'PATH')?.[1] ?? '';
  return path.split(':').flatMap(folder => (folder === '' ? [] : `${folder}/${name}`));
}

/** Permission bits for what an action makes; null to keep those of its source. */
const mode = z.nullable(z.int().min(0).max(0o777));
/** Where something goes: to `to` itself, or with `into` (or when a folder is there) under its own name into the folder `to`. */
const target = { to: treePathSchema, into: z.boolean() };

/**
 * File actions that the workstation does itself, recorded as its doing. Folders on the way are made. None follows a link.
 * - `mkdir`: makes a folder.
 * - `copy`: copies a file, or what is in a folder.
 * - `add`: unpacks an archive (tar, plain or with gzip, bzip2, xz or zstd) into the folder `to`; copies any other file.
 * - `layer`: unpacks a layer of a container image, which may also take away what is there.
 * - `write`: writes a file.
 */
export const fileStepSchema = z.discriminatedUnion('action', [
  z.strictObject({ ...common, action: z.literal('mkdir'), path: treePathSchema }),
  z.strictObject({ ...common, action: z.literal('copy'), from: treePathSchema, ...target, mode }),
  z.strictObject({
    ...common,
    action: z.literal('add'),
    from: treePathSchema,
    ...target,
    mode,
    /** The hash that the build description pins the source to; null when it does not. */
    sha256: z.nullable(z.string().regex(/^[0-9a-f]{64}$/)),
  }),
  z.strictObject({
    ...common,
    action: z.literal('layer'),
    from: treePathSchema,
    to: treePathSchema,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** The digest of the image that it is a layer of. */
    image: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.strictObject({
    ...common,
    action: z.literal('write'),
    path: treePathSchema,
    text: z.string(),
    mode: z.int(),
  }),
]);
export type FileStep = z.infer<typeof fileStepSchema>;

export const stepSchema = z.discriminatedUnion('action', [programStepSchema, ...fileStepSchema.options]);
export type Step = z.infer<typeof stepSchema>;

export const stageSchema = z.strictObject({ id: z.string().min(1).max(100), title: z.string().max(300) });
export type Stage = z.infer<typeof stageSchema>;

/** Codes of notes on a plan that ends before its chain does. */
export const EARLY_ENDS: ReadonlySet<string> = new Set([
  'live-bootstrap.until',
  'live-bootstrap.missing-distfile',
  'live-bootstrap.jump',
]);

/** Something a reader noticed in a build description that a person should know. */
export const planNoteSchema = z.strictObject({
  /** Literal, `area.problem`. */
  code: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
  message: z.string().max(500),
  origin: originSchema,
});
export type PlanNote = z.infer<typeof planNoteSchema>;

/** The container image that a chain ends in. */
export const planImageSchema = z.strictObject({
  /** The folder of the tree that is its root. */
  root: treePathSchema,
  /** As Go names it, for example `386`. */
  architecture: z.string().min(1).max(50),
  environment: z.array(z.tuple([z.string(), z.string()])),
  workingFolder: z.string(),
  /** The shell that the description names; left out when it names none. */
  shell: z.array(z.string()).optional(),
  /** What was done, lowest first: the layer that steps made in a root, or with `root: null` something that makes no layer. */
  history: z.array(
    z.strictObject({
      createdBy: z.string(),
      root: z.nullable(treePathSchema),
      steps: z.array(z.int().min(1)),
    }),
  ),
});
export type PlanImage = z.infer<typeof planImageSchema>;

/** The plan of a replay: what will run, in which order, and where each step was read. */
export const planSchema = z.strictObject({
  format: z.literal(1),
  reader: z.string(),
  /** Folders or files of the tree whose content after the last step is the chain's results. */
  results: z.array(treePathSchema),
  stages: z.array(stageSchema),
  steps: z.array(stepSchema).max(STEP_LIMIT),
  /** Whether steps say what they read and write. */
  declares: z.boolean().default(true),
  /** Files of the bundle that the plan was read from, in the order in which they were first read. */
  description: z.array(treePathSchema).default([]),
  /** Where scripts that the plan was read from lie when they run, for a chain that the workstation lays out. */
  scripts: z.array(treePathSchema).optional(),
  notes: z.array(planNoteSchema).default([]),
  /** Files and folders of which the sha256 of the Nix archive is taken after the last step; left out when there are none. */
  nars: z.array(treePathSchema).max(1000).optional(),
  /** When the chain ends in one. */
  image: planImageSchema.optional(),
});
export type Plan = z.infer<typeof planSchema>;

/** A hash that somebody published for a file of the chain. */
export const expectationSchema = z.strictObject({
  path: treePathSchema,
  /** Of a file's content; with `form: "nar"` of the Nix archive of a file or a folder. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  form: z.literal('nar').optional(),
  size: z.nullable(z.int().min(0)),
  /** Who published it: the kit, or a file of the bundle, with its line; `derived`: a reader, from what stands at that line;
   * `report`, `image`: somebody else, at that place of what was taken from it. */
  source: z.enum(['kit', 'bundle', 'derived', 'report', 'image']),
  origin: originSchema,
  /** The step after which the file is to have it, for a file that later steps may change; left out: at the end. */
  after: z.int().min(1).optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;
