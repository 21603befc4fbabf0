import type { Command } from 'commander';
import type { ImportsDocument } from '../../contract/documents.ts';
import {
  appliedKit,
  type Bundle,
  BundleTree,
  bundleImports,
  bundlesOf,
  type Case,
  commentOnFile,
  ENTRY_KINDS,
  FileReviewers,
  goBackToBundle,
  hexPattern,
  inputError,
  openCase,
  progressOf,
  removeComment,
  resolveComment,
  reviewFiles,
  reviewIn,
  type SearchQuery,
  searchBundle,
  textPattern,
  withdrawReviews,
} from '../../engine/index.ts';
import { commentsText, filesText, importsText, listText, progressText, searchText } from '../bundle-text.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { type CommonOptions, oneOf } from '../common.ts';
import { makeOutput } from '../output.ts';
import { offsetOf } from '../ranges.ts';
import { stopOnSignals } from '../tasks.ts';
import { bundleOf } from './case.ts';

const CASE = ['<case>', 'folder of the case'] as const;
/** The most bytes of a file that one call prints. */
const CAT_LIMIT = 64 << 20;

/** `assay bundle`: looking into the imported bundle, and saying what was reviewed. */
export function bundleCommand(program: Command): void {
  const bundle = program.command('bundle').description('look into the bundle of a case and review it');
  bundle
    .command('ls')
    .description('list a folder of the bundle, with who reviewed its files')
    .argument(...CASE)
    .argument('[folder]', 'by default the top', '')
    .action(list);
  bundle
    .command('imports')
    .description('list the bundles that the case has had')
    .argument(...CASE)
    .action(imports);
  bundle
    .command('use')
    .description('go back to a bundle that the case had; replays before that no longer count for the verdict')
    .argument(...CASE)
    .argument('<sha256>', 'of the bundle, or its first digits')
    .option(...BY)
    .option(...DATE)
    .action(goBack);
  bundle
    .command('cat')
    .description('print a file of the bundle')
    .argument(...CASE)
    .argument('<path>')
    .option('--offset <byte>', 'where to begin', '0')
    .option('--length <bytes>', 'how much to print; by default to the end')
    .action(print);
  bundle
    .command('search')
    .description('search the bundle by name, kind and content')
    .argument(...CASE)
    .option('--name <pattern>', 'part of a name, or with * and ?; with a slash about the whole path')
    .option('--kind <kind>', ENTRY_KINDS.join(', '))
    .option('--folder <path>', 'only in this folder')
    .option('--text <text>', 'what the content holds')
    .option('--ignore-case', 'with --text: capital or small letters of ASCII')
    .option('--hex <bytes>', 'bytes that the content holds; ? stands for any digit')
    .option('--limit <hits>', 'how many hits at most', '1000')
    .action(search);
  bundle
    .command('review')
    .description('say that you reviewed files as they are; a folder stands for all in it, / for everything')
    .argument(...CASE)
    .argument('<paths...>')
    .option('--withdraw', 'take back that you did')
    .option(...BY)
    .option(...DATE)
    .action(review);
  bundle
    .command('comment')
    .description('comment on a line of a file, or on the file')
    .argument(...CASE)
    .argument('<path>')
    .option('--line <number>', 'from 1')
    .requiredOption('--text <text>')
    .option(...BY)
    .option(...DATE)
    .action(comment);
  bundle
    .command('comments')
    .description('list comments; settle or remove one')
    .argument(...CASE)
    .argument('[path]', 'only those on this file')
    .option('--resolve <id>', 'settle a comment; give the --reason')
    .option('--reason <text>')
    .option('--remove <id>', 'take a comment of your own away; the log keeps it')
    .option(...BY)
    .option(...DATE)
    .action(comments);
  bundle
    .command('progress')
    .description('say how far the review of the bundle has come, folder by folder')
    .argument(...CASE)
    .argument('[folder]', 'only this folder and those in it', '')
    .action(progress);
}

/** Opens the bundle of a case that is only looked at. */
async function look<T>(folder: string, see: (theCase: Case, bundle: Bundle) => T | Promise<T>): Promise<T> {
  using theCase = openCase(folder, { readonly: true });
  using bundle = await bundleOf(theCase, appliedKit(theCase));
  return await see(theCase, bundle);
}

/** A path as people write it: without slashes at its ends. */
const trimmed = (path: string) => path.replace(/^\/+|\/+$/g, '');

async function list(folder: string, path: string, options: CommonOptions): Promise<void> {
  await look(folder, (theCase, bundle) => {
    const node = new BundleTree(bundle.entries()).get(trimmed(path));
    if (!node) throw inputError('bundle.no-entry', 'the bundle has nothing of this name', { entry: path });
    const reviewers = new FileReviewers(reviewIn(theCase).files());
    const entries = (node.children ?? [node]).map(({ path, entry, files, bytes, children }) => ({
      path,
      type: entry?.type ?? ('directory' as const),
      kind: entry?.kind ?? ('directory' as const),
      files,
      size: children ? bytes : (entry?.size ?? 0),
      sha256: entry?.sha256 ?? null,
      target: entry?.target ?? null,
      flags: [...(entry?.flags ?? [])],
      reviewers: entry ? [...reviewers.of(entry)] : [],
    }));
    makeOutput(options.json ?? false).result({ entries }, () => listText(entries));
  });
}

function imports(folder: string, options: CommonOptions): void {
  using theCase = openCase(folder, { readonly: true });
  const document = importsIn(theCase);
  makeOutput(options.json ?? false).result(document, () => importsText(document));
}

