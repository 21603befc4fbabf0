import type { Command } from 'commander';
import type { KitsDocument, KitsMatchDocument } from '../../contract/documents.ts';
import { inertText } from '../../contract/inert.ts';
import {
  bestFit,
  embeddedKits,
  type Fit,
  knownKits,
  loadKit,
  recognise,
  withTemporaryCase,
} from '../../engine/index.ts';
import { type CommonOptions, collect } from '../common.ts';
import { makeOutput } from '../output.ts';
import { stopOnSignals } from '../tasks.ts';
import { addKitsNew } from './kits-new.ts';

/** `assay kits`, `assay kits match`, `assay kits new`: the kits that come with Assay, which of them fit a bundle, and new ones. */
export function kitsCommand(program: Command): void {
  const group = program
    .command('kits')
    .description('list the kits that come with Assay, and which of them fit a bundle');
  group
    .command('list', { isDefault: true })
    .description('list the kits that come with Assay')
    .action(listKits);
  group
    .command('match')
    .description('say which kits fit a bundle, and why')
    .argument('<bundle>', 'folder or archive')
    .argument('[files...]', 'files beside it')
    .option('--files <folder>', 'the same for all files in a folder', collect)
    .option('--kit <folder>', 'a kit of yours to match too', collect)
    .option('--allow-case-collisions', 'take a bundle in which names differ in case alone')
    .addHelpText(
      'after',
      '\nA copy of the bundle is made in the folder for temporary files (TMPDIR) and removed again.\nExit status: 0 when a kit fits, 1 when none does.',
    )
    .action(match);
  addKitsNew(group);
}

function listKits(options: CommonOptions): void {
  const document = kitsDocumentOf();
  makeOutput(options.json ?? false).result(document, () =>
    document.kits
      .map(kit => {
        const seeds = kit.seeds
          .map(({ name, size }) => (size === null ? name : `${name} ${size} bytes`))
          .join(', ');
        const steps = kit.steps === null ? 'Steps as its scripts say,' : `${kit.steps} steps`;
        return `${kit.id}  ${kit.title} ${kit.version}\n  ${kit.summary}\n  ${steps} from ${seeds}`;
      })
      .join('\n\n'),
  );
}

interface MatchOptions extends CommonOptions {
  readonly files?: string[];
  readonly kit?: string[];
  readonly allowCaseCollisions?: boolean;
}

async function match(tree: string, files: string[], options: MatchOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const task = {
    signal: stopOnSignals(output.note),
    onProgress: output.onProgress,
    caseCounts: options.allowCaseCollisions ?? false,
  };
  const kits = knownKits(options.kit);
  const parts = { tree, files: [...files, ...(options.files ?? [])] };
  const document = await withTemporaryCase(parts, task, async (theCase, imported) => {
    const fits = await recognise(theCase, imported, kits, task);
    const beside = theCase.log.of('file-imported').length;
    return matchDocumentOf(fits, {
      name: imported.name,
      sha256: imported.bundle.sha256,
      files: imported.files,
      beside,
    });
  });
  output.result(document, () => matchText(document));
  process.exitCode = document.matches[0]?.fit === 'fits' ? 0 : 1;
}

function matchDocumentOf(fits: readonly Fit[], bundle: KitsMatchDocument['bundle']): KitsMatchDocument {
  return {
    bundle,
    best: bestFit(fits)?.kit.description.kit.id ?? null,
    matches: fits.map(({ kit, fit, reasons }) => {
      const { id, title, version, architecture } = kit.description.kit;
      return { id, title, version, architecture, fit, reasons: reasons.map(each => ({ ...each })) };
    }),
  };
}

const FIT_WORDS = { fits: 'fits', partly: 'fits partly', no: 'does not fit' } as const;

function matchText({ matches, best }: KitsMatchDocument): string {
  const several = matches.filter(({ fit }) => fit === 'fits').length;
  const summary =
    best === null
      ? several > 0
        ? `${several} kits fit equally well: an audit needs --kit.`
        : 'No kit fits. Make one with: assay kits new FOLDER --from BUNDLE'
      : `An audit takes ${best}.`;
  const rows = matches.map(({ id, title, version, fit, reasons }) =>
    [
      `${id}  ${title} ${version}: ${FIT_WORDS[fit]}`,
      ...(fit === 'no' ? [] : reasons.map(({ met, text }) => `  ${met ? '+' : '-'} ${inertText(text)}`)),
    ].join('\n'),
  );
  return [...rows, '', summary].join('\n');
}

function kitsDocumentOf(): KitsDocument {
  const kits = embeddedKits().map(id => {
    const { description, bundleFolder } = loadKit(id);
    const { title, version, architecture, summary } = description.kit;
    return {
      id,
      title,
      version,
      architecture,
      summary,
      embedded: bundleFolder !== null,
      seeds: description.seed.map(({ name, size = null, sha256 }) => ({ name, size, sha256 })),
      steps: description.plan.reader === 'steps' ? description.plan.step.length : null,
    };
  });
  return { kits };
}
