import { AssayError } from '../../base/index.ts';
import {
  isSignatureName,
  REPORT_NAMESPACE,
  type SignatureRole,
  SUMS,
  signatureName,
  signatureRole,
} from './layout.ts';
import { PROBLEM_LIMIT, type Problem } from './problem.ts';
import { type ReportFiles, SMALL_FILE } from './read.ts';
import { ARMOR_LIMIT, parseSshSignature, type SshSignature, verifySshSignature } from './sshsig.ts';
import { parseSums, type SumLine } from './sums.ts';

/** A signature found in a report. Whose key it is, a list of allowed signers has to say. */
export interface SealSignature {
  /** Its name in the report. */
  readonly file: string;
  /** As the name says. The signature does not cover its own name: the sign-offs inside the report tell who signed as what. */
  readonly role: SignatureRole;
  readonly fingerprint: string;
  /** One line of OpenSSH without comment. */
  readonly publicKey: string;
  /** Whether it is by this key over exactly this `SHA256SUMS`. */
  readonly valid: boolean;
}

/** What a look at the seal of a report found. The seal is whole when there is no problem. */
export interface SealCheck {
  readonly problems: readonly Problem[];
  readonly signatures: readonly SealSignature[];
}

const MAXIMUM_SIGNATURES = 100;

/**
 * Checks the seal of a report: container, hashes, signatures. Without problems every byte of the report is either
 * covered by all of its signatures, or part of one of them, or could not be any other.
 */
export function checkSeal(report: ReportFiles): SealCheck {
  const problems: Problem[] = [...report.problems];
  const tell = (code: string, entry: string, message: string) => {
    if (problems.length < PROBLEM_LIMIT)
      problems.push({ code, where: { file: report.path, entry }, message });
  };
  const list = report.entries.get(SUMS);
  if (!list || list.size > SMALL_FILE) {
    tell('seal.no-sums', SUMS, list ? 'the list of hashes is too large' : 'the list of hashes is missing');
    return { problems, signatures: [] };
  }
  const sums = report.read(SUMS);
  const parsed = parseSums(sums.toString('latin1'));
  for (const problem of parsed.problems) tell(problem.code, SUMS, problem.message);
  compareSums(report, parsed.lines, tell);
  const names = [...report.entries.keys()].filter(isSignatureName);
  if (names.length === 0) tell('seal.no-signature', 'signatures/', 'nobody signed the report');
  if (names.length > MAXIMUM_SIGNATURES) {
    tell('seal.too-many-signatures', 'signatures/', `there are more than ${MAXIMUM_SIGNATURES} signatures`);
  }
  const signatures = names
    .slice(0, MAXIMUM_SIGNATURES)
    .map(name => checkSignature(report, name, sums, tell))
    .filter(signature => signature !== null);
  return { problems, signatures };
}

type Tell = (code: string, entry: string, message: string) => void;

function compareSums(report: ReportFiles, lines: readonly SumLine[], tell: Tell): void {
  const listed = new Map(lines.map(line => [line.name, line.sha256]));
  for (const [name, sha256] of listed) {
    if (!isListed(name)) {
      tell('seal.listed-wrongly', name, 'the list of hashes names itself or a signature');
      continue;
    }
    const entry = report.entries.get(name);
    if (!entry) tell('seal.file-missing', name, 'a file that the list of hashes names is missing');
    else if (entry.sha256 !== sha256)
      tell('seal.wrong-hash', name, 'the file is not the one that was sealed');
  }
  for (const name of report.entries.keys()) {
    if (isListed(name) && !listed.has(name)) tell('seal.unlisted', name, 'the list of hashes lacks the file');
  }
}

/** Whether a file has to be in the list of hashes. */
function isListed(name: string): boolean {
  return name !== SUMS && !isSignatureName(name);
}

function checkSignature(report: ReportFiles, file: string, sums: Buffer, tell: Tell): SealSignature | null {
  const role = signatureRole(file);
  if (!role) {
    tell('seal.signature-name', file, 'this is not the name of a signature');
    return null;
  }
  const signature = readSignature(report, file, tell);
  if (!signature) return null;
  if (signatureName(role, signature.publicKey) !== file) {
    tell('seal.signature-name', file, 'the signature is by another key than its name says');
  }
  const valid = verifySshSignature(signature, REPORT_NAMESPACE, sums);
  if (!valid) tell('seal.bad-signature', file, 'the signature is not over this report');
  const { fingerprint, line } = signature.publicKey;
  return { file, role, fingerprint, publicKey: line, valid };
}

function readSignature(report: ReportFiles, file: string, tell: Tell): SshSignature | null {
  try {
    return parseSshSignature(report.read(file, ARMOR_LIMIT));
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    tell(error.code, file, error.message);
    return null;
  }
}
