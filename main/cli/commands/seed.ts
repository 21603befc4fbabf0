import type { Command } from 'commander';
import { inertText } from '../../contract/inert.ts';
import {
  appliedKit,
  type Case,
  checkSeeds,
  type EventOf,
  openCase,
  plural,
  takeBinaries,
} from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { makeOutput } from '../output.ts';
import { againstKit } from '../summary.ts';
import { bundleOf } from './case.ts';
import { annotationCommands } from './seed-annotations.ts';
import { blindCommands } from './seed-blind.ts';
import { seedBytesCommands } from './seed-bytes.ts';
import { codeCommands } from './seed-code.ts';
import { coverageCommands } from './seed-coverage.ts';
import { exchangeCommands } from './seed-exchange.ts';
import { CASE } from './seed-options.ts';
import { structureCommand } from './seed-structure.ts';

/** `assay seed`: checking the seeds of a case, and everything people say of their bytes. */
export function seedCommand(program: Command): void {
  const seed = program
    .command('seed')
    .description(
      'check the seeds of a case against its kit and their sources; in a case without a kit, take binaries to review',
    )
    .argument(...CASE)
    .argument(
      '[files...]',
      'seeds as separate files; without a kit binaries, and NAME.hex0 beside NAME as its source',
    )
    .option(...BY)
    .option(...DATE)
    .action(checkSeedsOf);
  annotationCommands(seed);
  coverageCommands(seed);
  blindCommands(seed);
  exchangeCommands(seed);
  seedBytesCommands(seed);
  codeCommands(seed);
  structureCommand(seed);
}

async function checkSeedsOf(folder: string, files: string[], options: CaseOptions): Promise<void> {
  using theCase = openCase(folder, opening(options));
  const seeds = (await checkedSeeds(theCase, files)).map(({ name, path, seed, origin, matches, source }) => ({
    name,
    path,
    ...seed,
    origin,
    matches,
    assembles: source?.assembles ?? null,
  }));
  makeOutput(options.json ?? false).result({ seeds }, () => seeds.map(seedText).join('\n'));
  const good = seeds.every(({ matches, assembles }) => matches !== false && assembles !== false);
  process.exitCode = good ? 0 : 1;
}

/** Seeds of the kit, held against it; in a case without a kit the files, each by itself. */
async function checkedSeeds(theCase: Case, files: readonly string[]): Promise<EventOf<'seed-checked'>[]> {
  if (files.length > 0 && !theCase.log.last('kit-applied')) return takeBinaries(theCase, files);
  const kit = appliedKit(theCase);
  using bundle = await bundleOf(theCase, kit);
  return checkSeeds(theCase, kit, bundle, files);
}

interface SeedRow {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly matches: boolean | null;
  readonly assembles: boolean | null;
}

function seedText({ name, size, sha256, matches, assembles }: SeedRow): string {
  const source =
    assembles === null
      ? 'no source named'
      : assembles
        ? 'assembles from its source'
        : 'does NOT assemble from its source';
  return `${inertText(name)}  ${plural(size, 'byte')}  ${sha256}\n  ${againstKit(matches)}; ${source}`;
}
