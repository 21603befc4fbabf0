import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyDocument } from '../../main/contract/documents.ts';
import {
  annotationGroupsDocument,
  annotationHistoryDocument,
  annotationsDocument,
  blindDocument,
  coverageDocument,
  disagreementsDocument,
} from '../../main/contract/review-documents.ts';
import { type Report, readReportFiles } from '../../main/engine/index.ts';
import { assay } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { annotate, json, preparedCase, refused } from '../support/review-case.ts';

const folder = temporaryFolder();

/** The files of a sealed report that are asked for, by their names. */
function filesIn(file: string, names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, chunks } of readReportFiles(file)) {
    const bytes = Buffer.concat([...chunks]);
    if (names.includes(name)) found.set(name, bytes.toString('utf8'));
  }
  return found;
}

test('several annotations are changed at once, groups renamed, and the history told', () => {
  const path = preparedCase(folder);
  const ids = [
    annotate(path, 'Ada', '0x0+4', '--group', 'head'),
    annotate(path, 'Ada', '0x8+4', '--group', 'head'),
  ];
  json(['seed', 'annotation', 'edit', path, ...ids, '--kind', 'question', '--by', 'Ada']);
  json(['seed', 'group', 'rename', path, 'head', 'header', '--by', 'Ada']);
  const { groups } = annotationGroupsDocument.parse(json(['seed', 'group', 'list', path]));
  assert.deepEqual(groups, [{ name: 'header', annotations: 2, bytes: 8, by: ['Ada'] }]);
  json(['undo', path, '--by', 'Ada']);
  const { events } = annotationHistoryDocument.parse(
    json(['seed', 'annotation', 'history', path, ids[0] ?? '']),
  );
  assert.deepEqual(
    events.map(({ type, undone, changed }) => [type, undone, changed.join()]),
    [
      ['seed-annotated', false, ''],
      ['annotation-changed', false, 'kind'],
      ['annotation-changed', true, 'group'],
    ],
  );
  const told = assay(['seed', 'annotation', 'history', path, ids[0] ?? '']);
  assert.match(told.stdout, /changed \(group\) by Ada, undone/);
  json(['seed', 'annotation', 'remove', path, ...ids, '--by', 'Ada']);
  assert.deepEqual(annotationsDocument.parse(json(['seed', 'annotations', path])).annotations, []);
});

test('a second reviewer works blind; afterwards both stand side by side, and the sealed report says so', () => {
  const path = join(folder, 'audited');
  const report = join(folder, 'first.assay.tar');
  const audited = assay(['audit', '--kit', 'bedrock-amd64', '--case', path, '--report', report, '--json']);
  assert.notEqual(audited.status, 2, audited.stderr);
  annotate(path, 'Ada', '0x0-0x3f', '--label', 'hidden words');
  const question = annotate(path, 'Ada', '0x40+4', '--kind', 'question');
  const begun = blindDocument.parse(json(['seed', 'blind', 'begin', path, '--by', 'Ben']));
  assert.deepEqual([begun.hides, begun.reviews.length], [true, 1]);
  annotate(path, 'Ben', '0x20-0x43');
  assert.equal(refused(['seed', 'annotations', path]), 'blind.who');
  assert.equal(refused(['seed', 'coverage', path]), 'blind.who');
  assert.equal(refused(['seed', 'blind', 'begin', path, '--by', 'Ben']), 'blind.goes-on');
  const listed = annotationsDocument.parse(json(['seed', 'annotations', path, '--by', 'Ben'])).annotations;
  assert.deepEqual(
    listed.map(({ by }) => by),
    ['Ben'],
  );
  assert.equal(
    annotationsDocument.parse(json(['seed', 'annotations', path, '--by', 'Ada'])).annotations.length,
    3,
  );
  assert.doesNotMatch(assay(['status', path, '--by', 'Ben', '--json']).stdout, /hidden words/);
  assert.equal(
    disagreementsDocument.parse(json(['seed', 'disagreements', path, '--by', 'Ben'])).hidden,
    true,
  );
  json(['seed', 'blind', 'end', path, '--by', 'Ben']);
  const found = disagreementsDocument.parse(json(['seed', 'disagreements', path], 1)).disagreements;
  assert.deepEqual(
    found.map(({ offset, length, what }) => [offset, length, what]),
    [
      [0, 32, 'one'],
      [0x40, 4, 'doubt'],
    ],
  );
  assert.equal(found[1]?.sides[0]?.annotations[0], question);
  const [seed] = coverageDocument.parse(json(['seed', 'coverage', path], 1)).seeds;
  assert.deepEqual([seed?.byTwo, seed?.byTwoBlind, seed?.blind[0]?.explained], [32, 32, 36]);

  const sealed = join(folder, 'second.assay.tar');
  const exported = assay(['export', path, '--report', sealed, '--json']);
  assert.notEqual(exported.status, 2, exported.stderr);
  const files = filesIn(sealed, ['report.json', 'report.html']);
  const { seedReviews } = JSON.parse(files.get('report.json') ?? '') as Report;
  const [blind] = seedReviews[0]?.blind ?? [];
  assert.deepEqual([blind?.by, blind?.others, blind?.explained, blind?.whole], ['Ben', 2, 36, false]);
  const page = (files.get('report.html') ?? '').replace(/<[^>]*>/g, '');
  assert.match(
    page,
    new RegExp(`Ben: begun at event ${blind?.begun.event}, ended at event ${blind?.ended?.event} with 36 of`),
  );
  assert.match(page, /cannot prove that nobody looked over their shoulder/);
  assert.match(page, /4 bytes: one explained what another asks about or warns of \(0x40-0x43\)/);
  assert.match(page, /32 bytes that only one of them speaks of/);
  assert.match(page, /of these 32 by a second who was reviewing blind/);
  const verified = verifyDocument.parse(JSON.parse(assay(['verify', sealed, '--json']).stdout));
  assert.equal(verified.valid, true);
});
