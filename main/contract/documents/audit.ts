import { z } from 'zod';
import { chainVerdict, sha256, size } from './fields.ts';

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
      z.object({
        name: z.string(),
        size,
        sha256,
        matches: z.boolean().nullable().describe('Null in a case without a kit.'),
        assembles: z.boolean().nullable(),
      }),
    ),
    replay: z
      .object({
        number: size,
        mode: z.enum(['stepped', 'unaided']),
        steps: size,
        done: size,
        outcome: z.enum(['completed', 'failed', 'unfinished']),
        running: z.boolean().describe('Whether it runs now.'),
        resumes: size.nullable().describe('The failed replay that it goes on from.'),
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
    seedReview: seedReviewDocument
      .nullable()
      .describe('Of somebody who reviews blind only what is their own; null when nothing may be shown.'),
    blind: z
      .array(
        z.object({
          seed: z.string(),
          by: z.array(z.string()),
          withheld: z.boolean().describe('Whether what others say of it is withheld from who looks.'),
        }),
      )
      .describe('Seeds that are reviewed blind.'),
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

export type AuditDocument = z.infer<typeof auditDocument>;

export type VerifyDocument = z.infer<typeof verifyDocument>;

export type StatusDocument = z.infer<typeof statusDocument>;
