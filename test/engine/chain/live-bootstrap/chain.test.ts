/** A small chain of live-bootstrap's shape that really runs: its kaem phase, its generator and its bash. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import type { AuditDocument } from '../../../../main/contract/documents.ts';
import { verifyReport } from '../../../../main/engine/index.ts';
import { assay } from '../../../support/assay.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { lacking } from '../../replay/stand.ts';
import { compileTool } from '../../replay/tool.ts';
import { sha, smallToml, smallTree, type Tree } from './small-tree.ts';

const toolbox = lacking
  ? null
  : compileTool(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'chain', 'toolbox.c'));
const skip = lacking || (toolbox === null && 'the programs of the chain could not be compiled');

/** Audits the small chain with some files changed. */
function audit(change: Tree = {}, without: readonly string[] = [], more: readonly string[] = []) {
  const folder = temporaryFolder();
  const bytes = readFileSync(toolbox ?? '');
  const tree = smallTree({
    'seed/stage0/toolbox': bytes,
    'seed/stage0/kaem-seed': bytes,
    ...change,
  });
  for (const [path, content] of Object.entries(tree)) {
    if (without.includes(path)) continue;
    const file = join(folder, 'bundle', path);
    mkdirSync(content === null ? file : dirname(file), { recursive: true });
    if (content !== null) writeFileSync(file, content, { mode: 0o755 });
  }
  mkdirSync(join(folder, 'kit'));
  writeFileSync(join(folder, 'kit', 'kit.toml'), smallToml(bytes));
  const run = assay([
    ...['audit', '--json', '--kit', join(folder, 'kit')],
    ...['--bundle', join(folder, 'bundle'), '--case', join(folder, 'case')],
    ...more,
  ]);
  const document: AuditDocument = JSON.parse(run.stdout || '{}');
  if (run.status === 2) throw new Error(run.stderr);
  const { report, problems } = verifyReport(document.report);
  return { document, report: report ?? assert.fail(run.stderr), problems };
}

describe('a small live-bootstrap', { skip }, () => {
  test('every published hash is met at its step, and the generated scripts are those that were foreseen', () => {
    const { document, report, problems } = audit();
    assert.deepEqual(problems, []);
    assert.deepEqual([document.verdict, document.closure], ['reproduced', 'held']);
    const statements = report.proved.map(({ text }) => text);
    assert.ok(statements.includes('6 of 6 published hashes reproduced'), statements.join('\n'));
    assert.ok(
      statements.includes('6 files that the chain generates or copies are as foreseen from its description'),
    );
    const judged = report.artifacts.filter(artifact => artifact.expectations.length > 0);
    assert.deepEqual(
      judged.map(({ path, after, verdict }) => [
        path.replace('target/', ''),
        report.steps[(after ?? 0) - 1]?.title ?? null,
        verdict,
      ]),
      [
        ['external/repo/bash-2.0_0.tar.bz2', null, 'reproduced'],
        ['external/repo/late-1.0_0.tar.bz2', null, 'reproduced'],
        ['external/repo/late-1.0_1.tar.bz2', null, 'reproduced'],
        ['external/repo/late-2.0_0.tar.bz2', null, 'reproduced'],
        ['preseed-jump.kaem', null, 'reproduced'],
        ['seed-full.kaem', null, 'reproduced'],
        ['steps/0.sh', null, 'reproduced'],
        ['steps/1.sh', null, 'reproduced'],
        ['steps/2.sh', null, 'reproduced'],
        ['steps/bootstrap.cfg', null, 'reproduced'],
        ['usr/bin/early', 'sha256sum -c early-1.0.x86.checksums', 'reproduced'],
        ['usr/bin/early', null, 'reproduced'],
      ],
    );
  });

  test('another auditor’s report claims what the chain leaves, not what was there for a time', () => {
    const { document } = audit({}, [], ['--expect', audit().document.report]);
    assert.deepEqual([document.verdict, document.artifacts.differs], ['reproduced', 0]);
  });

  test('a file that was wrong when it was checked stays wrong, whatever is put in its place later', () => {
    const { document, report, problems } = audit({
      'steps/early-1.0/other': 'early on',
      'steps/early-1.0/pass1.kaem':
        'set -ex\ncp other ${BINDIR}/early\nsha256sum -c early-1.0.x86.checksums\n',
    });
    assert.deepEqual([document.verdict, problems], ['not-reproduced', []]);
    const early = report.artifacts.filter(artifact => artifact.path === 'target/usr/bin/early');
    assert.deepEqual(
      early.map(({ sha256, verdict }) => [sha256, verdict]),
      [
        [sha('early on'), 'differs'],
        [sha('early two'), 'reproduced'],
      ],
    );
    const finding = report.findings.find(each => each.code === 'artifact.differs');
    assert.match(finding?.key ?? '', /^artifact:target\/usr\/bin\/early after step \d+$/);
  });

  test('a generated script that is not the one foreseen speaks against the chain', () => {
    const { document, report } = audit({ 'generated/4': '#!/bin/bash\n' });
    assert.equal(document.verdict, 'not-reproduced');
    assert.deepEqual(
      report.artifacts.filter(artifact => artifact.verdict === 'differs').map(artifact => artifact.path),
      ['target/steps/2.sh'],
    );
  });

  test('without a source archive, the chain goes as far as it can, and says so', () => {
    const { document, report, problems } = audit({}, ['distfiles/two']);
    assert.deepEqual([document.verdict, problems], ['reproduced', []]);
    assert.ok(report.findings.some(finding => finding.code === 'live-bootstrap.missing-distfile'));
    assert.deepEqual(
      report.pinned.map(pin => [pin.path, pin.state]),
      [
        ['distfiles/early-1.0.tar', 'bundle'],
        ['distfiles/two', 'left-out'],
        ['distfiles/late-2.0.tar.gz', 'bundle'],
      ],
    );
    assert.ok(report.notProved.some(({ text }) => text.includes('the plan ends before it does')));
    assert.ok(
      report.proved.some(({ text }) => text === 'All 2 pinned sources are exactly those that were asked for'),
    );
    assert.equal(report.artifacts.filter(artifact => artifact.path.startsWith('target/external')).length, 0);
  });

  test('a script that the chain changes after the plan was made from it is a finding', () => {
    const { report } = audit({
      'steps/improve/tidy.sh': 'set -ex\ncp /steps/env /steps/bash-1.0/pass1.kaem\n',
    });
    const changed = report.findings.filter(finding => finding.code === 'plan.script-changed');
    assert.deepEqual(
      changed.map(finding => finding.where),
      ['target/steps/bash-1.0/pass1.kaem'],
    );
  });

  test('a source archive that is another file stops everything before it runs', () => {
    assert.throws(() => audit({ 'distfiles/two': 'other' }), /files.pins-unmet|is wrong/);
  });

  test('a program that turns up in an earlier folder of PATH than foreseen stops the replay', () => {
    const script = String(smallTree()['seed/seed.kaem']).replace(
      'mkdir /usr /usr/bin /external/repo\n',
      'mkdir /usr /usr/bin /external/repo\n/toolbox make /toolbox to /usr/bin/cp\n',
    );
    const { document, report } = audit({ 'seed/seed.kaem': script });
    assert.equal(document.verdict, 'not-reproduced');
    const failed = report.findings.find(each => each.code === 'step.failed');
    assert.match(failed?.message ?? '', /not the first that PATH leads to, which is \/usr\/bin\/cp/);
  });
});
