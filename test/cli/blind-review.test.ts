import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { statusDocument } from '../../main/contract/documents.ts';
import { assay, makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { annotate, json, refused } from '../support/review-case.ts';

const folder = temporaryFolder();
/** Statuses that say that nothing was wrong with the command or this machine. */
const DONE = [0, 1];
const BLIND = "Ben O'Hara";

test('while a seed is reviewed blind no command tells what is said of it unless it is said who looks, and none signs it', () => {
  const path = join(folder, 'audited');
  const audited = assay(['audit', '--kit', 'bedrock-amd64', '--case', path, '--json']);
  assert.ok(DONE.includes(audited.status ?? -1), audited.stderr);
  annotate(path, 'Ada', '0x0-0x3f');
  const open = statusDocument.parse(json(['status', path]));
  assert.deepEqual([open.blind, open.seedReview?.explainedBytes], [[], 64]);
  json(['seed', 'blind', 'begin', path, '--by', BLIND]);

  const key = join(folder, 'key');
  makeKey(key);
  const report = join(folder, 'report.assay.tar');
  const signing = [
    ['export', path, '--report', report],
    ['sign-off', path, '--key', key, '--role', 'reviewer', '--not-proved'],
    ['audit', '--case', path, '--report', report, '--as', 'ben@example.org'],
  ];
  for (const args of signing) assert.equal(refused(args), 'blind.who', args.join(' '));
  for (const args of signing)
    assert.equal(refused([...args, '--by', BLIND]), 'blind.goes-on', args.join(' '));
  assert.equal(existsSync(report), false);
  assert.equal(refused(['status', path, '--lineage', 'AMD64/artifact/kaem-0']), 'blind.who');
  assert.equal(refused(['seed', 'export', path, '--out', join(folder, 'notes.json')]), 'blind.who');
  assert.equal(refused(['seed', 'carry', path, '--from', path]), 'blind.who');
  const { stderr } = assay(['seed', 'coverage', path]);
  assert.match(stderr, /hex0-seed is reviewed blind by Ben O'Hara/);
  assert.match(stderr, /assay seed blind end CASE --seed hex0-seed --by 'Ben O'\\''Hara'/);

  const withheld = statusDocument.parse(json(['status', path]));
  assert.equal(withheld.seedReview, null);
  assert.deepEqual(withheld.blind, [{ seed: 'hex0-seed', by: [BLIND], withheld: true }]);
  const ofSeeds = withheld.open.filter(({ place }) => place === 'seed');
  assert.deepEqual(
    ofSeeds.map(({ code }) => code),
    ['seed.withheld'],
  );
  const said = assay(['status', path]).stdout;
  assert.match(said, /Review {3}withheld/);
  assert.match(said, /what others say of it is withheld.*names are not checked.*assay seed blind end/);
  assert.doesNotMatch(said, /explained/);

  const own = statusDocument.parse(json(['status', path, '--by', BLIND]));
  assert.deepEqual([own.seedReview?.explainedBytes, own.blind[0]?.withheld], [0, true]);
  const others = statusDocument.parse(json(['status', path, '--by', 'Ada']));
  assert.deepEqual([others.seedReview?.explainedBytes, others.blind[0]?.withheld], [64, false]);
  const sealed = assay(['export', path, '--report', report, '--by', 'Ada', '--json']);
  assert.ok(DONE.includes(sealed.status ?? -1), sealed.stderr);

  json(['seed', 'blind', 'end', path, '--by', BLIND]);
  const after = statusDocument.parse(json(['status', path]));
  assert.deepEqual([after.blind, after.seedReview?.explainedBytes], [[], 64]);
});
