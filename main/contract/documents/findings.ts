import { z } from 'zod';
import { commentsDocument } from './bundle-review.ts';

const path = z.string().min(1).max(4096);

/** A piece of evidence that a person lays beside a finding. */
export const exhibitedDocument = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('step'),
    replay: z.int().min(1),
    number: z.int().min(1),
    step: path,
  }),
  z.strictObject({
    kind: z.enum(['file', 'artifact']),
    path,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    line: z.int().min(1).nullable(),
  }),
  z.strictObject({
    kind: z.literal('bytes'),
    path,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    range: z.strictObject({ offset: z.int().min(0), length: z.int().min(1) }),
  }),
]);

export type ExhibitedDocument = z.infer<typeof exhibitedDocument>;

/** A piece of evidence beside a finding, and who laid it there. */
export const attachedDocument = z.object({
  id: z.string(),
  by: z.string(),
  event: z.int().min(1),
  exhibit: exhibitedDocument,
});

export const proposalsDocument = z
  .object({
    from: z.object({ source: z.enum(['report', 'case']), name: z.string(), sha256: z.string() }),
    proposals: z.array(
      z.object({
        number: z.int().min(1),
        what: z.enum(['waiver', 'raised']),
        key: z.string(),
        severity: z.enum(['high', 'medium', 'low', 'note']),
        message: z.string(),
        where: z.string(),
        reason: z.string().nullable(),
        by: z.string().describe('Who said it there.'),
        state: z
          .enum(['new', 'here', 'absent'])
          .describe('Can be taken over; is so here already; this case has no such finding.'),
      }),
    ),
    taken: z.int().min(0).describe('How many this command took over.'),
  })
  .describe('assay finding proposals --json');

export const findingsDocument = z
  .object({
    findings: z.array(
      z.object({
        id: z.string(),
        key: z.string().describe('Stable name of the finding in its case.'),
        code: z.string(),
        severity: z.enum(['high', 'medium', 'low', 'note']),
        message: z.string(),
        where: z.string(),
        state: z.enum(['open', 'waived', 'resolved']),
        waiver: z.object({ by: z.string(), reason: z.string(), event: z.int().min(1) }).nullable(),
        raised: z.object({ by: z.string(), event: z.int().min(1) }).nullable(),
        resolution: z.object({ by: z.string(), reason: z.string(), event: z.int().min(1) }).nullable(),
        exhibits: z.array(attachedDocument).describe('What people laid beside it.'),
        comments: commentsDocument.shape.comments,
      }),
    ),
  })
  .describe('assay finding list, raise, resolve, reopen, attach, detach --json');
