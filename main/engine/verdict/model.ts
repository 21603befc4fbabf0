import { z } from 'zod';
import { countsDocument } from '../../contract/documents.ts';
import { exhibitedSchema, SEVERITIES } from '../case/index.ts';
import { expectationSchema } from '../chain/index.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().min(0);

/** The verdicts of an artifact, in the order in which they are shown. */
export const VERDICTS = ['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run'] as const;
export const verdictSchema = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdictSchema>;

/** A named person's reason to accept a difference. */
export const waiverSchema = z.strictObject({ by: z.string(), reason: z.string(), event: z.int().min(1) });

/** A file that the chain made or should have made. */
export const artifactSchema = z.strictObject({
  path: z.string(),
  /** The step after which the file was so, for one that a later step changed or took away; null: as the chain left it. */
  after: z.nullable(z.int().min(1)),
  /** The step that wrote it last, until then; null when none did. */
  step: z.nullable(z.int().min(1)),
  /** As measured; null when it is not there. */
  size: z.nullable(size),
  sha256: z.nullable(sha256),
  /** Of its Nix archive, as measured, where somebody published that; left out otherwise. */
  nar: sha256.optional(),
  /** Null: nobody published a hash for it and it is not among the results. That is no verdict. */
  verdict: z.nullable(verdictSchema),
  /** Whether it lies among the chain's results. */
  result: z.boolean(),
  expectations: z.array(expectationSchema),
  waiver: z.nullable(waiverSchema),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** How many artifacts have each verdict. `noExpectation` counts those without any. */
export const countsSchema = z.strictObject(countsDocument.shape);
export type Counts = z.infer<typeof countsSchema>;

/** Whether every program that ran was a seed or was made by the same replay before it ran. */
export const closureSchema = z.strictObject({
  state: z.enum(['held', 'broken', 'not-observed']),
  /** Programs that started, and how many different ones by hash. */
  programs: size,
  distinct: size,
  /** Of the programs, scripts that came as sources and were run by a program inside the closure. */
  scripts: size,
  /** Of the programs, those that one step wrote, ran and took away or changed again, so that their content is not known. */
  passing: size,
  /** Seeds that ran, by path. */
  seeds: z.array(z.string()),
});
export type Closure = z.infer<typeof closureSchema>;

/** Something that an auditor has to look at. */
export const findingSchema = z.strictObject({
  /** `F-01` and so on, in the order of the list. */
  id: z.string(),
  /** Stable name of this finding in this case, for waivers: code and subject. */
  key: z.string(),
  /** Literal, `area.problem`. */
  code: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  /** Path, step or seed that it is about. */
  where: z.string(),
  /** `resolved`: a person raised it, and a person said what settled it. */
  state: z.enum(['open', 'waived', 'resolved']),
  waiver: z.nullable(waiverSchema),
  /** Who raised it; null when it follows from the evidence. */
  raised: z.nullable(z.strictObject({ by: z.string(), event: z.int().min(1) })),
  resolution: z.nullable(waiverSchema),
  /** What people laid beside it; left out when there is nothing. */
  exhibits: z
    .array(
      z.strictObject({ id: z.string(), by: z.string(), event: z.int().min(1), exhibit: exhibitedSchema }),
    )
    .optional(),
});
export type Finding = z.infer<typeof findingSchema>;
