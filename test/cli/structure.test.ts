import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { seedStructureDocument } from '../../main/contract/documents/structure.ts';
import { assay, DATE } from '../support/assay.ts';
import { elfFile } from '../support/binaries.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const path = join(folder, 'case');

before(() => {
  for (const args of [
    ['case', 'create', path, '--kit', 'bedrock-amd64'],
    ['import', path],
    ['seed', path],
  ])
    assert.equal(assay([...args, '--date', DATE]).status, 0);
});

test('the structure of a seed as a document and as a tree', () => {
  const run = assay(['seed', 'structure', path, '--json']);
  assert.equal(run.status, 0, run.stderr);
  const document = seedStructureDocument.parse(JSON.parse(run.stdout));
  assert.deepEqual([document.name, document.size, document.format], ['hex0-seed', 276, 'elf']);
  const entry = document.nodes.find(({ id }) => id === 'header/e_entry');
  assert.deepEqual([entry?.value, entry?.offset, entry?.length], ['0x400078', 24, 8]);

  const { stdout } = assay(['seed', 'structure', path, '--seed', 'hex0-seed']);
  assert.match(
    stdout,
    /^hex0-seed {2}276 bytes {2}elf, amd64, begins at 0x400078 \(offset 0x78\)\n0x0000 {2}ELF header/,
  );
  assert.match(stdout, /\n0x0018 {4}e_entry = 0x400078 +address of the first instruction that runs\n/);
  assert.match(stdout, /\n {10}NOTE: there are no section headers; .+ \[elf\.no-sections\]\n/);
  assert.match(stdout, /\n0 problems, 0 unusual, 2 notes\.\n$/);
});

test('any file without a case; status 1 when something is against its format', () => {
  const file = join(folder, 'broken');
  writeFileSync(file, elfFile({ bits: 64, entry: 0x10, programs: [{ address: 0x400000, flags: 7 }] }));
  const run = assay(['seed', 'structure', '--file', file, '--notices', '--json']);
  assert.equal(run.status, 1);
  const { nodes } = seedStructureDocument.parse(JSON.parse(run.stdout));
  assert.deepEqual(
    nodes.map(({ id }) => id),
    ['header', 'header/e_entry', 'header/e_phnum', 'header/e_shnum', 'program-0', 'program-0/p_flags'],
    'what something is said of, and what that is part of',
  );
});

test('text from the file does not act on the terminal', () => {
  const file = join(folder, 'hostile');
  const names = Buffer.from('\0\x1b[31mred\0', 'latin1');
  const sections = [{ name: 1, type: 3, offset: 64, size: names.length }];
  writeFileSync(file, elfFile({ bits: 64, type: 1, body: names, sections, nameSection: 1 }));
  const { stdout } = assay(['seed', 'structure', '--file', file]);
  assert.ok(stdout.includes('⟦ESC⟧[31mred') && !stdout.includes('\x1b'));
});

test('what cannot be read is refused', () => {
  const code = (...args: string[]) => {
    const run = assay(['seed', 'structure', ...args, '--json']);
    assert.equal(run.status, 2, run.stdout);
    return (JSON.parse(run.stdout) as { error: { code: string } }).error.code;
  };
  assert.equal(code('--file', join(folder, 'nothing')), 'file.unreadable');
  assert.equal(code('--file', folder), 'file.unreadable');
  assert.equal(code(), 'usage.structure');
  assert.equal(code(path, '--file', path), 'usage.structure');
  assert.equal(code(path, '--seed', 'other'), 'seed.not-checked');
});
