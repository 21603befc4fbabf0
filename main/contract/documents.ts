import { z } from 'zod';
import { diffDocument } from './difference-documents.ts';
import { REVIEW_DOCUMENTS } from './review-documents.ts';
import { SEED_DOCUMENTS } from './seed-documents.ts';
import { seedStructureDocument } from './structure-document.ts';

/**
 * The JSON documents of the command line (`--json`), stable from version 0.1 on: fields may be added, none is
 * renamed or removed. Their JSON schemas are in docs/schemas, written from here.
 */
const size = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const chainVerdict = z.enum(['reproduced', 'not-reproduced']);

export const countsDocument = z
  .object({
    reproduced: size,
    differs: size,
    waived: size,
    missing: size,
    unexpected: size,
    notRun: size,
    noExpectation: size,
  })
  .describe('How many artifacts have each verdict; noExpectation is no verdict.');

export const findingDocument = z.object({
  id: z.string(),
  severity: z.enum(['high', 'medium', 'low', 'note']),
  message: z.string(),
  where: z.string(),
  code: z.string(),
  state: z.enum(['open', 'waived', 'resolved']),
});

export const seedReviewDocument = z.object({
  bytes: size.describe('Bytes of all seeds.'),
  explainedBytes: size.describe('Bytes that a person has explained.'),
  byTwoBytes: size.describe('Bytes that two people have explained.'),
  byTwoBlindBytes: size.describe('Those of them of which the one who wrote later was reviewing blind.'),
  reviewers: z.array(z.string()),
});

export const statementDocument = z.object({ text: z.string(), evidence: z.string() });

export const auditDocument = z
  .object({
    verdict: chainVerdict,
    headline: z.string(),
    artifacts: countsDocument,
    closure: z.enum(['held', 'broken', 'not-observed']),
    findings: z.array(findingDocument),
    seedReview: seedReviewDocument,
    proved: z.array(statementDocument),
    notProved: z.array(statementDocument),
    report: z.string().describe('Absolute path of the sealed report.'),
    reportSha256: sha256,
    case: z.string().describe('Absolute path of the case folder.'),
    demonstrationKey: z.boolean(),
    verified: z.object({
      assay: z.boolean(),
      sha256sum: z.boolean().nullable(),
      sshKeygen: z.boolean().nullable(),
    }),
    seconds: z.number().describe('The whole audit.'),
    replaySeconds: z.number().describe('The replay alone.'),
  })
  .describe('assay audit --json');

export const problemDocument = z.object({ code: z.string(), where: z.string(), message: z.string() });

export const verifyDocument = z
  .object({
    valid: z.boolean(),
    verdict: chainVerdict.nullable().describe('What the report says; null when it cannot be read.'),
    problems: z.array(problemDocument),
    parts: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          state: z.enum(['passed', 'failed', 'not-checked']),
          detail: z.string(),
        }),
      )
      .describe('What was checked, part by part.'),
    signatures: z.array(
      z.object({
        identity: z.string(),
        role: z.string(),
        fingerprint: z.string(),
        valid: z.boolean(),
        trusted: z.boolean().nullable().describe('Null when no list of allowed signers was given.'),
        demonstration: z.boolean(),
        over: z
          .enum(['report', 'log'])
          .describe(
            'What was signed: the list of hashes, or the case as it stood when the person signed off.',
          ),
      }),
    ),
  })
  .describe('assay verify --json');

