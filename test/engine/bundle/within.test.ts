import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../../main/engine/base/index.ts';
import { bundleWithin, importBundle, loneFolder, openBundle } from '../../../main/engine/bundle/index.ts';
import { createCase } from '../../../main/engine/case/index.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();

test('everything in one folder: that folder; anything beside it: none', () => {
  const entries = (...paths: string[]) =>
    paths.map(path =>
      path.endsWith('/')
        ? ({ path: path.slice(0, -1), type: 'directory' } as const)
        : ({ path, type: 'file' } as const),
    );
  assert.equal(loneFolder(entries('a-1/', 'a-1/b', 'a-1/c/d')), 'a-1');
  assert.equal(loneFolder(entries('a-1/c/d')), 'a-1');
  assert.equal(loneFolder(entries('a-1/b', 'a-10/b')), '');
  assert.equal(loneFolder(entries('a-1/b', 'README')), '');
  assert.equal(loneFolder(entries('a-1')), '');
  assert.equal(loneFolder([]), '');
});

/** A case with an archive whose files lie in `a-1`, the bundle open. */
async function imported(name: string, fill: (top: string) => void) {
  const top = join(folder, name, 'a-1');
  mkdirSync(join(top, 'd'), { recursive: true });
  fill(top);
  const archive = join(folder, `${name}.tar`);
  assert.equal(spawnSync('tar', ['-C', join(folder, name), '-cf', archive, 'a-1']).status, 0);
  const theCase = createCase(join(folder, `case-${name}`), name, '0', { clock: systemClock, by: 'test' });
  return { theCase, bundle: await openBundle(theCase, await importBundle(theCase, archive)) };
}

test('seen from its folder a bundle has the paths of the folder, and unpacks as that', async () => {
  const { theCase, bundle } = await imported('whole', top => {
    writeFileSync(join(top, 'd/file'), 'content');
    linkSync(join(top, 'd/file'), join(top, 'name'));
    symlinkSync('d/file', join(top, 'link'));
  });
  using _case = theCase;
  using tree = bundleWithin(bundle, loneFolder(bundle.entries()));
  const entries = [...tree.entries()];
  assert.deepEqual(entries.map(entry => entry.path).sort(), ['d', 'd/file', 'link', 'name']);
  const hard = entries.find(entry => entry.type === 'hardlink') ?? assert.fail('no hard link');
  assert.equal(tree.entry(hard.target ?? '')?.type, 'file');
  assert.equal(tree.entry('a-1/d/file'), undefined);
  assert.equal(tree.read('d/file', 100).toString(), 'content');
  assert.equal(Buffer.concat([...tree.chunks('name')]).toString(), 'content');
  const target = join(folder, 'unpacked');
  assert.deepEqual(await tree.unpack(target), { entries: 4, bytes: 7 });
  assert.deepEqual(readdirSync(target).sort(), ['d', 'link', 'name']);
  for (const name of ['d/file', 'link', 'name']) {
    assert.equal(readFileSync(join(target, name), 'utf8'), 'content');
  }
});

test('a link that stays in the bundle and leaves its folder is refused', async () => {
  const { theCase, bundle } = await imported('leaving', top => symlinkSync('../a-1/d', join(top, 'link')));
  using _case = theCase;
  using tree = bundleWithin(bundle, 'a-1');
  const target = join(folder, 'left');
  await assert.rejects(tree.unpack(target), withCode('archive.link-leaves-tree'));
  assert.deepEqual(readdirSync(target), []);
});
