import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { auditDocument, errorDocument, statusDocument } from '../../main/contract/documents.ts';
import { verifyReport } from '../../main/engine/index.ts';
import { assay, copyKit, DATE, makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const key = join(folder, 'key');
const other = join(folder, 'other.assay.tar');
const image = join(folder, 'image.tar');

function audit(name: string, ...more: string[]) {
  const where = ['--case', join(folder, name), '--report', join(folder, `${name}.assay.tar`)];
  return assay(['audit', ...where, '--key', key, '--as', 'ines', '--date', DATE, '--json', ...more]);
}

const statusOf = (name: string) =>
  statusDocument.parse(JSON.parse(assay(['status', join(folder, name), '--json']).stdout));

before(() => {
  makeKey(key);
  assert.equal(audit('other').status, 0);
  const made = assay(['image', join(folder, 'other'), '--out', image]);
  assert.equal(made.status, 0, made.stderr);
});

test('hashes of another report and of an image stand beside those of the kit, and the report verifies', () => {
  const run = audit('all', '--expect', other, '--expect', image);
  assert.equal(run.status, 0, run.stderr);
  const document = auditDocument.parse(JSON.parse(run.stdout));
  assert.equal(document.verdict, 'reproduced');
  assert.deepEqual(document.verified, { assay: true, sha256sum: true, sshKeygen: true });
  const sources = statusOf('all').expectations;
  assert.deepEqual([...new Set(sources.map(({ source }) => source))].sort(), [
    'bundle',
    'image',
    'kit',
    'report',
  ]);
  for (const { hashes, met } of sources) assert.ok(hashes > 0 && met === hashes);
  const { report } = verifyReport(join(folder, 'all.assay.tar'));
  const hex0 = report?.artifacts.find(({ path }) => path === 'bin/hex0');
  assert.equal(new Set(hex0?.expectations.map(({ source }) => source)).size, 4);
  assert.ok(
    report?.custody.some(({ what }) =>
      /^Hashes taken from the report other\.assay\.tar.*signed by ines/.test(what),
    ),
  );
});

test('taken in after the replay they count without another replay; the same again adds nothing', () => {
  assert.equal(audit('later').status, 0);
  const before = statusOf('later').log.size;
  assert.equal(assay(['expect', join(folder, 'later'), other]).status, 0);
  const status = statusOf('later');
  assert.ok(status.expectations.some(({ source }) => source === 'report'));
  assert.equal(status.replay?.number, 1);
  assert.equal(status.log.size, before + 2);
  assert.equal(assay(['expect', join(folder, 'later'), other]).status, 0);
  assert.equal(statusOf('later').log.size, before + 2);
  const report = join(folder, 'later-2.assay.tar');
  const run = assay(['export', join(folder, 'later'), '--key', key, '--as', 'ines', '--report', report]);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(assay(['verify', report]).status, 0);
});

test('where sources contradict each other, a finding says who says what', () => {
  const kit = copyKit(join(folder, 'kit'), toml => toml);
  const toml = join(kit, 'kit.toml');
  const changed = readFileSync(toml, 'utf8').replace(
    /(path = "bin\/hex1"\n(?:size = .*\n)?sha256 = ")[0-9a-f]{64}/,
    `$1${'0'.repeat(64)}`,
  );
  writeFileSync(toml, changed);
  const run = audit('contradicted', '--kit', kit, '--expect', other);
  assert.equal(run.status, 1, run.stderr);
  const finding = auditDocument
    .parse(JSON.parse(run.stdout))
    .findings.find(({ where, code }) => where === 'bin/hex1' && code === 'artifact.differs');
  assert.match(finding?.message ?? '', /kit\.toml says otherwise/);
  assert.match(finding?.message ?? '', /other\.assay\.tar says what was made/);
});

test('a report that does not verify, one of another chain, and what is neither are refused, and nothing is taken', () => {
  assert.equal(audit('refusing').status, 0);
  const before = statusOf('refusing').log.root;
  const refused = (file: string) => {
    const run = assay(['expect', join(folder, 'refusing'), other, file, '--json']);
    assert.equal(run.status, 2);
    return errorDocument.parse(JSON.parse(run.stdout)).error.code;
  };
  const bytes = readFileSync(other);
  bytes[bytes.indexOf('"artifacts"') + 40] = 0x21;
  const broken = join(folder, 'broken.assay.tar');
  writeFileSync(broken, bytes);
  assert.equal(refused(broken), 'claims.not-valid');
  const kit = copyKit(join(folder, 'foreign'), toml =>
    toml.replace('id = "bedrock-amd64"', 'id = "foreign"'),
  );
  assert.equal(audit('foreign-case', '--kit', kit).status, 0);
  copyFileSync(join(folder, 'foreign-case.assay.tar'), join(folder, 'foreign.assay.tar'));
  assert.equal(refused(join(folder, 'foreign.assay.tar')), 'claims.other-chain');
  assert.equal(refused(folder), 'claims.unreadable');
  assert.match(refused(key), /^(image|archive)\./);
  assert.equal(statusOf('refusing').log.root, before);
});
