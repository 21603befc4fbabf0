import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { AuditDocument } from '../../contract/documents.ts';
import {
  type AuditResult,
  DEFAULT_KIT,
  demonstrationSigning,
  isCase,
  loadKit,
  runAudit,
  sha256OfFile,
  verifyReport,
} from '../../engine/index.ts';
import { type CommonOptions, clockOf, collect, type KeyOptions, modeOf, signingOf } from '../common.ts';
import { addContainerOptions, type ContainerOptions, containerSettings } from '../container-options.ts';
import { checkIndependently, type IndependentChecks } from '../independent.ts';
import { openToSign } from '../looking.ts';
import { makeOutput, type Output } from '../output.ts';
import { failedStepText, findingRow, reportSummary } from '../summary.ts';
import { stopOnSignals } from '../tasks.ts';

interface AuditOptions extends CommonOptions, ContainerOptions, KeyOptions {
  readonly kit?: string;
  readonly bundle?: string[];
  readonly files?: string[];
  readonly seed?: string[];
  readonly expect?: string[];
  readonly case?: string;
  readonly report?: string;
  readonly mode: string;
  readonly allowCaseCollisions?: boolean;
  readonly by?: string;
  readonly date?: string;
}

/** `assay audit`: everything from import to a verified report. */
export function auditCommand(program: Command): void {
  const command = program
    .command('audit')
    .description('audit a chain: import, seed check, replay, verdict, sealed report, verification')
    .option(
      '--kit <kit>',
      `id of a kit or folder with a kit.toml; by default the one that fits the bundle, or ${DEFAULT_KIT} without one`,
    )
    .option(
      '--bundle <path>',
      'bundle to import: a folder or a tar, and after it files to keep beside it; by default the one the kit brings',
      collect,
    )
    .option('--files <folder>', 'keep all files of a folder beside the bundle', collect)
    .option('--expect <file>', "compare with another auditor's report or an image, too", collect)
    .option('--seed <path>', 'seed as a separate file', collect)
    .option('--case <folder>', 'case folder; one that is there is gone on with')
    .option('--key <file>', 'OpenSSH key to sign with; by default a demonstration key is made')
    .option('--as <identity>', 'who signs, for example ines@example.org; by default the name of your account')
    .option('--role <role>', 'auditor, reviewer or compliance', 'auditor')
    .option('--report <file>', 'where to write the report; by default into the case folder')
    .option('--mode <mode>', 'stepped, unaided (the chain drives itself), or both, compared', 'stepped')
    .option('--allow-case-collisions', 'take a bundle in which names differ in case alone, and flag them')
    .option('--by <name>', 'who does this, written beside every event; by default the signer')
    .option('--date <date>', 'use this date instead of the clock')
    .addHelpText(
      'after',
      '\nThe passphrase of a key is asked on the terminal, or read from the file that ASSAY_KEY_PASSPHRASE_FILE names.',
    )
    .action(audit);
  addContainerOptions(command);
}

async function audit(options: AuditOptions): Promise<void> {
  const started = performance.now();
  const output = makeOutput(options.json ?? false);
  const clock = clockOf(options.date);
  const name = `${subjectOf(options)}-${clock.now().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}`;
  const caseFolder = resolve(options.case ?? join('assay-audits', name));
  // A signer's identity does not say who looks: only --by does.
  if (isCase(caseFolder)) openToSign(caseFolder, options).close();
  const { key, bundle: [tree, ...beside] = [] } = options;
  const result = await runAudit({
    kit: options.kit ?? null,
    bundle: { tree: tree ?? null, files: [...beside, ...(options.files ?? [])] },
    seeds: options.seed ?? [],
    expect: options.expect ?? [],
    mode: modeOf(options.mode),
    caseCounts: options.allowCaseCollisions ?? false,
    caseFolder,
    caseName: name,
    clock,
    by: options.by ?? options.as ?? 'unattended',
    signing: theCase => (key === undefined ? demonstrationSigning(theCase) : signingOf(key, options, output)),
    signal: stopOnSignals(output.note),
    onProgress: output.onProgress,
    onMilestone: output.note,
    ...containerSettings(options),
    ...(options.report !== undefined && { report: resolve(options.report) }),
  });
  finish(result, caseFolder, key === undefined, started, output);
}

/** What a case is called after: its kit, or the bundle while the kit is not known. */
function subjectOf({ kit, bundle }: AuditOptions): string {
  const [tree] = bundle ?? [];
  if (kit === undefined && tree !== undefined) {
    return basename(resolve(tree)).replace(/(\.(tar|tgz|txz|zst|gz|xz|bz2|lz))+$/, '');
  }
  return loadKit(kit ?? DEFAULT_KIT).description.kit.id;
}

function finish(
  result: AuditResult,
  caseFolder: string,
  demonstrationKey: boolean,
  started: number,
  output: Output,
): void {
  const { sealed, replaySeconds } = result;
  const verification = verifyReport(sealed.path, { onProgress: output.onProgress });
  const independent = checkIndependently(sealed.path, verification, join(caseFolder, 'scratch'));
  const { report } = sealed;
  const seconds = (performance.now() - started) / 1000;
  const document: AuditDocument = {
    verdict: report.verdict,
    headline: report.headline,
    artifacts: report.counts,
    closure: report.closure.state,
    findings: report.findings.map(findingRow),
    seedReview: report.seedReview,
    proved: report.proved.map(({ text, evidence }) => ({ text, evidence })),
    notProved: report.notProved.map(({ text, evidence }) => ({ text, evidence })),
    report: sealed.path,
    reportSha256: sha256OfFile(sealed.path).sha256,
    case: caseFolder,
    demonstrationKey,
    verified: { assay: verification.valid, ...independent },
    seconds: round(seconds),
    replaySeconds: round(replaySeconds),
  };
  output.result(document, () => auditText(result, document, independent));
  for (const problem of verification.problems)
    output.note(`The report does not verify: ${problem.code}: ${problem.message}`);
  const verified = verification.valid && independent.sha256sum !== false && independent.sshKeygen !== false;
  process.exitCode = verified && report.verdict === 'reproduced' ? 0 : 1;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function auditText(result: AuditResult, document: AuditDocument, independent: IndependentChecks): string {
  const said = (ok: boolean | null) => (ok === null ? 'not on this machine' : ok ? 'good' : 'BAD');
  return [
    ...(result.replay.failure ? [failedStepText(result.replay.failure), ''] : []),
    reportSummary(result.sealed.report),
    '',
    `Report    ${document.report}`,
    `Case      ${document.case}`,
    `Verified  Assay: ${said(document.verified.assay)}; sha256sum: ${said(independent.sha256sum)}; ssh-keygen: ${said(independent.sshKeygen)}`,
    ...(document.demonstrationKey
      ? ['Signed with a demonstration key that belongs to nobody: use --key FILE for a real audit.']
      : []),
    `Took ${document.seconds.toFixed(1)} s, the replay ${document.replaySeconds.toFixed(1)} s of it.`,
  ].join('\n');
}
