import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  addSignature,
  defaultReportPath,
  demonstrationSigning,
  isCase,
  sealReport,
  signOff,
} from '../../engine/index.ts';
import type { CaseOptions } from '../case-options.ts';
import { type KeyOptions, signingOf } from '../common.ts';
import { openToSign, withSigner } from '../looking.ts';
import { makeOutput } from '../output.ts';
import { reportSummary } from '../summary.ts';

const KEY = ['--key <file>', 'OpenSSH key to sign with'] as const;
const AS = ['--as <identity>', 'who signs; by default the name of your account'] as const;
const DATE = ['--date <date>', 'use this date instead of the clock'] as const;

/** `assay export`, `assay sign-off`: from a verdict to a report that others sign too. */
export function reportCommands(program: Command): void {
  withSigner(program.command('export'))
    .description('sign off the newest replay of a case and seal its report')
    .argument('<case>', 'folder of the case')
    .option(...KEY)
    .option(...AS)
    .option('--role <role>', 'auditor, reviewer or compliance', 'auditor')
    .option('--report <file>', 'where to write the report; by default into the case folder')
    .option(...DATE)
    .action(exportReport);
  withSigner(program.command('sign-off'))
    .description('sign a case as it stands, in a role; or add a signature to a sealed report')
    .argument('<case or report>', 'folder of a case, or NAME.assay.tar')
    .requiredOption(...KEY)
    .option(...AS)
    .option('--role <role>', 'for a case: auditor, reviewer or compliance', 'auditor')
    .option('--not-proved', 'for a case: sign although something blocks it; the report says so')
    .option('--out <file>', 'for a report: write to another file instead')
    .option(...DATE)
    .action(signOffPath);
}

async function exportReport(
  folder: string,
  options: CaseOptions & KeyOptions & { report?: string },
): Promise<void> {
  const output = makeOutput(options.json ?? false);
  using theCase = openToSign(folder, options);
  const signing =
    options.key === undefined
      ? await demonstrationSigning(theCase)
      : await signingOf(options.key, options, output);
  const path = options.report === undefined ? defaultReportPath(theCase) : resolve(options.report);
  const { report, sha256, size } = await sealReport(theCase, signing, path, {
    onProgress: output.onProgress,
  });
  const document = {
    report: path,
    sha256,
    size,
    verdict: report.verdict,
    demonstrationKey: signing.demonstration,
  };
  output.result(document, () => `${reportSummary(report)}\n\nReport    ${path}`);
  process.exitCode = report.verdict === 'reproduced' ? 0 : 1;
}

interface SignOffCommandOptions extends CaseOptions, KeyOptions {
  readonly key: string;
  readonly notProved?: boolean;
  readonly out?: string;
}

async function signOffPath(path: string, options: SignOffCommandOptions): Promise<void> {
  if (isCase(path)) await signCase(path, options);
  else await countersign(path, options);
}

async function signCase(folder: string, options: SignOffCommandOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  using theCase = openToSign(folder, options);
  const signing = await signingOf(options.key, options, output);
  const signed = await signOff(theCase, signing, { notProved: options.notProved ?? false });
  const { role, identity, fingerprint, as, open, seq } = signed;
  output.result({ role, identity, fingerprint, as, open, event: seq }, () => {
    const how = as === 'proved' ? 'as proved' : `as not proved, ${open} open`;
    return `Signed ${how}: ${identity}, ${role}, ${fingerprint}, event ${seq}`;
  });
}

async function countersign(path: string, options: SignOffCommandOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const { signer } = await signingOf(options.key, {}, output);
  const target = resolve(options.out ?? path);
  const written = await addSignature(path, target, 'countersignature', signer);
  const document = {
    report: target,
    sha256: written.sha256,
    size: written.size,
    signatures: written.signatures,
  };
  output.result(document, () => `Added ${written.signatures.join(', ')} to ${target}`);
}
