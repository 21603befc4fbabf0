import { AssayError, assayIdentity, canonicalBytes, type TaskOptions } from '../base/index.ts';
import { statementsOf } from './attest.ts';
import { checkReused } from './check-reused.ts';
import {
  checkCheckpoint,
  checkDerived,
  checkPlan,
  checkReview,
  checkSeeds,
  checkSignOffs,
  checkStatements,
} from './checks.ts';
import { deriveReport } from './derive.ts';
import { figureFiles } from './figure-files.ts';
import { allowedSignersText, eventLines, evidenceFiles, FILES, folderName } from './files.ts';
import { checkImports } from './imports.ts';
import { assertReport, type Report } from './model.ts';
import { renderPage } from './page/index.ts';
import { peopleFiles } from './people.ts';
import {
  type AllowedSigners,
  checkSeal,
  type Problem,
  parseAllowedSigners,
  parsePublicKeyLine,
  REPORT_NAMESPACE,
  type ReportFiles,
  readReport,
  type SealSignature,
  SIGN_OFF_NAMESPACE,
} from './seal/index.ts';
import { sealedSource } from './sealed-source.ts';
import { signOffFiles, signOffName } from './sign-offs.ts';
import { readEvidence } from './source.ts';
import { type VerifiedPart, verifiedParts } from './verify-parts.ts';

/** One signature of a report. */
export interface VerifiedSignature {
  readonly identity: string;
  readonly role: string;
  readonly fingerprint: string;
  readonly valid: boolean;
  /** Whether the reader's own list of signers has this key; null when there is no list. */
  readonly trusted: boolean | null;
  readonly demonstration: boolean;
  /** `report`: over the list of hashes; `log`: a sign-off over the case as it stood, inside the report. */
  readonly over: 'report' | 'log';
  readonly file: string;
}

/** What checking a report found. */
export interface Verification {
  /** True when nothing at all is wrong. */
  readonly valid: boolean;
  /** What the report says, when it could be read. */
  readonly report: Report | null;
  readonly problems: readonly Problem[];
  readonly signatures: readonly VerifiedSignature[];
  /** The same by parts: what was checked and what came of it. */
  readonly parts: readonly VerifiedPart[];
}

/** What a verification may be given. */
export interface VerifyOptions extends TaskOptions {
  /** The reader's own list of signers, in the format of OpenSSH. */
  readonly allowedSigners?: { readonly text: string; readonly file: string };
}

/**
 * Checks a report that anyone may have made: container and hashes, signatures, event log and checkpoint, that seeds, plan and
 * statements follow from the evidence inside, and that report.json and the page do. Collects everything that is wrong.
 * Throws only `report.unreadable`.
 */
export function verifyReport(path: string, options: VerifyOptions = {}): Verification {
  using files = readReport(path, options);
  const seal = checkSeal(files);
  const problems = [...seal.problems];
  const report = attempt(problems, () => readReportJson(files));
  const evidence = report ? checkEvidence(files, report) : { problems: [], events: null };
  problems.push(...evidence.problems);
  const signatures = judgeSignatures(seal.signatures, report, options, problems);
  const parts = verifiedParts(problems, {
    files: files.entries.size,
    signatures: signatures.filter(signature => signature.valid).length,
    events: evidence.events,
    statements: [...files.entries.keys()].filter(name => name.startsWith('statements/')).length,
    page: report !== null && hasSameMaker(report),
  });
  return { valid: problems.length === 0, report, problems, signatures, parts };
}

/** Runs a check; an error it means becomes a problem. */
function attempt<T>(problems: Problem[], check: () => T): T | null {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    problems.push({ code: error.code, where: error.where ?? {}, message: error.message });
    return null;
  }
}

function readReportJson(files: ReportFiles): Report {
  const bytes = files.read(FILES.report);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    value = null;
  }
  return assertReport(value);
}

/** Problems of the evidence, and how many events its log has; null when that is not whole. */
function checkEvidence(files: ReportFiles, report: Report): { problems: Problem[]; events: number | null } {
  const problems: Problem[] = [];
  const tell = (code: string, entry: string, message: string) =>
    problems.push({ code, where: { entry }, message });
  const source = attempt(problems, () => sealedSource(files));
  if (!source) return { problems, events: null };
  if (files.folder !== folderName(report.case.name)) {
    tell('report.not-derived', files.folder ?? '', 'the folder is not called after the case');
  }
  if (source.logProblem !== null) {
    tell('log.broken', FILES.events, source.logProblem);
    return { problems, events: null };
  }
  const read = attempt(problems, () => readEvidence(source));
  if (!read) return { problems, events: null };
  attempt(problems, () => checkCheckpoint(files, source, report, tell));
  attempt(problems, () => checkSeeds(source, read, tell));
  attempt(problems, () => checkPlan(source, read, tell));
  attempt(problems, () => checkReused(source, read, tell));
  attempt(problems, () => checkImports(source, read, tell));
  const derived = attempt(problems, () => deriveReport(source, read));
  if (!derived) return { problems, events: null };
  checkDerived(
    files,
    FILES.report,
    canonicalBytes(derived),
    'report.json does not follow from the evidence',
    tell,
  );
  checkDerived(files, FILES.events, eventLines(source), 'the event log is not in canonical form', tell);
  checkDerived(
    files,
    FILES.allowedSigners,
    Buffer.from(allowedSignersText(source)),
    'the list of signers is not that of the event log',
    tell,
  );
  for (const { name, bytes } of [...peopleFiles(read), ...signOffFiles(report.case.id, source.events)])
    checkDerived(files, name, bytes, 'the file does not follow from the event log', tell);
  attempt(problems, () => checkSignOffs(derived, source.events, tell));
  checkReview(read, tell);
  attempt(problems, () => checkStatements(files, statementsOf(read, derived), report, tell));
  if (hasSameMaker(report)) {
    checkDerived(
      files,
      FILES.page,
      Buffer.from(renderPage(derived)),
      'the page does not follow from the evidence',
      tell,
    );
    for (const { name, bytes } of figureFiles(derived))
      checkDerived(files, name, bytes, 'the figure does not follow from the evidence', tell);
  }
  attempt(problems, () => {
    for (const file of evidenceFiles(source, read)) {
      if (files.entries.get(file.name)?.sha256 === file.sha256) continue;
      tell('evidence.missing', file.name, 'evidence is missing or is not what the event log names');
    }
  });
  return { problems, events: source.events.length };
}

