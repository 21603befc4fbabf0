import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findingsDocument } from '../../main/contract/review-documents.ts';
import {
  AssayError,
  attachExhibit,
  attachToFinding,
  demonstrationSigning,
  findingsIn,
  openCase,
  proposalsFrom,
  type Report,
  readReportFiles,
  removeExhibit,
  reopenFinding,
  resolveFinding,
  sealReport,
  takeOverProposals,
  verifyReport,
  waiveFinding,
} from '../../main/engine/index.ts';
import { assay, DATE } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const code = (expected: string) => (error: unknown) => error instanceof AssayError && error.code === expected;

test('a finding is raised, gets evidence, is settled, opened again, and all of it is in the report that verifies', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'case');
  const audit = assay([
    ...['audit', '--case', path, '--report', join(folder, 'first.assay.tar')],
    ...['--observer', 'off', '--date', DATE],
  ]);
  assert.ok(audit.status === 0 || audit.status === 1, audit.stderr);
  const later = join(folder, 'later');
  cpSync(path, later, { recursive: true });
  const words = ['--message', 'It prints too much', '--where', 'bin/cat', '--by', 'Ada', '--date', DATE];
  const raised = findingOf(assay(['finding', 'raise', path, ...words, '--json']).stdout);
  const bytes = ['--path', 'hex0-seed', '--bytes', '16:4', '--by', 'Ada', '--date', DATE];
  const attached = findingOf(assay(['finding', 'attach', path, raised.id, ...bytes, '--json']).stdout);
  const range = { offset: 16, length: 4 };
  assert.deepEqual(
    attached.exhibits.map(({ by, exhibit }) => [by, exhibit.kind, 'range' in exhibit && exhibit.range]),
    [['Ada', 'bytes', range]],
  );
  const wrong = assay(['finding', 'attach', path, raised.id, '--path', 'no/such', '--by', 'Ada', '--json']);
  assert.equal(wrong.status, 2);
  assert.equal(JSON.parse(wrong.stdout).error.code, 'exhibit.unknown');

  using theCase = openCase(path, { by: 'Ada' });
  const { key } = raised;
  const step = attachToFinding(theCase, null, key, { step: 5 });
  assert.deepEqual(step.exhibit, { kind: 'step', replay: 1, number: 5, step: 'cat' });
  const file = attachToFinding(theCase, null, key, { path: 'bin/cat' });
  assert.equal(file.exhibit.kind, 'artifact');
  for (const named of [
    { step: 999 },
    { path: 'no/such' },
    { path: 'hex0-seed', range: { offset: 270, length: 20 } },
  ])
    assert.throws(() => attachToFinding(theCase, null, key, named), code('exhibit.unknown'));
  assert.throws(() => removeExhibit(theCase, file.id, 'Ben'), code('exhibit.not-yours'));
  removeExhibit(theCase, file.id);
  assert.throws(() => reopenFinding(theCase, key, 'x'), code('finding.not-settled'));
  resolveFinding(theCase, key, 'read it');
  assert.equal(findingsIn(theCase).find(each => each.key === key)?.state, 'resolved');
  reopenFinding(theCase, key, 'read it again');
  // A finding that follows from the evidence can get evidence, too.
  const other = findingsIn(theCase).find(each => each.raised === null)?.key ?? 'none';
  attachExhibit(theCase, other, step.exhibit);

  waiveFinding(theCase, 'observer.absent', 'no strace on that machine');

  const sealed = join(folder, 'report.assay.tar');
  await sealReport(theCase, await demonstrationSigning(theCase), sealed);
  const report = reportIn(sealed);
  const told = report.findings.find(each => each.key === key);
  assert.deepEqual(
    [told?.state, told?.exhibits?.map(each => each.exhibit.kind)],
    ['open', ['bytes', 'step']],
  );
  assert.ok(report.custody.some(line => /opened again: read it again/.test(line.what)));
  const verified = verifyReport(sealed);
  assert.deepEqual([verified.valid, verified.problems], [true, []]);

  // Another case of the kit may take over what this one says; nothing of it is in force by itself.
  using next = openCase(later, { by: 'Ben' });
  const events = next.log.events.length;
  const proposed = proposalsFrom(next, sealed);
  assert.deepEqual(
    proposed.proposals.map(({ what, by, state }) => [what, by, state]),
    [
      ['waiver', 'Ada', 'new'],
      ['raised', 'Ada', 'new'],
    ],
  );
  assert.equal(next.log.events.length, events);
  assert.ok(findingsIn(next).every(({ state, raised }) => state === 'open' && raised === null));
  assert.throws(() => takeOverProposals(next, proposed, [1, 9]), code('proposals.unknown'));
  assert.equal(takeOverProposals(next, proposed, [1, 2]), 2);
  const waived = findingsIn(next).find(finding => finding.key === 'observer.absent');
  assert.deepEqual([waived?.state, waived?.waiver?.by], ['waived', 'Ben']);
  assert.deepEqual(
    proposalsFrom(next, sealed).proposals.map(({ state }) => state),
    ['here', 'here'],
  );
  const last = join(folder, 'last.assay.tar');
  await sealReport(next, await demonstrationSigning(next), last);
  const { sha256 } = proposed.from;
  const takenOver = `Finding observer.absent waived: no strace on that machine, taken over from the report report.assay.tar, sha256 ${sha256}, there by Ada`;
  assert.ok(reportIn(last).custody.some(line => line.by === 'Ben' && line.what === takenOver));
  assert.equal(verifyReport(last).valid, true);
});

/** The first finding of a document about findings. */
function findingOf(stdout: string) {
  const [first] = findingsDocument.parse(JSON.parse(stdout)).findings;
  assert.ok(first);
  return first;
}

function reportIn(file: string): Report {
  for (const { name, chunks } of readReportFiles(file)) {
    if (name === 'report.json') return JSON.parse(Buffer.concat([...chunks]).toString('utf8')) as Report;
  }
  throw new Error('no report.json');
}
