import type { Command } from 'commander';
import {
  appliedKit,
  type Case,
  type ComparedFile,
  diffDocument,
  fileSide,
  inputError,
  namedSide,
  openCase,
  openTree,
  seedSide,
} from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { diffText } from '../diff-text.ts';
import { makeOutput, type Output } from '../output.ts';

/** `assay diff [CASE] A B`: how two files differ, and what the difference is about. */
export function diffCommand(program: Command): void {
  program
    .command('diff')
    .description('say how two files differ, where, and what the difference is about')
    .argument(
      '<names...>',
      'CASE A B, or A B for two files on disk. With a case, A and B are hashes, paths of artifacts (2:PATH of replay 2), files of the bundle, or files on disk',
    )
    .option('--seed-in-annotations', 'B is a file of annotations: compare with the seed that it was made for')
    .action(async (names: string[], options: DiffOptions) => {
      const output = makeOutput(options.json ?? false);
      const document = await documentOf(names, options.seedInAnnotations ?? false, output);
      output.result(document, () => diffText(document));
      process.exitCode = document.same ? 0 : 1;
    });
}

interface DiffOptions extends CommonOptions {
  readonly seedInAnnotations?: boolean;
}

async function documentOf(names: readonly string[], seedInB: boolean, output: Output) {
  const { onProgress } = output;
  if (names.length < 2 || names.length > 3) {
    throw inputError(
      'usage.wrong',
      'two files are compared',
      undefined,
      'assay diff CASE A B, or assay diff A B',
    );
  }
  const [a = '', b = ''] = names.slice(-2);
  const other = (side: ComparedFile) => (seedInB ? seedSide(side) : side);
  if (names.length === 2) {
    using first = fileSide(a);
    using second = other(fileSide(b));
    return await diffDocument(first, second, { onProgress });
  }
  using theCase = openCase(names[0] ?? '', { readonly: true });
  using bundle = await bundleOf(theCase);
  using first = await namedSide(theCase, bundle, a);
  using second = other(await namedSide(theCase, bundle, b));
  return await diffDocument(first, second, { onProgress });
}

function bundleOf(theCase: Case) {
  const imported = theCase.log.last('bundle-imported');
  return imported ? openTree(theCase, appliedKit(theCase), imported) : null;
}
