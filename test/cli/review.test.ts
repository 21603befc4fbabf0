import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  actionDocument,
  annotationsDocument,
  coverageDocument,
} from '../../main/contract/review-documents.ts';
import { assay, DATE } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
let serial = 0;

/** A case of the embedded kit, with its bundle imported and its seed checked. */
function preparedCase(): string {
  serial += 1;
  const path = join(folder, `case-${serial}`);
  for (const args of [
    ['case', 'create', path, '--kit', 'bedrock-amd64'],
    ['import', path],
    ['seed', path],
  ]) {
    const run = assay([...args, '--date', DATE]);
    assert.equal(run.status, 0, run.stderr);
  }
  return path;
}

/** Runs a command that must do what it says, and gives its document. */
function json(args: readonly string[]): unknown {
  const run = assay([...args, '--date', DATE, '--json']);
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

/** Runs a command that must be refused, and gives the code. */
function refused(args: readonly string[]): string {
  const run = assay([...args, '--json']);
  assert.equal(run.status, 2, run.stdout);
  return (JSON.parse(run.stdout) as { error: { code: string } }).error.code;
}

const coverage = (path: string, ...more: string[]) => {
  const [seed] = coverageDocument.parse(
    JSON.parse(assay(['seed', 'coverage', path, '--json', ...more]).stdout),
  ).seeds;
  assert.ok(seed);
  return seed;
};

test('two people explain a seed, and coverage says by whom, by two, and what is next', () => {
  const path = preparedCase();
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

test('what is no word of a person about bytes of the seed is refused, and nothing is recorded', () => {
  const path = preparedCase();
  const annotate = ['seed', 'annotate', path, '--label', 'part', '--range'];
  assert.equal(refused([...annotate, '0-3']), 'review.nobody');
  assert.equal(refused([...annotate, '0-400', '--by', 'I']), 'annotation.bad-range');
  assert.equal(refused([...annotate, '9-3', '--by', 'I']), 'usage.range');
  assert.equal(refused([...annotate, '0-3', '--by', 'I', '--kind', 'sure']), 'usage.kind');
  assert.equal(refused([...annotate, '0-3', '--by', 'I', '--seed', 'other']), 'seed.not-checked');
  assert.equal(refused([...annotate, '0-3', '--by', 'I', '--note', 'x'.repeat(20_001)]), 'event.invalid');
  assert.equal(coverage(path).reviewers.length, 0);
});
