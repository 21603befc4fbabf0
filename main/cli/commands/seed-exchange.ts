import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  type AnnotationSource,
  type Decision,
  importAnnotations,
  inputError,
  lookAtAnnotations,
  type Merge,
  type MergeItem,
  mustBeTrusted,
  openCase,
  readAnnotations,
  type SourceOptions,
  writeAnnotations,
} from '../../engine/index.ts';
import { opening } from '../case-options.ts';
import { signingOf } from '../common.ts';
import { openToLook, withLooker } from '../looking.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { numbersOf } from '../ranges.ts';
import { mergeText } from '../review-text.ts';
import { CASE, SEED, type SeedOption, withWho } from './seed-options.ts';

/** `assay seed export`, `import`, `carry`: annotations that travel. */
export function exchangeCommands(seed: Command): void {
  withLooker(seed.command('export'))
    .description('write the annotations of a seed into a file')
    .argument(...CASE)
    .requiredOption('--out <file>')
    .option(...SEED)
    .option('--key <file>', 'sign it: the signature is written beside it, as FILE.sig')
    .option('--without-seed', 'leave the bytes of the seed out; by default those of a small one are in it')
    .action(exportTo);
  withDecisions(seed.command('import'))
    .description('take over annotations from a file, also for another version of the seed')
    .argument(...CASE)
    .argument('<file>')
    .option('--only <numbers...>', 'only these of what is new or changed, for example 1 4 7-9')
    .option('--theirs', 'add every conflict beside what is here')
    .option('--look', 'only say what would come of it')
    .option('--signature <file>', 'its signature; by default FILE.sig when there is one')
    .option('--as-unsigned', 'take a file with a bad signature as if it had none')
    .action((folder: string, file: string, options: ImportOptions) =>
      takeOver(folder, file, options, options.look ? null : deciding(options, options.only ?? 'new')),
    );
  withDecisions(seed.command('carry'))
    .description('carry annotations over from another case, also of another version of the seed')
    .argument(...CASE)
    .requiredOption('--from <case>', 'folder of the other case')
    .option('--from-seed <name>', 'its seed; by default the one that is called as this')
    .option('--only <numbers...>', 'take these over, for example 1 4 7-9')
    .option('--all', 'take over all whose bytes are the same')
    .action((folder: string, options: ImportOptions & { from: string; all?: boolean }) => {
      const numbers = options.only ?? (options.all ? 'new' : null);
      const acts = numbers !== null || options.add || options.replace;
      takeOver(folder, options.from, options, acts ? deciding(options, numbers ?? []) : null);
    });
}

interface ImportOptions extends SeedOption {
  readonly only?: readonly string[];
  readonly add?: readonly string[];
  readonly replace?: readonly string[];
  readonly theirs?: boolean;
  readonly look?: boolean;
  readonly signature?: string;
  readonly asUnsigned?: boolean;
  readonly fromSeed?: string;
}

function withDecisions(command: Command): Command {
  return withWho(command)
    .option(...SEED)
    .option('--add <numbers...>', 'conflicts: add these beside what is here')
    .option('--replace <numbers...>', 'conflicts with your own: put these in their place');
}

async function exportTo(
  folder: string,
  options: SeedOption & { out: string; key?: string; withoutSeed?: boolean },
): Promise<void> {
  const output = makeOutput(options.json ?? false);
  using theCase = openToLook(folder, options);
  const signer = options.key === undefined ? null : (await signingOf(options.key, {}, output)).signer;
  const written = await writeAnnotations(theCase, oneSeed(theCase, options.seed), resolve(options.out), {
    signer,
    withoutSeed: options.withoutSeed ?? false,
  });
  output.result({ ...written }, () =>
    [
      `Wrote ${written.path}`,
      ...(written.signature === null ? [] : [`Signed by ${written.fingerprint}: ${written.signature}`]),
    ].join('\n'),
  );
}

/** Imports what is decided; without decisions only says what would come of it. Conflicts that are left give status 1. */
function takeOver(
  folder: string,
  from: string,
  options: ImportOptions,
  decide: ((item: MergeItem, number: number) => Decision) | null,
): void {
  using theCase = decide ? openCase(folder, opening(options)) : openToLook(folder, options);
  const seed = oneSeed(theCase, options.seed);
  const place: SourceOptions = {
    signature: options.signature,
    seed: options.fromSeed,
    by: options.by,
  };
  const source = readAnnotations(from, seed, place);
  if (decide) mustBeTrusted(source, options.asUnsigned ?? false);
  const done = decide ? importAnnotations(theCase, seed, source, decide) : null;
  const merge = done ?? lookAtAnnotations(theCase, seed, source);
  const { added = [], replaced = [] } = done ?? {};
  const document = documentOf(source, merge, seed.seed.sha256);
  makeOutput(options.json ?? false).result(done ? { ...document, added, replaced } : document, () =>
    mergeText(source, merge, added.length),
  );
  const isLeft = (item: MergeItem, i: number) =>
    item.state === 'conflict' && (decide?.(item, i + 1) ?? 'leave') === 'leave';
  process.exitCode = merge.items.some(isLeft) ? 1 : 0;
}

function deciding(options: ImportOptions, numbers: readonly string[] | 'new') {
  const [add, replace] = [options.add ?? [], options.replace ?? []].map(
    each => new Set(each.flatMap(numbersOf)),
  );
  const only = numbers === 'new' ? null : new Set(numbers.flatMap(numbersOf));
  const isWanted = ({ state }: MergeItem, number: number) =>
    only === null ? state === 'new' : only.has(number);
  return (item: MergeItem, number: number): Decision => {
    if (replace?.has(number)) {
      if (item.state !== 'conflict') throw noConflict(number);
      return 'replace';
    }
    if (add?.has(number)) {
      if (item.state !== 'conflict') throw noConflict(number);
      return 'add';
    }
    if (item.state === 'conflict') return options.theirs ? 'add' : 'leave';
    return isWanted(item, number) ? 'add' : 'leave';
  };
}

function noConflict(number: number) {
  return inputError(
    'import.no-conflict',
    `annotation ${number} is in no conflict`,
    undefined,
    'Use --only for it.',
  );
}

function documentOf(source: AnnotationSource, { items, fresh }: Merge, own: string) {
  const { bytes: _, ...seed } = source.file.seed;
  return {
    source: {
      kind: source.kind,
      name: source.name,
      sha256: source.sha256,
      seed,
      same: seed.sha256 === own,
    },
    signature: source.signature,
    items: items.map(({ theirs: { content: _, ...theirs }, taken: __, ...rest }, i) => ({
      number: i + 1,
      ...rest,
      theirs,
    })),
    fresh,
  };
}
