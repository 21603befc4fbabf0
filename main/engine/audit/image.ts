import { type AssayError, inputError, type Sha256, type TaskOptions } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import type { KitDescription, Plan, PlanImage } from '../chain/index.ts';
import {
  buildkitForm,
  type Comparison,
  compareRoots,
  firstDifferentLayer,
  type ImageEntry,
  type NewImage,
  type NewLayer,
  openImage,
  PLAIN_FORM,
  readImage,
  rootOf,
  type WrittenImage,
  writeImage,
} from '../image/index.ts';
import type { StepRecord } from '../replay/index.ts';
import { caseSource, readEvidence } from '../report/index.ts';
import { completed, type Evidence } from '../verdict/index.ts';

/** `buildkit`: the layers that the build description has, in BuildKit's bytes; `plain`: the final root as one layer. */
export type ImageKind = 'buildkit' | 'plain';

/** What may be said of an image that is to be written. */
export interface CaseImageOptions extends TaskOptions {
  /** By default `buildkit` when the kit says what the image is, else `plain`. */
  readonly kind?: ImageKind;
  /** What it is called; by default what the kit calls it. */
  readonly name?: string;
}

/** An image that was written from a case. */
export interface CaseImage extends WrittenImage {
  readonly kind: ImageKind;
  readonly name: string;
  /** The published digest of the manifest; null when none was, or the image has another form. */
  readonly published: Sha256 | null;
}

const ARCHITECTURES: Record<KitDescription['kit']['architecture'], string> = {
  x86: '386',
  amd64: 'amd64',
  aarch64: 'arm64',
  riscv32: 'riscv32',
  riscv64: 'riscv64',
};

/**
 * Writes what the newest replay of a case ended with as an OCI image. Throws `image.no-replay` when it did not run to its end,
 * `image.no-layers`, `image.removes`, `image.exists`, `object.*`.
 */
export async function writeCaseImage(
  theCase: Case,
  target: { readonly path: string; readonly as: 'folder' | 'archive' },
  options: CaseImageOptions = {},
): Promise<CaseImage> {
  const evidence = finished(theCase);
  const { kit, plan } = evidence;
  const output = kit.plan.reader === 'containerfile' ? kit.plan.output : undefined;
  const kind = options.kind ?? (output && plan.image ? 'buildkit' : 'plain');
  const name = options.name ?? output?.name ?? `localhost/${kit.kit.id}:latest`;
  const image: NewImage = {
    layers: kind === 'buildkit' ? layersOf(plan, evidence.records) : [finalRoot(evidence)],
    config: {
      architecture: plan.image?.architecture ?? ARCHITECTURES[kit.kit.architecture],
      environment: plan.image?.environment ?? [],
      workingFolder: plan.image?.workingFolder ?? '/',
    },
    form: kind === 'buildkit' ? buildkitForm(output?.annotations ?? {}) : PLAIN_FORM,
    name,
  };
  const written = await writeImage(image, sha256 => theCase.objects.chunks(sha256), target, options);
  return { ...written, kind, name, published: kind === 'buildkit' ? (output?.digest ?? null) : null };
}

/** How an image that somebody else made differs from what the newest replay of a case ended with. */
export interface ImageComparison extends Comparison {
  /** The first layer, from 0, that differs; null when all are the same to the byte. */
  readonly differentLayer: number | null;
}

/** Compares an image archive or layout with one that was written from a case: by layers, and by files whatever layers they lie in. */
export async function compareImages(
  ours: string,
  theirs: string,
  options: TaskOptions = {},
): Promise<ImageComparison> {
  using first = openImage(ours);
  using second = openImage(theirs);
  const [one, other] = [await readImage(first, null, options), await readImage(second, null, options)];
  const ids = (image: typeof one) => image.layers.map(({ diffId }) => diffId);
  return {
    ...compareRoots(rootOf(one), rootOf(other)),
    differentLayer: firstDifferentLayer(ids(one), ids(other)),
  };
}

function finished(theCase: Case): Evidence {
  const evidence = theCase.log.last('replay-started') ? readEvidence(caseSource(theCase)).evidence : null;
  if (evidence && completed(evidence)) return evidence;
  throw inputError(
    'image.no-replay',
    'the newest replay of the case did not run to its end',
    { file: theCase.folder },
    'Replay it first: assay replay CASE',
  );
}

/** Each layer is what its steps wrote, with the folders that lead there as they were then. */
function layersOf({ image }: Plan, records: readonly StepRecord[]): NewLayer[] {
  if (!image) {
    throw inputError(
      'image.no-layers',
      'the build description does not say what layers an image has',
      undefined,
      'Write it with: --form plain',
    );
  }
  const folders = new Map<string, ImageEntry>();
  return image.layers.map(({ steps, createdBy }) => {
    const layer = new Map<string, ImageEntry>();
    for (const record of records.filter(({ number }) => steps.includes(number))) {
      if (record.removed.some(path => path.startsWith(`${image.root}/`))) throw removes(record);
      for (const entry of within(image, record)) layer.set(entry.path, entry);
    }
    for (const entry of layer.values()) if (entry.type === 'directory') folders.set(entry.path, entry);
    for (const { path } of [...layer.values()]) {
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        const folder = folders.get(path.slice(0, at));
        if (folder) layer.set(folder.path, folder);
      }
    }
    return { entries: [...layer.values()], createdBy };
  });
}

function within({ root }: PlanImage, { written }: StepRecord): ImageEntry[] {
  const inside = written.filter(({ path }) => path.startsWith(`${root}/`));
  return inside.map(file => ({ ...file, path: file.path.slice(root.length + 1) }));
}

function removes({ step }: StepRecord): AssayError {
  return inputError(
    'image.removes',
    'a layer takes something away, which is not written in this form',
    { step },
    'Write it with: --form plain',
  );
}

/** The root as it stands at the end: the image's, or the results of a plan that makes none. */
function finalRoot({ plan, records, tree }: Evidence): NewLayer {
  const createdBy = 'assay replay';
  const { image } = plan;
  if (!image) return { entries: tree?.results ?? [], createdBy };
  const files = new Map<string, ImageEntry>();
  for (const record of records) {
    for (const path of record.removed) files.delete(path.slice(image.root.length + 1));
    for (const entry of within(image, record)) files.set(entry.path, entry);
  }
  return { entries: [...files.values()], createdBy };
}
