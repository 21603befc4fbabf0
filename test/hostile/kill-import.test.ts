import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCase } from '../../main/engine/index.ts';
import { assay, DATE, makeKey, startAssay } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { copyPinnedKit, fileTable } from '../support/pinned-kit.ts';

const folder = temporaryFolder();
const FILES = 200;
/** Numbers of finished imports after which the process is killed. */
const MOMENTS = [0, 1, 57, 199];

test('killed while files are imported, a case is whole, and going on ends in the same report', async () => {
  const key = join(folder, 'key');
  makeKey(key);
  const { kit, tree, files } = copyPinnedKit(folder);
  mkdirSync(join(files, 'many'));
  for (let i = 0; i < FILES; i += 1) {
    const bytes = Buffer.alloc(10_000 + i, i);
    writeFileSync(join(files, 'many', `f${i}`), bytes);
    appendFileSync(join(kit, 'kit.toml'), fileTable(`distfiles/d${i}`, bytes));
  }
  const args = (name: string) => [
    ...['audit', '--kit', kit, '--bundle', tree, '--files', files, '--key', key, '--as', 'ines'],
    ...['--date', DATE, '--case', join(folder, name, 'case'), '--report', join(folder, name, 'report')],
  ];
  assert.equal(assay(args('whole')).status, 0);
  for (const moment of MOMENTS) {
    const name = `killed-${moment}`;
    const objects = join(folder, name, 'case', 'objects', 'tmp');
    const child = startAssay(args(name));
    const ended = new Promise(resolve => child.once('exit', resolve));
    while (child.exitCode === null && importedIn(join(folder, name, 'case')) < moment) await pause();
    child.kill('SIGKILL');
    await ended;
    if (existsSync(objects)) {
      using theCase = openCase(join(folder, name, 'case'));
      assert.equal(theCase.log.broken, null);
      for (const { file } of theCase.log.of('file-imported')) {
        assert.equal(theCase.objects.read(file.sha256).length, file.size);
      }
    }
    const run = assay(args(name));
    assert.equal(run.status, 0, run.stderr);
    assert.ok(
      readFileSync(join(folder, name, 'report')).equals(readFileSync(join(folder, 'whole', 'report'))),
    );
  }
});

function importedIn(folder: string): number {
  if (!existsSync(join(folder, 'case.db'))) return -1;
  try {
    using theCase = openCase(folder, { readonly: true });
    return theCase.log.of('file-imported').length;
  } catch {
    // The database is being made.
    return -1;
  }
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 2));
}
