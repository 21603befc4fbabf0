import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { canonicalBytes, INSTALLATION, sha256Of } from '../../main/engine/base/index.ts';
import { ANNOTATIONS_NAMESPACE, generateDemonstrationKey } from '../../main/engine/report/index.ts';
import { fileOf } from '../support/annotation-files.ts';
import { copyKit, makeKey } from '../support/assay.ts';
import { noWindow, TestWindow } from './support/window.ts';

/**
 * What was said of an earlier version of a seed comes to a changed one, by keys alone, in the real window: looked at, agreed to one by one
 * and by group, with a signature that is good, bad or none. The tests go on from each other.
 */

const OLDER = readFileSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle/seed/hex0-seed'));
const NEWER = Buffer.concat([OLDER.subarray(0, 0x80), Buffer.from([1, 2, 3, 4]), OLDER.subarray(0x80)]);
NEWER[0x94] = (NEWER[0x94] ?? 0) ^ 0xff;
const FILE = fileOf('hex0-seed', OLDER, [
  { label: 'magic', offset: 0, length: 16, group: 'Header' },
  { label: 'type', offset: 16, length: 2, group: 'Header' },
  { label: 'call', offset: 0x8c, length: 8, group: 'Code' },
  { label: 'open', offset: 0xa0, length: 8, group: 'Code' },
  { label: 'exit', offset: 0xb0, length: 4 },
]);
const jon = generateDemonstrationKey().signer;
const skip = await noWindow();
let window: TestWindow;
let page: Page;
let documents: string;
let seed: string;

before(async () => {
  if (skip) return;
  window = await TestWindow.open();
  page = window.page;
  page.setDefaultTimeout(60_000);
  documents = join(window.home, 'Documents');
  const kit = changedKit(join(window.home, 'kit'));
  await window.desktop('preferences.set', { person: { name: 'Ines', role: 'auditor' } });
  await window.choose(kit);
  const kitFolder = (await window.desktop('choose.kit', {}))?.grant ?? '';
  await window.choose(join(documents, 'case'));
  const location = (await window.desktop('choose.new-case', { name: 'case' }))?.grant ?? '';
  await window.ask('case.create', { location, name: 'Changed', kitFolder, by: 'Ines' });
  await window.choose(join(kit, 'bundle'));
  const bundle = (await window.desktop('choose.bundle', { as: 'folder' }))?.grant ?? '';
  await window.ask('bundle.import', { locations: [bundle] });
  const [checked] = await window.ask('seed.list', {});
  assert.ok(checked);
  seed = checked.seed.sha256;
  assert.equal(seed, sha256Of(NEWER));
  await page.getByRole('navigation').getByRole('button', { name: /^Seed/ }).click();
  await grid().waitFor();
});
after(() => window?.[Symbol.asyncDispose]());

/** The kit of the embedded chain with the changed seed. */
function changedKit(folder: string): string {
  mkdirSync(folder);
  copyKit(folder, toml =>
    toml.replace(
      `size = ${OLDER.length}\nsha256 = "${sha256Of(OLDER)}"`,
      `size = ${NEWER.length}\nsha256 = "${sha256Of(NEWER)}"`,
    ),
  );
  writeFileSync(join(folder, 'bundle/seed/hex0-seed'), NEWER);
  return folder;
}

const grid = () => page.getByRole('grid', { name: /^Bytes of/ });
const dialog = () => page.getByRole('dialog');
const items = () => page.getByRole('grid', { name: 'Annotations to take over' });
const button = (name: string | RegExp) => dialog().getByRole('button', { name });
const annotations = async () => (await window.ask('seed.annotations', { seed })).annotations;
const explained = async () => (await window.ask('seed.coverage', {})).seeds[0]?.explained;

/** Waits until an element of the page has the focus. */
async function focused(element: Locator): Promise<void> {
  await element.and(page.locator(':focus')).waitFor();
}

