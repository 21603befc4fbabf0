import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { companionsOf, importCompanions } from '../../../main/engine/bundle/index.ts';
import { withCode } from '../../support/errors.ts';
import { fresh, freshCase, stateOf } from './stand.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = fresh('files');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('files and folders of files are kept as they are, each once, in the order of their names', async () => {
  using theCase = freshCase();
  const folder = folderOf({ b: 'two', 'a/x': 'one', 'a/empty': '' });
  const lone = join(folderOf({ lone: 'three' }), 'lone');
  const events = await importCompanions(theCase, [lone, folder]);
  assert.deepEqual(
    events.map(({ name }) => name),
    ['lone', 'a/empty', 'a/x', 'b'],
  );
  for (const [i, text] of ['three', '', 'one', 'two'].entries()) {
    assert.deepEqual(events[i]?.file, { sha256: sha256Of(text), size: text.length });
    assert.equal(readFileSync(theCase.objects.pathOf(sha256Of(text)), 'utf8'), text);
  }
  const before = stateOf(theCase);
  await importCompanions(theCase, [lone, folder]);
  assert.deepEqual(stateOf(theCase), before);
  assert.equal(companionsOf(theCase.log.of('file-imported')).length, 4);
  assert.equal(companionsOf(theCase.log.of('file-imported'), events[1]?.seq).length, 1);
});

test('a file that changed under its name is another file', async () => {
  using theCase = freshCase();
  const folder = folderOf({ a: 'one' });
  await importCompanions(theCase, [folder]);
  writeFileSync(join(folder, 'a'), 'two');
  await importCompanions(theCase, [folder]);
  assert.deepEqual(
    theCase.log.of('file-imported').map(({ file }) => file.sha256),
    [sha256Of('one'), sha256Of('two')],
  );
});

test('a link in a folder, a pipe, a missing file: nothing at all is taken', async () => {
  using theCase = freshCase();
  const good = folderOf({ a: 'one' });
  const before = stateOf(theCase);
  const withLink = folderOf({ a: 'one', b: 'two' });
  symlinkSync('/etc/passwd', join(withLink, 'c'));
  await assert.rejects(importCompanions(theCase, [good, withLink]), withCode('files.link'));
  const withPipe = folderOf({ a: 'one' });
  if (spawnSync('mkfifo', [join(withPipe, 'p')]).status === 0) {
    await assert.rejects(importCompanions(theCase, [good, withPipe]), withCode('archive.special-file'));
    await assert.rejects(
      importCompanions(theCase, [join(withPipe, 'p')]),
      withCode('bundle.source-unreadable'),
    );
  }
  await assert.rejects(importCompanions(theCase, [good, fresh('none')]), withCode('bundle.source-missing'));
  const limits = { entries: 1 };
  await assert.rejects(
    importCompanions(theCase, [folderOf({ a: '', b: '' })], { limits }),
    withCode('archive.too-many-entries'),
  );
  await assert.rejects(
    importCompanions(theCase, [good, good], { limits }),
    withCode('archive.too-many-entries'),
  );
  await assert.rejects(
    importCompanions(theCase, [good], { limits: { fileBytes: 2 } }),
    withCode('archive.file-too-large'),
  );
  await assert.rejects(
    importCompanions(theCase, [good, good], { limits: { totalBytes: 5 } }),
    withCode('archive.too-large'),
  );
  assert.deepEqual(stateOf(theCase), before);
});

test('stopped between two files, what was taken stays, and going on takes the rest', async () => {
  using theCase = freshCase();
  const stop = new AbortController();
  stop.abort();
  const folder = folderOf({ a: 'one', b: 'two' });
  await assert.rejects(
    importCompanions(theCase, [folder], { signal: stop.signal }),
    withCode('task.stopped'),
  );
  await importCompanions(theCase, [join(folder, 'a')]);
  const events = await importCompanions(theCase, [folder]);
  assert.deepEqual(
    events.map(({ name }) => name),
    ['a', 'b'],
  );
  assert.equal(theCase.log.of('file-imported').length, 2);
});
