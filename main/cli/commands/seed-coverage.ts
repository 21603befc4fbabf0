import type { Command } from 'commander';
import {
  acceptTemplates,
  type ByteRange,
  type Coverage,
  coverageIn,
  nextByteIn,
  openCase,
  proposedTemplates,
  seedIn,
  seenIn,
  templateDocumentOf,
  templatesFor,
  unexplainedBy,
} from '../../engine/index.ts';
import { type CaseOptions, opening } from '../case-options.ts';
import { openToLook, withLooker } from '../looking.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { numbersOf, offsetOf } from '../ranges.ts';
import { coverageText, templatesText } from '../review-text.ts';
import { CASE, printAnnotations, SEED, type SeedOption, withWho } from './seed-options.ts';

/** `assay seed coverage`, `templates`, `accept-templates`: how far a review is, and what a kit says. */
export function coverageCommands(seed: Command): void {
  withLooker(seed.command('coverage'))
    .description('say how much of each seed people have explained, and what is left')
    .argument(...CASE)
    .option('--seed <name>', 'only this seed')
    .option('--reviewer <name>', 'what is next for this person; by default for all together')
    .option('--after <offset>', 'the next byte at or after this one', '0')
    .action(printCoverage);
  withLooker(seed.command('templates'))
    .description('list what the kit says of the bytes of a seed; it explains nothing until you agree')
    .argument(...CASE)
    .option(...SEED)
    .action(listTemplates);
  withWho(seed.command('accept-templates'))
    .description('agree to templates of the kit: each becomes an annotation of yours')
    .argument(...CASE)
    .requiredOption('--only <numbers...>', 'their numbers, for example 1 4 7-9')
    .option(...SEED)
    .action(accept);
}

function listTemplates(folder: string, options: SeedOption): void {
  using theCase = openToLook(folder, options);
  const seed = oneSeed(theCase, options.seed);
  const bytes = theCase.objects.read(seed.seed.sha256);
  const source = templatesFor(theCase, seed.name);
  const templates = proposedTemplates(seenIn(theCase), seed, bytes, source).map(templateDocumentOf);
  makeOutput(options.json ?? false).result({ templates }, () => templatesText(templates));
}

function accept(folder: string, options: SeedOption & { only: string[] }): void {
  using theCase = openCase(folder, opening(options));
  const seed = oneSeed(theCase, options.seed);
  const numbers = options.only.flatMap(numbersOf);
  const made = acceptTemplates(theCase, seed, templatesFor(theCase, seed.name), numbers);
  printAnnotations(theCase, options, annotation => made.some(({ id }) => id === annotation.id));
}

interface CoverageOptions extends CaseOptions {
  readonly seed?: string;
  readonly reviewer?: string;
  readonly after: string;
}

function printCoverage(folder: string, options: CoverageOptions): void {
  using theCase = openToLook(folder, options);
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
