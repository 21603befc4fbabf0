import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  annotationsDocument,
  annotationsExportDocument,
  annotationsImportDocument,
  annotationsLookDocument,
} from '../../main/contract/review-documents.ts';
import { makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { annotate, json, preparedCase, refused } from '../support/review-case.ts';

const folder = temporaryFolder();

const labels = (path: string) =>
  annotationsDocument
    .parse(json(['seed', 'annotations', path]))
    .annotations.map(({ label, by }) => `${label} ${by}`);

test('a signed file of annotations is checked by ssh-keygen and by who imports it; a bad signature is refused', () => {
  const key = join(folder, 'key');
  makeKey(key);
  const theirs = preparedCase(folder);
  annotate(theirs, 'Ada', '0x0+4', '--label', 'magic');
  annotate(theirs, 'Ada', '0x4+2', '--label', 'class');
  const file = join(folder, 'notes.json');
  const written = annotationsExportDocument.parse(
    json(['seed', 'export', theirs, '--out', file, '--key', key]),
  );
  assert.equal(written.signature, `${file}.sig`);
  const signers = join(folder, 'allowed');
  writeFileSync(signers, `ada@example.org ${readFileSync(`${key}.pub`, 'utf8')}`);
  const checked = spawnSync(
    'ssh-keygen',
    ['-Y', 'verify', '-f', signers, '-I', 'ada@example.org', '-n', 'assay-annotations', '-s', `${file}.sig`],
    { input: readFileSync(file), encoding: 'utf8' },
  );
  assert.equal(checked.status, 0, checked.stderr);
  assert.equal(refused(['seed', 'export', theirs, '--out', file]), 'annotation-file.exists');

  const own = preparedCase(folder);
  const look = annotationsLookDocument.parse(json(['seed', 'import', own, file, '--look']));
  assert.deepEqual([look.signature.state, look.signature.fingerprint], ['good', written.fingerprint]);
  assert.deepEqual(labels(own), []);
  const same = json(['diff', own, 'seed/hex0-seed', file, '--seed-in-annotations']);
  assert.equal((same as { same: boolean }).same, true);
  const done = annotationsImportDocument.parse(
    json(['seed', 'import', own, file, '--by', 'Ben', '--only', '2']),
  );
  assert.equal(done.added.length, 1);
  const [taken] = annotationsDocument.parse(json(['seed', 'annotations', own])).annotations;
  assert.deepEqual(
    [taken?.label, taken?.by, taken?.origin],
    [
      'class',
      'Ben',
      { from: 'file', file: written.sha256, number: 2, author: 'Ada', key: written.fingerprint },
    ],
  );

  const good = readFileSync(file);
  writeFileSync(file, good.toString('utf8').replace('magic', 'madge'));
  assert.equal(
    annotationsLookDocument.parse(json(['seed', 'import', own, file, '--look'])).signature.state,
    'bad',
  );
  assert.equal(refused(['seed', 'import', own, file, '--by', 'Ben']), 'annotation-file.bad-signature');
  json(['seed', 'import', own, file, '--by', 'Ben', '--as-unsigned']);
  const origins = annotationsDocument
    .parse(json(['seed', 'annotations', own]))
    .annotations.map(({ origin }) => origin);
  assert.equal(origins.filter(origin => origin?.from === 'file' && origin.key !== undefined).length, 1);

  writeFileSync(file, good);
  appendFileSync(`${file}.sig`, 'x');
  assert.equal(
    annotationsLookDocument.parse(json(['seed', 'import', own, file, '--look'], 1)).signature.state,
    'bad',
  );
  rmSync(`${file}.sig`);
  spawnSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', key, '-n', 'assay-report', file]);
  const foreign = annotationsLookDocument.parse(json(['seed', 'import', own, file, '--look'], 1)).signature;
  assert.deepEqual([foreign.state, foreign.problem], ['bad', 'it was made for something else']);
});

test('each conflict is decided by itself: left, added, put in the place of one’s own', () => {
  const path = preparedCase(folder);
  const ids = ['one', 'two', 'three'].map((label, i) => annotate(path, 'Ada', `0x${i}`, '--label', label));
  const file = join(folder, 'conflicts.json');
  json(['seed', 'export', path, '--out', file]);
  for (const id of ids) json(['seed', 'annotation', 'edit', path, id, '--label', `my ${id}`, '--by', 'Ada']);
  const left = annotationsImportDocument.parse(json(['seed', 'import', path, file, '--by', 'Ada'], 1));
  assert.deepEqual(
    left.items.map(({ state, ours }) => [state, ours?.label]),
    ids.map(id => ['conflict', `my ${id}`]),
  );
  const done = annotationsImportDocument.parse(
    json(['seed', 'import', path, file, '--by', 'Ada', '--add', '1', '--replace', '3'], 1),
  );
  assert.deepEqual([done.added.length, done.replaced], [2, [ids[2]]]);
  assert.deepEqual(labels(path), [`my ${ids[0]} Ada`, `my ${ids[1]} Ada`, 'one Ada', 'three Ada']);
  json(['undo', path, '--by', 'Ada']);
  assert.deepEqual(
    labels(path),
    ids.map(id => `my ${id} Ada`),
  );
  assert.equal(refused(['seed', 'import', path, file, '--by', 'Ben', '--replace', '1']), 'import.not-yours');
});

test('annotations of another case are carried over only when a person says which', () => {
  const earlier = preparedCase(folder);
  annotate(earlier, 'Ada', '0x0+4', '--label', 'magic');
  annotate(earlier, 'Ada', '0x40+8', '--label', 'code');
  const path = preparedCase(folder);
  const look = annotationsLookDocument.parse(json(['seed', 'carry', path, '--from', earlier]));
  assert.deepEqual(
    [look.source.kind, look.source.same, look.fresh, look.items.map(({ state }) => state)],
    ['case', true, [], ['new', 'new']],
  );
  assert.deepEqual(labels(path), []);
  json(['seed', 'carry', path, '--from', earlier, '--only', '2', '--by', 'Ben']);
  assert.deepEqual(labels(path), ['code Ben']);
  json(['seed', 'carry', path, '--from', earlier, '--all', '--by', 'Ben']);
  assert.deepEqual(labels(path), ['code Ben', 'magic Ben']);
  const [taken] = annotationsDocument.parse(json(['seed', 'annotations', path])).annotations;
  assert.equal(taken?.origin?.from === 'case' && taken.origin.author, 'Ada');
  json(['seed', 'blind', 'begin', path, '--by', 'Ben']);
  assert.equal(refused(['seed', 'carry', path, '--from', earlier, '--by', 'Ben']), 'blind.goes-on');
});
