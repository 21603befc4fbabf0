import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCase, verifyReport } from '../../main/engine/index.ts';
import { checkReused } from '../../main/engine/report/check-reused.ts';
import { type CaseEvidence, caseSource, readEvidence } from '../../main/engine/report/index.ts';
import { assay, DATE } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const caseFolder = join(folder, 'case');

function run(...args: string[]): string {
  const { status, stdout, stderr } = assay([...args, '--date', DATE]);
  assert.equal(status, 0, stderr + stdout);
  return stdout;
}

test('a replay that takes over what an earlier one did is valid, and its report says what was not run again', () => {
  run('audit', '--case', caseFolder);
  run('replay', caseFolder, '--again', '--reuse');
  const path = join(folder, 'reused.tar');
  run('export', caseFolder, '--report', path);
  const { problems, report } = verifyReport(path);
  assert.deepEqual(problems, []);
  assert.equal(report?.verdict, 'reproduced');
  const programs = report.steps.filter(step => step.action === 'run');
  assert.ok(programs.length > 0 && programs.every(step => step.reused?.replay === 1));
  assert.ok(report.steps.every(step => step.action === 'run' || step.reused === null));
  const said = report.notProved.find(each => each.text.includes('taken over from an earlier replay'));
  assert.match(said?.text ?? '', new RegExp(`^That ${programs.length} of ${report.steps.length} steps `));
});

test('results that were taken over from elsewhere, or with other inputs, are told', () => {
  using theCase = openCase(caseFolder);
  const source = caseSource(theCase);
  const read = readEvidence(source);
  const told = (change: Partial<CaseEvidence>) => {
    const problems: string[] = [];
    checkReused(source, { ...read, ...change }, (_, __, message) => problems.push(message));
    return problems;
  };
  assert.deepEqual(told({}), []);
  const { replay } = read;
  const started = { ...replay.started, machine: { sha256: 'f'.repeat(64), size: 1 } };
  assert.match(told({ replay: { ...replay, started } })[0] ?? '', /another machine/);
  const seeds = read.seeds.map(seed => ({ ...seed, seed: { sha256: 'f'.repeat(64), size: 1 } }));
  assert.match(told({ seeds })[0] ?? '', /not what it was/);
  const records = replay.records.map(record => ({ ...record, removed: ['x'] }));
  assert.match(told({ replay: { ...replay, records } })[0] ?? '', /not those of the step/);
  const earlier = replay.records.map(record => ({
    ...record,
    reused: record.reused && { ...record.reused, replay: 2 },
  }));
  assert.match(told({ replay: { ...replay, records: earlier } })[0] ?? '', /no earlier replay/);
});
