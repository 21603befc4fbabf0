import type { Command } from 'commander';
import {
  beginBlindReview,
  blindStatus,
  type Case,
  disagreementsIn,
  endBlindReview,
  openCase,
} from '../../engine/index.ts';
import { opening } from '../case-options.ts';
import { openToLook, withLooker } from '../looking.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { blindText, disagreementsText } from '../review-text.ts';
import { CASE, SEED, type SeedOption, withWho } from './seed-options.ts';

/** `assay seed blind`, `disagreements`: a second reviewer who is not shown what the first said, and what they differ in. */
export function blindCommands(seed: Command): void {
  const blind = seed.command('blind').description('review a seed without being shown what others say of it');
  withWho(blind.command('begin'))
    .description('begin: from now on you are shown only what is your own')
    .argument(...CASE)
    .option(...SEED)
    .action((folder: string, options: SeedOption) => {
      using theCase = openCase(folder, opening(options));
      beginBlindReview(theCase, oneSeed(theCase, options.seed));
      printStatus(theCase, options);
    });
  withWho(blind.command('end'))
    .description('end, however far it is: the log says how much you had explained')
    .argument(...CASE)
    .option(...SEED)
    .action((folder: string, options: SeedOption) => {
      using theCase = openCase(folder, opening(options));
      endBlindReview(theCase, oneSeed(theCase, options.seed));
      printStatus(theCase, options);
    });
  withLooker(blind.command('status'))
    .description('say who reviews or reviewed a seed blind')
    .argument(...CASE)
    .option(...SEED)
    .action((folder: string, options: SeedOption) => {
      using theCase = openToLook(folder, options);
      printStatus(theCase, options);
    });
  withLooker(seed.command('disagreements'))
    .description('list bytes of which people do not say the same')
    .argument(...CASE)
    .option(...SEED)
    .action(printDisagreements);
}

function printStatus(theCase: Case, options: SeedOption): void {
  const { seed } = oneSeed(theCase, options.seed);
  const status = blindStatus(theCase, seed.sha256);
  makeOutput(options.json ?? false).result({ seed: seed.sha256, ...status }, () =>
    status.reviews.length === 0
      ? 'Nobody reviewed this seed blind.'
      : status.reviews.map(each => blindText(each, seed.size)).join('\n'),
  );
}

function printDisagreements(folder: string, options: SeedOption): void {
  using theCase = openToLook(folder, options);
  const seed = oneSeed(theCase, options.seed);
  const { hidden, disagreements } = disagreementsIn(theCase, seed);
  makeOutput(options.json ?? false).result({ seed: seed.seed.sha256, hidden, disagreements }, () =>
    hidden ? 'You review this seed blind: end that first.' : disagreementsText(disagreements),
  );
  process.exitCode = disagreements.length > 0 ? 1 : 0;
}
