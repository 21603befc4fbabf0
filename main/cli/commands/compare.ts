import { basename } from 'node:path';
import type { Command } from 'commander';
import type { CompareDocument } from '../../contract/documents.ts';
import { agree, inputError, quorum, type Verification, verifyReport } from '../../engine/index.ts';
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
      if (paths.length < 2)
        throw inputError(
          'usage.wrong',
          'there is nothing to compare one report with',
          undefined,
          'Name two or more.',
        );
      const needed = options.quorum === undefined ? paths.length : Number(options.quorum);
      if (!Number.isInteger(needed) || needed < 1 || needed > paths.length) {
        throw inputError('usage.quorum', `of ${paths.length} reports, '${options.quorum}' cannot agree`);
      }
      const output = makeOutput(options.json ?? false);
      const checked = paths.map(path => ({
        path,
        verification: verifyReport(path, { onProgress: output.onProgress }),
      }));
      const document = compareDocumentOf(checked, needed);
      output.result(document, () => compareText(document));
      process.exitCode = document.reached && document.reports.every(report => report.valid) ? 0 : 1;
    });
}

function compareDocumentOf(
  checked: readonly { path: string; verification: Verification }[],
  needed: number,
): CompareDocument {
  const agreement = agree(
    checked.map(({ path, verification }) => ({
      name: basename(path),
      artifacts: verification.report?.artifacts ?? [],
    })),
  );
  const reached = quorum(agreement);
  return {
    reports: checked.map(({ path, verification: { valid, report, signatures } }) => ({
      path,
      valid,
      verdict: report?.verdict ?? null,
      kit: report ? `${report.kit.id} ${report.kit.version}` : null,
      bundle: report?.bundle.bundle.sha256 ?? null,
      signers: signatures.map(signature => ({
        identity: signature.identity,
        fingerprint: signature.fingerprint,
      })),
      environment: report
        ? {
            kernel: report.machine.kernel,
            processor: report.machine.processor,
            runtime: `${report.machine.runtime.name} ${report.machine.runtime.version}`,
          }
        : null,
    })),
    unanimous: agreement.unanimous,
    quorum: { needed, agreeing: reached },
    reached: agreement.rows.length > 0 && reached >= needed,
    firstDivergence: agreement.firstDivergence && {
      path: agreement.firstDivergence.path,
      step: agreement.firstDivergence.step,
    },
    artifacts: agreement.rows.map(({ path, step, state, hashes }) => ({
      path,
      step,
      state,
      hashes: [...hashes],
    })),
  };
}
