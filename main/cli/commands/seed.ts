import type { Command } from 'commander';
import { appliedKit, checkSeeds, openCase } from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { makeOutput } from '../output.ts';
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
    .description('check the seeds of a case against its kit and their sources')
    .argument(...CASE)
    .argument('[files...]', 'seeds as separate files')
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
