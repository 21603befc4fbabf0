import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { graphDocument } from '../../main/contract/documents.ts';
import { loadSigner } from '../../main/engine/index.ts';
import { verifyReport } from '../../main/engine/report/index.ts';
import {
  type ReportFile,
  readReport,
  reportFile,
  SUMS,
  sealReport,
} from '../../main/engine/report/seal/index.ts';
import { assay, DATE, makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const key = join(folder, 'ines');
makeKey(key);
const theCase = join(folder, 'case');
const report = join(folder, 'report.tar');
const audited = assay([
  ...['audit', '--kit', 'bedrock-amd64', '--case', theCase, '--report', report],
  ...['--key', key, '--by', 'Ines', '--date', DATE],
]);

function sealed(name: string): string {
  using files = readReport(report);
  return files.read(name).toString('utf8');
}

test('a report has the figure as files, those that the command line prints of its case', () => {
  assert.equal(audited.status, 0, audited.stderr + audited.stdout);
  for (const format of ['svg', 'dot']) {
    const { status, stdout } = assay(['status', theCase, '--graph', format]);
    assert.equal(status, 0);
    assert.equal(stdout, sealed(`chain.${format}`));
  }
  assert.match(sealed('chain.svg'), /^<svg xmlns/);
  const whole = assay(['status', theCase, '--graph', 'svg', '--expand', 'hex0,hex1']).stdout;
  assert.notEqual(whole, sealed('chain.svg'));
  assert.equal(assay(['status', theCase, '--graph', 'png']).status, 2);
});

test('as a document every edge leads from one node to another', () => {
  const { stdout } = assay(['status', theCase, '--graph', 'dot', '--json']);
  const { nodes, edges } = graphDocument.parse(JSON.parse(stdout));
  const ids = new Set(nodes.map(node => node.id));
  assert.ok(edges.length >= nodes.length - 2 && edges.every(({ from, to }) => ids.has(from) && ids.has(to)));
  assert.ok(nodes.some(node => node.name === 'bin/sha256sum' && node.sign === 'reproduced'));
});

const noDot = spawnSync('dot', ['-V']).error ? 'no Graphviz on this machine' : false;

test('Graphviz reads the graph', { skip: noDot }, () => {
  const drawn = spawnSync('dot', ['-Tplain'], { input: sealed('chain.dot'), encoding: 'utf8' });
  assert.equal(drawn.status, 0, drawn.stderr);
});

test('a figure that does not follow from the evidence is told', async () => {
  const path = join(folder, 'forged.tar');
  const files: ReportFile[] = [];
  using whole = readReport(report);
  for (const name of whole.entries.keys()) {
    if (name === SUMS || name.startsWith('signatures/')) continue;
    const text = whole.read(name);
    const forged = Buffer.from(text.toString('utf8').replaceAll('>sha256sum<', '>sha512sum<'));
    files.push(reportFile(name, name === 'chain.svg' ? forged : text));
  }
  const signers = [{ role: 'auditor' as const, signer: await loadSigner(key) }];
  await sealReport(path, { folder: whole.folder ?? 'x', files, signers });
  assert.deepEqual(
    verifyReport(path).problems.map(({ code, where }) => [code, where.entry]),
    [['report.not-derived', 'chain.svg']],
  );
  assert.deepEqual(verifyReport(report).problems, []);
});
