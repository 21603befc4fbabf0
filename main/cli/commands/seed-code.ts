import type { Command } from 'commander';
import { readSeedCode, seedCodeAnswer, seenIn } from '../../engine/index.ts';
import type { CaseOptions } from '../case-options.ts';
import { listingText } from '../code-text.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { offsetOf } from '../ranges.ts';
import { CASE, openToLook, SEED, withLooker } from './seed-options.ts';

/** Rows that one run prints. */
const ROWS = 2000;

/** `assay seed disassemble`: the instructions of a seed. It changes nothing. */
export function codeCommands(seed: Command): void {
  withLooker(seed.command('disassemble'))
    .description('list the instructions of a seed beside its source and what people said of them')
    .argument(...CASE)
    .option(...SEED)
    .option('--offset <offset>', 'the part of the code that holds this byte; by default the first')
    .option('--comments', 'with the comments of the source, which are claims')
    .action(disassemble);
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
