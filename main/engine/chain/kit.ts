import { z } from 'zod';
import { parseNixHash } from '../base/index.ts';
import { roleSchema, SOURCE_SYNTAXES } from '../case/index.ts';
import { treePathSchema } from './plan.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');
const id = z.string().regex(/^[a-z0-9][a-z0-9._+-]{0,99}$/, 'must be lower-case letters, digits and . _ + -');
const line = z.string().min(1).max(500);
const environment = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
  z
    .string()
    .max(65_536)
    .refine(value => !value.includes('\0'), 'must not hold NUL'),
);
const timeout = z
  .int()
  .min(1)
  .max(86_400 * 7)
  .default(3600);

const templateRange = {
  offset: z.int().min(0),
  length: z.int().min(1),
  /** Bytes expected there, as hexadecimal digits; `?` stands for any digit. */
  expect: z
    .string()
    .regex(/^([0-9a-f?]{2})+$/)
    .optional(),
};

/** Named bytes of a seed that explain themselves beforehand; a person still has to agree. */
export const templateSchema = z.strictObject({
  ...templateRange,
  label: line,
  /** Further ranges that the same words are about: apart from each other and from the first. */
  also: z.array(z.strictObject(templateRange)).max(100).optional(),
  /** Markdown. */
  note: z.string().max(2000).optional(),
});
export type SeedTemplate = z.infer<typeof templateSchema>;

/** A seed as a kit knows it. */
export const kitSeedSchema = z.strictObject({
  name: id,
  path: treePathSchema,
  /** In bytes; may be left out where only the hash is published. */
  size: z
    .int()
    .min(1)
    .max(2 ** 32)
    .optional(),
  sha256,
  /** The commented source in the bundle that should assemble to exactly the seed. */
  source: treePathSchema.optional(),
  /** The language that it is in. */
  syntax: z.enum(SOURCE_SYNTAXES).optional(),
  template: z.array(templateSchema).max(2000).default([]),
});
export type KitSeed = z.infer<typeof kitSeedSchema>;

const stepCommon = { id, stage: id, title: line };
/** A step as the `steps` reader finds it in a kit. */
export const kitStepSchema = z.discriminatedUnion('action', [
  z.strictObject({
    ...stepCommon,
    action: z.literal('run').default('run'),
    argv: z.array(z.string().max(65_536)).min(1).max(10_000),
    inputs: z.array(treePathSchema).max(10_000).default([]),
    outputs: z.array(treePathSchema).max(10_000).default([]),
    environment: environment.default({}),
    cwd: treePathSchema.optional(),
    timeout,
  }),
  z.strictObject({ ...stepCommon, action: z.literal('mkdir'), path: treePathSchema }),
]);
export type KitStep = z.infer<typeof kitStepSchema>;

/** A plan that stands in the kit. */
export const stepsPlanSchema = z.strictObject({
  reader: z.literal('steps'),
  results: z.array(treePathSchema).max(1000).default([]),
  stage: z
    .array(z.strictObject({ id, title: line }))
    .max(1000)
    .default([]),
  step: z.array(kitStepSchema).max(20_000).default([]),
});

export type StepsPlan = z.infer<typeof stepsPlanSchema>;

/** Kaem scripts: what runs the first of them, and who reads them. */
const kaemScripts = {
  results: z.array(treePathSchema).max(1000).default([]),
  /** The kaem that runs the first script, at the root of the tree. One of the interpreters. */
  runner: treePathSchema,
  /** The first script. */
  entry: treePathSchema,
  /** Every kaem of the chain: where it lies and which of the two languages it reads. */
  interpreter: z
    .array(z.strictObject({ path: treePathSchema, dialect: z.enum(['minimal', 'full']) }))
    .min(1)
    .max(100),
  /** What the first kaem is started with, in this order. */
  environment: environment.default({}),
  /** Seconds after which a step has failed. */
  timeout,
};

/** A plan that stands in kaem scripts of the bundle. */
export const kaemPlanSchema = z.strictObject({ reader: z.literal('kaem'), ...kaemScripts });
export type KaemPlan = z.infer<typeof kaemPlanSchema>;
export type KaemScripts = Omit<KaemPlan, 'reader'>;

/** A plan that stands in a live-bootstrap tree: its kaem scripts, its manifest and what the manifest names. */
export const liveBootstrapPlanSchema = z.strictObject({
  reader: z.literal('live-bootstrap'),
  /** Paths of scripts and interpreters are relative to `root`, those of results to the tree. */
  ...kaemScripts,
  /** The folder of the tree that is the chain's `/`. */
  root: treePathSchema.default('target'),
  /** What is copied there before the first program, in this order: from the bundle, to a path below the root, or to the root itself. */
  place: z
    .array(z.strictObject({ from: treePathSchema, to: treePathSchema.optional() }))
    .min(1)
    .max(1000),
  /** The folder of the bundle that holds the source archives. */
  distfiles: treePathSchema.default('distfiles'),
  /** The variables of `steps/bootstrap.cfg`, in its order. */
  configuration: z.record(
    z.string().regex(/^[A-Z][A-Z0-9_]{0,62}$/),
    z
      .string()
      .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII')
      .max(1000),
  ),
  /** The package to end with: its name, for a later build of it followed by a blank and `pass` with the number. */
  until: z.string().min(1).max(200).optional(),
});
export type LiveBootstrapPlan = z.infer<typeof liveBootstrapPlanSchema>;

