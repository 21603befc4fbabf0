import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  ANNOTATION_FILE_LIMIT,
  acceptTemplates,
  annotate,
  type annotationIn,
  appliedKit,
  type ByteRange,
  type Case,
  type Coverage,
  changeAnnotation,
  checkSeeds,
  coverageIn,
  type EventOf,
  exportAnnotations,
  importAnnotations,
  inputError,
  isOpen,
  mergeAnnotations,
  nextByteIn,
  openCase,
  parseAnnotationFile,
  proposedTemplates,
  removeAnnotation,
  resolveAnnotation,
  reviewIn,
  seedIn,
  sha256Of,
  templatesFor,
  unexplainedBy,
  writeFileAtomic,
} from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import type { CommonOptions } from '../common.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { type ContentOptions, contentOf, numbersOf, offsetOf } from '../ranges.ts';
import { annotationsText, coverageText, mergeText, templatesText } from '../review-text.ts';
import { bundleOf } from './case.ts';
import { seedBytesCommands } from './seed-bytes.ts';

const CASE = ['<case>', 'folder of the case'] as const;
const ID = ['<id>', 'id of an annotation, or the first four digits or more'] as const;

/** `assay seed`: checking the seeds of a case, and everything people say of their bytes. */
export function seedCommand(program: Command): void {
  const seed = program
    .command('seed')
    .description('check the seeds of a case against its kit and their sources')
    .argument(...CASE)
    .argument('[files...]', 'seeds as separate files')
    .option(...BY)
    .option(...DATE)
    .action(checkSeedsOf);
  withContent(seed.command('annotate'), true)
    .description('say what bytes of a seed are')
    .argument(...CASE)
    .option('--seed <name>', 'name of the seed; may be left out when there is one')
    .action(annotateSeed);
  seed
    .command('annotations')
    .description('list what people said of the bytes of seeds')
    .argument(...CASE)
    .option('--seed <name>', 'only those of this seed')
    .option('--kind <kind>', 'only explained, question or concern')
    .option('--reviewer <name>', 'only those by this person')
    .option('--open', 'only questions and concerns that nobody settled')
    .action(listAnnotations);
  seed
    .command('coverage')
    .description('say how much of each seed people have explained, and what is left')
    .argument(...CASE)
    .option('--seed <name>', 'only this seed')
    .option('--reviewer <name>', 'what is next for this person; by default for all together')
    .option('--after <offset>', 'the next byte at or after this one', '0')
    .action(printCoverage);
  seed
    .command('templates')
    .description('list what the kit says of the bytes of a seed; it explains nothing until you agree')
    .argument(...CASE)
    .option('--seed <name>', 'name of the seed; may be left out when there is one')
    .action(listTemplates);
  withWho(seed.command('accept-templates'))
    .description('agree to templates of the kit: each becomes an annotation of yours')
    .argument(...CASE)
    .requiredOption('--only <numbers...>', 'their numbers, for example 1 4 7-9')
    .option('--seed <name>', 'name of the seed; may be left out when there is one')
    .action(accept);
  seed
    .command('export')
    .description('write the annotations of a seed into a file')
    .argument(...CASE)
    .requiredOption('--out <file>')
    .option('--seed <name>', 'name of the seed; may be left out when there is one')
    .action(exportTo);
  withWho(seed.command('import'))
    .description('take over annotations from a file, also for another version of the seed, by content')
    .argument(...CASE)
    .argument('<file>')
    .option('--seed <name>', 'name of the seed; may be left out when there is one')
    .option('--theirs', 'where an annotation here says something else, add what the file says too')
    .option('--look', 'only say what would come of it')
    .action(importFrom);
  seedBytesCommands(seed);
  const annotation = seed.command('annotation').description('change annotations of seeds');
  withContent(annotation.command('edit'), false)
    .description('change an annotation of your own; what you leave out stays')
    .argument(...CASE)
    .argument(...ID)
    .action(editAnnotation);
  withWho(annotation.command('remove'))
    .description('take an annotation of your own away; the log keeps it')
    .argument(...CASE)
    .argument(...ID)
    .action((folder: string, id: string, options: CaseOptions) => {
      using theCase = openCase(folder, opening(options));
      const { seed } = removeAnnotation(theCase, id);
      printAnnotations(theCase, options, other => other.seed === seed);
    });
  withWho(annotation.command('resolve'))
    .description('settle a question or concern')
    .argument(...CASE)
    .argument(...ID)
    .requiredOption('--reason <text>', 'what settles it')
    .action((folder: string, id: string, options: CaseOptions & { reason: string }) => {
      using theCase = openCase(folder, opening(options));
      const resolved = resolveAnnotation(theCase, id, options.reason);
      printAnnotations(theCase, options, other => other.id === resolved.id);
    });
}

