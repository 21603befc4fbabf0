import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ImageDocument } from '../../contract/documents.ts';
import {
  compareImages,
  type ImageComparison,
  inputError,
  openCase,
  writeCaseImage,
} from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { makeOutput } from '../output.ts';
import { stopOnSignals } from '../tasks.ts';

interface ImageOptions extends CommonOptions {
  readonly out: string;
  readonly form?: string;
  readonly name?: string;
  readonly compare?: string;
}

/** Paths shown of each kind of difference. */
const SHOWN = 20;

/** `assay image CASE`: writes what a replay ended with as a container image, and compares it. */
export function imageCommand(program: Command): void {
  program
    .command('image')
    .description('write what the newest replay ended with as an OCI image')
    .argument('<case>', 'folder of the case')
    .requiredOption(
      '--out <path>',
      'folder for an image layout, or a file ending in .tar for an archive of one',
    )
    .option('--form <form>', 'buildkit: the layers and bytes that BuildKit would make; plain: one layer')
    .option('--name <name>', 'what the image is called')
    .option('--compare <image>', 'compare it with an OCI layout or archive or a docker-archive')
    .action(image);
}

async function image(folder: string, options: ImageOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const kind = options.form;
  if (kind !== undefined && kind !== 'buildkit' && kind !== 'plain') {
    throw inputError('usage.form', `'${kind}' is no form of an image`, undefined, 'Forms: buildkit, plain.');
  }
  const out = resolve(options.out);
  const task = { signal: stopOnSignals(output.note), onProgress: output.onProgress };
  using theCase = openCase(folder, {});
  const written = await writeCaseImage(
    theCase,
    { path: out, as: out.endsWith('.tar') ? 'archive' : 'folder' },
    { ...task, ...(kind && { kind }), ...(options.name !== undefined && { name: options.name }) },
  );
  const comparison = options.compare === undefined ? null : await compareImages(out, options.compare, task);
  const { name, kind: form, manifest, config, diffIds, published } = written;
  const document: ImageDocument = {
    out,
    name,
    form,
    manifest,
    config,
    diffIds: [...diffIds],
    published,
    comparison,
  };
  output.result(document, () => imageText(document));
  process.exitCode =
    published !== null && published !== manifest ? 1 : comparison && !isSame(comparison) ? 1 : 0;
}

function isSame({
  missing,
  extra,
  different,
}: Pick<ImageComparison, 'missing' | 'extra' | 'different'>): boolean {
  return missing.length + extra.length + different.length === 0;
}

function imageText({ out, name, form, manifest, diffIds, published, comparison }: ImageDocument): string {
  const digest =
    published === null
      ? []
      : [
          published === manifest
            ? 'It is the digest that was published.'
            : `It is NOT the digest that was published, sha256:${published}`,
        ];
  const compared = comparison ? comparisonLines(comparison) : [];
  const layers = `${diffIds.length} ${diffIds.length === 1 ? 'layer' : 'layers'}, ${form}`;
  return [
    `Image     ${name} (${layers})`,
    `Digest    sha256:${manifest}`,
    ...digest,
    `Written   ${out}`,
    ...compared,
  ].join('\n');
}

function comparisonLines(comparison: NonNullable<ImageDocument['comparison']>): string[] {
  const { differentLayer, same } = comparison;
  const layers =
    differentLayer === null
      ? 'All layers are the same to the byte.'
      : `Layer ${differentLayer + 1} is the first that differs.`;
  const kinds = [
    ['only here', comparison.missing],
    ['only there', comparison.extra],
    ['different', comparison.different],
  ] as const;
  const lines = kinds.flatMap(([what, paths]) => {
    const more = paths.length > SHOWN ? [`  … and ${paths.length - SHOWN} more`] : [];
    return paths.length === 0
      ? []
      : [
          `${paths.length} ${what}:`,
          ...paths.slice(0, SHOWN).map(path => `  ${JSON.stringify(path)}`),
          ...more,
        ];
  });
  return [layers, `${same} files, folders and links are the same.`, ...lines];
}
