import { inputError, type Sha256, type TaskOptions } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import type { KitDescription, Plan } from '../chain/index.ts';
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
import { caseSource, readEvidence, replayThatCounts } from '../report/index.ts';
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
 * `image.no-layers`, `image.exists`, `object.*`.
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
      ...(plan.image?.shell && { shell: plan.image.shell }),
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
  const counted = replayThatCounts(theCase.log.events);
  const evidence = counted ? readEvidence(caseSource(theCase)).evidence : null;
  if (evidence && completed(evidence)) return evidence;
  throw inputError(
    'image.no-replay',
    'the newest replay of the case did not run to its end',
    { file: theCase.folder },
    'Replay it first: assay replay CASE',
  );
}

/** Each layer is what its steps wrote and took away, with the folders that lead there as they were then. */
function layersOf({ image }: Plan, records: readonly StepRecord[]): NewLayer[] {
  if (!image) {
    throw inputError(
      'image.no-layers',
      'the build description does not say what layers an image has',
      undefined,
      'Write it with: --form plain',
    );
  }
  const present = new Map<string, ImageEntry>();
  return image.history.map(({ steps, root, createdBy }) => {
    if (root === null) return { entries: null, createdBy };
    const made = records.filter(({ number }) => steps.includes(number));
    return { ...layerOf(made, root, present), createdBy };
  });
}

/** Brings `present`, what the layers so far have left, up to date. */
function layerOf(
  records: readonly StepRecord[],
  root: string,
  present: Map<string, ImageEntry>,
): Omit<NewLayer, 'createdBy'> {
  const [layer, gone] = [new Map<string, ImageEntry>(), new Set<string>()];
  for (const record of records) {
    for (const path of record.removed.filter(each => each.startsWith(`${root}/`))) {
      const inside = path.slice(root.length + 1);
      layer.delete(inside);
      if (present.has(inside)) gone.add(inside);
    }
    for (const entry of within(root, record)) {
      layer.set(entry.path, entry);
      gone.delete(entry.path);
    }
  }
  for (const path of gone) present.delete(path);
  for (const entry of layer.values()) present.set(entry.path, entry);
  const removed = [...gone].filter(path => !parentsOf(path).some(parent => gone.has(parent)));
  for (const path of [...layer.keys(), ...removed].flatMap(parentsOf)) {
    const folder = present.get(path);
    if (folder?.type === 'directory') layer.set(path, folder);
  }
  return { entries: [...layer.values()], removed };
}

function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

function within(root: string, { written }: StepRecord): ImageEntry[] {
  const inside = written.filter(({ path }) => path.startsWith(`${root}/`));
  return inside.map(file => ({ ...file, path: file.path.slice(root.length + 1) }));
}

/** The root as it stands at the end: the image's, or the results of a plan that makes none. */
function finalRoot({ plan, records, tree }: Evidence): NewLayer {
  const createdBy = 'assay replay';
  const { image } = plan;
  if (!image) return { entries: tree?.results ?? [], createdBy };
  const files = new Map<string, ImageEntry>();
  for (const record of records) {
    for (const path of record.removed) files.delete(path.slice(image.root.length + 1));
    for (const entry of within(image.root, record)) files.set(entry.path, entry);
  }
  return { entries: [...files.values()], createdBy };
}
