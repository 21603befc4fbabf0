import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { diffDocument } from '../../main/contract/documents/difference.ts';
import { assay } from '../support/assay.ts';
import { elfFile } from '../support/binaries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { PLANTED, plantedCase } from '../support/planted.ts';

const folder = temporaryFolder();
const program = (name: string) =>
  elfFile({
    bits: 64,
    programs: [{ offset: 0, address: 0x400000 }],
    body: Buffer.from(`\x01\x02\0looking in /src/${name}/set\0\x03`),
  });

function diff(names: readonly string[]) {
  const { status, stdout, stderr } = assay(['diff', ...names, '--json']);
  assert.ok(status === 0 || status === 1, stderr);
  const document = diffDocument.parse(JSON.parse(stdout));
  assert.equal(status, document.same ? 0 : 1);
  return document;
}

test('two files on disk: what differs, where, and what it looks like', () => {
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(a, program('sample'));
  writeFileSync(b, program('vendor'));
  const document = diff([a, b]);
  assert.deepEqual([document.summary.places, document.summary.changed], [1, 6]);
  assert.equal(document.explanation?.looks[0]?.cause, 'path');
  const { status, stdout } = assay(['diff', a, b]);
  assert.equal(status, 1);
  assert.match(stdout, /They differ: 6 bytes in 1 place\./);
  assert.match(
    stdout,
    /segment 0: 6 bytes in 1 place; looks like a path: \/src\/sample\/set \| \/src\/vendor\/set/,
  );
  assert.equal(diff([a, a]).same, true);
});

test('names that an attacker chose are shown as what they are', () => {
  const [a, b] = [join(folder, 'one\u202etxt'), join(folder, 'two')];
  writeFileSync(a, 'first\u001b[31m\n');
  writeFileSync(b, 'second\n');
  const { stdout } = assay(['diff', a, b]);
  assert.ok(!/[\u202e\u001b]/.test(stdout));
});

test('artifacts of a case by path, replay and hash', () => {
  const [sample, vendor] = [program('sample'), program('vendor')];
  const theCase = plantedCase(join(folder, 'planted'), [sample, vendor]);
  const document = diff([theCase, `1:${PLANTED}`, PLANTED]);
  assert.equal(document.summary.changed, 6);
  assert.equal(diff([theCase, `1:${PLANTED}`, document.a.sha256]).same, true);
  assert.equal(diff([theCase, PLANTED, 'planted.in']).same, true, 'the bundle was imported last with it');
  const file = join(folder, 'sample');
  writeFileSync(file, sample);
  assert.equal(diff([theCase, `1:${PLANTED}`, file]).same, true);
  const unknown = assay(['diff', theCase, 'a'.repeat(64), PLANTED]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /\[difference\.no-bytes\]/);
  assert.match(assay(['diff', theCase, '9:x', PLANTED]).stderr, /\[replay\.no-such\]/);
  assert.match(assay(['diff', theCase, '1:x', PLANTED]).stderr, /\[difference\.no-artifact\]/);
});

test('what cannot be compared says so', () => {
  assert.match(assay(['diff', folder, folder]).stderr, /\[difference\.no-file\]/);
  assert.match(assay(['diff', join(folder, 'nothing'), folder]).stderr, /\[difference\.no-file\]/);
  assert.equal(assay(['diff', 'one']).status, 2);
});
