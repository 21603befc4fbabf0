import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyDocument } from '../../main/contract/documents.ts';
import {
  actionDocument,
  annotationsDocument,
  coverageDocument,
} from '../../main/contract/review-documents.ts';
import { type Report, readReportFiles } from '../../main/engine/index.ts';
import { assay, DATE } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { json, preparedCase, refused } from '../support/review-case.ts';

const folder = temporaryFolder();

/** The report inside a sealed file. */
function reportIn(file: string): Report {
  for (const { name, chunks } of readReportFiles(file)) {
    if (name === 'report.json') return JSON.parse(Buffer.concat([...chunks]).toString('utf8')) as Report;
  }
  throw new Error('no report.json');
}

const coverage = (path: string, ...more: string[]) => {
  const [seed] = coverageDocument.parse(
    JSON.parse(assay(['seed', 'coverage', path, '--json', ...more]).stdout),
  ).seeds;
  assert.ok(seed);
  return seed;
};

test('two people explain a seed, and coverage says by whom, by two, and what is next', () => {
  const path = preparedCase(folder);
  const annotate = (by: string, range: string, ...more: string[]) =>
    annotationsDocument.parse(
      json(['seed', 'annotate', path, '--range', range, '--label', 'part', '--by', by, ...more]),
    ).annotations[0];
  annotate('Ines Marković', '0x0-0x3f', '--note', '**ELF** header', '--group', 'header');
  annotate('Jon Reed', '0x20+64');
  const question = annotate('Jon Reed', '0x80', '--kind', 'question');
  assert.ok(question);
  const seen = coverage(path, '--after', '0x50');
  assert.equal(seen.explained, 96);
  assert.equal(seen.byTwo, 32);
  assert.equal(seen.next, 0x60);
  assert.equal(coverage(path, '--reviewer', 'Jon Reed').next, 0);
  assert.deepEqual(seen.open, { questions: 1, concerns: 0 });

  assert.equal(
    refused(['seed', 'annotation', 'edit', path, question.id, '--label', 'x', '--by', 'Ines']),
    'annotation.not-yours',
  );
  json(['seed', 'annotation', 'resolve', path, question.id, '--reason', 'looked up', '--by', 'Ines']);
  assert.deepEqual(coverage(path).open, { questions: 0, concerns: 0 });
  json([
    'seed',
    'annotation',
    'edit',
    path,
    question.id.slice(0, 6),
    '--kind',
    'explained',
    '--by',
    'Jon Reed',
  ]);
  assert.equal(coverage(path).explained, 97);
  json(['seed', 'annotation', 'remove', path, question.id, '--by', 'Jon Reed']);
  assert.equal(coverage(path).explained, 96);

  const undone = actionDocument.parse(json(['undo', path, '--by', 'Jon Reed'])).action;
  assert.equal(undone.type, 'annotation-removed');
  assert.equal(coverage(path).explained, 97);
  json(['undo', path, '--redo', '--by', 'Jon Reed']);
  assert.equal(coverage(path).explained, 96);
  assert.equal(refused(['undo', path, '--redo', '--by', 'Jon Reed']), 'undo.nothing');
});

test('what people said is in the report, follows from its log, and leaves nothing unsaid', () => {
  const path = join(folder, 'audited');
  const audit = assay(['audit', '--kit', 'bedrock-amd64', '--case', path, '--date', DATE]);
  assert.equal(audit.status, 0, audit.stderr);
  json(['seed', 'annotate', path, '--range', '0-0x3f', '--label', 'ELF header', '--by', 'Ines']);
  json(['seed', 'annotate', path, '--range', '0-0x3f', '--label', 'ELF header', '--by', 'Jon']);
  json(['seed', 'annotate', path, '--range', '0x78+8', '--label', 'odd', '--kind', 'concern', '--by', 'Jon']);
  json(['bundle', 'review', path, 'src', '--by', 'Ines']);
  json(['bundle', 'comment', path, 'src/hex0.hex0', '--line', '3', '--text', 'why?', '--by', 'Jon']);
  assay(['case', 'checklist', path, '--item', 'hashes', '--note', 'by the book', '--by', 'Ines']);
  json(['case', 'scope', path, '--text', 'The seed only.', '--by', 'Ines']);
  json(['finding', 'raise', path, '--message', 'odd name', '--where', 'src', '--by', 'Jon']);
  const file = join(folder, 'audited.tar');
  json(['export', path, '--report', file]);
  const verified = verifyDocument.parse(JSON.parse(assay(['verify', file, '--json']).stdout));
  assert.deepEqual(verified.problems, []);

  const report = reportIn(file);
  assert.deepEqual(report.seedReview, {
    bytes: 276,
    explainedBytes: 64,
    byTwoBytes: 64,
    byTwoBlindBytes: 0,
    reviewers: ['Ines', 'Jon'],
  });
  assert.equal(report.seedReviews[0]?.hex?.length, 2 * 276);
  assert.deepEqual(
    report.seedReviews[0]?.annotations.map(({ kind, by }) => [kind, by]),
    [
      ['explained', 'Ines'],
      ['explained', 'Jon'],
      ['concern', 'Jon'],
    ],
  );
  assert.deepEqual(report.fileReview.reviewers, [{ name: 'Ines', files: 14 }]);
  assert.equal(report.comments[0]?.text, 'why?');
  assert.equal(report.scope?.text, 'The seed only.');
  assert.deepEqual(
    report.checklist.filter(({ done }) => done).map(({ id, answered }) => [id, answered?.by]),
    [['hashes', 'Ines']],
  );
  assert.deepEqual(
    report.findings.map(({ code, state, raised }) => [code, state, raised?.by]),
    [['person.raised', 'open', 'Jon']],
  );
});

test('what is no word of a person about bytes of the seed is refused, and nothing is recorded', () => {
  const path = preparedCase(folder);
  const annotate = ['seed', 'annotate', path, '--label', 'part', '--range'];
  assert.equal(refused([...annotate, '0-3']), 'review.nobody');
  assert.equal(refused([...annotate, '0-400', '--by', 'I']), 'annotation.bad-range');
  assert.equal(refused([...annotate, '9-3', '--by', 'I']), 'usage.range');
  assert.equal(refused([...annotate, '0-3', '--by', 'I', '--kind', 'sure']), 'usage.kind');
  assert.equal(refused([...annotate, '0-3', '--by', 'I', '--seed', 'other']), 'seed.not-checked');
  assert.equal(refused([...annotate, '0-3', '--by', 'I', '--note', 'x'.repeat(20_001)]), 'event.invalid');
  assert.equal(coverage(path).reviewers.length, 0);
});