// Another Assay or Node may lay the page out differently; its bytes are under the signatures all the same.
function hasSameMaker(report: Report): boolean {
  return report.assay.version === assayIdentity().version && report.machine.node.version === process.version;
}

function judgeSignatures(
  found: readonly SealSignature[],
  report: Report | null,
  options: VerifyOptions,
  problems: Problem[],
): VerifiedSignature[] {
  const allowed =
    options.allowedSigners && parseAllowedSigners(options.allowedSigners.text, options.allowedSigners.file);
  problems.push(...(allowed?.problems ?? []));
  const signatures = found.map((signature): VerifiedSignature => {
    const signer = report?.signers.find(
      each => each.fingerprint === signature.fingerprint && each.role === signature.role,
    );
    const time = new Date(signer?.at ?? Date.now());
    const principals = allowed?.findPrincipals(
      parsePublicKeyLine(signature.publicKey),
      REPORT_NAMESPACE,
      time,
    ).principals;
    return {
      identity: principals?.[0] ?? signer?.identity ?? 'unknown',
      role: signature.role,
      fingerprint: signature.fingerprint,
      valid: signature.valid,
      trusted: principals ? signature.valid && principals.length > 0 : null,
      demonstration: signer?.demonstration ?? false,
      over: 'report',
      file: signature.file,
    };
  });
  for (const signer of report?.signers ?? []) {
    if (!signer.seals) signatures.push(signOffSignature(signer, allowed, problems));
  }
  for (const signer of report?.signers ?? []) {
    if (
      signer.seals &&
      !signatures.some(
        each => each.valid && each.fingerprint === signer.fingerprint && each.role === signer.role,
      )
    ) {
      problems.push({
        code: 'signature.missing',
        where: { entry: 'signatures/' },
        message: `the report names ${signer.identity}, who sealed it as ${signer.role}, and that signature is not there`,
      });
    }
  }
  for (const signature of signatures) {
    if (!report || signature.role === 'countersignature') continue;
    if (
      !report.signers.some(
        signer => signer.fingerprint === signature.fingerprint && signer.role === signature.role,
      )
    ) {
      problems.push({
        code: 'signature.unknown',
        where: { entry: signature.file },
        message: `the report does not say that this key signed as ${signature.role}`,
      });
    }
  }
  if (report && !report.signers.some(signer => signer.seals)) {
    problems.push({
      code: 'signature.unknown',
      where: { entry: FILES.report },
      message: 'the report does not say who sealed it',
    });
  }
  if (allowed && !signatures.some(signature => signature.trusted)) {
    problems.push({
      code: 'signature.untrusted',
      where: { entry: 'signatures/' },
      message: 'no signature is by a key of the list of allowed signers',
    });
  }
  return signatures;
}

/** The sign-off of somebody who did not seal the report; {@link checkSignOffs} has checked it. */
function signOffSignature(
  signer: Report['signers'][number],
  allowed: AllowedSigners | undefined,
  problems: readonly Problem[],
): VerifiedSignature {
  const { identity, role, fingerprint, demonstration, publicKey, at, event } = signer;
  const name = signOffName({ seq: event, role });
  const valid = !problems.some(
    ({ code, where }) => code === 'sign-off.bad-signature' && where.entry === name,
  );
  const principals = allowed?.findPrincipals(
    parsePublicKeyLine(publicKey),
    SIGN_OFF_NAMESPACE,
    new Date(at),
  ).principals;
  return {
    identity: principals?.[0] ?? identity,
    role,
    fingerprint,
    valid,
    trusted: principals ? valid && principals.length > 0 : null,
    demonstration,
    over: 'log',
    file: `${name}.txt.sig`,
  };
}

/** The files of a report, for tools that want them on disk. Names are safe: parts of letters, digits and `._+-`. */
export function* readReportFiles(path: string): Generator<{ name: string; chunks: Iterable<Uint8Array> }> {
  using files = readReport(path);
  for (const name of files.entries.keys()) yield { name, chunks: files.chunks(name) };
}
