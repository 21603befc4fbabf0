import { z } from 'zod';
import { verifyDocument } from '../documents.ts';
import { count, location, nothing, sha256 } from './common.ts';
import { request } from './define.ts';

/** A name as OpenSSH's lists of signers take it. */
const identity = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$/);

/** The report: preview, sealing, and checking anybody's. */
export const reportRequests = {
  /** The report's page as it would be exported now, marked as a draft. */
  'report.preview': request({ input: nothing, output: z.strictObject({ html: z.string() }) }),
  /** Whether a key can be used, and whether it needs a passphrase. */
  'key.describe': request({
    input: z.strictObject({ location }),
    output: z.strictObject({
      encrypted: z.boolean(),
      type: z.string(),
      fingerprint: z.string().nullable(),
      external: z
        .boolean()
        .describe(
          'True when ssh-keygen signs: an agent, a FIDO key, or a type that Assay does not open itself.',
        ),
    }),
    grants: ['location'],
  }),
  /** Who signed the case as it stands, and whose sign-off does not hold any more. */
  'report.signers': request({
    input: nothing,
    output: z.strictObject({
      signers: z.array(
        z.object({
          role: z.enum(['auditor', 'reviewer', 'compliance']),
          identity: z.string(),
          fingerprint: z.string(),
          demonstration: z.boolean(),
          at: z.string(),
          as: z.enum(['proved', 'not-proved']),
          open: count.describe('How much was open when it was signed.'),
          event: count,
        }),
      ),
      lapsed: z.array(
        z.object({
          role: z.enum(['auditor', 'reviewer', 'compliance']),
          identity: z.string(),
          event: count,
          state: z.enum(['void', 'renewed', 'trial']),
        }),
      ),
    }),
  }),
  /** Signs the case as it stands, in a role. Void as soon as evidence is added. */
  'report.sign': request({
    input: z.strictObject({
      key: location,
      passphrase: z.string().max(1000).optional(),
      identity,
      role: z.enum(['auditor', 'reviewer', 'compliance']),
      notProved: z.boolean().default(false),
    }),
    output: nothing,
    grants: ['key'],
    exclusive: true,
  }),
  /** Signs off the newest replay and seals its report. Without a key a demonstration key signs. */
  'report.export': request({
    input: z.strictObject({
      location,
      key: location.optional(),
      passphrase: z.string().max(1000).optional(),
      identity: identity.optional(),
      role: z.enum(['auditor', 'reviewer', 'compliance']).default('auditor'),
    }),
    output: z.strictObject({
      path: z.string(),
      sha256,
      size: count,
      verdict: z.enum(['reproduced', 'not-reproduced']),
      demonstrationKey: z.boolean(),
      readBack: z.boolean().describe('Whether the written file was read again and verified.'),
    }),
    grants: ['location', 'key'],
    exclusive: true,
  }),
  /** Checks a report that anyone may have made. */
  'report.verify': request({
    input: z.strictObject({ location, allowedSigners: location.optional() }),
    output: z.strictObject({
      name: z.string(),
      sha256,
      size: count,
      verification: verifyDocument,
      /** Null when the report cannot be read. */
      report: z
        .strictObject({
          caseName: z.string(),
          sealedAt: z.string(),
          headline: z.string(),
          kit: z.string(),
          log: z.strictObject({ size: count, root: z.string() }),
        })
        .nullable(),
      /** The page inside the report, as it stands there; null when there is none. */
      html: z.string().nullable(),
    }),
    grants: ['location', 'allowedSigners'],
  }),
};
