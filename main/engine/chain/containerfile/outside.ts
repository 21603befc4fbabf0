import { z } from 'zod';
import { inputError, type Sha256, sha256Of } from '../../base/index.ts';
import type { DescriptionFiles } from '../kaem/index.ts';

/** The largest document of an image that is read, in bytes. */
export const DOCUMENT_LIMIT = 4 << 20;
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const manifestSchema = z.object({
  config: z.object({ digest }),
  layers: z.array(z.object({ digest })).max(1000),
});
const configSchema = z.object({
  architecture: z.string(),
  config: z
    .object({
      Env: z.array(z.string().regex(/^[^=]+=/)).default([]),
      WorkingDir: z.string().default('/'),
      Shell: z.array(z.string()).min(1).optional(),
    })
    .default({ Env: [], WorkingDir: '/' }),
  history: z
    .array(z.object({ created_by: z.string().default(''), empty_layer: z.boolean().default(false) }))
    .max(2000)
    .optional(),
});

/** The file of an OCI layout that holds what has this sha256. */
export function blobPath(layout: string, sha256: Sha256): string {
  return `${layout}/blobs/sha256/${sha256}`;
}

/** The hashes of what the manifest of an image names: its config and its layers. Throws `containerfile.image`. */
export function partsOf(manifest: Buffer, file: string): Sha256[] {
  const parsed = manifestSchema.safeParse(parseJson(manifest, file));
  if (!parsed.success) throw bad(file, 'a document of the image is not as OCI has it');
  const { config, layers } = parsed.data;
  return [config, ...layers].map(part => part.digest.slice('sha256:'.length));
}

/** An image from outside, which the bundle holds as an OCI layout. */
export interface OutsideImage {
  /** The layers' files in the tree, lowest first. */
  readonly layers: readonly string[];
  readonly environment: readonly (readonly [string, string])[];
  readonly workingFolder: string;
  readonly shell: readonly string[] | null;
  /** What made each layer, lowest first, and what made none. */
  readonly history: readonly { readonly createdBy: string; readonly isEmpty: boolean }[];
  /** The files that were read, in the tree. */
  readonly description: readonly string[];
}

/**
 * Reads an image of a layout in the bundle by the digest of its manifest. Throws `containerfile.image` when it is not there,
 * not what its digest says or of another architecture. Layers are checked when they are unpacked: their names are hashes.
 */
export function readOutside(
  files: DescriptionFiles,
  { layout, digest: wanted }: { readonly layout: string; readonly digest: Sha256 },
  architecture: string,
): OutsideImage {
  const blob = (sha256: string) => blobPath(layout, sha256);
  const read = <T>(schema: z.ZodType<T>, sha256: string): T => {
    const file = blob(sha256);
    if (files.type(file) !== 'file') throw bad(file, 'a part of the image is not in the bundle');
    const bytes = files.read(file, DOCUMENT_LIMIT);
    if (sha256Of(bytes) !== sha256)
      throw bad(file, 'a part of the image does not have the hash it is named by');
    const parsed = schema.safeParse(parseJson(bytes, file));
    if (!parsed.success) throw bad(file, 'a document of the image is not as OCI has it');
    return parsed.data;
  };
  const manifest = read(manifestSchema, wanted);
  const config = read(configSchema, manifest.config.digest.slice(7));
  if (config.architecture !== architecture) {
    throw bad(blob(wanted), `the image is for ${config.architecture}, not for ${architecture}`);
  }
  const environment = config.config.Env.map((text): [string, string] => {
    const equals = text.indexOf('=');
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  return {
    layers: manifest.layers.map(layer => blob(layer.digest.slice(7))),
    environment,
    workingFolder: config.config.WorkingDir || '/',
    shell: config.config.Shell ?? null,
    history: historyOf(config, manifest.layers.length, blob(manifest.config.digest.slice(7))),
    description: [blob(wanted), blob(manifest.config.digest.slice(7))],
  };
}

/** An image need not have a history; one that it has must speak of every layer. */
function historyOf(
  { history }: z.infer<typeof configSchema>,
  layers: number,
  file: string,
): OutsideImage['history'] {
  const all = history?.map(each => ({ createdBy: each.created_by, isEmpty: each.empty_layer }));
  if (!all) return Array.from({ length: layers }, () => ({ createdBy: '', isEmpty: false }));
  if (all.filter(each => !each.isEmpty).length === layers) return all;
  throw bad(file, 'the history of the image speaks of another number of layers than its manifest');
}

function parseJson(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw bad(file, 'a document of the image is not JSON');
  }
}

function bad(entry: string, problem: string): Error {
  return inputError('containerfile.image', problem, { entry });
}
