import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { removeFolder } from '../../../main/engine/replay/tree-folder.ts';
import { lacking } from './stand.ts';

/** A user that is nobody's. */
const USER = 65_534;
const canRead = spawnSync(
  process.execPath,
  ['-e', `require('node:fs').readFileSync(${JSON.stringify(join(import.meta.dirname, 'stand.ts'))})`],
  {
    ...{ uid: USER, gid: USER, cwd: '/' },
  },
);
const skip =
  lacking ||
  (process.getuid?.() !== 0
    ? 'runs as a normal user anyway'
    : canRead.error || canRead.status !== 0
      ? 'a normal user cannot read this checkout'
      : false);

const SCRIPT = `
  const stand = await import(${JSON.stringify(join(import.meta.dirname, 'stand.ts'))});
  const { toolStep } = stand;
  const result = async more => {
    const { outcome, records, theCase } = await stand.play([
      toolStep(1, ['mkdir', 'shut', ';', 'write', 'shut/f', 'x', ';', 'mkdir', 'shut/in', ';', 'chmod', '0', 'shut/f', ';',
        'chmod', '0', 'shut/in', ';', 'chmod', '0', 'shut']),
      toolStep(2, ['chmod', '700', 'shut', ';', 'chmod', '400', 'shut/f', ';', 'link', 'shut/f', 'g', ';', 'who']),
    ], { 'ro/f': { content: 'x' } }, { results: ['shut'], ...more });
    const { readdirSync } = await import('node:fs');
    return { outcome, written: records.map(r => r.written.map(f => [f.path, f.mode, f.sha256 !== null])),
      programs: records.map(r => r.observation?.programs.length), left: readdirSync(theCase.scratch) };
  };
  const { machine } = stand;
  console.log('RESULT' + JSON.stringify([await result({}), await result({ observer: null }), await result({ runtime: machine.unshare })]));
`;

test('everything works for a normal user, closed folders and files too', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-user-'));
  after(() => removeFolder(folder));
  chownSync(folder, USER, USER);
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    ...{ uid: USER, gid: USER, cwd: folder, encoding: 'utf8' },
    env: { PATH: process.env.PATH, TMPDIR: folder },
  });
  assert.equal(run.status, 0, run.stderr);
  const results = JSON.parse(/^RESULT(.*)$/m.exec(run.stdout)?.[1] ?? '') as {
    outcome: { outcome: string; tree: { unaccounted: string[] } };
    written: [string, number, boolean][][];
    programs: (number | undefined)[];
    left: string[];
  }[];
  assert.equal(results.length, 3);
  for (const [i, { outcome, written, programs, left }] of results.entries()) {
    assert.equal(outcome.outcome, 'completed');
    assert.deepEqual(outcome.tree.unaccounted, []);
    assert.deepEqual(left, []);
    assert.deepEqual(programs, i === 1 ? [null, null] : [1, 1]);
    assert.deepEqual(written, [
      [
        ['shut', 0, false],
        ['shut/f', 0, true],
        ['shut/in', 0, false],
      ],
      [
        ['g', 0o400, true],
        ['shut', 0o700, false],
        ['shut/f', 0o400, true],
      ],
    ]);
  }
});
