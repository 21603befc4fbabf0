import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { readReportFiles, type Verification } from '../engine/index.ts';

/** What other people's tools said of a report; null where the tool is not on this machine. */
export interface IndependentChecks {
  readonly sha256sum: boolean | null;
  readonly sshKeygen: boolean | null;
}

/** Where a program of this machine lies, or null. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/**
 * Checks a report that Assay found valid once more with `sha256sum` and `ssh-keygen`, as VERIFY.txt says, in a scratch folder
 * that is removed afterwards.
 */
export function checkIndependently(
  report: string,
  verification: Verification,
  scratch: string,
): IndependentChecks {
  const folder = join(scratch, 'independent-check');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    unpack(report, folder);
    return { sha256sum: runSha256sum(folder), sshKeygen: runSshKeygen(folder, verification) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpack(report: string, folder: string): void {
  for (const { name, chunks } of readReportFiles(report)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.concat([...chunks].map(chunk => Buffer.from(chunk))));
  }
}

function runSha256sum(folder: string): boolean | null {
  const program = findProgram('sha256sum');
  if (!program) return null;
  return (
    spawnSync(program, ['--strict', '--quiet', '-c', 'SHA256SUMS'], { cwd: folder, stdio: 'ignore' })
      .status === 0
  );
}

function runSshKeygen(folder: string, verification: Verification): boolean | null {
  const program = findProgram('ssh-keygen');
  if (!program) return null;
  return verification.signatures.every(({ identity, file, over }) => {
    const [namespace, message] =
      over === 'report' ? ['assay-report', 'SHA256SUMS'] : ['assay-sign-off', file.replace(/\.sig$/, '')];
    const signed = openSync(join(folder, message), 'r');
    try {
      const args = ['-Y', 'verify', '-f', 'allowed_signers', '-I', identity, '-n', namespace, '-s', file];
      return spawnSync(program, args, { cwd: folder, stdio: [signed, 'ignore', 'ignore'] }).status === 0;
    } finally {
      closeSync(signed);
    }
  });
}
