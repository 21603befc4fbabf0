import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { type DescriptionFiles, readPins } from '../../../main/engine/chain/index.ts';
import { withCode } from '../../support/errors.ts';
import { kitOf, SMALL_KIT } from '../../support/kits.ts';

const HASH = 'c'.repeat(64);
const OTHER = 'd'.repeat(64);

function filesOf(files: Readonly<Record<string, string>>): DescriptionFiles {
  return {
    type: path => (path in files ? 'file' : null),
    read: path => Buffer.from(files[path] ?? ''),
  };
}

const fileTable = (path: string, sha256 = HASH) => `\n[[file]]\npath = "${path}"\nsha256 = "${sha256}"\n`;
const containerKit = (plan: string, more = '') =>
  kitOf(
    SMALL_KIT.replace(
      /\[plan\][\s\S]*$/,
      `[plan]\nreader = "containerfile"\nfile = "Containerfile"\nplatform = "linux/386"\n${plan}\n${more}`,
    ),
  );

test('a kit pins files by its tables, each with its line', () => {
  const kit = kitOf(`${SMALL_KIT}${fileTable('distfiles/a.tar')}size = 7\n`);
  const line = SMALL_KIT.split('\n').length + 1;
  assert.deepEqual(readPins(kit, filesOf({})), [
    { path: 'distfiles/a.tar', size: 7, sha256: HASH, origin: { file: 'kit.toml', line } },
  ]);
});

test('a kit whose pin leaves the tree, or that pins a path twice, is refused', () => {
  for (const path of ['../a', '/a', 'a/../b', 'a//b', '']) {
    assert.throws(() => kitOf(SMALL_KIT + fileTable(path)), withCode('kit.invalid'), path);
  }
  assert.throws(() => kitOf(SMALL_KIT + fileTable('a') + fileTable('a')), withCode('kit.invalid'));
});

test('a package file pins its sources in the folder for fetched files', () => {
  const files = {
    'c/package.toml': `[package]\nversion = "1"\n\n[sources.lib]\nversion = "7"\nfile = "lib-{version}.tgz"\nhash = "${HASH}"\n`,
  };
  const pins = readPins(containerKit('context = "c"\npackage = "c/package.toml"'), filesOf(files));
  assert.deepEqual(pins, [
    { path: 'c/fetch/lib-7.tgz', size: null, sha256: HASH, origin: { file: 'c/package.toml', line: 7 } },
  ]);
});

test('an image pins its manifest, and what that names once it is there and has its hash', () => {
  const manifest = JSON.stringify({
    config: { digest: `sha256:${HASH}` },
    layers: [{ digest: `sha256:${OTHER}` }],
  });
  const digest = sha256Of(Buffer.from(manifest));
  const kit = containerKit('', `[[plan.image]]\nname = "below"\nlayout = "image"\ndigest = "${digest}"\n`);
  const at = (sha256: string) => `image/blobs/sha256/${sha256}`;
  const pathsOf = (files: Record<string, string>) => readPins(kit, filesOf(files)).map(pin => pin.path);
  assert.deepEqual(pathsOf({}), [at(digest)]);
  assert.deepEqual(pathsOf({ [at(digest)]: manifest }), [at(digest), at(HASH), at(OTHER)]);
  assert.deepEqual(pathsOf({ [at(digest)]: `${manifest} ` }), [at(digest)]);
});

test('pins that cannot all be met are refused', () => {
  const files = {
    'package.toml': `[package]\nversion = "1"\n[sources.lib]\nversion = "7"\nfile = "lib"\nhash = "${HASH}"\n`,
  };
  const read = (table: string) =>
    readPins(containerKit('package = "package.toml"', table), filesOf(files)).length;
  assert.equal(read(fileTable('fetch/lib')), 1);
  assert.throws(() => read(fileTable('fetch/lib', OTHER)), withCode('pins.contradict'));
  assert.throws(() => read(fileTable('fetch/lib/inner')), withCode('pins.contradict'));
  assert.throws(() => read(fileTable('fetch')), withCode('pins.contradict'));
});
