import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { type Bundle, importBundle, openBundle, overlaid } from '../../../main/engine/bundle/index.ts';
import type { Case } from '../../../main/engine/case/index.ts';
import { withCode } from '../../support/errors.ts';
import { fresh, freshCase } from './stand.ts';

const LARGE = Buffer.alloc((16 << 20) + 5, 'large');

async function open(theCase: Case): Promise<Bundle> {
  const tree = fresh('tree');
  mkdirSync(join(tree, 'a'), { recursive: true });
  writeFileSync(join(tree, 'a', 'one'), 'one');
  writeFileSync(join(tree, 'b'), 'b');
  symlinkSync('a', join(tree, 'link'));
  return openBundle(theCase, await importBundle(theCase, tree));
}

function place(theCase: Case, path: string, content: string | Buffer) {
  return { path, ...theCase.objects.put(Buffer.from(content)) };
}

test('files beside a bundle are read, listed in order and unpacked as if they were in it', async () => {
  using theCase = freshCase();
  using bundle = await open(theCase);
  const placed = [
    place(theCase, 'z/new', 'new'),
    place(theCase, 'a/zero', 'zero'),
    place(theCase, 'a.b', ''),
    place(theCase, 'large', LARGE),
  ];
  const tree = overlaid(bundle, placed, theCase.objects);
  const paths = [...tree.entries()].map(({ path }) => path);
  assert.deepEqual(paths, ['a', 'a.b', 'a/one', 'a/zero', 'b', 'large', 'link', 'z/new']);
  assert.equal(tree.entry('a/zero')?.sha256, sha256Of('zero'));
  assert.equal(tree.entry('a/one')?.sha256, sha256Of('one'));
  assert.equal(tree.read('a/zero', 4).toString(), 'zero');
  assert.equal(tree.read('b', 1).toString(), 'b');
  assert.throws(() => tree.read('a/zero', 3), withCode('bundle.file-too-large'));
  assert.equal(
    Buffer.concat([...tree.chunks('large')].map(chunk => Buffer.from(chunk))).length,
    LARGE.length,
  );
  for (const [path, offset, expected] of [
    ['z/new', 1, Buffer.from('ew')],
    ['large', LARGE.length - 3, LARGE.subarray(-3)],
  ] as const) {
    using content = await tree.content(path);
    const end = Buffer.alloc(content.size - offset);
    content.readAt(end, offset);
    assert.deepEqual(end, expected);
  }
  const folder = fresh('unpacked');
  assert.deepEqual(await tree.unpack(folder), { entries: 8, bytes: 3 + 1 + 3 + 4 + LARGE.length });
  assert.equal(readFileSync(join(folder, 'z', 'new'), 'utf8'), 'new');
  assert.equal(statSync(join(folder, 'a', 'zero')).mode & 0o777, 0o644);
});

test('a file that changed in the case is not given out whole and not unpacked', async () => {
  using theCase = freshCase();
  using bundle = await open(theCase);
  const placed = [place(theCase, 'new', 'new'), place(theCase, 'large', LARGE)];
  for (const { sha256 } of placed) {
    const file = theCase.objects.pathOf(sha256);
    chmodSync(file, 0o644);
    const bytes = readFileSync(file);
    bytes[0] = 0;
    writeFileSync(file, bytes);
  }
  const tree = overlaid(bundle, placed, theCase.objects);
  assert.throws(() => tree.read('new', 9), withCode('object.damaged'));
  assert.throws(() => [...tree.chunks('large')], withCode('object.damaged'));
  await assert.rejects(tree.content('new'), withCode('object.damaged'));
  await assert.rejects(tree.content('large'), withCode('object.damaged'));
  await assert.rejects(tree.unpack(fresh('unpacked')), withCode('object.damaged'));
});

test('nothing is written through a link or over a file of the bundle', async () => {
  using theCase = freshCase();
  using bundle = await open(theCase);
  for (const path of ['link/new', 'b/new', 'b']) {
    const tree = overlaid(bundle, [place(theCase, path, 'new')], theCase.objects);
    await assert.rejects(tree.unpack(fresh('unpacked')), Error, path);
  }
});
