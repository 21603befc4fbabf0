import { z } from 'zod';
import { seedReviewDocument } from '../../contract/documents.ts';
import { inputError } from '../base/index.ts';
import {
  ANSWERS,
  annotationContentSchema,
  annotationOriginSchema,
  instantSchema,
  roleSchema,
  SOURCE_SYNTAXES,
} from '../case/index.ts';
import { kitSchema, matchedPinSchema, originSchema, stageSchema } from '../chain/index.ts';
import { endSchema, machineSchema, stepRecordSchema } from '../replay/index.ts';
import { artifactSchema, closureSchema, countsSchema, findingSchema } from '../verdict/index.ts';
import { blockerSchema } from './blockers.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().min(0);
const objectRef = z.strictObject({ sha256, size });

/** A mark beside a statement: a verdict's. The ring of `not-run` also stands for what no replay can prove. */
export const markSchema = z.enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run']);

/** One line of "What was proved" or "What was not proved". */
export const statementSchema = z.strictObject({
  mark: markSchema,
  text: z.string(),
  /** The exhibit (`E-03`), finding (`F-01`) or part of the page (`Part 5`) that it rests on. */
  evidence: z.string(),
});

/** How much of the seeds people have explained. */
export const seedReviewSchema = z.strictObject(seedReviewDocument.shape);

const act = { by: z.string(), at: instantSchema, event: z.int().min(1) };
const resolution = z.nullable(z.strictObject({ ...act, reason: z.string() }));

/** What people said of the bytes of one seed. */
export const seedReviewsSchema = z.strictObject({
  name: z.string(),
  sha256,
  size,
  /** Every byte as two digits; null for a seed that is too large to be printed. */
  hex: z.nullable(z.string().regex(/^([0-9a-f]{2})*$/)),
  explained: size,
  /** Bytes that at least two people explained. */
  byTwo: size,
  /** Those of them of which the one who wrote later was reviewing blind. */
  byTwoBlind: size,
  reviewers: z.array(z.strictObject({ name: z.string(), bytes: size })),
  /** Who reviewed it without being shown what others said, from when to when. */
  blind: z.array(
    z.strictObject({
      by: z.string(),
      begun: z.strictObject(act),
      ended: z.nullable(z.strictObject(act)),
      /** Annotations of others that stood when it began. */
      others: size,
      /** Bytes that the person had explained when it ended, or has now. */
      explained: size,
      whole: z.boolean(),
    }),
  ),
  /** Files of annotations that people took over from. The file is `review/imports/` and the number of the event. */
  imports: z.array(
    z.strictObject({
      ...act,
      name: z.string(),
      sha256,
      /** Fingerprint of the key whose good signature it had; null for none. */
      key: z.nullable(z.string()),
    }),
  ),
  annotations: z.array(
    z.strictObject({
      ...annotationContentSchema.omit({ colour: true }).shape,
      ...act,
      id: z.string(),
      origin: z.nullable(annotationOriginSchema),
      resolution,
    }),
  ),
});

/** How many files of the replayed tree people reviewed, as they are. */
export const fileReviewSchema = z.strictObject({
  files: size,
  reviewed: size,
  byTwo: size,
  reviewers: z.array(z.strictObject({ name: z.string(), files: size })),
});

/** What a person wrote on a line of a file (null: on the file), or on a finding, by its key. */
export const commentSchema = z.strictObject({
  ...act,
  id: z.string(),
  on: z.union([
    z.strictObject({ path: z.string(), sha256, line: z.nullable(z.int().min(1)) }),
    z.strictObject({ finding: z.string() }),
  ]),
  text: z.string(),
  resolution,
});

/** A question of the kit and what was answered. */
export const checklistSchema = z.strictObject({
  id: z.string(),
  role: roleSchema,
  text: z.string(),
  /** Whether it is answered, be it that it does not apply. */
  done: z.boolean(),
  answer: z.enum(ANSWERS),
  note: z.string(),
  answered: z.nullable(z.strictObject(act)),
});

/** A seed as it was checked. */
export const reportSeedSchema = z.strictObject({
  name: z.string(),
  path: z.string(),
  seed: objectRef,
  expected: objectRef,
  matches: z.boolean(),
  origin: z.enum(['bundle', 'file']),
  source: z.nullable(
    z.strictObject({ path: z.string(), syntax: z.enum(SOURCE_SYNTAXES), sha256, assembles: z.boolean() }),
  ),
});

/** A step as it ran. */
export const reportStepSchema = z.strictObject({
  number: z.int().min(1),
  id: z.string(),
  stage: z.string(),
  title: z.string(),
  action: z.enum(['run', 'mkdir', 'copy', 'add', 'layer', 'write']),
  origin: originSchema,
  /** Null for a file action. */
  argv: z.nullable(z.array(z.string())),
  program: z.nullable(z.string()),
  outcome: z.enum(['done', 'failed', 'not-run']),
  end: z.nullable(endSchema),
  /** Files that it wrote, by path. */
  wrote: z.array(z.string()),
  /** Files that it was to write, by its declaration or its command line, and did not: of a step that is not done. */
  awaited: z.array(z.string()),
  /** Files it read besides programs, as observed, or as the plan says when nobody observed. */
  read: z.array(z.string()),
  /** Programs that started, null when not observed. */
  programs: z.nullable(size),
  /** Processes it consisted of, null when not observed. */
  processes: z.nullable(size),
  /** Files and links that it made and took away again, null when not observed. */
  transient: z.nullable(size),
  /** Null when it ran in this replay; else the step of an earlier replay whose results were taken over. */
  reused: stepRecordSchema.shape.reused,
});

