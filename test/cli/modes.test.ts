import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { auditDocument } from '../../main/contract/documents.ts';
import { verifyReport } from '../../main/engine/index.ts';
import { assay, DATE } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { copyKaemKit } from '../support/kaem-kit.ts';

const folder = temporaryFolder();
const kit = copyKaemKit(join(folder, 'kit'));

function audit(mode: string, name = mode, more: string[] = []) {
  const run = assay([
    'audit',
    '--kit',
    kit,
    '--mode',
    mode,
    '--case',
    join(folder, name),
    '--date',
    DATE,
    '--json',
    ...more,
  ]);
  assert.equal(run.status, 0, run.stderr + run.stdout);
  const document = auditDocument.parse(JSON.parse(run.stdout));
  const { valid, report, problems } = verifyReport(document.report);
  assert.ok(valid && report, JSON.stringify(problems));
  return { document, report };
}

test('unaided: the chain drives itself from its seeds, and every program is seen', () => {
  const { document, report } = audit('unaided');
  assert.equal(document.closure, 'held');
  assert.equal(report.steps.length, 1);
  assert.equal(report.mode, 'unaided');
  assert.ok(report.closure.programs > 20, 'the runner and what it started');
  assert.deepEqual(report.closure.seeds, ['seed/hex0-seed', 'seed/kaem-seed']);
  assert.ok(document.notProved.some(each => each.text.includes('each step by itself')));
});

test('both: the steps and the chain by itself leave the same files, and the report says so', () => {
  const { document, report } = audit('both');
  assert.equal(report.mode, 'stepped');
  assert.equal(report.confirmation?.differing, 0);
  assert.equal(report.confirmation?.closure, 'held');
  assert.ok((report.confirmation?.agreeing ?? 0) >= document.artifacts.reproduced);
  assert.ok(document.proved.some(each => each.text.includes('own script')));
  const again = audit('both');
  assert.equal(again.document.reportSha256, document.reportSha256);
});

test('stepped alone says that nobody let the chain drive itself', () => {
  const { document, report } = audit('stepped');
  assert.equal(report.confirmation, null);
  assert.ok(document.notProved.some(each => each.text.includes('no unaided replay')));
});

test('a chain that nothing in it drives cannot be replayed unaided', () => {
  const run = assay(['audit', '--mode', 'unaided', '--case', join(folder, 'none')]);
  assert.equal(run.status, 2);
  assert.match(run.stderr, /\[plan\.no-unaided\]/);
  assert.equal(assay(['audit', '--mode', 'sideways']).status, 2);
});
