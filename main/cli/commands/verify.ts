import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { VerifyDocument } from '../../contract/documents.ts';
import { AssayError, type Verification, verifyReport } from '../../engine/index.ts';
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
        options.allowedSigners === undefined ? undefined : readSigners(options.allowedSigners);
      const result = verifyReport(report, {
        onProgress: output.onProgress,
        ...(allowedSigners && { allowedSigners }),
      });
      const document = verifyDocumentOf(result);
      output.result(document, () => verifyText(document, result.report));
      process.exitCode = document.valid && document.verdict === 'reproduced' ? 0 : 1;
    });
}

function readSigners(file: string): { text: string; file: string } {
  try {
    return { text: readFileSync(file, 'utf8'), file };
  } catch (cause) {
    throw new AssayError({
      kind: 'input',
      code: 'allowed-signers.unreadable',
      message: 'the list of signers cannot be read',
      where: { file },
      cause,
    });
  }
}

/** A verification as the document that `--json` prints. */
export function verifyDocumentOf(result: Verification): VerifyDocument {
  return {
    valid: result.valid,
    verdict: result.report?.verdict ?? null,
    problems: result.problems.map(({ code, where, message }) => ({ code, where: placeOf(where), message })),
    signatures: result.signatures.map(({ identity, role, fingerprint, valid, trusted, demonstration }) => ({
      identity,
      role,
      fingerprint,
      valid,
      trusted,
      demonstration,
    })),
  };
}

function placeOf(where: Verification['problems'][number]['where']): string {
  const { entry, line, offset, file } = where;
  const place = entry ?? file ?? '';
  if (line !== undefined) return `${place}, line ${line}`;
  return offset === undefined ? place : `${place}, offset ${offset}`;
}
