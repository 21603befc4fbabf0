import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { seedCodeDocument, seedQuestionsDocument } from '../../main/contract/documents/seed-code.ts';
import { assay, DATE } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const path = join(folder, 'case');
for (const args of [
  ['case', 'create', path, '--kit', 'bedrock-amd64'],
  ['import', path],
  ['seed', path],
  ['seed', 'annotate', path, '--range', '0x78', '--label', 'how many arguments'],
]) {
  const run = assay([...args, '--date', DATE, '--by', 'Ada']);
  assert.equal(run.status, 0, run.stderr);
}

test('seed disassemble: the listing with labels, lines, calls and what was said, comments only when asked for', () => {
  const { status, stdout } = assay(['seed', 'disassemble', path]);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^start:\n000078 {2}58 +pop +rax +74 {2}58 +; \[explained: how many arguments, Ada\]$/m,
  );
  assert.match(stdout, /^00007c {2}7575 +jne +0x4000f3 +76 {2}75 75 +; to fail$/m);
  assert.match(stdout, /; open\(argv\[1\], O_RDONLY\)$/m);
  assert.match(stdout, /^Control reaches all of the code\.$/m);
  assert.doesNotMatch(stdout, /our own name, IN and OUT/);
  assert.match(assay(['seed', 'disassemble', path, '--comments']).stdout, /our own name, IN and OUT/);
});

test('seed questions: none in the embedded seed, whose every comment says what its instruction does', () => {
  const { status, stdout } = assay(['seed', 'questions', path]);
  assert.equal(status, 0);
  assert.match(stdout, /^0 questions; 74 comments say what the instruction does, 0 could not be compared$/m);
  const document = seedQuestionsDocument.parse(
    JSON.parse(assay(['seed', 'questions', path, '--json']).stdout),
  );
  assert.deepEqual([document.questions, document.equal], [[], 74]);
});

test('seed disassemble --json: the document', () => {
  const { status, stdout } = assay(['seed', 'disassemble', path, '--json']);
  assert.equal(status, 0);
  const document = seedCodeDocument.parse(JSON.parse(stdout));
  assert.equal(document.rows.length, 74);
  assert.equal(document.next, null);
});