/** Goes with Tab until an element has the focus. */
async function tabTo(element: Locator): Promise<void> {
  await element.waitFor();
  for (let i = 0; i < 60; i += 1) {
    if ((await element.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never comes to ${element}`);
}

async function press(element: Locator, key = 'Enter'): Promise<void> {
  await tabTo(element);
  await page.keyboard.press(key);
}

/** Runs a command by its words in the palette. */
async function command(words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await focused(page.getByRole('combobox', { name: /^Action/ }));
  await page.keyboard.type(words);
  await page.getByRole('option', { name: words }).first().waitFor();
  await page.keyboard.press('Enter');
  await dialog().waitFor();
}

/** Writes a file of Jon's with a signature beside it, and opens it to be looked at, by keys. */
async function lookAt(name: string, bytes: Uint8Array, signature: string | null): Promise<void> {
  const path = join(documents, name);
  writeFileSync(path, bytes);
  if (signature !== null) writeFileSync(`${path}.sig`, signature);
  await window.choose(path);
  await grid().focus();
  await command('Import annotations from a file');
  await press(button('Choose a file'));
  await button('Look at them').and(page.locator(':enabled')).waitFor();
  await press(button('Look at them'));
  await focused(items());
}

async function closed(): Promise<void> {
  await dialog().waitFor({ state: 'detached' });
}

/** Chooses the row of an annotation by the arrow keys, each of which has to be answered. What changed comes first in the list. */
async function row(label: string): Promise<void> {
  await page.keyboard.press('Home');
  for (const each of ['call', 'magic', 'type', 'open', 'exit']) {
    await page.getByRole('region', { name: 'From there' }).getByText(each, { exact: true }).waitFor();
    if (each === label) return;
    await page.keyboard.press('ArrowDown');
  }
}

test('what was said of the earlier seed is agreed to one by one and by group; nothing counts before, and one key takes it back', {
  skip,
}, async () => {
  const bytes = canonicalBytes(FILE);
  await lookAt('good.json', bytes, await jon.signMessage(ANNOTATIONS_NAMESPACE, bytes));
  await dialog().getByText(`good, by ${jon.fingerprint}`).waitFor();
  await dialog().getByText('whose key it is you have to know').waitFor();
  await dialog()
    .getByText(/another seed, hex0-seed of 276 bytes/)
    .waitFor();
  await dialog().getByText('5 bytes that nobody reviewed there: 0x80–0x83, 0x94').waitFor();
  assert.deepEqual([await annotations(), await explained()], [[], 0]);
  await dialog().getByText('Of 5 annotations: 5 are added.').waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await row('magic');
  await page.keyboard.press('Shift+K');
  await dialog().getByText('3 are added, 2 are left out').waitFor();
  await row('type');
  await page.keyboard.press('a');
  await dialog().getByText('4 are added, 1 is left out').waitFor();
  await row('call');
  await page.keyboard.press('k');
  await row('exit');
  await page.keyboard.press('k');
  await dialog().getByText('2 are added, 3 are left out').waitFor();
  await row('open');
  await page.keyboard.press('Shift+A');
  await dialog().getByText('3 are added, 2 are left out').waitFor();
  assert.deepEqual([await annotations(), await explained()], [[], 0]);
  await press(button('Take over 3'));
  await closed();

  const taken = await annotations();
  assert.deepEqual(
    taken.map(({ label, kind, by, ranges: [at] }) => [label, kind, by, at?.offset]),
    [
      ['type', 'explained', 'Ines', 16],
      ['call', 'question', 'Ines', 0x90],
      ['open', 'explained', 'Ines', 0xa4],
    ],
  );
  for (const { origin } of taken)
    assert.ok(origin?.from === 'file' && origin.author === 'Jon' && origin.key === jon.fingerprint);
  assert.equal(await explained(), 10);
  await page.getByText('0x80–0x83, 4 B').waitFor();
  const { lines } = await window.ask('case.custody', { limit: 10 });
  assert.ok(
    lines.some(({ what }) => what.includes(`good.json, sha256 ${sha256Of(bytes)}, signed by the key`)),
  );

  await grid().focus();
  await page.keyboard.press('Control+z');
  await page.getByRole('treegrid', { name: 'Annotations' }).getByText('open').waitFor({ state: 'detached' });
  assert.deepEqual([await annotations(), await explained()], [[], 0]);
});

test('a broken signature stops it until a person takes the file as unsigned', { skip }, async () => {
  const bytes = canonicalBytes(FILE);
  const signature = await jon.signMessage(ANNOTATIONS_NAMESPACE, bytes);
  await lookAt('broken.json', Buffer.from(bytes.toString('utf8').replace('magic', 'madge')), signature);
  await dialog().getByText('bad: it is not over these bytes').waitFor();
  assert.ok(await button(/^Take over/).isDisabled());
  await press(dialog().getByRole('checkbox', { name: 'Take it as if it had no signature' }), 'Space');
  await press(button('Take over 5'));
  await closed();
  const taken = await annotations();
  assert.equal(taken.length, 5);
  for (const { origin } of taken) assert.ok(origin?.from === 'file' && origin.key === undefined);
});

test('without a signature nothing shows who wrote it; one that was made for something else is bad', {
  skip,
}, async () => {
  const bytes = canonicalBytes(FILE);
  await lookAt('none.json', bytes, null);
  await dialog().getByText('none: nothing shows who wrote them').waitFor();
  await page.keyboard.press('Escape');
  await closed();
  await lookAt('other.json', bytes, await jon.signMessage('assay-report', bytes));
  await dialog().getByText('bad: it was made for something else').waitFor();
  await page.keyboard.press('Escape');
  await closed();
  assert.equal((await annotations()).length, 5);
});

test('the seed in the file stands beside the changed one, byte by byte', { skip }, async () => {
  await window.choose(join(documents, 'good.json'));
  await grid().focus();
  await command('Compare the seed with another file');
  await press(button('Choose annotations'));
  await page.getByText('1 byte changed, 4 bytes only in the first in 2 places').waitFor();
  await page.getByText('place 1 of 2').waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await page.keyboard.press('Escape');
  await focused(grid());
  await command('Compare the seed with another file');
  await dialog().getByText('hex0-seed of broken.json').waitFor();
  await dialog().getByText('the one that these annotations were made for').waitFor();
  await press(button(/^Compare$/));
  await page.getByText('place 1 of 2').waitFor();
  await page.keyboard.press('Escape');
  await focused(grid());
});

test('an export is signed by keys alone, and ssh-keygen says good', { skip }, async () => {
  const key = join(window.home, 'key');
  makeKey(key);
  const path = join(documents, 'export.json');
  await grid().focus();
  await window.choose(path);
  await command('Export annotations of the seed');
  await press(button('Choose a place'));
  await press(dialog().getByRole('checkbox', { name: 'Sign it' }), 'Space');
  await window.choose(key);
  await press(button('Choose a key'));
  await button('Sign and write').and(page.locator(':enabled')).waitFor();
  await press(button('Sign and write'));
  await page.getByRole('dialog', { name: 'Annotations exported' }).waitFor();
  const args = ['-Y', 'check-novalidate', '-n', ANNOTATIONS_NAMESPACE, '-s', `${path}.sig`];
  const checked = spawnSync('ssh-keygen', args, { input: readFileSync(path), encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stderr);
  await focused(button('Close').last());
  await page.keyboard.press('Enter');
  await closed();
});

test('the page wrote no error', { skip }, () => {
  assert.deepEqual(
    window.errors.filter(error => !/192\.0\.2\.1|webrtc/.test(error)),
    [],
  );
});
