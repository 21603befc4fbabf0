import { basename } from 'node:path';
import type { Command } from 'commander';
import { compareAccounts, inputError, reportAccount, verifyReport } from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { makeOutput } from '../output.ts';
import { compareText } from '../summary.ts';

/** `assay compare REPORT REPORT…`: whether independent reports of one chain agree, artifact by artifact. */
export function compareCommand(program: Command): void {
  program
    .command('compare')
    .description('say whether reports of one chain agree, artifact by artifact')
    .argument('<reports...>', 'two or more NAME.assay.tar')
    .option('--quorum <k>', 'how many have to agree; by default all')
    .action((paths: string[], options: CommonOptions & { quorum?: string }) => {
      const needed = options.quorum === undefined ? paths.length : Number(options.quorum);
      if (paths.length > 1 && !(Number.isInteger(needed) && needed >= 1 && needed <= paths.length)) {
        throw inputError('usage.quorum', `of ${paths.length} reports, '${options.quorum}' cannot agree`);
      }
      const output = makeOutput(options.json ?? false);
      const accounts = paths.map(path =>
        reportAccount(path, basename(path), verifyReport(path, { onProgress: output.onProgress })),
      );
      const document = compareAccounts(accounts, needed);
      output.result(document, () => compareText(document));
      process.exitCode = document.reached && document.reports.every(report => report.valid) ? 0 : 1;
    });
}
