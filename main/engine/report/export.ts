import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalBytes, inputError, sha256OfFile, type TaskOptions } from '../base/index.ts';
import { type Case, checkpointBody, checkpointOrigin } from '../case/index.ts';
import { mustSeeAll } from '../review/index.ts';
import { statementsOf } from './attest.ts';
import { blockersOf } from './blockers.ts';
import { deriveReport } from './derive.ts';
import { figureFiles } from './figure-files.ts';
import { allowedSignersText, eventLines, evidenceFiles, FILES, folderName } from './files.ts';
import { howToText } from './how-to.ts';
import type { Report } from './model.ts';
import { renderPage } from './page/index.ts';
import { peopleFiles } from './people.ts';
import {
  canSignRaw,
  parsePublicKeyLine,
  type ReportFile,
  reportFile,
  sealReport as seal,
  signatureName,
  signEnvelope,
  signNote,
} from './seal/index.ts';
import { checkIdentity, type Signing, signOff } from './sign-off.ts';
import { signOffFiles } from './sign-offs.ts';
import { type CaseEvidence, caseSource, type EvidenceSource, readEvidence } from './source.ts';

/** A report that left the case. */
export interface SealedReport {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly report: Report;
}

/**
 * Signs off and seals the newest replay of a case into one file. When the case's log already ends with that, for instance because
 * an earlier attempt was killed, nothing is added to it, and the same bytes come out. An existing file is left as it is
 * when it is the same report; otherwise throws `report.exists`. Throws `report.incomplete`, `report.bad-identity`, and
 * `blind.goes-on` and `blind.who` to who reviews a seed blind, or may.
 */
export async function sealReport(
  theCase: Case,
  signing: Signing,
  path: string,
  options: TaskOptions = {},
): Promise<SealedReport> {
  checkIdentity(signing.identity);
  mustSeeAll(theCase, 'the report');
  await recordSealing(theCase, signing);
  const source = caseSource(theCase);
  const read = readEvidence(source);
  const report = deriveReport(source, read);
  const files = reportFiles(theCase, source, read, report, signing);
  mkdirSync(dirname(path), { recursive: true });
  const sealing = {
    folder: folderName(theCase.name),
    files,
    signers: [{ role: signing.role, signer: signing.signer }],
  };
  if (!existsSync(path)) return { path, report, ...(await seal(path, sealing, options)) };
  return {
    path,
    report,
    ...(await compareWithExisting(theCase, path, target => seal(target, sealing, options))),
  };
}

async function compareWithExisting(
  theCase: Case,
  path: string,
  write: (target: string) => Promise<{ sha256: string; size: number }>,
): Promise<{ sha256: string; size: number }> {
  mkdirSync(theCase.scratch, { recursive: true });
  const target = join(theCase.scratch, 'sealed.assay.tar');
  rmSync(target, { force: true });
  try {
    const written = await write(target);
    if (sha256OfFile(path).sha256 === written.sha256) return written;
    throw inputError(
      'report.exists',
      'there is another file of this name already',
      { file: path },
      'Name another file with --report.',
    );
  } finally {
    rmSync(target, { force: true });
  }
}

/** Appends what is missing of the sign-off and the sealing by this key. Whatever blocks it is said in the sign-off. */
async function recordSealing(theCase: Case, signing: Signing): Promise<void> {
  const { log } = theCase;
  const { role, signer, identity } = signing;
  const newest = log.events.at(-1);
  const isOurs = newest?.type === 'report-sealed' && newest.by === identity;
  if (isOurs && newest.role === role && newest.fingerprint === signer.fingerprint) return;
  const notProved = blockersOf(deriveReport(caseSource(theCase))).length > 0;
  await signOff(theCase, signing, { notProved });
  const replay = log.last('replay-started')?.replay ?? 1;
  log.append({ type: 'report-sealed', replay, role, fingerprint: signer.fingerprint }, undefined, identity);
}

function* reportFiles(
  theCase: Case,
  source: EvidenceSource,
  read: CaseEvidence,
  report: Report,
  signing: Signing,
): Generator<ReportFile> {
  for (const file of evidenceFiles(source, read)) {
    yield { ...file, chunks: () => theCase.objects.chunks(file.sha256) };
  }
  const { signer, identity, role } = signing;
  const body = checkpointBody(theCase.id, theCase.log.head);
  const raw = canSignRaw(signer) ? signer : null;
  yield reportFile(FILES.checkpoint, raw ? signNote(body, checkpointOrigin(theCase.id), raw) : body);
  yield reportFile(FILES.events, eventLines(source));
  yield reportFile(FILES.allowedSigners, allowedSignersText(source));
  const derived = [...peopleFiles(read), ...signOffFiles(theCase.id, source.events)];
  for (const { name, bytes } of derived) yield reportFile(name, bytes);
  yield reportFile(FILES.report, canonicalBytes(report));
  yield reportFile(FILES.page, renderPage(report));
  for (const { name, bytes } of figureFiles(report)) yield reportFile(name, bytes);
  const file = signatureName(role, parsePublicKeyLine(signer.publicKey));
  yield reportFile(FILES.howTo, howToText(report, [{ identity, file }]));
  for (const { name, payload } of statementsOf(read, report)) {
    if (raw === null) {
      yield reportFile(`${name}.json`, payload);
      continue;
    }
    const { envelope, pae } = signEnvelope(payload, raw);
    yield reportFile(`${name}.dsse.json`, envelope);
    yield reportFile(`${name}.pae`, pae);
  }
}

/** Where a case's report goes unless the user says otherwise: into the case folder. */
export function defaultReportPath(theCase: Case): string {
  return join(theCase.folder, `${folderName(theCase.name)}.assay.tar`);
}