interface SeedOption extends CaseOptions {
  readonly seed?: string;
}

function listTemplates(folder: string, options: SeedOption): void {
  using theCase = openCase(folder, { readonly: true });
  const seed = oneSeed(theCase, options.seed);
  const bytes = theCase.objects.read(seed.seed.sha256);
  const source = templatesFor(theCase, seed.name);
  const templates = proposedTemplates(reviewIn(theCase), seed, bytes, source).map(
    ({ expect = null, note = '', accepted, ...rest }) => ({ ...rest, expect, note, accepted: [...accepted] }),
  );
  makeOutput(options.json ?? false).result({ templates }, () => templatesText(templates));
}

function accept(folder: string, options: SeedOption & { only: string[] }): void {
  using theCase = openCase(folder, opening(options));
  const seed = oneSeed(theCase, options.seed);
  const numbers = options.only.flatMap(numbersOf);
  const made = acceptTemplates(theCase, seed, templatesFor(theCase, seed.name), numbers);
  printAnnotations(theCase, options, annotation => made.some(({ id }) => id === annotation.id));
}

function exportTo(folder: string, options: SeedOption & { out: string }): void {
  using theCase = openCase(folder, { readonly: true });
  const bytes = exportAnnotations(theCase, oneSeed(theCase, options.seed));
  const out = resolve(options.out);
  if (existsSync(out))
    throw inputError('annotation-file.exists', 'there is such a file already', { file: out });
  writeFileAtomic(out, bytes);
  const document = { out, sha256: sha256Of(bytes), size: bytes.length };
  makeOutput(options.json ?? false).result(document, () => `Wrote ${out}`);
}

function importFrom(
  folder: string,
  file: string,
  options: SeedOption & { theirs?: boolean; look?: boolean },
): void {
  const look = options.look ?? false;
  using theCase = openCase(folder, look ? { readonly: true } : opening(options));
  const seed = oneSeed(theCase, options.seed);
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: -1 };
  if (size < 0 || size > ANNOTATION_FILE_LIMIT)
    throw inputError('annotation-file.invalid', size < 0 ? 'there is no such file' : 'it is too large', {
      file,
    });
  const bytes = readFileSync(file);
  const { items, added } = look
    ? { items: lookAt(theCase, seed, bytes, file), added: [] }
    : importAnnotations(theCase, seed, { bytes, file }, { theirs: options.theirs ?? false });
  const document = {
    added: [...added],
    items: items.map(({ theirs: { content: _, ...theirs }, ranges, ...rest }) => ({
      ...rest,
      theirs,
      ranges: ranges && [...ranges],
    })),
  };
  makeOutput(options.json ?? false).result(document, () => mergeText(items, added.length));
  process.exitCode = items.some(({ state }) => state === 'conflict') && !options.theirs ? 1 : 0;
}

function lookAt(theCase: Case, { seed }: EventOf<'seed-checked'>, bytes: Buffer, file: string) {
  const own = { sha256: seed.sha256, bytes: theCase.objects.read(seed.sha256) };
  return mergeAnnotations(reviewIn(theCase), own, parseAnnotationFile(bytes, file));
}

function withWho(command: Command): Command {
  return command.option(...BY).option(...DATE);
}

function withContent(command: Command, fresh: boolean): Command {
  const needed = fresh ? command.requiredOption.bind(command) : command.option.bind(command);
  needed('--range <range...>', 'bytes: 0x0-0x3f with the last one, 0x40+16, or one offset');
  needed('--label <text>', 'what they are, in a few words');
  command.option(
    '--kind <kind>',
    'explained, question or concern; only explained counts as coverage',
    fresh ? 'explained' : undefined,
  );
  return withWho(
    command
      .option('--note <markdown>', 'why, and what it was compared with')
      .option('--group <name>', 'what it belongs to')
      .option('--colour <name>', 'teal, ochre, red, blue, violet, green, rose or grey'),
  );
}

