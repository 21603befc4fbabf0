import { z } from 'zod';

/** The JSON documents of the commands that review: seeds, files, checklist, undo. Stable as those in documents.ts are. */
const size = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const range = z.object({ offset: size, length: z.int().min(1) });
const ranges = z.array(range).describe('Ascending, apart from each other.');
const act = { by: z.string(), at: z.string(), event: z.int().min(1) };

export const resolutionDocument = z.object({ ...act, reason: z.string() });

export const annotationDocument = z.object({
  id: z.string(),
  seed: sha256,
  ranges,
  kind: z.enum(['explained', 'question', 'concern']),
  label: z.string(),
  note: z.string().describe('Markdown.'),
  group: z.string().nullable(),
  colour: z.string().nullable(),
  ...act,
  origin: z
    .discriminatedUnion('from', [
      z.object({ from: z.literal('template'), kit: sha256, template: z.int().min(1) }),
      z.object({
        from: z.literal('file'),
        file: sha256,
        author: z.string(),
        key: z.string().optional().describe('Fingerprint of the key that signed the file.'),
      }),
      z.object({ from: z.literal('case'), case: z.string(), seed: sha256, author: z.string() }),
    ])
    .nullable()
    .describe('Whose words they are, when the person agreed to somebody else’s.'),
  changed: z.object(act).nullable(),
  resolution: resolutionDocument.nullable(),
});

export const annotationsDocument = z
  .object({ annotations: z.array(annotationDocument) })
  .describe('assay seed annotations, annotate, annotation edit/remove/resolve, accept-templates --json');

export const annotationGroupsDocument = z
  .object({
    groups: z.array(
      z.object({
        name: z.string(),
        annotations: size,
        bytes: size.describe('Bytes that they speak of, each counted once.'),
        by: z.array(z.string()).describe('Whose annotations are in it.'),
      }),
    ),
  })
  .describe('assay seed groups --json');

export const annotationHistoryDocument = z
  .object({
    id: z.string(),
    events: z.array(
      z.object({
        ...act,
        type: z.enum(['seed-annotated', 'annotation-changed', 'annotation-removed', 'annotation-resolved']),
        undone: z.boolean().describe('Whether its action was taken back.'),
        content: annotationDocument
          .pick({ ranges: true, kind: true, label: true, note: true, group: true, colour: true })
          .nullable()
          .describe('What it said from then on; null for an event that is no wording.'),
        changed: z
          .array(z.enum(['ranges', 'kind', 'label', 'note', 'group', 'colour']))
          .describe('What is other than in the wording before that was in force.'),
        reason: z.string().nullable().describe('What settled it.'),
      }),
    ),
  })
  .describe('assay seed annotation history --json');

export const blindReviewDocument = z.object({
  by: z.string(),
  begun: z.object(act),
  ended: z.object(act).nullable().describe('Null while it goes on.'),
  others: size.describe('Annotations of others that stood when it began.'),
  explained: size.describe('Bytes that the person had explained when it ended, or has now.'),
  whole: z.boolean().describe('Whether these were all bytes of the seed.'),
});

export const blindDocument = z
  .object({
    seed: sha256,
    hides: z.boolean().describe('Whether who looks reviews it blind, and is shown only what is their own.'),
    reviews: z.array(blindReviewDocument),
  })
  .describe('assay seed blind begin, end, status --json');

export const disagreementsDocument = z
  .object({
    seed: sha256,
    hidden: z.boolean().describe('Whether who looks reviews it blind, and is told nothing.'),
    disagreements: z.array(
      z.object({
        offset: size,
        length: z.int().min(1),
        what: z
          .enum(['doubt', 'kinds', 'one'])
          .describe(
            'doubt: one explained what another asks about or warns of; kinds: one asks, another warns; one: only one of several people says anything.',
          ),
        sides: z.array(
          z.object({
            by: z.string(),
            kinds: z.array(z.enum(['explained', 'question', 'concern'])),
            annotations: z.array(z.string()).describe('Their ids.'),
          }),
        ),
      }),
    ),
  })
  .describe('assay seed disagreements --json');

