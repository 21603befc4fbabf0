import type { Command } from 'commander';
import { readAllowedSigners, verifyDocumentOf, verifyReport } from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { makeOutput } from '../output.ts';
import { verifyText } from '../summary.ts';

/** `assay verify REPORT`: checks a report that anyone may have made. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description(
      'check every hash, signature and statement of a report, and that it follows from the evidence inside',
    )
    .argument('<report>', 'NAME.assay.tar')
    .option('--allowed-signers <file>', "your own list of signers, in OpenSSH's format")
    .action((report: string, options: CommonOptions & { allowedSigners?: string }) => {
      const output = makeOutput(options.json ?? false);
      const allowedSigners =
        options.allowedSigners === undefined ? undefined : readAllowedSigners(options.allowedSigners);
      const result = verifyReport(report, {
        onProgress: output.onProgress,
        ...(allowedSigners && { allowedSigners }),
      });
      const document = verifyDocumentOf(result);
      output.result(document, () => verifyText(document, result.report));
      process.exitCode = document.valid && document.verdict === 'reproduced' ? 0 : 1;
    });
}