function annotateSeed(folder: string, options: CaseOptions & ContentOptions & { seed?: string }): void {
  using theCase = openCase(folder, opening(options));
  const { ranges = [], label = '', kind = 'explained', ...rest } = contentOf(options);
  const made = annotate(theCase, oneSeed(theCase, options.seed), [{ ranges, label, kind, ...rest }]);
  printAnnotations(theCase, options, annotation => made.some(({ id }) => id === annotation.id));
}

function editAnnotation(folder: string, id: string, options: CaseOptions & ContentOptions): void {
  using theCase = openCase(folder, opening(options));
  const changed = changeAnnotation(theCase, id, contentOf(options));
  printAnnotations(theCase, options, annotation => annotation.id === changed.id);
}

interface ListOptions extends CommonOptions {
  readonly seed?: string;
  readonly kind?: string;
  readonly reviewer?: string;
  readonly open?: boolean;
}

function listAnnotations(folder: string, options: ListOptions): void {
  using theCase = openCase(folder, { readonly: true });
  const seed = options.seed === undefined ? null : seedIn(theCase, options.seed).seed.sha256;
  printAnnotations(
    theCase,
    options,
    each =>
      (seed === null || each.seed === seed) &&
      (options.kind === undefined || each.kind === options.kind) &&
      (options.reviewer === undefined || each.by === options.reviewer) &&
      (!options.open || isOpen(each)),
  );
}

function printAnnotations(
  theCase: Case,
  options: CommonOptions,
  wanted: (annotation: ReturnType<typeof annotationIn>) => boolean,
): void {
  const annotations = reviewIn(theCase).annotations().filter(wanted);
  makeOutput(options.json ?? false).result({ annotations }, () => annotationsText(annotations));
}

interface CoverageOptions extends CommonOptions {
  readonly seed?: string;
  readonly reviewer?: string;
  readonly after: string;
}

function printCoverage(folder: string, options: CoverageOptions): void {
  using theCase = openCase(folder, { readonly: true });
  const after = offsetOf(options.after);
  const only = options.seed === undefined ? null : seedIn(theCase, options.seed).name;
  const seeds = coverageIn(theCase)
    .filter(({ name }) => only === null || name === only)
    .map(seed => ({ ...seed, next: nextByteIn(leftOf(seed, options.reviewer), after) }));
  makeOutput(options.json ?? false).result({ seeds }, () => coverageText(seeds));
  process.exitCode = seeds.every(({ explained, size }) => explained === size) ? 0 : 1;
}

function leftOf(coverage: Coverage, reviewer: string | undefined): readonly ByteRange[] {
  return reviewer === undefined ? coverage.unexplained : unexplainedBy(coverage, reviewer);
}

/** The seed that was named; the only one when none was. */
async function checkSeedsOf(folder: string, files: string[], options: CaseOptions): Promise<void> {
  using theCase = openCase(folder, opening(options));
  const kit = appliedKit(theCase);
  using bundle = await bundleOf(theCase, kit);
  const seeds = checkSeeds(theCase, kit, bundle, files).map(
    ({ name, path, seed, origin, matches, source }) => ({
      name,
      path,
      ...seed,
      origin,
      matches,
      assembles: source?.assembles ?? null,
    }),
  );
  makeOutput(options.json ?? false).result({ seeds }, () =>
    seeds
      .map(seed => {
        const source =
          seed.assembles === null
            ? 'no source named'
            : seed.assembles
              ? 'assembles from its source'
              : 'does NOT assemble from its source';
        return `${seed.name}  ${seed.size} bytes  ${seed.sha256}\n  ${seed.matches ? 'the one the kit names' : 'NOT the one the kit names'}; ${source}`;
      })
      .join('\n'),
  );
  process.exitCode = seeds.every(seed => seed.matches && seed.assembles !== false) ? 0 : 1;
}
