import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import {
  type AuditDocument,
  auditDocument,
  compareDocument,
  statusDocument,
  verifyDocument,
} from '../../main/contract/documents.ts';
import { connectProgram, exitProgram } from '../../main/engine/replay/probe-programs.ts';
import { assay, copyKit } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
let serial = 0;

interface Changed {
  /** Changes kit.toml. */
  readonly toml?: (text: string) => string;
  /** Files to add to the bundle, executable. */
  readonly files?: Record<string, string | Uint8Array>;
}

/** Audits the embedded kit with changes. Every report, whatever it says, must verify. */
function auditChanged({ toml = text => text, files = {} }: Changed, more: string[] = []) {
  serial += 1;
  const kit = copyKit(join(folder, `kit-${serial}`), toml);
  for (const [name, content] of Object.entries(files)) {
    const path = join(kit, 'bundle', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, 0o755);
  }
  const caseFolder = join(folder, `case-${serial}`);
  const run = assay(['audit', '--kit', kit, '--case', caseFolder, '--json', ...more]);
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  const document = auditDocument.parse(JSON.parse(run.stdout));
  assert.equal(run.status, document.verdict === 'reproduced' ? 0 : 1);
  assert.deepEqual(document.verified, { assay: true, sha256sum: true, sshKeygen: true });
  return { document, caseFolder, kit };
}

const codes = (document: AuditDocument) => document.findings.map(finding => finding.code);

/** Adds a step at the end of the plan. */
const withStep =
  (id: string, argv: string[], more = '') =>
  (text: string) =>
    text.replace(
      '[[expectation]]',
      `[[plan.step]]\nid = "${id}"\nstage = "check"\ntitle = "${id}"\nargv = ${JSON.stringify(argv)}\n${more}\n[[expectation]]`,
    );

const hex0Of = (program: Uint8Array) => Buffer.from(program).toString('hex').replace(/(..)/g, '$1\n');