/** A numbered piece of evidence inside the report. */
export const exhibitSchema = z.strictObject({ id: z.string(), title: z.string(), file: z.string() });

/** One line of the custody of the case. Times are what the machine claimed. */
export const custodySchema = z.strictObject({
  event: z.int().min(1),
  at: instantSchema,
  by: z.string(),
  what: z.string(),
});

/** Who has signed the case as it stands in this report. */
export const signerSchema = z.strictObject({
  role: roleSchema,
  identity: z.string(),
  fingerprint: z.string(),
  publicKey: z.string(),
  demonstration: z.boolean(),
  at: instantSchema,
  /** Number of the sign-off's event. */
  event: z.int().min(1),
  as: z.enum(['proved', 'not-proved']),
  /** How many things blocked it. */
  open: size,
  /** Whether this key also signed the list of hashes: it sealed the report. */
  seals: z.boolean(),
});

/** A sign-off that does not hold for this report, and why. */
export const lapsedSchema = z.strictObject({
  ...signerSchema.omit({ seals: true, publicKey: true }).shape,
  /** `void`: evidence was added after it; `renewed`: the key signed again; `trial`: a demonstration key, before people signed. */
  state: z.enum(['void', 'renewed', 'trial']),
  after: z.nullable(z.strictObject({ events: size, first: z.int().min(1), last: z.int().min(1) })),
});

/**
 * The file `report.json`, format 1: everything the report says, derived from the evidence beside it. Every
 * summary (page, terminal) is made from this.
 */
export const reportSchema = z.strictObject({
  format: z.literal(1),
  assay: z.strictObject({ version: z.string(), sha256 }),
  case: z.strictObject({ id: z.uuid(), name: z.string() }),
  sealedAt: instantSchema,
  /** The event log this report was made from. */
  log: z.strictObject({ size, root: sha256 }),
  verdict: z.enum(['reproduced', 'not-reproduced']),
  /** The verdict as a sentence without a full stop, and two or three that explain it. */
  headline: z.string(),
  explanation: z.string(),
  proved: z.array(statementSchema),
  notProved: z.array(statementSchema),
  kit: z.strictObject({ ...kitSchema.shape.kit.omit({ bundle: true }).shape, description: objectRef }),
  bundle: z.strictObject({
    name: z.string(),
    form: z.enum(['folder', 'archive']),
    compression: z.string(),
    bundle: objectRef,
    files: size,
    bytes: size,
    flagged: size,
  }),
  /** The files that kit and build description pin by hash, and where each was. */
  pinned: z.array(matchedPinSchema),
  /** Files beside the bundle that nobody asks for. They were in no tree. */
  extra: z.array(z.strictObject({ name: z.string(), sha256, size })),
  seeds: z.array(reportSeedSchema),
  /** How the replay was driven. */
  mode: z.enum(['stepped', 'unaided']),
  /** How an unaided replay of the same chain agrees with the stepped one; null when there was none. */
  confirmation: z.nullable(
    z.strictObject({
      replay: z.int().min(1),
      /** Files that both left with one hash, and files in which they do not agree. */
      agreeing: size,
      differing: size,
      closure: closureSchema.shape.state,
    }),
  ),
  seedReview: seedReviewSchema,
  seedReviews: z.array(seedReviewsSchema),
  fileReview: fileReviewSchema,
  comments: z.array(commentSchema),
  /** What the audit covers, in the words of a person. */
  scope: z.nullable(z.strictObject({ ...act, text: z.string() })),
  counts: countsSchema,
  closure: closureSchema,
  artifacts: z.array(artifactSchema),
  findings: z.array(findingSchema),
  stages: z.array(stageSchema),
  steps: z.array(reportStepSchema),
  machine: machineSchema,
  /** What has to be trusted by whoever trusts this report, most basic first. */
  trustedBase: z.array(z.string()),
  custody: z.array(custodySchema),
  checklist: z.array(checklistSchema),
  exhibits: z.array(exhibitSchema),
  signers: z.array(signerSchema),
  /** Sign-offs that do not hold for this report. */
  lapsed: z.array(lapsedSchema),
  /** What stands in the way of a sign-off as proved. */
  blockers: z.array(blockerSchema),
});
export type Report = z.infer<typeof reportSchema>;
export type Statement = z.infer<typeof statementSchema>;
export type ReportStep = z.infer<typeof reportStepSchema>;
export type Mark = z.infer<typeof markSchema>;
export type Exhibit = z.infer<typeof exhibitSchema>;

/** Checks a report against its schema. Throws `report.invalid` with the first bad field. */
export function assertReport(value: unknown): Report {
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw inputError(
    'report.invalid',
    `${issue?.path.join('.') ?? 'report'}: ${issue?.message ?? 'is not valid'}`,
  );
}