export const statusDocument = z
  .object({
    case: z.string(),
    id: z.string(),
    name: z.string(),
    log: z.object({ size, root: sha256, broken: z.object({ seq: size, problem: z.string() }).nullable() }),
    kit: z.object({ id: z.string(), version: z.string() }).nullable(),
    bundle: z.object({ name: z.string(), sha256, files: size, bytes: size }).nullable(),
    beside: z.object({ files: size, bytes: size }).describe('Files imported beside the bundle.'),
    seeds: z.array(
      z.object({ name: z.string(), size, sha256, matches: z.boolean(), assembles: z.boolean().nullable() }),
    ),
    replay: z
      .object({
        number: size,
        mode: z.enum(['stepped', 'unaided']),
        steps: size,
        done: size,
        outcome: z.enum(['completed', 'failed', 'unfinished']),
      })
      .nullable(),
    verdict: chainVerdict.nullable(),
    artifacts: countsDocument.nullable(),
    expectations: z
      .array(
        z.object({
          source: z.enum(['kit', 'bundle', 'derived', 'report', 'image']),
          name: z.string(),
          hashes: size,
          met: size.describe('Those that the newest replay met.'),
        }),
      )
      .describe('Published hashes by who says so, side by side.'),
    closure: z.enum(['held', 'broken', 'not-observed']).nullable(),
    findings: z.array(findingDocument),
    seedReview: seedReviewDocument.nullable(),
    open: z
      .array(
        z.object({
          code: z.string(),
          text: z.string(),
          place: z.string().describe('The page on which it is resolved.'),
          items: z.array(z.string()),
          action: z.object({ label: z.string(), command: z.string() }),
        }),
      )
      .describe('What stands in the way of a sign-off as proved; the first is next.'),
    signers: z
      .array(
        z.object({
          role: z.string(),
          identity: z.string(),
          fingerprint: z.string(),
          as: z.enum(['proved', 'not-proved']),
          event: size,
        }),
      )
      .describe('Sign-offs that stand for the case as it is.'),
    sealed: z.boolean().describe('Whether the newest event is the sealing of a report.'),
  })
  .describe('assay status --json');

export const lineageDocument = z
  .object({
    target: z.string().describe('The id of the file itself.'),
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['seed', 'source', 'artifact', 'unknown']),
        path: z.string(),
        sha256: sha256.nullable(),
        step: size.nullable(),
        verdict: z
          .enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run'])
          .nullable()
          .describe('Null where nobody published a hash.'),
        reviewers: z.array(z.string()).describe('Of a source: who reviewed it as it is.'),
      }),
    ),
    edges: z.array(z.object({ from: z.string(), to: z.string(), role: z.enum(['program', 'input']) })),
    spine: z
      .array(z.object({ path: z.string(), step: size.nullable() }))
      .describe('From the file, always along the program that made it, to a seed.'),
    steps: size,
    programs: size,
    artifacts: size,
    sources: z.object({
      files: size,
      reviewed: size,
      byTwo: size,
      notReviewed: z.array(z.string()).describe('The first 1,000 of them.'),
    }),
    seeds: z.array(
      z.object({ name: z.string(), path: z.string(), sha256, bytes: size, explained: size, byTwo: size }),
    ),
    strangers: z.array(z.string()).describe('Programs that ran as they came with the bundle.'),
  })
  .describe('assay status --lineage --json');
export type LineageDocument = z.infer<typeof lineageDocument>;

export const graphDocument = z
  .object({
    lanes: z.array(z.object({ id: z.string(), title: z.string() })),
    nodes: z
      .array(
        z.object({
          id: z.string(),
          lane: z.string(),
          kind: z.enum(['seed', 'file', 'step', 'program']),
          name: z.string().describe('Its path; of a step its title.'),
          step: size.nullable(),
          sign: z
            .enum([
              'reproduced',
              'differs',
              'waived',
              'missing',
              'unexpected',
              'not-run',
              'no-expectation',
              'failed',
              'blocks',
            ])
            .nullable()
            .describe('`blocks`: a program that is neither a seed nor was made here.'),
        }),
      )
      .describe('Makers before what they made.'),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        through: z.boolean().describe('Files that are not drawn lie between.'),
      }),
    ),
    folded: size.describe('Artifacts that are not drawn.'),
  })
  .describe('assay status --graph --json');
export type GraphDocument = z.infer<typeof graphDocument>;

const besideDocument = z.object({ name: z.string(), size, sha256 });

export const filesDocument = z
  .object({
    met: z.boolean().describe('Whether every pinned file is there that the plan needs; nothing runs before.'),
    pins: z.array(
      z.object({
        path: z.string().describe('Where the file has to be in the tree.'),
        size: size.nullable().describe('Null when nobody says.'),
        sha256,
        origin: z.object({ file: z.string(), line: size }).describe('Who asks for it.'),
        state: z
          .enum(['bundle', 'file', 'wrong', 'missing', 'left-out'])
          .describe(
            'In the bundle itself, a file beside it, another file than the pinned one, not there; left-out: not there, and the plan ends before it is needed.',
          ),
        name: z.string().nullable().describe('The file beside the bundle, by name.'),
        found: sha256.nullable().describe('What a wrong one is instead.'),
      }),
    ),
    extra: z.array(besideDocument).describe('Files beside the bundle that no pin asks for.'),
  })
  .describe('assay case files --json');