export const coverageDocument = z
  .object({
    seeds: z.array(
      z.object({
        name: z.string(),
        sha256,
        size,
        explained: size.describe('Bytes that somebody explained.'),
        byTwo: size.describe('Bytes that at least two people explained.'),
        byTwoBlind: size.describe('Those of them of which the one who wrote later was reviewing blind.'),
        blind: z.array(blindReviewDocument),
        reviewers: z.array(z.object({ name: z.string(), bytes: size, ranges })),
        unexplained: ranges,
        notByTwo: ranges,
        open: z
          .object({ questions: size, concerns: size })
          .describe('Questions and concerns that nobody settled.'),
        next: size.nullable().describe('The next byte that is not explained; null when there is none.'),
      }),
    ),
  })
  .describe('assay seed coverage --json');

const entryKind = z.string().describe('directory, link, empty, text, script, elf, archive, image or binary.');

export const listDocument = z
  .object({
    entries: z.array(
      z.object({
        path: z.string(),
        type: z.enum(['file', 'directory', 'symlink', 'hardlink']),
        kind: entryKind,
        files: size.describe('Files in it, at any depth; 1 for a file.'),
        size: size.describe('Bytes of the file, or of all files in it.'),
        sha256: sha256.nullable(),
        target: z.string().nullable(),
        flags: z.array(z.string()),
        reviewers: z.array(z.string()).describe('Who reviewed exactly this file.'),
      }),
    ),
  })
  .describe('assay bundle ls --json');

export const catDocument = z
  .object({
    path: z.string(),
    sha256: sha256.nullable(),
    size: size.describe('Of the whole file.'),
    offset: size,
    base64: z.base64(),
  })
  .describe('assay bundle cat --json');

export const searchDocument = z
  .object({
    hits: z.array(
      z.object({
        path: z.string(),
        kind: entryKind,
        size,
        sha256: sha256.nullable(),
        offset: size.nullable().describe('Null when only the name was looked for.'),
        line: z.int().min(1).nullable().describe('From 1; null where the file is no text.'),
        excerpt: z.string().nullable().describe('The line, or bytes as hexadecimal digits.'),
      }),
    ),
    truncated: z.boolean(),
    files: size.describe('Files whose content was looked at.'),
    bytes: size,
  })
  .describe('assay bundle search --json');

const ofSeed = { name: z.string(), seed: sha256 };
export const seedFindDocument = z
  .object({
    ...ofSeed,
    length: size.describe('Of the pattern, in bytes.'),
    offsets: z.array(size).describe('Where it stands, in the order of the search; places may overlap.'),
    total: size.describe('Places found, those that were only counted included.'),
    complete: z.boolean().describe('False when there are more than `total`.'),
  })
  .describe('assay seed find --json');

export const seedMeasureDocument = z
  .object({
    ...ofSeed,
    offset: size,
    sha256,
    length: size,
    zeros: size,
    distinct: size.describe('Different values, 0 to 256.'),
    entropy: z.number().min(0).max(8).describe('Bits a byte.'),
  })
  .describe('assay seed measure --json');

export const reviewDocument = z
  .object({
    by: z.string(),
    withdrawn: z.boolean(),
    files: z.array(z.object({ path: z.string(), sha256 })),
  })
  .describe('assay bundle review --json');

export const commentsDocument = z
  .object({
    comments: z.array(
      z.object({
        id: z.string(),
        on: z.union([
          z.object({ path: z.string(), sha256, line: z.int().min(1).nullable() }),
          z.object({ finding: z.string().describe('The key of the finding.') }),
        ]),
        text: z.string(),
        ...act,
        resolution: resolutionDocument.nullable(),
      }),
    ),
  })
  .describe('assay bundle comment, bundle comments, finding comment --json');

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

export const progressDocument = z
  .object({
    folders: z.array(
      z.object({
        path: z.string().describe('Empty for the whole bundle.'),
        files: size,
        bytes: size,
        reviewed: size,
        byTwo: size,
        reviewers: z.record(z.string(), size),
      }),
    ),
  })
  .describe('assay bundle progress --json');

export const checklistDocument = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        role: z.enum(['auditor', 'reviewer', 'compliance']),
        text: z.string(),
        answer: z.enum(['done', 'not-applicable', 'open']),
        note: z.string(),
        answered: z.object(act).nullable(),
      }),
    ),
  })
  .describe('assay case checklist --json');

export const scopeDocument = z
  .object({ scope: z.object({ ...act, text: z.string() }).nullable() })
  .describe('assay case scope --json');

export const signOffDocument = z
  .object({
    role: z.enum(['auditor', 'reviewer', 'compliance']),
    identity: z.string(),
    fingerprint: z.string(),
    as: z.enum(['proved', 'not-proved']),
    open: size.describe('How many things blocked it.'),
    event: z.int().min(1),
  })
  .describe('assay sign-off CASE --json');

