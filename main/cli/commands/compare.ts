import { basename } from 'node:path';
import type { Command } from 'commander';
import {
  caseAccount,
  compareAccounts,
  inputError,
  openCase,
  reportAccount,
  verifyReport,
} from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { compareText } from '../compare-text.ts';
import { makeOutput } from '../output.ts';

interface CompareOptions extends CommonOptions {
  readonly quorum?: string;
  readonly case?: string;
  readonly replays?: string;
}

/** `assay compare REPORT REPORT…`: whether replays of a case and reports of one chain agree, artifact by artifact. */
export function compareCommand(program: Command): void {
  program
    .command('compare')
    .description('say whether reports of one chain, and replays of a case, agree, artifact by artifact')
    .argument('[reports...]', 'NAME.assay.tar')
    .option('--case <case>', 'compare the replays of this case, too')
    .option('--replays <numbers>', 'with --case: which, for example 1,3; by default all of them')
    .option('--quorum <k>', 'how many have to agree; by default all')
    .action((paths: string[], options: CompareOptions) => {
      const output = makeOutput(options.json ?? false);
      const replays = replayAccounts(options);
      const count = paths.length + replays.length;
      const needed = options.quorum === undefined ? count : Number(options.quorum);
      // Before reports are read, which takes long.
      if (count > 1 && !(Number.isInteger(needed) && needed >= 1 && needed <= count)) {
        throw inputError('usage.quorum', `of ${count} reports, '${options.quorum}' cannot agree`);
      }
      const reports = paths.map(path =>
        reportAccount(path, basename(path), verifyReport(path, { onProgress: output.onProgress })),
      );
      const document = compareAccounts([...replays, ...reports], needed);
      output.result(document, () => compareText(document));
      process.exitCode = document.reached && document.reports.every(report => report.valid) ? 0 : 1;
    });
}

function replayAccounts({ case: folder, replays }: CompareOptions) {
  if (folder === undefined) {
    if (replays === undefined) return [];
    throw inputError('usage.wrong', '--replays belongs to --case');
  }
  using theCase = openCase(folder, { readonly: true });
  const all = theCase.log.of('replay-started').map(event => event.replay);
  const numbers = replays === undefined ? all : replays.split(',').map(Number);
  return numbers.map(number => caseAccount(theCase, number));
}