export const importDocument = z
  .object({
    name: z.string(),
    form: z.enum(['folder', 'archive']),
    compression: z.string(),
    sha256,
    size: size.describe('Bytes of the bundle as it was imported.'),
    entries: size,
    files: size,
    bytes: size.describe('Bytes of all files in it.'),
    flagged: size,
    beside: z.array(besideDocument).describe('Files imported beside it, by this command.'),
    pinned: filesDocument.nullable().describe('How the pinned files are met; null for a case without a kit.'),
  })
  .describe('assay import --json');

export const kitsDocument = z
  .object({
    kits: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        version: z.string(),
        architecture: z.string(),
        summary: z.string(),
        embedded: z.boolean().describe('Whether the kit brings its bundle.'),
        seeds: z.array(
          z.object({
            name: z.string(),
            size: size.nullable().describe('Null when nobody published it.'),
            sha256,
          }),
        ),
        steps: size.nullable().describe('Null when the steps stand in the bundle, not in the kit.'),
      }),
    ),
  })
  .describe('assay kits --json');

export const kitsMatchDocument = z
  .object({
    bundle: z.object({ name: z.string(), sha256, files: size, beside: size }),
    best: z.string().nullable().describe('The kit that an audit would take; null when none or several fit.'),
    matches: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          version: z.string(),
          architecture: z.string(),
          fit: z
            .enum(['fits', 'partly', 'no'])
            .describe('partly: a seed or the pinned files are there, but not all that the kit needs.'),
          reasons: z.array(
            z.object({
              what: z.enum(['seed', 'description', 'published', 'pins', 'version']),
              met: z.boolean(),
              text: z.string(),
            }),
          ),
        }),
      )
      .describe('Every kit, the best first.'),
  })
  .describe('assay kits match --json');

export const kitsNewDocument = z
  .object({
    folder: z.string().describe('Absolute path of the kit.'),
    id: z.string(),
    seeds: z.array(
      z.object({
        path: z.string(),
        size,
        sha256,
        source: z.string().nullable().describe('The hex0 source that assembles to exactly it.'),
      }),
    ),
    reader: z.enum(['steps', 'kaem', 'containerfile']),
    steps: size.nullable().describe('Of its plan; null while that cannot be read.'),
    expectations: size.describe('Published hashes that were read.'),
    published: z.array(z.string()),
    todo: z.array(z.string()).describe('What a person has still to fill in.'),
  })
  .describe('assay kits new --json');

export const doctorDocument = z
  .object({
    ready: z.boolean().describe('Whether a replay with an observer can run here.'),
    checks: z.array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        detail: z.string(),
        cure: z.string().nullable(),
      }),
    ),
  })
  .describe('assay doctor --json');

const whereDocument = z.record(z.string(), z.union([z.string(), z.number()]));

export const errorDocument = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      where: whereDocument,
      cure: z.string().nullable(),
      problems: z
        .array(z.object({ code: z.string(), message: z.string(), where: whereDocument }))
        .optional()
        .describe('Everything that is wrong, where there is more than one thing.'),
    }),
  })
  .describe('What every command prints with --json when it fails.');

