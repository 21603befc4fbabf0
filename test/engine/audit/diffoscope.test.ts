import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { askDiffoscope } from '../../../main/engine/index.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const [a, b] = [join(folder, 'a'), join(folder, 'b')];
writeFileSync(a, 'one\n');
writeFileSync(b, 'two\n');

/** A program that stands in for diffoscope. */
function standIn(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && { echo "diffoscope 240"; exit; }\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
const last = 'for file; do before=$last; last=$file; done';

test('its words are given as its words', async () => {
  const program = standIn('says', `${last}; cat "$before" "$last"; exit 1`);
  const { diffoscope, noDiffoscope } = await askDiffoscope(a, b, {}, program);
  assert.equal(noDiffoscope, null);
  assert.deepEqual(diffoscope, { program: 'diffoscope', version: '240', text: 'one\ntwo\n', cut: false });
});

test('endless words are cut, a failure is told, and it can be stopped', async () => {
  const endless = await askDiffoscope(a, b, {}, standIn('endless', 'exec yes'));
  assert.equal(endless.diffoscope?.cut, true);
  assert.ok((endless.diffoscope?.text.length ?? 0) <= 256 << 10);
  const failed = await askDiffoscope(a, b, {}, standIn('fails', 'exit 2'));
  assert.equal(failed.noDiffoscope, 'diffoscope failed');
  const stopped = askDiffoscope(a, b, { signal: AbortSignal.timeout(200) }, standIn('waits', 'sleep 600'));
  await assert.rejects(stopped, withCode('task.stopped'));
});

test('without it, and for bytes that are no file, nothing is asked', async () => {
  assert.match((await askDiffoscope(null, b, {}, standIn('never', 'exit 0'))).noDiffoscope ?? '', /bundle/);
  // The default stands where this machine has none; a test cannot take it away.
  const own = await askDiffoscope(a, b);
  assert.equal(own.diffoscope === null, own.noDiffoscope !== null);
});
