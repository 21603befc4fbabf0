import { canonicalBytes } from '../base/index.ts';
import { type CaseEvent, checkpointBody, checkpointOrigin, isKitSeed } from '../case/index.ts';
import {
  claimedExpectations,
  type DescriptionFiles,
  type Kit,
  readExpectations,
  readPlan,
  unaidedPlan,
} from '../chain/index.ts';
import { proveSource, seedMatches } from '../seed/index.ts';
import type { AttestedStatement } from './attest.ts';
import { FILES } from './files.ts';
import type { Report } from './model.ts';
import {
  type PublicKey,
  paeBytes,
  parseEnvelope,
  parseNote,
  parsePublicKeyLine,
  parseSshSignature,
  type ReportFiles,
  SIGN_OFF_NAMESPACE,
  verifyEnvelope,
  verifyNote,
  verifySshSignature,
} from './seal/index.ts';
import { signOffName, signOffsOf, signOffText } from './sign-offs.ts';
import { type CaseEvidence, type EvidenceSource, headOf } from './source.ts';

/** How many impossible events of a review are told one by one. */
const REFUSED_SHOWN = 20;

/** Takes down one thing that is wrong. */
export type Tell = (code: string, entry: string, message: string) => void;

/** Compares a file of the report with what it should be. */
export function checkDerived(
  files: ReportFiles,
  name: string,
  expected: Buffer,
  message: string,
  tell: Tell,
): void {
  const entry = files.entries.get(name);
  if (!entry || entry.size !== expected.length || !files.read(name).equals(expected))
    tell('report.not-derived', name, message);
}

/** Keys of the report's signers that can sign notes and envelopes. */
function rawKeys(report: Report): PublicKey[] {
  return report.signers
    .map(signer => parsePublicKeyLine(signer.publicKey))
    .filter(key => key.type === 'ssh-ed25519');
}

/** The checkpoint must say the head of the event log, and be signed by a signer whose key can sign it. */
export function checkCheckpoint(
  files: ReportFiles,
  source: EvidenceSource,
  report: Report,
  tell: Tell,
): void {
  const note = parseNote(files.read(FILES.checkpoint));
  if (note.body !== checkpointBody(report.case.id, headOf(source.events))) {
    tell('checkpoint.wrong-head', FILES.checkpoint, 'the checkpoint does not say the head of the event log');
  }
  if (note.signatures.length === 0) return;
  const origin = checkpointOrigin(report.case.id);
  if (note.signatures.length !== 1 || !rawKeys(report).some(key => verifyNote(note, origin, key))) {
    tell(
      'checkpoint.bad-signature',
      FILES.checkpoint,
      'the checkpoint is not signed by a signer of the report',
    );
  }
}

/** The seeds' bytes must be what the log says of them, and assemble from their sources if it says so. */
export function checkSeeds(source: EvidenceSource, read: CaseEvidence, tell: Tell): void {
  for (const event of read.seeds) {
    const entry = `seeds/${event.name}`;
    const bytes = source.object(event.seed.sha256);
    const kitSeed = read.kit.seed.find(seed => seed.name === event.name);
    if (
      !kitSeed ||
      kitSeed.sha256 !== event.expected.sha256 ||
      (kitSeed.size ?? event.seed.size) !== event.expected.size ||
      kitSeed.path !== event.path
    ) {
      tell('seed.not-derived', entry, 'the log expects another seed than the kit names');
    }
    if (seedMatches(bytes, event.expected) !== event.matches)
      tell('seed.not-derived', entry, 'the log says otherwise of the seed than its bytes do');
    if (!event.source) continue;
    const proof = proveSource(bytes, source.object(event.source.sha256), event.source);
    if (event.source.path !== kitSeed?.source || event.source.syntax !== kitSeed?.syntax)
      tell('seed.not-derived', entry, 'the log says otherwise of the source than the kit does');
    if (proof.assembles !== event.source.assembles)
      tell('seed.not-derived', entry, 'the log says otherwise of the source than its assembly does');
    if (read.entry(event.source.path)?.sha256 !== event.source.sha256)
      tell('seed.not-derived', entry, 'the source is not the file of the bundle');
  }
  const alone = source.events.filter(event => event.type === 'seed-checked' && !isKitSeed(event)).length;
  if (alone > 0) tell('seed.not-derived', 'seeds/', 'the log has a seed that no kit names');
  if (read.seeds.length !== read.kit.seed.length)
    tell('seed.not-derived', 'seeds/', 'not every seed of the kit was checked');
}