const expectedBytes = z
  .string()
  .nullable()
  .describe('Bytes expected there, as hexadecimal digits; ? stands for any digit.');

export const templateDocument = z.object({
  number: z.int().min(1),
  offset: size,
  length: z.int().min(1),
  label: z.string(),
  expect: expectedBytes,
  also: z
    .array(z.object({ offset: size, length: z.int().min(1), expect: expectedBytes }))
    .describe('Further ranges that the same words are about.'),
  note: z.string().describe('Markdown.'),
  fits: z.boolean().describe('Whether the seed has such bytes, and those that are expected.'),
  accepted: z.array(z.string()).describe('Who agreed.'),
});

export const templatesDocument = z
  .object({ templates: z.array(templateDocument) })
  .describe('assay seed templates --json');

export const annotationsExportDocument = z
  .object({
    path: z.string(),
    sha256,
    size,
    signature: z.string().nullable().describe('The signature that was written beside it; null for none.'),
    fingerprint: z.string().nullable().describe('Of the key that signed.'),
  })
  .describe('assay seed export --json');

const mergeItem = z.object({
  number: z.int().min(1).describe('Its place in the source.'),
  state: z
    .enum(['new', 'same', 'conflict', 'changed', 'elsewhere'])
    .describe('changed: this seed has only a part of its bytes, or others in their place.'),
  ranges: ranges.nullable().describe('Where the bytes stand in this seed.'),
  moved: z.boolean(),
  theirs: annotationDocument
    .pick({ id: true, ranges: true, kind: true, label: true, note: true, group: true, colour: true })
    .extend({ by: z.string(), at: z.string() }),
  ours: annotationDocument.nullable().describe('What it is in conflict with; null when that was taken away.'),
});

export const annotationsLookDocument = z
  .object({
    source: z.object({
      kind: z.enum(['file', 'case']),
      name: z.string(),
      sha256,
      seed: z.object({ name: z.string(), size, sha256 }),
      same: z.boolean().describe('Whether it speaks of exactly this seed.'),
    }),
    signature: z.object({
      state: z.enum(['none', 'good', 'bad']).describe('Good says which key, not whose it is.'),
      fingerprint: z.string().nullable(),
      problem: z.string().nullable(),
    }),
    items: z.array(mergeItem),
    fresh: ranges
      .nullable()
      .describe('What this seed has and that one had not; null when the bytes of that one are not known.'),
  })
  .describe('assay seed import --look, carry --json');

export const annotationsImportDocument = z
  .object({
    ...annotationsLookDocument.shape,
    added: z.array(z.string()).describe('Ids of the annotations that were added.'),
    replaced: z.array(z.string()).describe('Ids of one’s own that were taken away for them.'),
  })
  .describe('assay seed import, carry --json');

export const actionDocument = z
  .object({
    action: z.object({
      by: z.string(),
      type: z.string(),
      first: z.int().min(1),
      last: z.int().min(1),
      undone: z.boolean(),
    }),
  })
  .describe('assay undo --json');

/** Every document of the review by the name of its schema file. */
export const REVIEW_DOCUMENTS = {
  annotations: annotationsDocument,
  'annotation-groups': annotationGroupsDocument,
  'annotation-history': annotationHistoryDocument,
  coverage: coverageDocument,
  'blind-review': blindDocument,
  disagreements: disagreementsDocument,
  action: actionDocument,
  'bundle-ls': listDocument,
  'bundle-cat': catDocument,
  'bundle-search': searchDocument,
  'bundle-review': reviewDocument,
  'seed-find': seedFindDocument,
  'seed-measure': seedMeasureDocument,
  'bundle-progress': progressDocument,
  comments: commentsDocument,
  findings: findingsDocument,
  proposals: proposalsDocument,
  checklist: checklistDocument,
  scope: scopeDocument,
  templates: templatesDocument,
  'annotations-export': annotationsExportDocument,
  'annotations-import': annotationsImportDocument,
  'annotations-look': annotationsLookDocument,
  'sign-off': signOffDocument,
} as const;

export type AnnotationDocument = z.infer<typeof annotationDocument>;
export type AnnotationsDocument = z.infer<typeof annotationsDocument>;
export type CoverageDocument = z.infer<typeof coverageDocument>;
export type ActionDocument = z.infer<typeof actionDocument>;
