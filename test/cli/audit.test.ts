import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import {
  auditDocument,
  doctorDocument,
  kitsDocument,
  statusDocument,
  verifyDocument,
} from '../../main/contract/documents.ts';
import { assay, DATE, makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const key = join(folder, 'ines');
const report = join(folder, 'report.assay.tar');
const caseFolder = join(folder, 'case');
const auditArgs = (suffix: string) => [
  'audit',
  '--json',
  '--key',
  key,
  '--as',
  'ines@example.org',
  '--date',
  DATE,
  '--case',
  `${caseFolder}${suffix}`,
  '--report',
  `${report}${suffix}`,
];

function unpack(name: string): string {
  const target = join(folder, name);
  mkdirSync(target);
  assert.equal(spawnSync('tar', ['-xf', report, '-C', target]).status, 0);
  return join(target, readdirSync(target)[0] ?? '');
}

describe('an audit of the embedded kit', () => {
  let document: ReturnType<typeof auditDocument.parse>;

  before(() => {
    makeKey(key);
    const run = assay(auditArgs(''));
    assert.equal(run.status, 0, run.stderr);
    document = auditDocument.parse(JSON.parse(run.stdout));
  });

  test('reproduces the chain with closure held', () => {
    assert.equal(document.verdict, 'reproduced');
    assert.equal(document.closure, 'held');
    assert.deepEqual(
      { ...document.artifacts, reproduced: 0, noExpectation: 0 },
      { reproduced: 0, differs: 0, waived: 0, missing: 0, unexpected: 0, notRun: 0, noExpectation: 0 },
    );
    assert.ok(document.artifacts.reproduced >= 6);
    assert.deepEqual(document.findings, []);
    assert.deepEqual(document.verified, { assay: true, sha256sum: true, sshKeygen: true });
  });

  test('says that no person reviewed the seed', () => {
    assert.equal(document.seedReview.explainedBytes, 0);
    assert.ok(document.seedReview.bytes > 0 && document.seedReview.bytes <= 300);
    assert.ok(document.notProved.some(each => each.text.includes('seed not reviewed by a person')));
  });

  test('gives the same report bytes when it is done again with the same key and date', () => {
    const again = assay(auditArgs('-again'));
    assert.equal(again.status, 0, again.stderr);
    assert.ok(readFileSync(report).equals(readFileSync(`${report}-again`)));
  });

  test('finished already, done again in the same case: nothing is added and the report stays', () => {
    const size = statusDocument.parse(JSON.parse(assay(['status', caseFolder, '--json']).stdout)).log.size;
    const again = assay(auditArgs(''));
    assert.equal(again.status, 0, again.stderr);
    const status = statusDocument.parse(JSON.parse(assay(['status', caseFolder, '--json']).stdout));
    assert.equal(status.log.size, size);
    assert.equal(status.sealed, true);
    assert.equal(auditDocument.parse(JSON.parse(again.stdout)).reportSha256, document.reportSha256);
  });

  test('another report in the way is never overwritten', () => {
    const other = join(folder, 'letter.tar');
    writeFileSync(other, 'a letter');
    const run = assay([
      'export',
      caseFolder,
      '--key',
      key,
      '--as',
      'ines@example.org',
      '--date',
      DATE,
      '--report',
      other,
    ]);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /report\.exists/);
    assert.equal(readFileSync(other, 'utf8'), 'a letter');
  });

  test('the report checks with tar, sha256sum and ssh-keygen alone', () => {
    const unpacked = unpack('by-hand');
    assert.equal(spawnSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: unpacked }).status, 0);
    const [signature] = readdirSync(join(unpacked, 'signatures'));
    const sums = openSync(join(unpacked, 'SHA256SUMS'), 'r');
    const args = [
      '-Y',
      'verify',
      '-f',
      'allowed_signers',
      '-I',
      'ines@example.org',
      '-n',
      'assay-report',
      '-s',
      `signatures/${signature}`,
    ];
    const { status, stderr } = spawnSync('ssh-keygen', args, {
      cwd: unpacked,
      stdio: [sums, 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    closeSync(sums);
    assert.equal(status, 0, stderr);
    const page = readFileSync(join(unpacked, 'report.html'), 'utf8');
    assert.match(page, /not reviewed by a person/);
    assert.doesNotMatch(page, /<script/i);
    assert.match(readFileSync(join(unpacked, 'VERIFY.txt'), 'utf8'), new RegExp(`signatures/${signature}`));
  });

  test('nothing of this machine but what is meant leaves in the report', () => {
    const text = readFileSync(report, 'latin1');
    assert.ok(!text.includes(folder), 'the folder of the case');
    assert.ok(!text.includes(process.cwd()), 'the folder of Assay');
  });

  test('verify says who signed and whether the reader knows them', () => {
    const unknown = assay(['verify', report, '--json']);
    assert.equal(unknown.status, 0, unknown.stdout);
    const plain = verifyDocument.parse(JSON.parse(unknown.stdout));
    assert.deepEqual(
      plain.signatures.map(each => [each.identity, each.role, each.valid, each.trusted]),
      [['ines@example.org', 'auditor', true, null]],
    );

    const signers = join(folder, 'signers');
    writeFileSync(
      signers,
      `ines@example.org namespaces="assay-report" ${readFileSync(`${key}.pub`, 'utf8')}`,
    );
    const known = assay(['verify', report, '--allowed-signers', signers, '--json']);
    assert.equal(known.status, 0, known.stdout);
    assert.equal(verifyDocument.parse(JSON.parse(known.stdout)).signatures[0]?.trusted, true);

    makeKey(join(folder, 'other'));
    writeFileSync(
      signers,
      `other namespaces="assay-report" ${readFileSync(join(folder, 'other.pub'), 'utf8')}`,
    );
    const stranger = assay(['verify', report, '--allowed-signers', signers, '--json']);
    assert.equal(stranger.status, 1);
    const refused = verifyDocument.parse(JSON.parse(stranger.stdout));
    assert.deepEqual(
      refused.problems.map(each => each.code),
      ['signature.untrusted'],
    );
    assert.equal(refused.signatures[0]?.trusted, false);
  });

  test('a second person signs, and the first signature still stands', () => {
    makeKey(join(folder, 'helen'), 'a passphrase');
    const passphrase = join(folder, 'passphrase');
    writeFileSync(passphrase, 'a passphrase\n', { mode: 0o600 });
    const signed = join(folder, 'countersigned.tar');
    const run = assay(['sign-off', report, '--key', join(folder, 'helen'), '--out', signed], {
      env: { ASSAY_KEY_PASSPHRASE_FILE: passphrase },
    });
    assert.equal(run.status, 0, run.stderr);
    const verified = verifyDocument.parse(JSON.parse(assay(['verify', signed, '--json']).stdout));
    assert.equal(verified.valid, true, JSON.stringify(verified.problems));
    assert.deepEqual(verified.signatures.map(each => each.role).sort(), ['auditor', 'countersignature']);
  });

  test('status reads a case while it is open elsewhere, and says where it stands', () => {
    const status = statusDocument.parse(JSON.parse(assay(['status', caseFolder, '--json']).stdout));
    assert.equal(status.verdict, 'reproduced');
    assert.equal(status.log.broken, null);
    assert.equal(status.replay?.outcome, 'completed');
    assert.equal(status.seeds[0]?.assembles, true);
    assert.match(assay(['status', caseFolder]).stdout, /Verdict {2}reproduced/);
  });
});

test('without a key a demonstration key is made, kept private in the case, and named as what it is', () => {
  const run = assay(['audit', '--case', join(folder, 'demo')]);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /demonstration key that belongs to nobody/);
  assert.equal(statSync(join(folder, 'demo', 'demonstration-key')).mode & 0o777, 0o600);
  const name = readdirSync(join(folder, 'demo')).find(each => each.endsWith('.assay.tar')) ?? '';
  const verified = verifyDocument.parse(
    JSON.parse(assay(['verify', join(folder, 'demo', name), '--json']).stdout),
  );
  assert.equal(verified.signatures[0]?.demonstration, true);
});