test('a hash that differs: not reproduced, and a waiver shows who and why without hiding it', () => {
  const wrong = 'f'.repeat(64);
  const { document, caseFolder } = auditChanged({
    toml: text => text.replace(/(path = "bin\/cat"\nsize = \d+\nsha256 = ")[0-9a-f]{64}/, `$1${wrong}`),
  });
  assert.equal(document.verdict, 'not-reproduced');
  assert.equal(document.artifacts.differs, 1);
  assert.deepEqual(codes(document), ['artifact.differs']);

  const waived = assay([
    'waive',
    caseFolder,
    'F-01',
    '--reason',
    'the kit has a typing error',
    '--by',
    'Ines Marković',
  ]);
  assert.equal(waived.status, 0, waived.stderr);
  const status = statusDocument.parse(JSON.parse(assay(['status', caseFolder, '--json']).stdout));
  assert.equal(status.artifacts?.waived, 1);
  assert.equal(status.verdict, 'not-reproduced');
  const path = join(folder, 'waived.tar');
  assert.equal(assay(['export', caseFolder, '--report', path]).status, 1);
  const verified = assay(['verify', path]);
  assert.match(verified.stdout, /The report is whole/);
  assert.match(verified.stdout, /F-01 high: .*\(waived\)/);
  assert.equal(assay(['waive', caseFolder, 'F-09', '--reason', 'x', '--by', 'y']).status, 2);
});

test('a finished program from the bundle that runs: closure is broken and the finding names it', () => {
  const { document } = auditChanged({
    files: { 'tools/cc': exitProgram() },
    toml: withStep('foreign', ['tools/cc']),
  });
  assert.equal(document.closure, 'broken');
  assert.equal(document.verdict, 'not-reproduced');
  assert.deepEqual(codes(document), ['closure.foreign-program']);
  assert.match(document.findings[0]?.message ?? '', /tools\/cc.*came with the bundle/);
});

test('a program that reaches for the network: the attempt is a finding, and there is nothing to reach', () => {
  const { document } = auditChanged({
    files: { 'src/socket.hex0': hex0Of(connectProgram()) },
    toml: text =>
      withStep('socket', ['tmp/socket'])(
        withStep(
          'make-socket',
          ['bin/hex0', 'src/socket.hex0', 'tmp/socket'],
          'outputs = ["tmp/socket"]',
        )(text),
      ),
  });
  assert.ok(codes(document).includes('step.socket'), codes(document).join());
  assert.equal(document.closure, 'held');
  assert.ok(!document.proved.some(each => each.text.includes('network')));
});

test('a step that fails: the end of its log, argv, and the command that runs it alone', () => {
  const broken = {
    toml: (text: string) =>
      text.replace('"bin/sha256sum", "-c", "bedrock.sha256"', '"bin/sha256sum", "-c", "bedrock.nothing"'),
  };
  const { document, caseFolder, kit } = auditChanged(broken);
  assert.equal(document.verdict, 'not-reproduced');
  assert.ok(codes(document).includes('step.failed'));

  const text = assay(['audit', '--kit', kit, '--case', `${caseFolder}-text`]).stdout;
  assert.match(text, /Step 25 check failed: it ended with status 1/);
  assert.match(text, /argv: bin\/sha256sum -c bedrock\.nothing/);
  const rerun = /to run it alone: assay (replay .*)$/m.exec(text)?.[1]?.split(' ') ?? [];
  const alone = assay(rerun);
  assert.equal(alone.status, 1, alone.stderr);
  assert.match(alone.stdout, /Step 25: it ended with status 1/);
});

test('a published file that no step makes is missing, one among the results that nobody published is unexpected', () => {
  const { document } = auditChanged({
    toml: text =>
      withStep(
        'extra',
        ['bin/cat', 'bin/extra', 'src/hex0.hex0'],
        'inputs = ["src/hex0.hex0"]\noutputs = ["bin/extra"]',
      )(text).replace(
        '[[expectation]]',
        `[[expectation]]\npath = "bin/gone"\nsha256 = "${'a'.repeat(64)}"\n\n[[expectation]]`,
      ),
  });
  assert.equal(document.artifacts.missing, 1);
  assert.equal(document.artifacts.unexpected, 1);
  assert.deepEqual(codes(document).sort(), ['artifact.missing', 'artifact.unexpected']);
});

test('another seed than the kit names runs, is named, and the chain is not reproduced', () => {
  const seed = join(folder, 'other-seed');
  writeFileSync(seed, exitProgram());
  const { document } = auditChanged({}, ['--seed', seed]);
  assert.equal(document.verdict, 'not-reproduced');
  assert.ok(codes(document).includes('seed.differs'));
  assert.ok(codes(document).includes('seed.source-differs'));
});

test('reports of two machines are compared: agreement, first divergence, quorum', () => {
  const good = auditChanged({}).document.report;
  const again = auditChanged({ toml: text => text }).document.report;
  const same = assay(['compare', good, again, '--json']);
  assert.equal(same.status, 0, same.stderr);
  assert.equal(compareDocument.parse(JSON.parse(same.stdout)).unanimous, true);

  // One instruction of cat differs: everything that cat or its output takes part in may differ after it.
  const other = auditChanged({
    toml: text => text.replace('"src/cat.hex1", "bin/cat"', '"src/other.hex1", "bin/cat"'),
    files: {
      'src/other.hex1': `${readFileSync(join(folder, 'kit-1', 'bundle', 'src', 'cat.hex1'), 'utf8')}\n00\n`,
    },
  }).document.report;
  const run = assay(['compare', good, other, again, '--quorum', '2', '--json']);
  assert.equal(run.status, 0, run.stderr);
  const document = compareDocument.parse(JSON.parse(run.stdout));
  assert.equal(document.unanimous, false);
  assert.equal(document.firstDivergence?.path, 'bin/cat');
  assert.deepEqual(document.quorum, { needed: 2, agreeing: 2 });
  assert.equal(assay(['compare', good, other]).status, 1);
  assert.equal(assay(['compare', good]).status, 2);
});

test('the seed as a separate file, the right one, changes nothing', () => {
  const { document } = auditChanged({}, ['--seed', join(folder, 'kit-1', 'bundle', 'seed', 'hex0-seed')]);
  assert.equal(document.verdict, 'reproduced');
});

test('without the observer the hashes stand, and closure is said not to be observed', () => {
  const { document } = auditChanged({}, ['--observer', 'off']);
  assert.equal(document.closure, 'not-observed');
  assert.equal(document.artifacts.reproduced, 23);
  assert.equal(document.verdict, 'not-reproduced');
  assert.deepEqual(codes(document), ['observer.absent']);
  assert.ok(document.notProved.some(each => each.text.includes('closure was not observed')));
});

test('the last resort works, and is called weaker', () => {
  const { document } = auditChanged({}, ['--runtime', 'unshare']);
  assert.equal(document.verdict, 'reproduced');
  assert.deepEqual(codes(document), ['runtime.weaker']);
});

test('a bundle that lies about a published hash file is stopped with file and line', () => {
  const kit = copyKit(join(folder, 'kit-list'), text => text);
  writeFileSync(join(kit, 'bundle', 'bedrock.sha256'), 'nonsense\n');
  const run = assay(['audit', '--kit', kit, '--case', join(folder, 'case-list')]);
  assert.equal(run.status, 2);
  assert.match(run.stderr, /file bedrock\.sha256, line 1.*\[published\.bad-line\]/);
});

test('hostile names and titles act neither on the terminal nor on the page', () => {
  const evil = 'evil\\u001b[2J\\u202egpj';
  const { document, caseFolder } = auditChanged({
    toml: text =>
      text.replace('title = "Bedrock, Linux amd64"', `title = "${evil}</style><script>alert(1)</script>"`),
  });
  const shown = assay(['verify', document.report]).stdout + assay(['status', caseFolder]).stdout;
  assert.doesNotMatch(shown, /\u001b|\u202e/);
  assert.ok(verifyDocument.parse(JSON.parse(assay(['verify', document.report, '--json']).stdout)).valid);
});
