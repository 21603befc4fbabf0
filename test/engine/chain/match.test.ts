import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256Of } from '../../../main/engine/base/index.ts';
import type { Companion } from '../../../main/engine/bundle/index.ts';
import type { BundleEntry } from '../../../main/engine/case/index.ts';
import { matchFiles, matchPins, type OwnTree, type Pin, pinsMet } from '../../../main/engine/chain/index.ts';
import { kitOf, SMALL_KIT } from '../../support/kits.ts';

type Content = string | { readonly type: BundleEntry['type']; readonly target?: string };

function treeOf(files: Readonly<Record<string, Content>>): OwnTree {
  const entry = (path: string): BundleEntry | undefined => {
    const content = Object.hasOwn(files, path) ? files[path] : undefined;
    if (content === undefined) return undefined;
    const base = { path, mode: 0o644, offset: 0, kind: 'text', flags: [] } as const;
    return typeof content === 'string'
      ? { ...base, type: 'file', size: content.length, sha256: sha256Of(content), target: null }
      : { ...base, type: content.type, size: 0, sha256: null, target: content.target ?? null };
  };
  return {
    entry,
    entries: () => Object.keys(files).flatMap(path => entry(path) ?? []),
    read: path => Buffer.from(String(files[path])),
  };
}

const pinOf = (path: string, content: string, size: number | null = null): Pin => ({
  ...{ path, size, sha256: sha256Of(content), origin: { file: 'kit.toml', line: 1 } },
});
const given = (name: string, content: string): Companion => ({
  ...{ name, sha256: sha256Of(content), size: content.length },
});

/** `STATE NAME` of a single pin on `d/f` for the content `right`. */
function stateOf(tree: Record<string, Content>, companions: Companion[] = [], size: number | null = null) {
  const { pins } = matchPins([pinOf('d/f', 'right', size)], treeOf(tree), companions);
  return `${pins[0]?.state} ${pins[0]?.name}`;
}

test('a pin is met by the tree, or by a file beside it whatever its name', () => {
  assert.equal(stateOf({ 'd/f': 'right' }), 'bundle null');
  assert.equal(stateOf({}, [given('x', 'right')]), 'file x');
  assert.equal(stateOf({ d: { type: 'directory' } }, [given('some/x', 'right')]), 'file some/x');
  assert.equal(stateOf({ 'd/f': 'right' }, [given('f', 'wrong')]), 'bundle null');
  const linked = { 'd/e': 'right', 'd/f': { type: 'hardlink', target: 'd/e' } } as const;
  assert.equal(stateOf(linked), 'bundle null');
});

test('another file of the name is wrong, nothing is missing', () => {
  assert.equal(stateOf({}), 'missing null');
  assert.equal(stateOf({}, [given('g', 'wrong')]), 'missing null');
  assert.equal(stateOf({}, [given('some/f', 'wrong')]), 'wrong some/f');
  assert.equal(stateOf({}, [given('x', 'right')], 6), 'wrong x');
  assert.equal(stateOf({}, [given('x', 'right')], 5), 'file x');
  assert.equal(stateOf({ 'd/f': 'right' }, [], 6), 'wrong null');
});

test('a file beside the bundle never takes the place of anything', () => {
  const right = [given('f', 'right')];
  assert.equal(stateOf({ 'd/f': 'wrong' }, right), 'wrong null');
  assert.equal(stateOf({ 'd/f': { type: 'directory' } }, right), 'wrong null');
  assert.equal(stateOf({ 'd/f': { type: 'symlink', target: '../x' } }, right), 'wrong null');
  assert.equal(stateOf({ 'd/f/inner': 'x' }, right), 'wrong null');
  assert.equal(stateOf({ d: 'x' }, right), 'wrong null');
  assert.equal(stateOf({ d: { type: 'symlink', target: '/etc' } }, right), 'wrong null');
});

test('files that no pin asks for are extra; a wrong one is not', () => {
  const companions = [given('x', 'right'), given('f', 'wrong'), given('g', 'wrong too'), given('h', 'other')];
  const pins = [pinOf('d/f', 'right'), pinOf('d/g', 'asked for')];
  const { extra, placed } = matchPins(pins, treeOf({}), companions);
  assert.deepEqual(
    extra.map(({ name }) => name),
    ['f', 'h'],
  );
  assert.deepEqual(placed, [{ path: 'd/f', sha256: sha256Of('right'), size: 5 }]);
});

test('one file beside the bundle may take several places', () => {
  const pins = [pinOf('a', 'same'), pinOf('b/c', 'same')];
  const { placed, pins: matched } = matchPins(pins, treeOf({}), [given('x', 'same')]);
  assert.ok(pinsMet({ pins: matched }));
  assert.deepEqual(
    placed.map(({ path }) => path),
    ['a', 'b/c'],
  );
});

test('a build description that is pinned itself is read for further pins once it is in its place', () => {
  const source = 'the source';
  const description = `[package]\nversion = "1"\n[sources.lib]\nversion = "7"\nfile = "lib"\nhash = "${sha256Of(source)}"\n`;
  const text = SMALL_KIT.replace(
    /\[plan\][\s\S]*$/,
    '[plan]\nreader = "containerfile"\nfile = "C"\npackage = "package.toml"\nplatform = "linux/386"\n',
  );
  const kit = kitOf(`${text}[[file]]\npath = "package.toml"\nsha256 = "${sha256Of(description)}"\n`);
  const contents = new Map([description, source].map(each => [sha256Of(each), Buffer.from(each)]));
  const match = (companions: Companion[]) =>
    matchFiles(kit, treeOf({}), companions, sha256 => contents.get(sha256) ?? assert.fail('not there'));
  const first = match([given('p', description)]);
  assert.deepEqual(
    first.pins.map(({ path, state }) => `${path} ${state}`),
    ['package.toml file', 'fetch/lib missing'],
  );
  assert.deepEqual(first.read, ['package.toml']);
  const both = match([given('s', source), given('p', description)]);
  assert.ok(pinsMet(both));
  assert.deepEqual(both.extra, []);
  assert.deepEqual(match([]).pins.length, 1);
});

test('whatever lies in the tree and beside it, only free places are taken, and only by what is pinned', () => {
  const part = fc.constantFrom('a', 'b', 'c');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/'));
  const content = fc.constantFrom('1', '2', '3');
  fc.assert(
    fc.property(
      fc.dictionary(path, content),
      fc.uniqueArray(fc.tuple(path, content), { selector: ([at]) => at, maxLength: 4 }),
      fc.array(fc.tuple(path, content)),
      (files, wanted, beside) => {
        const pins = wanted.map(([at, text]) => pinOf(at, text));
        const companions = beside.map(([name, text]) => given(name, text));
        const tree = treeOf(files);
        const { placed, pins: matched, extra } = matchPins(pins, tree, companions);
        for (const file of placed) {
          assert.ok(pins.some(pin => pin.path === file.path && pin.sha256 === file.sha256));
          assert.ok(companions.some(each => each.sha256 === file.sha256));
          for (const at of Object.keys(files)) {
            assert.ok(at !== file.path && !at.startsWith(`${file.path}/`) && !file.path.startsWith(`${at}/`));
          }
        }
        assert.equal(matched.length, pins.length);
        assert.ok(extra.every(each => !placed.some(file => file.sha256 === each.sha256)));
      },
    ),
  );
});