/** A plan that stands in a Containerfile of the bundle. */
export const containerfilePlanSchema = z.strictObject({
  reader: z.literal('containerfile'),
  results: z.array(treePathSchema).max(1000).default([]),
  file: treePathSchema,
  /** The folder that COPY and ADD read from; the whole tree when left out. */
  context: treePathSchema.optional(),
  /** A StageX package file, which gives build arguments and the hashes of sources. */
  package: treePathSchema.optional(),
  /** Other folders, by the names that `--from` calls them. */
  contexts: z.record(z.string().regex(/^[a-z0-9][a-z0-9_./-]*$/), treePathSchema).default({}),
  arguments: environment.default({}),
  /** `linux/` and the architecture as Go names it. */
  platform: z.string().regex(/^linux\/[a-z0-9]+$/),
  /** Minimal kaems that a RUN may start: their path in a container, and the script they run when they are given none. */
  interpreter: z
    .array(
      z.strictObject({
        path: z.string().regex(/^\//).max(1024),
        dialect: z.literal('minimal'),
        script: treePathSchema.optional(),
      }),
    )
    .max(100)
    .default([]),
  /** The stage to end with; the last one when left out. */
  target: z.string().min(1).max(100).optional(),
  /** Images from outside: what the file calls each, the OCI layout in the bundle, the digest of the manifest. */
  image: z
    .array(z.strictObject({ name: z.string().min(1).max(500), layout: treePathSchema, digest: sha256 }))
    .max(1000)
    .default([]),
  /** What the last stage is as an image, when somebody published its digest. */
  output: z
    .strictObject({
      name: z.string().min(1).max(500),
      annotations: z.record(z.string().min(1).max(500), z.string().max(2000)).default({}),
      /** Of the manifest as BuildKit writes it. */
      digest: sha256.optional(),
    })
    .optional(),
  timeout,
});
export type ContainerfilePlan = z.infer<typeof containerfilePlanSchema>;

/** A hash that the kit publishes: `sha256` of a file, or `nar-sha256` of the Nix archive of a file or a folder. */
const expectationSchema = z
  .strictObject({
    path: treePathSchema,
    size: z.int().min(0).optional(),
    sha256: sha256.optional(),
    'nar-sha256': z
      .string()
      .refine(
        text => parseNixHash(text) !== null,
        "must be a sha256: hexadecimal digits, Nix's base 32, or sha256- and base 64",
      )
      .optional(),
  })
  .refine(
    each => (each.sha256 === undefined) !== (each['nar-sha256'] === undefined),
    'needs either sha256 or nar-sha256',
  )
  .refine(
    each => each['nar-sha256'] === undefined || each.size === undefined,
    'with nar-sha256 there is no size to compare',
  );

/** A question the kit wants a person to have answered before signing. */
export const checklistItemSchema = z.strictObject({ id, role: roleSchema, text: line });
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

/** What an auditor needs to know of one upstream chain: the file `kit.toml`, format 1. */
export const kitSchema = z.strictObject({
  format: z.literal(1),
  kit: z.strictObject({
    id,
    title: line,
    version: z.string().min(1).max(50),
    architecture: z.enum(['x86', 'amd64', 'aarch64', 'riscv32', 'riscv64']),
    summary: z.string().min(1).max(2000),
    publisher: line,
    /** The folder beside kit.toml that holds the bundle, for a kit that brings its own. */
    bundle: treePathSchema.optional(),
  }),
  seed: z.array(kitSeedSchema).min(1).max(100),
  /** How an archive holds the tree that all paths here are in. */
  bundle: z
    .strictObject({
      /** `top`: as it is; `auto`: when everything lies in one folder, that folder is the root. */
      root: z.enum(['top', 'auto']).default('top'),
    })
    .default({ root: 'top' }),
  /** Files that the tree must hold, by hash; they may be imported beside the bundle, under any name. */
  file: z
    .array(z.strictObject({ path: treePathSchema, size: z.int().min(0).optional(), sha256 }))
    .max(100_000)
    .default([]),
  plan: z.discriminatedUnion('reader', [
    stepsPlanSchema,
    kaemPlanSchema,
    containerfilePlanSchema,
    liveBootstrapPlanSchema,
  ]),
  expectation: z.array(expectationSchema).max(100_000).default([]),
  published: z
    .array(
      z.strictObject({
        path: treePathSchema,
        syntax: z.enum(['sha256sum']),
        /** The folder of the tree that its names are in; the root when left out. */
        under: treePathSchema.optional(),
      }),
    )
    .max(1000)
    .default([]),
  same: z
    .array(z.strictObject({ paths: z.array(treePathSchema).min(2).max(100), reason: line }))
    .max(1000)
    .default([]),
  checklist: z.array(checklistItemSchema).max(500).default([]),
});
/** A kit's description after validation. */
export type KitDescription = z.infer<typeof kitSchema>;
