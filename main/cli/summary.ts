import type { StatusDocument, VerifyDocument } from '../contract/documents.ts';
import { inertText } from '../contract/inert.ts';
import {
  endOfBlindReview,
  type Finding,
  plural,
  type ReplayStatus,
  type Report,
  type StepFailure,
} from '../engine/index.ts';

const MARKS: Record<Report['proved'][number]['mark'], string> = {
  reproduced: '=',
  differs: '≠',
  waived: '≠',
  missing: '∅',
  unexpected: '+',
  'not-run': '○',
};

/** The summary at the end of an audit: verdict, proved and not proved, equally plain. */
export function reportSummary(report: Report): string {
  const lines = (title: string, statements: Report['proved']) => [
    title,
    ...(statements.length > 0
      ? statements.map(each => `  ${MARKS[each.mark]} ${each.text}  [${each.evidence}]`)
      : ['  Nothing.']),
  ];
  const findings = report.findings.map(
    finding =>
      `  ${finding.id} ${finding.severity}: ${finding.message}${finding.state === 'waived' ? ' (waived)' : ''}`,
  );
  return [
    report.headline,
    report.explanation,
    '',
    ...lines('Proved', report.proved),
    '',
    ...lines('Not proved', report.notProved),
    '',
    `Artifacts: ${countsText(report.counts)}`,
    report.closure.state === 'not-observed'
      ? 'Trust closure: not observed'
      : `Trust closure: ${closureText(report.closure.state)}, ${plural(report.closure.programs, 'program')} ran`,
    `Findings: ${report.findings.length === 0 ? 'none' : report.findings.length}`,
    ...findings,
  ].join('\n');
}

function countsText(counts: Report['counts']): string {
  return `${counts.reproduced} reproduced, ${counts.differs} differ, ${counts.waived} waived, ${counts.missing} missing, ${counts.unexpected} unexpected, ${counts.notRun} not run; ${counts.noExpectation} without a published hash`;
}

function closureText(state: Report['closure']['state']): string {
  return { held: 'held', broken: 'BROKEN', 'not-observed': 'not observed' }[state];
}

/** What a person needs to go on after a step failed. */
export function failedStepText(failure: StepFailure): string {
  return [
    `Step ${failure.number} ${failure.step} failed: ${failure.reason}`,
    `  argv: ${failure.argv.map(inertText).join(' ')}`,
    ...(failure.logTail.length > 0
      ? ['  end of its log:', ...failure.logTail.map(line => `    ${inertText(line)}`)]
      : ['  it printed nothing']),
    `  to run it alone: ${failure.rerun}`,
    `  to go on from here: ${failure.resume}`,
  ].join('\n');
}

/** What `assay verify` says to a person. */
export function verifyText(document: VerifyDocument, report: Report | null): string {
  const signatures = document.signatures.map(signature => {
    const trust = {
      true: 'in your list of signers',
      false: 'NOT in your list of signers',
      null: 'no list of signers given: ask the person for the key',
    }[String(signature.trusted) as 'true' | 'false' | 'null'];
    const whose = signature.demonstration ? 'demonstration key, belongs to nobody' : trust;
    const what = signature.over === 'report' ? '' : ', signed off the case';
    return `  ${signature.valid ? 'good' : 'BAD '} ${inertText(signature.identity)}, ${signature.role}${what}, ${signature.fingerprint} (${whose})`;
  });
  const problems = document.problems.map(
    problem => `  ${problem.code}: ${inertText(problem.where)}: ${inertText(problem.message)}`,
  );
  return [
    document.valid
      ? 'The report is whole: every hash, statement and signature checks, and it follows from its evidence.'
      : 'The report is NOT valid.',
    ...document.parts.map(
      part =>
        `  ${{ passed: 'good', failed: 'BAD ', 'not-checked': '-   ' }[part.state]} ${part.title}: ${inertText(part.detail)}`,
    ),
    ...(problems.length > 0 ? ['Problems', ...problems] : []),
    'Signatures',
    ...(signatures.length > 0 ? signatures : ['  None.']),
    ...(report?.lapsed ?? []).map(lapsedText),
    ...(report
      ? ['', `What it says${document.valid ? '' : ' (not to be believed)'}:`, reportSummary(report)]
      : []),
  ].join('\n');
}

