import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  appliedKit,
  applyKit,
  assayIdentity,
  type Bundle,
  type Case,
  createCase,
  ensureBundle,
  importBundle,
  inputError,
  type Kit,
  loadKit,
  openCase,
  openTree,
} from '../../engine/index.ts';
import { type CommonOptions, clockOf } from '../common.ts';
import { makeOutput } from '../output.ts';
import { stopOnSignals } from '../tasks.ts';

/** Who does it and when. */
export interface CaseOptions extends CommonOptions {
  readonly by?: string;
  readonly date?: string;
}

/** How a command opens its case. */
export const opening = ({ by, date }: CaseOptions) => ({ clock: clockOf(date), by: by ?? 'unattended' });
export const BY = ['--by <name>', 'who does this, written beside the event'] as const;
export const DATE = ['--date <date>', 'use this date instead of the clock'] as const;

/** `assay case create`, `assay import`: the beginning of an audit, part by part. */
export function caseCommands(program: Command): void {
  program
    .command('case')
    .description('work with case folders')
    .command('create')
    .description('make a case')
    .argument('<folder>', 'folder to make')
    .option('--name <name>', 'name of the case; by default that of the folder')
    .option('--kit <kit>', 'id of a kit or folder with a kit.toml')
    .option(...BY)
    .option(...DATE)
    .action(create);
  program
    .command('import')
    .description('import a bundle: a folder or a tar, plain or compressed')
    .argument('<case>', 'folder of the case')
    .argument('[bundle]', 'folder or archive; by default the one the kit brings')
    .option(...BY)
    .option(...DATE)
    .action(importInto);
}

function create(folder: string, options: CaseOptions & { name?: string; kit?: string }): void {
  const kit = options.kit === undefined ? null : loadKit(options.kit);
  using theCase = createCase(
    folder,
    options.name ?? basename(resolve(folder)),
    assayIdentity().version,
    opening(options),
  );
  if (kit) applyKit(theCase, kit);
  const document = { case: theCase.folder, id: theCase.id, name: theCase.name };
  makeOutput(options.json ?? false).result(document, () => `Made case ${theCase.name} in ${theCase.folder}`);
}

interface ImportCommandOptions extends CaseOptions {
  readonly allowCaseCollisions?: boolean;
}

async function importInto(
  folder: string,
  source: string | undefined,
  options: ImportCommandOptions,
): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const task = {
    signal: stopOnSignals(output.note),
    onProgress: output.onProgress,
    caseCounts: options.allowCaseCollisions ?? false,
  };
  using theCase = openCase(folder, opening(options));
  const event =
    source === undefined
      ? await ensureBundle(theCase, appliedKit(theCase), [], task)
      : await importBundle(theCase, source, task);
  const { bundle, files, entries, bytes, flagged, compression, form, name } = event;
  const document = {
    name,
    form,
    compression,
    sha256: bundle.sha256,
    size: bundle.size,
    entries,
    files,
    bytes,
    flagged,
  };
  output.result(
    document,
    () =>
      `Imported ${name}: ${files.toLocaleString('en-US')} files, ${bytes.toLocaleString('en-US')} bytes, sha256 ${bundle.sha256}${flagged > 0 ? `\n${flagged} entries flagged` : ''}`,
  );
}

/** Opens the newest bundle of a case as the kit's tree. Throws `case.no-bundle`. */
export async function bundleOf(theCase: Case, kit: Kit): Promise<Bundle> {
  const imported = theCase.log.last('bundle-imported');
  if (imported) return openTree(theCase, kit, imported);
  throw inputError(
    'case.no-bundle',
    'the case has no bundle yet',
    { file: theCase.folder },
    'Import it with: assay import CASE BUNDLE',
  );
}
