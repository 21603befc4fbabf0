import { z } from 'zod';
import { inputError, type Sha256, sha256Of, type TaskOptions } from '../base/index.ts';
import { Pace } from '../bundle/index.ts';
import { type LayerEntry, readLayer } from './read-layer.ts';
import type { ImageSource } from './source.ts';

/** Bytes of an index, a manifest or a config that are read. */
const DOCUMENT_LIMIT = 4 << 20;
const LAYERS = 1000;
/** Indexes that may lead to one another. */
const NESTING = 4;

/** An image that was read. Everything that names something by hash was checked. */
export interface ReadImage {
  readonly form: 'oci' | 'docker';
  /** The image's digest; null in a docker-archive, which has no manifest of that kind. */
  readonly manifest: Sha256 | null;
  readonly config: Sha256;
  readonly architecture: string;
  readonly layers: readonly ReadLayer[];
}

/** A layer that was read. */
export interface ReadLayer {
  /** Of the tar. */
  readonly diffId: Sha256;
  /** In the order of the tar; of several entries of one path the last counts. */
  readonly entries: readonly LayerEntry[];
}

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const descriptor = z.object({
  digest,
  mediaType: z.string().default(''),
  platform: z.object({ architecture: z.string() }).optional(),
});
const indexSchema = z.object({ manifests: z.array(descriptor).min(1).max(1000) });
const manifestSchema = z.object({ config: descriptor, layers: z.array(descriptor).max(LAYERS) });
const configSchema = z.object({
  architecture: z.string(),
  rootfs: z.object({ diff_ids: z.array(digest).max(LAYERS) }),
});
const dockerSchema = z
  .array(z.object({ Config: z.string().max(4096), Layers: z.array(z.string().max(4096)).max(LAYERS) }))
  .min(1);

/** Where the parts of an image lie in its source. */
interface Parts {
  readonly form: ReadImage['form'];
  readonly manifest: Sha256 | null;
  readonly config: string;
  readonly layers: readonly string[];
}

/**
 * Reads an OCI image layout or a docker-archive. Layers may be plain or compressed with gzip or zstd. Nothing is written.
 * `wanted` names the image by its digest when there are several. Throws `image.unknown-form`, `image.several`,
 * `image.not-there`, `image.bad-document`, `image.damaged`, `image.missing`, or `archive.*` for a layer that is refused.
 */
export async function readImage(
  source: ImageSource,
  wanted: Sha256 | null = null,
  options: TaskOptions = {},
): Promise<ReadImage> {
  const parts = source.sizeOf('oci-layout') === null ? dockerParts(source, wanted) : ociParts(source, wanted);
  const config = read(source, parts.config);
  const configSha256 = sha256Of(config);
  const { architecture, rootfs } = parse(configSchema, config, source, parts.config);
  if (rootfs.diff_ids.length !== parts.layers.length) {
    throw bad(source, parts.config, 'the config names another number of layers than the manifest');
  }
  const total = parts.layers.reduce((sum, path) => sum + (source.sizeOf(path) ?? 0), 0);
  const pace = new Pace(options, { task: 'Reading image', total, unit: 'bytes' });
  const layers: ReadLayer[] = [];
  for (const [i, path] of parts.layers.entries()) {
    const { diffId, sha256, entries } = await readLayer(source, sized(source, path), path, pace);
    if (path.startsWith('blobs/sha256/') && !path.endsWith(sha256)) throw damaged(source, path, sha256);
    if (rootfs.diff_ids[i] !== `sha256:${diffId}`) throw damaged(source, path, diffId);
    layers.push({ diffId, entries });
  }
  return { form: parts.form, manifest: parts.manifest, config: configSha256, architecture, layers };
}

function dockerParts(source: ImageSource, wanted: Sha256 | null): Parts {
  if (source.sizeOf('manifest.json') === null || wanted !== null) {
    throw inputError(
      'image.unknown-form',
      wanted === null
        ? 'this is neither an OCI image layout nor a docker-archive'
        : 'only in an OCI image layout can an image be found by its digest',
      { file: source.file },
      'Make one with: podman save --format oci-archive --output FILE IMAGE',
    );
  }
  const images = parse(dockerSchema, read(source, 'manifest.json'), source, 'manifest.json');
  const [image] = images;
  if (!image || images.length > 1) throw several(source, images.length);
  return { form: 'docker', manifest: null, config: image.Config, layers: image.Layers };
}

function ociParts(source: ImageSource, wanted: Sha256 | null): Parts {
  const found = manifestsOf(source, 'index.json', 0);
  const fitting = wanted === null ? found : found.filter(each => each.sha256 === wanted);
  const [one] = fitting;
  if (!one) {
    throw inputError('image.not-there', `there is no image with the digest sha256:${wanted}`, {
      file: source.file,
    });
  }
  if (fitting.some(each => each.sha256 !== one.sha256)) throw several(source, fitting.length);
  const path = blobPath(`sha256:${one.sha256}`);
  const manifest = parse(manifestSchema, readBlob(source, path), source, path);
  const config = blobPath(manifest.config.digest);
  readBlob(source, config);
  const layers = manifest.layers.map(layer => blobPath(layer.digest));
  return { form: 'oci', manifest: one.sha256, config, layers };
}

/** The images that an index leads to. What says that it runs on no machine is no image but a statement about one. */
function manifestsOf(source: ImageSource, path: string, depth: number): { sha256: Sha256 }[] {
  const bytes = depth === 0 ? read(source, path) : readBlob(source, path);
  return parse(indexSchema, bytes, source, path)
    .manifests.filter(each => each.platform?.architecture !== 'unknown')
    .flatMap(each => {
      if (!/image\.index|manifest\.list/.test(each.mediaType)) return [{ sha256: each.digest.slice(7) }];
      if (depth >= NESTING) throw bad(source, path, 'indexes lead to one another too often');
      return manifestsOf(source, blobPath(each.digest), depth + 1);
    });
}

function blobPath(name: string): string {
  return `blobs/${name.replace(':', '/')}`;
}

function sized(source: ImageSource, path: string): number {
  const size = source.sizeOf(path);
  if (size !== null) return size;
  throw inputError(
    'image.missing',
    'a part of the image is missing',
    { file: source.file, entry: path },
    'Get a complete copy of it.',
  );
}

function read(source: ImageSource, path: string): Buffer {
  const size = sized(source, path);
  if (size > DOCUMENT_LIMIT) throw bad(source, path, `it is larger than ${DOCUMENT_LIMIT} bytes`);
  return Buffer.concat([...source.pieces(path)].map(piece => Buffer.from(piece)));
}

function readBlob(source: ImageSource, path: string): Buffer {
  const bytes = read(source, path);
  if (!path.endsWith(sha256Of(bytes))) throw damaged(source, path, sha256Of(bytes));
  return bytes;
}

function parse<T>(schema: z.ZodType<T>, bytes: Buffer, source: ImageSource, path: string): T {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw bad(source, path, 'it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw bad(source, path, `${issue?.path.join('.')}: ${issue?.message}`);
}

function bad({ file }: ImageSource, entry: string, problem: string): Error {
  return inputError('image.bad-document', `this is no document of an image: ${problem}`, { file, entry });
}

function damaged({ file }: ImageSource, entry: string, found: Sha256): Error {
  return inputError(
    'image.damaged',
    `a part of the image does not have the sha256 it is named by, but ${found}`,
    { file, entry },
    'Get a complete copy of it.',
  );
}

function several({ file }: ImageSource, count: number): Error {
  return inputError(
    'image.several',
    `there are ${count} images in it`,
    { file },
    'Save one image alone, or name one by its digest.',
  );
}