/** The plan and the expectations must be what reading the kit and the published files gives. */
export function checkPlan(source: EvidenceSource, read: CaseEvidence, tell: Tell): void {
  const kit: Kit = {
    description: read.kit,
    bytes: source.object(read.kitApplied.description.sha256),
    bundleFolder: null,
  };
  const files: DescriptionFiles = {
    type: path => read.entry(path)?.type ?? null,
    read: path => source.object(read.entry(path)?.sha256 ?? path),
  };
  const plan = readPlan(kit, files);
  for (const trail of [read.replay, ...(read.unaided ? [read.unaided] : [])]) {
    const replayed = trail.started.mode === 'unaided' ? unaidedPlan(kit, plan) : plan;
    if (canonicalBytes(replayed).equals(source.object(trail.started.plan))) continue;
    tell('plan.not-derived', FILES.plan, 'the plan is not what the kit and its build description say');
  }
  const published = read.kit.published.map(({ path, under }) => ({
    path,
    under,
    bytes: source.object(read.entry(path)?.sha256 ?? path),
  }));
  const expectations = [
    ...readExpectations(kit, published, files),
    ...claimedExpectations(read.claims, sha256 => source.object(sha256)),
  ];
  if (!canonicalBytes(expectations).equals(source.object(read.replay.planMade.expectations.sha256))) {
    tell('plan.not-derived', FILES.expectations, 'the expectations are not what kit and bundle published');
  }
}

/** No event of the review may be one that cannot be: such have no effect, and no Assay writes them. */
export function checkReview({ review }: CaseEvidence, tell: Tell): void {
  for (const { event, problem } of review.refused().slice(0, REFUSED_SHOWN))
    tell('review.impossible', FILES.events, `event ${event} ${problem}`);
}

/**
 * Every sign-off, also one that lapsed, must be by its key over the log before it. One that stands as proved must have had nothing
 * against it, and no key may stand in two roles.
 */
export function checkSignOffs(report: Report, events: readonly CaseEvent[], tell: Tell): void {
  const roles = new Map<string, string>();
  for (const { signed, head, state } of signOffsOf(events)) {
    const name = signOffName(signed);
    const key = parsePublicKeyLine(signed.publicKey);
    const text = Buffer.from(signOffText(report.case.id, head, signed));
    const signature = parseSshSignature(signed.signature);
    const good = verifySshSignature(signature, SIGN_OFF_NAMESPACE, text);
    if (!good || !signature.publicKey.blob.equals(key.blob) || key.fingerprint !== signed.fingerprint)
      tell('sign-off.bad-signature', name, 'the sign-off is not signed by the key it names');
    if (state !== 'stands') continue;
    if (signed.as === 'proved' && report.blockers.length > 0)
      tell('sign-off.not-derived', name, 'it was signed as proved, and something blocked that');
    if ((roles.get(signed.fingerprint) ?? signed.role) !== signed.role)
      tell('sign-off.one-key', name, 'one key signed in two roles');
    roles.set(signed.fingerprint, signed.role);
  }
}

/** Every statement must be there, say what the evidence says, and be signed by a signer whose key can sign it. */
export function checkStatements(
  files: ReportFiles,
  statements: readonly AttestedStatement[],
  report: Report,
  tell: Tell,
): void {
  const expected = new Set<string>();
  for (const { name, payload } of statements) {
    const signed = `${name}.dsse.json`;
    if (!files.entries.has(signed)) {
      expected.add(`${name}.json`);
      checkDerived(files, `${name}.json`, payload, 'the statement does not follow from the evidence', tell);
      continue;
    }
    expected.add(signed).add(`${name}.pae`);
    const envelope = parseEnvelope(files.read(signed));
    if (!envelope.payload.equals(payload))
      tell('report.not-derived', signed, 'the statement does not follow from the evidence');
    if (!rawKeys(report).some(key => verifyEnvelope(envelope, key)))
      tell('statement.bad-signature', signed, 'the statement is not signed by a signer of the report');
    checkDerived(
      files,
      `${name}.pae`,
      paeBytes(payload),
      'these are not the bytes that the statement signs',
      tell,
    );
  }
  for (const name of files.entries.keys()) {
    if (name.startsWith('statements/') && !expected.has(name))
      tell('report.not-derived', name, 'no evidence leads to this statement');
  }
}
