import type { Command } from 'commander';
import type { KitsNewDocument } from '../../contract/documents.ts';
import { inertText } from '../../contract/inert.ts';
import { makeKit, plural, withLook, withTemporaryCase } from '../../engine/index.ts';
import { askOnTerminal } from '../ask.ts';
import { type CommonOptions, collect } from '../common.ts';
import { ASK_NOBODY, type Given, guide } from '../guide.ts';
import { makeOutput } from '../output.ts';
import { stopOnSignals } from '../tasks.ts';

interface NewOptions extends CommonOptions, Given {
  readonly from: string;
  readonly files?: string[];
  readonly allowCaseCollisions?: boolean;
  readonly yes?: boolean;
}

/** `assay kits new FOLDER --from BUNDLE`: makes a kit for a bundle, asking on the terminal. */
export function addKitsNew(group: Command): void {
  group
    .command('new')
    .description('make a kit for a bundle; asks on the terminal, with what was found as the preset')
    .argument('<folder>', 'folder to make')
    .requiredOption('--from <bundle>', 'folder or archive that the kit is for')
    .option('--files <folder>', 'files that lie beside it', collect)
    .option('--id <id>', 'id of the kit')
    .option('--title <text>', 'title of the chain')
    .option('--version <version>', 'its version')
    .option('--publisher <text>', 'who publishes it')
    .option('--summary <text>', 'what the chain leads to, in a sentence')
    .option('--architecture <name>', 'x86, amd64, aarch64, riscv32 or riscv64')
    .option('--seed <path>', 'a seed, by its path in the bundle', collect)
    .option('--reader <name>', 'what reads the plan: steps, kaem or containerfile')
    .option('--entry <path>', 'script or Containerfile that the plan begins in')
    .option('--runner <path>', 'the kaem that runs the script')
    .option('--published <path>', 'a file of published hashes in the bundle', collect)
    .option('--allow-case-collisions', 'take a bundle in which names differ in case alone')
    .option('--yes', 'ask nothing: take what was found')
    .action(make);
}

async function make(folder: string, options: NewOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const task = {
    signal: stopOnSignals(output.note),
    onProgress: output.onProgress,
    caseCounts: options.allowCaseCollisions ?? false,
  };
  using terminal = options.yes ? null : askOnTerminal();
  const parts = { tree: options.from, files: options.files ?? [] };
  const document = await withTemporaryCase(parts, task, (theCase, imported) =>
    withLook(theCase, imported, async (looked): Promise<KitsNewDocument> => {
      output.finishProgress();
      const choices = await guide(looked, options, terminal ?? ASK_NOBODY);
      const made = await makeKit(folder, theCase, imported, looked, choices, task);
      const seeds = choices.seeds.map(({ path, size, sha256, source }) => ({ path, size, sha256, source }));
      return {
        ...made,
        todo: [...made.todo],
        seeds,
        reader: choices.plan.reader,
        published: [...choices.published],
      };
    }),
  );
  output.result(document, () => madeText(document));
  process.exitCode = document.steps === null || document.steps === 0 ? 1 : 0;
}

function madeText({ folder, id, steps, seeds, reader, expectations, todo }: KitsNewDocument): string {
  const proof = (source: string | null) =>
    source === null ? 'no source found' : `assembles from ${inertText(source)}`;
  return [
    `Made kit ${id} in ${folder}`,
    ...seeds.map(
      ({ path, size, source }) => `  seed ${inertText(path)}, ${plural(size, 'byte')}, ${proof(source)}`,
    ),
    steps === null
      ? '  its plan cannot be read yet'
      : `  its plan reads: ${plural(steps, 'step')} by the reader ${reader}, ${plural(expectations, 'published hash', 'published hashes')}`,
    'Still to be filled in:',
    ...todo.map(text => `  - ${inertText(text)}`),
    `Then: assay audit --kit ${folder} --bundle BUNDLE`,
  ].join('\n');
}
