import { z } from 'zod';

/**
 * Leave to use one path. A person chooses the path in a dialog of the main process; the renderer only ever holds the grant's
 * random name and what to show, and names it where a request of the engine wants a path.
 */

/** What a path was chosen as. A grant is good only for requests that want a path of its kind. */
export const grantKind = z.enum([
  /** An archive or a folder of sources, to import. */
  'bundle',
  /** A seed or another binary to review, or its commented source. */
  'seed',
  /** The folder of a case that exists. */
  'case',
  /** A folder that is not there yet, for a new case. */
  'new-case',
  /** A folder to write into. */
  'folder',
  /** A folder with a kit.toml. */
  'kit',
  /** An OpenSSH key, private or public. */
  'key',
  /** A list of allowed signers. */
  'signers',
  /** A file of annotations. */
  'annotations',
  /** A sealed report. */
  'report',
  /** A file whose bytes are compared with others. */
  'compared',
  /** A file that is to be written. */
  'target',
]);
export type GrantKind = z.infer<typeof grantKind>;

/** A grant as the renderer sees it. */
export const grantSchema = z.strictObject({
  grant: z.string().regex(/^grant:[0-9a-f]{32}$/),
  /** The whole path, to show through {@link ./inert.ts}; naming it in a request is refused. */
  label: z.string(),
});
export type Grant = z.infer<typeof grantSchema>;

/**
 * Which kinds of path each request takes, as `method.field` for every field that its definition lists under `grants`.
 * A field that is missing here takes none.
 */
export const GRANT_KINDS: Readonly<Record<string, readonly GrantKind[]>> = {
  'case.create.location': ['new-case'],
  'case.create.kitFolder': ['kit'],
  'case.open.location': ['case'],
  'bundle.import.locations': ['bundle'],
  'seed.check.locations': ['seed'],
  'key.describe.location': ['key'],
  'seed.export.location': ['target'],
  'seed.export.key': ['key'],
  'seed.import-look.location': ['annotations', 'case'],
  'seed.import.location': ['annotations', 'case'],
  'report.export.location': ['target'],
  'report.export.key': ['key'],
  'report.sign.key': ['key'],
  'report.verify.location': ['report'],
  'report.verify.allowedSigners': ['signers'],
  'findings.proposals.location': ['report', 'case'],
  'findings.take-over.location': ['report', 'case'],
  'compare.reports.locations': ['report'],
  'bundle.export.location': ['target'],
  'chain.save-figure.location': ['target'],
  'difference.bytes.fileA': ['compared'],
  'difference.bytes.fileB': ['compared', 'annotations'],
  'difference.part.fileA': ['compared'],
  'difference.part.fileB': ['compared', 'annotations'],
  'difference.next.fileA': ['compared'],
  'difference.next.fileB': ['compared', 'annotations'],
  'difference.place.fileA': ['compared'],
  'difference.place.fileB': ['compared', 'annotations'],
  'difference.explain.fileA': ['compared'],
  'difference.explain.fileB': ['compared', 'annotations'],
  'difference.outside.fileA': ['compared'],
  'difference.outside.fileB': ['compared', 'annotations'],
};