function lapsedText({ identity, role, event, state, after }: Report['lapsed'][number]): string {
  const why = {
    renewed: 'signed again later',
    trial: 'by a demonstration key, for a trial run',
    void: `${plural(after?.events ?? 0, 'event')} of evidence came after it`,
  }[state];
  return `  -    ${inertText(identity)}, ${role}, sign-off at event ${event} does not hold: ${why}`;
}

/** What became of holding a seed against the kit. */
export function againstKit(matches: boolean | null): string {
  if (matches === null) return 'taken by itself, no kit says what it should be';
  return matches ? 'the one the kit names' : 'NOT the one the kit names';
}

/** From which failed replay one went on; empty for one from the beginning. */
export function takenText({ resumes }: Pick<ReplayStatus, 'resumes'>): string {
  return resumes === null
    ? ''
    : `, gone on from replay ${resumes}: what that one's steps gave was taken over`;
}

/** What `assay status` says to a person. */
export function statusText(status: StatusDocument): string {
  const log = status.log.broken
    ? `BROKEN at event ${status.log.broken.seq}: ${status.log.broken.problem}`
    : `${plural(status.log.size, 'event')}, unbroken, head ${status.log.root.slice(0, 12)}`;
  const { replay, bundle, seedReview } = status;
  return [
    `Case     ${inertText(status.name)}, ${status.id}`,
    `Log      ${log}`,
    `Kit      ${status.kit ? `${status.kit.id} ${status.kit.version}` : 'none yet'}`,
    `Bundle   ${bundle ? `${inertText(bundle.name)}, ${plural(bundle.files, 'file')}, sha256 ${bundle.sha256}` : 'none yet'}`,
    ...(status.beside.files > 0
      ? [`Beside   ${plural(status.beside.files, 'file')}, ${plural(status.beside.bytes, 'byte')}`]
      : []),
    ...(status.seeds.length > 0
      ? status.seeds.map(
          seed =>
            `Seed     ${inertText(seed.name)}, ${plural(seed.size, 'byte')}, ${againstKit(seed.matches)}`,
        )
      : ['Seed     none checked yet']),
    `Review   ${seedReview ? `${seedReview.explainedBytes} of ${plural(seedReview.bytes, 'seed byte')} explained by a person, ${seedReview.byTwoBytes} by two${seedReview.byTwoBlindBytes > 0 ? `, ${seedReview.byTwoBlindBytes} of these blind` : ''}` : status.blind.length > 0 ? 'withheld' : 'nothing to review yet'}`,
    ...status.blind.map(each => `Blind    ${blindText(each, status.case)}`),
    `Replay   ${replay ? `${replay.number}, ${replay.done} of ${plural(replay.steps, 'step')} done, ${replay.running ? 'running' : replay.outcome}${takenText(replay)}` : 'none yet'}`,
    `Verdict  ${status.verdict ?? 'none yet'}`,
    ...(status.artifacts ? [`         ${countsText(status.artifacts)}`] : []),
    ...status.expectations.map(
      ({ source, name, hashes, met }) =>
        `Hashes   ${inertText(name)} (${source}): ${met} of ${plural(hashes, 'hash', 'hashes')} met`,
    ),
    ...(status.closure ? [`Closure  ${closureText(status.closure)}`] : []),
    ...status.findings.map(finding => `         ${finding.id} ${finding.severity}: ${finding.message}`),
    ...status.open.map(
      (point, i) =>
        `${i === 0 ? 'Open     ' : '         '}${inertText(point.text)}: ${inertText(point.action.command)}`,
    ),
    ...status.signers.map(
      signer =>
        `Signed   ${inertText(signer.identity)}, ${signer.role}, ${signer.as === 'proved' ? 'as proved' : 'as not proved'}`,
    ),
    `Report   ${status.sealed ? 'sealed' : 'not sealed'}`,
  ].join('\n');
}

function blindText(each: StatusDocument['blind'][number], folder: string): string {
  const who = `${inertText(each.seed)} is reviewed blind by ${each.by.map(inertText).join(' and ')}`;
  const unchecked = 'names are not checked';
  return each.withheld
    ? `${who}: what others say of it is withheld. Somebody else is shown it with --by NAME (${unchecked}). To end it: ${inertText(endOfBlindReview(folder, each))}`
    : `${who}; it is shown to whom --by names (${unchecked})`;
}

/** A finding as the documents of the command line have it. */
export function findingRow({
  id,
  severity,
  message,
  where,
  code,
  state,
}: Finding): Pick<Finding, 'id' | 'severity' | 'message' | 'where' | 'code' | 'state'> {
  return { id, severity, message, where, code, state };
}
