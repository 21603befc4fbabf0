import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { FilesDocument, ImportDocument } from '../../contract/documents.ts';
import { inertText } from '../../contract/inert.ts';
import {
  appliedKit,
  applyKit,
  assayIdentity,
  type Case,
  type CaseTree,
  createCase,
  type EventOf,
  ensureBundle,
  type ImportOptions,
  importBundle,
  importCompanions,
  inputError,
  type Kit,
  loadKit,
  openCase,
  openTree,
  plural,
} from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { type CommonOptions, collect } from '../common.ts';
import { filesDocumentOf, filesText } from '../files.ts';
import { makeOutput } from '../output.ts';
import { stopOnSignals } from '../tasks.ts';
import { caseWordsCommands } from './case-words.ts';

/** `assay case create`, `assay case files`, `assay import`: the beginning of an audit, part by part. */
export function caseCommands(program: Command): void {
  const cases = program.command('case').description('work with case folders');
  caseWordsCommands(cases);
  cases
    .command('create')
    .description('make a case')
    .argument('<folder>', 'folder to make')
    .option('--name <name>', 'name of the case; by default that of the folder')
    .option('--kit <kit>', 'id of a kit or folder with a kit.toml')
    .option(...BY)
    .option(...DATE)
    .action(create);
  cases
    .command('files')
    .description('list the files that are pinned by hash: there, missing or wrong, and those nobody asks for')
    .argument('<case>', 'folder of the case')
    .action(listFiles);
  program
    .command('import')
    .description('import a bundle: a folder or a tar, plain or compressed, and files beside it')
    .argument('<case>', 'folder of the case')
    .argument('[bundle]', 'folder or archive; by default the one the kit brings')
    .argument('[files...]', 'files to keep beside it; each goes where its hash is pinned')
    .option('--files <folder>', 'the same for all files in a folder', collect)
    .option('--allow-case-collisions', 'take a bundle in which names differ in case alone, and flag them')
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
  readonly files?: string[];
}

async function importInto(
  folder: string,
  source: string | undefined,
  files: string[],
  options: ImportCommandOptions,
): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const task = {
    signal: stopOnSignals(output.note),
    onProgress: output.onProgress,
    caseCounts: options.allowCaseCollisions ?? false,
  };
  using theCase = openCase(folder, opening(options));
  const { event, taken } = await importTree(theCase, source, task);
  const beside = await importCompanions(theCase, [...files, ...(options.files ?? [])], task);
  const kit = theCase.log.last('kit-applied') ? appliedKit(theCase) : null;
  using tree = kit && (await openTree(theCase, kit, event, task));
  const document = importDocumentOf(event, taken, beside, tree && filesDocumentOf(tree.files));
  output.result(document, () => importText(document));
}

async function importTree(theCase: Case, source: string | undefined, task: ImportOptions): Promise<Taken> {
  if (source !== undefined) return { event: await importBundle(theCase, source, task), taken: null };
  const known = theCase.log.last('bundle-imported');
  if (known) return { event: known, taken: null };
  const kit = appliedKit(theCase);
  const event = await ensureBundle(theCase, kit, { tree: null, files: [] }, task);
  return { event, taken: kit.description.kit.id };
}

interface Taken {
  readonly event: EventOf<'bundle-imported'>;
  /** The kit that comes with Assay whose bundle it is; null when the user named the bundle. */
  readonly taken: string | null;
}

function importDocumentOf(
  event: EventOf<'bundle-imported'>,
  kit: string | null,
  beside: readonly EventOf<'file-imported'>[],
  pinned: FilesDocument | null,
): ImportDocument {
  const { bundle, files, entries, bytes, flagged, compression, form, name, again = null } = event;
  return {
    ...{ name, form, compression, ...bundle, entries, files, bytes, flagged, again, kit, pinned },
    beside: beside.map(each => ({ name: each.name, ...each.file })),
  };
}

function importText(document: ImportDocument): string {
  const { name, files, bytes, sha256, flagged, again, kit, beside, pinned } = document;
  const size = beside.reduce((sum, file) => sum + file.size, 0);
  return [
    ...(kit ? [`No bundle was named: taking the one that comes with Assay in its kit ${kit}`] : []),
    `${again === null ? 'Imported' : `Taken up again, imported by event ${again}:`} ${inertText(name)}: ${plural(files, 'file')}, ${plural(bytes, 'byte')}, sha256 ${sha256}`,
    ...(flagged > 0 ? [`${flagged} entries flagged`] : []),
    ...(beside.length > 0 ? [`Beside it ${plural(beside.length, 'file')}, ${plural(size, 'byte')}`] : []),
    ...(pinned && pinned.pins.length + pinned.extra.length > 0 ? ['', filesText(pinned)] : []),
  ].join('\n');
}

async function listFiles(folder: string, options: CommonOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  using theCase = openCase(folder);
  using tree = await bundleOf(theCase, appliedKit(theCase));
  const document = filesDocumentOf(tree.files);
  output.result(document, () => filesText(document));
  process.exitCode = document.met ? 0 : 1;
}

/** Opens the newest bundle of a case as the kit's tree, with the files beside it. Throws `case.no-bundle`. */
export async function bundleOf(theCase: Case, kit: Kit): Promise<CaseTree> {
  const imported = theCase.log.last('bundle-imported');
  if (imported) return openTree(theCase, kit, imported);
  throw inputError(
    'case.no-bundle',
    'the case has no bundle yet',
    { file: theCase.folder },
    'Import it with: assay import CASE BUNDLE',
  );
}
