import type { Command } from 'commander';
import {
  annotate,
  type Case,
  changeAnnotations,
  groupsOf,
  historyOf,
  isOpen,
  openCase,
  removeAnnotations,
  renameGroup,
  resolveAnnotation,
  seedIn,
  seenIn,
} from '../../engine/index.ts';
import { type CaseOptions, opening } from '../case-options.ts';
import type { CommonOptions } from '../common.ts';
import { openToLook, withLooker } from '../looking.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { type ContentOptions, contentOf } from '../ranges.ts';
import { groupsText, historyText } from '../review-text.ts';
import { CASE, printAnnotations, SEED, type SeedOption, withWho } from './seed-options.ts';

const ID = ['<id>', 'id of an annotation, or the first four digits or more'] as const;
const IDS = ['<ids...>', 'ids of annotations, or the first four digits or more of each'] as const;

/** `assay seed annotate`, `annotations`, `annotation`, `group`: what people say of bytes. */
export function annotationCommands(seed: Command): void {
  withContent(seed.command('annotate'), true)
    .description('say what bytes of a seed are')
    .argument(...CASE)
    .option(...SEED)
    .action(annotateSeed);
  withLooker(seed.command('annotations'))
    .description('list what people said of the bytes of seeds')
    .argument(...CASE)
    .option('--seed <name>', 'only those of this seed')
    .option('--kind <kind>', 'only explained, question or concern')
    .option('--reviewer <name>', 'only those by this person')
    .option('--open', 'only questions and concerns that nobody settled')
    .action(listAnnotations);
  const annotation = seed.command('annotation').description('change annotations of seeds');
  withContent(annotation.command('edit'), false)
    .description('change annotations of your own, several in the same way; what you leave out stays')
    .argument(...CASE)
    .argument(...IDS)
    .action(editAnnotations);
  withWho(annotation.command('remove'))
    .description('take annotations of your own away; the log keeps them')
    .argument(...CASE)
    .argument(...IDS)
    .action(removeThem);
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
  withLooker(annotation.command('history'))
    .description('tell every event of an annotation, also of one that was removed')
    .argument(...CASE)
    .argument('<id>', 'the whole id of an annotation')
    .action(printHistory);
  const group = seed.command('group').description('groups of annotations');
  withLooker(group.command('list'))
    .description('list the groups of the annotations of a seed')
    .argument(...CASE)
    .option(...SEED)
    .action((folder: string, options: SeedOption) => {
      using theCase = openToLook(folder, options);
      printGroups(theCase, oneSeed(theCase, options.seed).seed.sha256, options);
    });
  withWho(group.command('rename'))
    .description('give a group of your own annotations another name; those of others keep theirs')
    .argument(...CASE)
    .argument('<from>')
    .argument('<to>')
    .option(...SEED)
    .action((folder: string, from: string, to: string, options: SeedOption) => {
      using theCase = openCase(folder, opening(options));
      const { sha256 } = oneSeed(theCase, options.seed).seed;
      renameGroup(theCase, sha256, { from, to });
      printGroups(theCase, sha256, options);
    });
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

function editAnnotations(
  folder: string,
  ids: readonly string[],
  options: CaseOptions & ContentOptions,
): void {
  using theCase = openCase(folder, opening(options));
  const changed = changeAnnotations(theCase, ids, contentOf(options));
  printAnnotations(theCase, options, annotation => changed.some(({ id }) => id === annotation.id));
}

function removeThem(folder: string, ids: readonly string[], options: CaseOptions): void {
  using theCase = openCase(folder, opening(options));
  const seeds = removeAnnotations(theCase, ids).map(({ seed }) => seed);
  printAnnotations(theCase, options, other => seeds.includes(other.seed));
}

function printHistory(folder: string, id: string, options: CaseOptions): void {
  using theCase = openToLook(folder, options);
  const events = historyOf(seenIn(theCase), id);
  makeOutput(options.json ?? false).result({ id, events }, () => historyText(events));
}

function printGroups(theCase: Case, seed: string, options: CommonOptions): void {
  const groups = groupsOf(seenIn(theCase).annotations(seed));
  makeOutput(options.json ?? false).result({ groups }, () => groupsText(groups));
}

interface ListOptions extends CaseOptions {
  readonly seed?: string;
  readonly kind?: string;
  readonly reviewer?: string;
  readonly open?: boolean;
}

function listAnnotations(folder: string, options: ListOptions): void {
  using theCase = openToLook(folder, options);
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
