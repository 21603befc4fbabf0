import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareDocument } from '../../main/contract/documents.ts';
import { assay } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { PLANTED, plantedCase } from '../support/planted.ts';

const folder = temporaryFolder();
const [one, two] = [Buffer.from('the one\n'), Buffer.from('the other\n')];
const theCase = plantedCase(folder, [one, one, two]);

function compare(args: readonly string[]) {
  const { status, stdout, stderr } = assay(['compare', ...args, '--json']);
  assert.ok(status === 0 || status === 1, stderr);
  return { status, document: compareDocument.parse(JSON.parse(stdout)) };
}

test('the replays of a case beside each other: which differ, whether it carries on, and what goes together with it', () => {
  const { status, document } = compare(['--case', theCase, '--quorum', '2']);
  assert.equal(status, 0);
  assert.deepEqual(
    document.reports.map(({ kind, name, replay, completed }) => [kind, name, replay, completed]),
    [
      ['replay', 'Replay 1', 1, true],
      ['replay', 'Replay 2', 2, true],
      ['replay', 'Replay 3', 3, true],
    ],
  );
  assert.equal(document.says, '2 of 3 agree on every artifact; the quorum of 2 is reached');
  assert.deepEqual([document.firstDivergence?.path, document.firstDivergence?.later], [PLANTED, 0]);
  assert.match(document.firstDivergence?.says ?? '', /not carried on/);
  const row = document.artifacts.find(artifact => artifact.path === PLANTED);
  assert.deepEqual(row?.sizes, [one.length, one.length, two.length]);
  assert.ok(
    document.artifacts.some(artifact => artifact.expected !== null && artifact.verdicts[0] === 'reproduced'),
  );
  const bundle = document.environment.find(each => each.name === 'bundle');
  assert.match(
    bundle?.together ?? '',
    /^The one that differs has bundle [0-9a-f]{12}; the other 2 have [0-9a-f]{12}$/,
  );
  const kernel = document.environment.find(each => each.name === 'kernel');
  assert.deepEqual([kernel?.differs, kernel?.together], [false, null]);
  assert.match(assay(['compare', '--case', theCase]).stdout, /goes together; it says nothing of a cause/);
});

test('chosen replays, and all of them alike', () => {
  const { status, document } = compare(['--case', theCase, '--replays', '1,2']);
  assert.equal(status, 0);
  assert.equal(document.unanimous, true);
  assert.equal(compare(['--case', theCase]).status, 1);
  assert.match(assay(['compare', '--case', theCase, '--replays', '1,9']).stderr, /\[replay\.no-such\]/);
  assert.equal(assay(['compare', '--replays', '1,3']).status, 2);
  assert.equal(assay(['compare', '--case', theCase, '--replays', '1']).status, 2);
});
