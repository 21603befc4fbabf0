import type { Command } from 'commander';
import {
  definitionsFor,
  openCase,
  readSeedCode,
  seedCodeAnswer,
  seedQuestionsAnswer,
  seenIn,
} from '../../engine/index.ts';
import type { CaseOptions } from '../case-options.ts';
import { listingText, questionsText } from '../code-text.ts';
import { openToLook, withLooker } from '../looking.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { offsetOf } from '../ranges.ts';
import { CASE, SEED } from './seed-options.ts';

/** Rows that one run prints. */
const ROWS = 2000;

/** `assay seed disassemble` and `assay seed questions`: the instructions of a seed, and its comments held against them. They change nothing. */
export function codeCommands(seed: Command): void {
  withLooker(seed.command('disassemble'))
    .description('list the instructions of a seed beside its source and what people said of them')
    .argument(...CASE)
    .option(...SEED)
    .option('--offset <offset>', 'the part of the code that holds this byte; by default the first')
    .option('--comments', 'with the comments of the source, which are claims')
    .action(disassemble);
  seed
    .command('questions')
    .description('list where comments of the source say something else than the instructions beside them')
    .argument(...CASE)
    .option(...SEED)
    .action(questions);
}

interface CodeOptions extends CaseOptions {
  readonly seed?: string;
  readonly offset?: string;
  readonly comments?: boolean;
}

async function disassemble(folder: string, options: CodeOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const offset = options.offset === undefined ? 0 : offsetOf(options.offset);
  using theCase = openToLook(folder, options);
  const seed = oneSeed(theCase, options.seed);
  const code = await readSeedCode(theCase, seed, offset);
  const answer = seedCodeAnswer(seed, code, offset, ROWS);
  const annotations = seenIn(theCase).annotations(seed.seed.sha256);
  const source = code.source?.text.split('\n') ?? [];
  output.result(answer, () =>
    listingText(answer, { annotations, source, comments: options.comments ?? false }),
  );
  process.exitCode = answer.why === null ? 0 : 1;
}

async function questions(folder: string, options: CodeOptions): Promise<void> {
  using theCase = openCase(folder, { readonly: true });
  const seed = oneSeed(theCase, options.seed);
  const code = await readSeedCode(theCase, seed, 0);
  const answer = seedQuestionsAnswer(seed, code, await definitionsFor(theCase, code.image.machine));
  makeOutput(options.json ?? false).result(answer, () => questionsText(answer));
  process.exitCode = answer.questions.length === 0 ? 0 : 1;
}
