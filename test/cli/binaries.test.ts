import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { statusDocument } from '../../main/contract/documents.ts';
import { annotationsDocument, coverageDocument } from '../../main/contract/review-documents.ts';
import { INSTALLATION } from '../../main/engine/base/index.ts';
import { assay, makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const BUNDLE = join(INSTALLATION, 'audit-kits', 'bedrock-amd64', 'bundle');
const folder = temporaryFolder();
/** A program of 276 bytes and its commented source, named as two files of a person. */
const program = join(folder, 'tool');
const source = join(folder, 'tool.hex0');
copyFileSync(join(BUNDLE, 'seed', 'hex0-seed'), program);
copyFileSync(join(BUNDLE, 'src', 'hex0.hex0'), source);

function done(args: readonly string[], status = 0): string {
  const run = assay(args);
  assert.equal(run.status, status, run.stderr);
  return run.stdout;
}

function refused(args: readonly string[]): string {
  const run = assay([...args, '--json']);
  assert.equal(run.status, 2, run.stdout);
  return (JSON.parse(run.stdout) as { error: { code: string } }).error.code;
}

function json(args: readonly string[], status = 0): unknown {
  return JSON.parse(done([...args, '--json'], status));
}

test('a binary is reviewed by itself, without a kit, and what is said of it leaves signed', () => {
  const path = join(folder, 'alone');
  done(['case', 'create', path]);
  assert.match(done(['seed', path, program, source]), /taken by itself.*assembles from its source/s);
  assert.deepEqual(json(['seed', 'templates', path]), { templates: [] });

  done(['seed', 'annotate', path, '--range', '0x0+64', '--label', 'ELF header', '--by', 'Ines']);
  const coverage = coverageDocument.parse(json(['seed', 'coverage', path], 1));
  assert.deepEqual(
    coverage.seeds.map(({ name, explained, size }) => [name, explained, size]),
    [['tool', 64, 276]],
  );
  assert.match(done(['seed', 'disassemble', path]), /syscall/);

  const key = join(folder, 'key');
  makeKey(key);
  const file = join(folder, 'tool.annotations.json');
  done(['seed', 'export', path, '--out', file, '--key', key]);
  assert.ok(existsSync(`${file}.sig`));

  // The same bytes in the audit of a chain, with what was said of them.
  const chain = join(folder, 'chain');
  done(['case', 'create', chain, '--kit', 'bedrock-amd64']);
  done(['import', chain]);
  done(['seed', chain]);
  done(['seed', 'import', chain, file, '--by', 'Ines']);
  const { annotations } = annotationsDocument.parse(json(['seed', 'annotations', chain]));
  assert.deepEqual(
    annotations.map(({ label }) => label),
    ['ELF header'],
  );

  const status = statusDocument.parse(json(['status', path]));
  assert.equal(status.kit, null);
  assert.deepEqual(
    status.seeds.map(({ name, matches, assembles }) => ({ name, matches, assembles })),
    [{ name: 'tool', matches: null, assembles: true }],
  );
});

test('a source that gives other bytes is told, and a newer version of a binary takes the place of the old', () => {
  const path = join(folder, 'changed');
  done(['case', 'create', path]);
  done(['seed', path, program]);
  const newer = join(temporaryFolder(), 'tool');
  const bytes = readFileSync(program);
  writeFileSync(newer, Buffer.concat([bytes, Buffer.of(0)]));
  const run = assay(['seed', path, newer, source, '--json']);
  assert.equal(run.status, 1, run.stderr);
  const { seeds } = statusDocument.parse(json(['status', path]));
  assert.deepEqual(
    seeds.map(({ name, size, assembles }) => ({ name, size, assembles })),
    [{ name: 'tool', size: bytes.length + 1, assembles: false }],
  );
});

test('a kit and binaries by themselves do not mix, and nothing is recorded of what is refused', () => {
  const path = join(folder, 'mixed');
  done(['case', 'create', path]);
  const events = () => statusDocument.parse(json(['status', path])).log.size;
  const before = events();
  const other = join(temporaryFolder(), 'tool');
  copyFileSync(program, other);
  assert.equal(refused(['seed', path, program, other]), 'seed.same-name');
  assert.equal(refused(['seed', path, program, join(folder, 'none')]), 'seed.no-file');
  assert.equal(refused(['seed', path, source]), 'seed.source-of-none');
  assert.equal(refused(['seed', path, folder]), 'seed.no-file');
  const long = join(folder, 'n'.repeat(230));
  copyFileSync(program, long);
  assert.equal(refused(['seed', path, program, long]), 'event.invalid');
  assert.equal(events(), before);

  done(['seed', path, program]);
  assert.equal(refused(['audit', '--case', path, '--kit', 'bedrock-amd64']), 'case.of-binaries');
  assert.equal(refused(['export', path, '--report', join(folder, 'r.assay.tar')]), 'report.incomplete');
});
