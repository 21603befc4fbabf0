import type { Sha256 } from '../base/index.ts';

/** Media types of the OCI image specification 1.1. */
export const MEDIA = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** What an image tells a runtime. */
export interface ImageConfig {
  /** As Go names it: `amd64`, `386`, `arm64`, `riscv64`. */
  readonly architecture: string;
  readonly environment: readonly (readonly [string, string])[];
  /** Absolute. */
  readonly workingFolder: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly shell?: readonly string[];
}

/** How an image's documents are put into bytes. */
export interface ImageForm {
  /** Time of every file, in seconds since 1970. */
  readonly time: number;
  /** Who made a layer, in its history. */
  readonly comment?: string;
  /** What is set in front of the environment. */
  readonly path?: string;
  readonly layerAnnotations: Readonly<Record<string, string>>;
  readonly manifestAnnotations: Readonly<Record<string, string>>;
}

/** Plain: nothing that is not needed. */
export const PLAIN_FORM: ImageForm = { time: 0, layerAnnotations: {}, manifestAnnotations: {} };

/** What BuildKit sets as PATH on Linux. */
const BUILDKIT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * As `docker buildx build` with `type=oci,rewrite-timestamp=true,force-compression=true` and SOURCE_DATE_EPOCH=1 writes it.
 * The annotations are those of the command line.
 */
export function buildkitForm(manifestAnnotations: Readonly<Record<string, string>>): ImageForm {
  return {
    time: 1,
    comment: 'buildkit.dockerfile.v0',
    path: BUILDKIT_PATH,
    layerAnnotations: { 'buildkit/rewritten-timestamp': '1' },
    manifestAnnotations,
  };
}

/** A layer as the documents speak of it. */
export interface LayerFacts {
  /** Of the tar. */
  readonly diffId: Sha256;
  /** Of the compressed tar, and its size. */
  readonly sha256: Sha256;
  readonly size: number;
  readonly createdBy: string;
}

/** An entry of an image's history: a layer, or something that made none. */
export type HistoryFacts = LayerFacts | Pick<LayerFacts, 'createdBy'>;

/** The entries that are layers. */
export function layersOf(history: readonly HistoryFacts[]): LayerFacts[] {
  return history.filter(each => 'diffId' in each);
}

/** The bytes of an image's config: compact JSON, keys in the order in which Go's types have them. */
export function configBytes(config: ImageConfig, form: ImageForm, all: readonly HistoryFacts[]): Buffer {
  const created = new Date(form.time * 1000).toISOString().replace('.000Z', 'Z');
  const hasPath = config.environment.some(([name]) => name === 'PATH');
  const environment = [
    ...(form.path === undefined || hasPath ? [] : [`PATH=${form.path}`]),
    ...config.environment.map(([name, value]) => `${name}=${value}`),
  ];
  const history = all.map(each => ({
    created,
    created_by: each.createdBy,
    ...(form.comment !== undefined && { comment: form.comment }),
    ...(!('diffId' in each) && { empty_layer: true }),
  }));
  return json({
    architecture: config.architecture,
    config: {
      ...(environment.length > 0 && { Env: environment }),
      ...(config.entrypoint && { Entrypoint: config.entrypoint }),
      ...(config.command && { Cmd: config.command }),
      WorkingDir: config.workingFolder,
      ...(config.shell && { Shell: config.shell }),
    },
    created,
    history,
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: layersOf(all).map(({ diffId }) => `sha256:${diffId}`) },
  });
}

/** The bytes of a manifest: JSON with two blanks of indentation. */
export function manifestBytes(
  config: { sha256: Sha256; size: number },
  form: ImageForm,
  history: readonly HistoryFacts[],
): Buffer {
  const annotations = sorted(form.layerAnnotations);
  return json(
    {
      schemaVersion: 2,
      mediaType: MEDIA.manifest,
      config: descriptor(MEDIA.config, config),
      layers: layersOf(history).map(layer => ({ ...descriptor(MEDIA.layer, layer), ...annotations })),
      ...sorted(form.manifestAnnotations),
    },
    2,
  );
}

/** The bytes of a layout's `index.json`. `name` is what the image is called, for example `localhost/stage0:latest`. */
export function indexBytes(
  manifest: { sha256: Sha256; size: number },
  architecture: string,
  name: string,
): Buffer {
  return json({
    schemaVersion: 2,
    mediaType: MEDIA.index,
    manifests: [
      {
        ...descriptor(MEDIA.manifest, manifest),
        annotations: { 'org.opencontainers.image.ref.name': name },
        platform: { architecture, os: 'linux' },
      },
    ],
  });
}

function descriptor(mediaType: string, { sha256, size }: { sha256: Sha256; size: number }) {
  return { mediaType, digest: `sha256:${sha256}`, size };
}

/** Nothing at all when there are none. */
function sorted(annotations: Readonly<Record<string, string>>) {
  const entries = Object.entries(annotations).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return entries.length > 0 ? { annotations: Object.fromEntries(entries) } : {};
}

/** As Go's encoding/json writes it: with three characters escaped that HTML would read. */
function json(value: unknown, indent?: number): Buffer {
  const text = JSON.stringify(value, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(text);
}