export const compareDocument = z
  .object({
    reports: z.array(
      z.object({
        path: z.string(),
        valid: z.boolean(),
        verdict: chainVerdict.nullable(),
        kit: z.string().nullable(),
        bundle: sha256.nullable(),
        signers: z.array(z.object({ identity: z.string(), fingerprint: z.string() })),
        environment: z.object({ kernel: z.string(), processor: z.string(), runtime: z.string() }).nullable(),
        kind: z.enum(['replay', 'report']),
        name: z.string().describe('What it is called: Replay 2, or the name of the file.'),
        replay: size.nullable().describe('Number of the replay, for one of a case.'),
        completed: z
          .boolean()
          .nullable()
          .describe('Whether it ran to its end; null where that is not known.'),
      }),
    ),
    says: z.string().describe('How many agree on everything, as a sentence.'),
    environment: z
      .array(
        z.object({
          name: z.string(),
          values: z
            .array(z.string().nullable())
            .describe('One for each report, in their order; null where it is not known.'),
          differs: z.boolean(),
          together: z
            .string()
            .nullable()
            .describe(
              'When it differs together with the first divergence: between whom, as a sentence. No cause is claimed.',
            ),
        }),
      )
      .describe('What the replays were run with.'),
    unanimous: z
      .boolean()
      .describe('Whether all reports have the same hash for every artifact that any of them has.'),
    quorum: z.object({ needed: size, agreeing: size }),
    reached: z.boolean().describe('Whether as many agree as were asked for.'),
    firstDivergence: z
      .object({
        path: z.string(),
        step: size.nullable(),
        later: size.describe('Artifacts after it that do not agree.'),
        says: z.string().describe('What it means for what comes after, as a sentence.'),
      })
      .nullable(),
    artifacts: z.array(
      z.object({
        path: z.string(),
        step: size.nullable(),
        state: z.enum(['agrees', 'differs', 'partial']),
        hashes: z
          .array(sha256.nullable())
          .describe('One for each report, in their order; null where it is not there.'),
        expected: sha256
          .nullable()
          .describe('What somebody published; null when nobody did, or not one hash.'),
        sizes: z.array(size.nullable()).describe('In bytes, one for each report.'),
        verdicts: z
          .array(z.enum(['reproduced', 'differs', 'waived', 'missing', 'unexpected', 'not-run']).nullable())
          .describe('One for each report; null where nobody published a hash.'),
      }),
    ),
  })
  .describe('assay compare --json');

export const imageDocument = z
  .object({
    out: z.string().describe('Absolute path of the folder or file that was written.'),
    name: z.string(),
    form: z.enum(['buildkit', 'plain']),
    manifest: sha256.describe("Sha256 of the manifest: the image's digest."),
    config: sha256,
    diffIds: z.array(sha256).describe('Of the tar of each layer, lowest first.'),
    published: z
      .nullable(sha256)
      .describe('The digest that the kit says was published; null when there is none.'),
    comparison: z
      .nullable(
        z.object({
          differentLayer: z
            .nullable(size)
            .describe('The first layer, from 0, that differs; null when none does.'),
          same: size,
          missing: z.array(z.string()),
          extra: z.array(z.string()),
          different: z.array(z.string()),
        }),
      )
      .describe('With the image named by --compare.'),
  })
  .describe('assay image --json');
export type ImageDocument = z.infer<typeof imageDocument>;

/** Every document by the name of its schema file. */
export const DOCUMENTS = {
  ...REVIEW_DOCUMENTS,
  ...SEED_DOCUMENTS,
  image: imageDocument,
  'seed-structure': seedStructureDocument,
  audit: auditDocument,
  verify: verifyDocument,
  status: statusDocument,
  lineage: lineageDocument,
  graph: graphDocument,
  kits: kitsDocument,
  'kits-match': kitsMatchDocument,
  'kits-new': kitsNewDocument,
  files: filesDocument,
  import: importDocument,
  doctor: doctorDocument,
  compare: compareDocument,
  diff: diffDocument,
  error: errorDocument,
} as const;

export type AuditDocument = z.infer<typeof auditDocument>;
export type VerifyDocument = z.infer<typeof verifyDocument>;
export type StatusDocument = z.infer<typeof statusDocument>;
export type FilesDocument = z.infer<typeof filesDocument>;
export type ImportDocument = z.infer<typeof importDocument>;
export type KitsNewDocument = z.infer<typeof kitsNewDocument>;
export type KitsMatchDocument = z.infer<typeof kitsMatchDocument>;
export type KitsDocument = z.infer<typeof kitsDocument>;
export type DoctorDocument = z.infer<typeof doctorDocument>;
export type CompareDocument = z.infer<typeof compareDocument>;
export type ErrorDocument = z.infer<typeof errorDocument>;