test('the parts of an audit, one by one, give what the whole gives', () => {
  const parts = join(folder, 'parts');
  const steps = [
    ['case', 'create', parts, '--kit', 'bedrock-amd64', '--name', 'by hand', '--by', 'Ines'],
    ['import', parts],
    ['seed', parts],
    ['replay', parts],
    ['export', parts, '--key', key, '--as', 'ines@example.org'],
  ];
  for (const step of steps) {
    const run = assay(step);
    assert.equal(run.status, 0, `${step.join(' ')}\n${run.stderr}`);
  }
  const verified = assay(['verify', join(parts, 'by-hand.assay.tar'), '--json']);
  assert.equal(verified.status, 0, verified.stdout);
  assert.equal(assay(['replay', parts, '--again']).status, 0);
  assert.equal(statusDocument.parse(JSON.parse(assay(['status', parts, '--json']).stdout)).replay?.number, 2);
});

test('kits and doctor print the documents they promise', () => {
  const kits = kitsDocument.parse(JSON.parse(assay(['kits', '--json']).stdout));
  assert.ok(kits.kits.some(kit => kit.id === 'bedrock-amd64' && kit.embedded));
  const doctor = assay(['doctor', '--json']);
  assert.equal(doctor.status, 0);
  assert.equal(doctorDocument.parse(JSON.parse(doctor.stdout)).ready, true);
});

const WRONG: [what: string, args: string[], code: string, status: number][] = [
  ['an unknown command', ['frobnicate'], 'usage.wrong', 2],
  ['an unknown option', ['kits', '--colour'], 'usage.wrong', 2],
  ['a missing argument', ['status'], 'usage.wrong', 2],
  ['an unknown kit', ['audit', '--kit', 'nothing'], 'kit.unknown', 2],
  ['no case', ['status', '/nonexistent'], 'case.none', 2],
  ['no report', ['verify', '/nonexistent'], 'report.unreadable', 2],
  ['a bad date', ['audit', '--date', 'soon'], 'clock.bad-date', 2],
];

for (const [what, args, code, status] of WRONG) {
  test(`${what}: one line that says what and what to do, and exit status ${status}`, () => {
    const run = assay(args, { cwd: folder });
    assert.equal(run.status, status, run.stderr);
    assert.equal(run.stdout, '');
    assert.match(run.stderr, new RegExp(`^assay: .*\\[${code.replace('.', '\\.')}\\]\\n$`));
    const json = assay([...args, '--json'], { cwd: folder });
    assert.equal(json.status, status);
    assert.equal(JSON.parse(json.stdout).error.code, code);
  });
}