function importsIn(theCase: Case): ImportsDocument {
  return { imports: bundleImports(theCase).map(({ bundle, ...facts }) => ({ ...facts, ...bundle })) };
}

function goBack(folder: string, sha256: string, options: CaseOptions): void {
  using theCase = openCase(folder, opening(options));
  const found = bundlesOf(theCase).filter(({ bundle }) => bundle.sha256.startsWith(sha256.toLowerCase()));
  goBackToBundle(theCase, found.length === 1 ? (found[0]?.bundle.sha256 ?? sha256) : sha256);
  const document = importsIn(theCase);
  makeOutput(options.json ?? false).result(document, () => importsText(document));
}

interface PrintOptions extends CommonOptions {
  readonly offset: string;
  readonly length?: string;
}

async function print(folder: string, path: string, options: PrintOptions): Promise<void> {
  await look(folder, (_, bundle) => {
    const entry = bundle.entry(trimmed(path));
    const bytes = bundle.read(trimmed(path), CAT_LIMIT);
    const offset = offsetOf(options.offset);
    const part = bytes.subarray(
      offset,
      options.length === undefined ? bytes.length : offset + offsetOf(options.length),
    );
    // A pipe gets the bytes as they are; a terminal must not be acted upon by them.
    if (!options.json && !process.stdout.isTTY) {
      process.stdout.write(part);
      return;
    }
    const document = {
      path: trimmed(path),
      sha256: entry?.sha256 ?? null,
      size: bytes.length,
      offset,
      base64: part.toString('base64'),
    };
    makeOutput(options.json ?? false).result(document, () => part.toString('utf8').replace(/\n$/, ''));
  });
}

interface SearchOptions extends CommonOptions {
  readonly name?: string;
  readonly kind?: string;
  readonly folder?: string;
  readonly text?: string;
  readonly ignoreCase?: boolean;
  readonly hex?: string;
  readonly limit: string;
}

async function search(folder: string, options: SearchOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const query = queryOf(options);
  const hits = offsetOf(options.limit);
  const task = { signal: stopOnSignals(output.note), onProgress: output.onProgress };
  await look(folder, async (_, bundle) => {
    const result = await searchBundle(bundle, query, { ...task, limits: { hits, hitsOfFile: hits } });
    output.result(result, () => searchText(result));
    process.exitCode = result.hits.length > 0 ? 0 : 1;
  });
}

function queryOf({ name, kind, folder, text, ignoreCase = false, hex }: SearchOptions): SearchQuery {
  if (text !== undefined && hex !== undefined)
    throw inputError('usage.search', 'a search is for a text or for bytes, not for both');
  return {
    ...(name !== undefined && { name }),
    ...(kind !== undefined && { kind: oneOf(ENTRY_KINDS, kind, 'usage.kind', 'kind of file') }),
    ...(folder !== undefined && { folder: trimmed(folder) }),
    ...(text !== undefined && { content: textPattern(text, ignoreCase) }),
    ...(hex !== undefined && { content: hexPattern(hex) }),
  };
}

async function review(
  folder: string,
  paths: string[],
  options: CaseOptions & { withdraw?: boolean },
): Promise<void> {
  using theCase = openCase(folder, opening(options));
  using bundle = await bundleOf(theCase, appliedKit(theCase));
  const wanted = paths.map(trimmed);
  const withdraw = options.withdraw ?? false;
  const files = withdraw ? withdrawReviews(theCase, wanted) : reviewFiles(theCase, bundle, wanted);
  makeOutput(options.json ?? false).result({ by: theCase.log.by, withdrawn: withdraw, files }, () =>
    filesText(files, withdraw),
  );
}

interface CommentOptions extends CaseOptions {
  readonly line?: string;
  readonly text: string;
}

async function comment(folder: string, path: string, options: CommentOptions): Promise<void> {
  using theCase = openCase(folder, opening(options));
  using bundle = await bundleOf(theCase, appliedKit(theCase));
  const line = options.line === undefined ? null : Math.max(1, offsetOf(options.line));
  const made = commentOnFile(theCase, bundle, { path: trimmed(path), line }, options.text);
  makeOutput(options.json ?? false).result({ comments: [made] }, () => commentsText([made]));
}

interface CommentsOptions extends CaseOptions {
  readonly resolve?: string;
  readonly reason?: string;
  readonly remove?: string;
}

function comments(folder: string, path: string | undefined, options: CommentsOptions): void {
  const changes = options.resolve !== undefined || options.remove !== undefined;
  using theCase = openCase(folder, changes ? opening(options) : { readonly: true });
  if (options.remove !== undefined) removeComment(theCase, options.remove);
  if (options.resolve !== undefined) {
    if (!options.reason) throw inputError('usage.reason', 'say what settles the comment with --reason');
    resolveComment(theCase, options.resolve, options.reason);
  }
  const comments = reviewIn(theCase)
    .comments()
    .filter(({ on }) => path === undefined || ('path' in on && on.path === trimmed(path)));
  makeOutput(options.json ?? false).result({ comments }, () => commentsText(comments));
}

async function progress(folder: string, path: string, options: CommonOptions): Promise<void> {
  await look(folder, (theCase, bundle) => {
    const at = trimmed(path);
    const folders = progressOf(reviewIn(theCase), bundle.entries()).filter(
      each => at === '' || each.path === at || each.path.startsWith(`${at}/`),
    );
    makeOutput(options.json ?? false).result({ folders }, () => progressText(folders));
  });
}
