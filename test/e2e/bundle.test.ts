import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { HOSTILE_NAME, writeSampleBundle } from './support/sample-bundle.ts';
import { noWindow, TestWindow } from './support/window.ts';

/** The page Bundle in the real window, over 100,000 files. */

const MANY = 100_000;
const skip = await noWindow();
let window: TestWindow;
let page: Page;

before(async () => {
  if (skip) return;
  window = await TestWindow.open();
  page = window.page;
  page.setDefaultTimeout(10_000);
  await window.desktop('preferences.set', { person: { name: 'Ada', role: 'auditor' } });
  const folder = join(window.home, 'Documents', 'case');
  await window.choose(folder);
  const place = await window.desktop('choose.new-case', { name: 'case' });
  assert.ok(place);
  await window.ask('case.create', { location: place.grant, name: 'Files', kit: 'bedrock-amd64', by: 'Ada' });
  const archive = join(window.home, 'Documents', 'sample.tar');
  writeSampleBundle(archive, MANY);
  await window.choose(archive);
  const chosen = await window.desktop('choose.bundle', { as: 'file' });
  assert.ok(chosen);
  const started = performance.now();
  const imported = await window.ask('bundle.import', { locations: [chosen.grant] });
  console.log(`import of ${imported.files} files: ${Math.round(performance.now() - started)} ms`);
});
after(() => window?.[Symbol.asyncDispose]());

const tree = () => page.getByRole('treegrid', { name: 'Files of the bundle' });
const row = (name: string) => tree().locator('.tree-row').filter({ hasText: name }).first();
const head = () => page.locator('.file-head');
const shownRow = () => tree().locator('.tree-selected');

const field = (): Locator => page.getByRole('textbox', { name: 'Name, or slash' });
const hits = () => page.getByRole('listbox', { name: 'Places found' });

/** Types into the search and waits for its answer. */
async function search(text: string): Promise<void> {
  await field().fill(text);
  await page.locator('.hits-head').filter({ hasNotText: 'Searching' }).filter({ hasText: /\d/ }).waitFor();
  await hits().locator('[role=option]').first().waitFor();
}

async function leaveSearch(): Promise<void> {
  await page.getByRole('button', { name: 'Back to the tree' }).click();
  await tree().waitFor();
}

/** Finds a file by its name, opens it and goes back to the tree. */
async function opened(path: string): Promise<void> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  await search(name);
  await field().press('Enter');
  await head().getByText(name, { exact: true }).waitFor();
  await leaveSearch();
}

test('a tree with 100,000 files in one folder is there at once and scrolls to its end', {
  skip,
}, async () => {
  await page.keyboard.press('Control+2');
  await row('many').waitFor();
  await row('many').dblclick();
  await row('file-000000').waitFor();
  const started = performance.now();
  await tree().focus();
  await page.keyboard.press('End');
  await row('bedrock.sha256').waitFor();
  console.log(`to the end of the tree: ${Math.round(performance.now() - started)} ms`);
  assert.ok((await tree().locator('.tree-row').count()) < 120);
  const frames = await window.frames(async () => {
    await tree().hover();
    for (let i = 0; i < 60; i += 1) await page.mouse.wheel(0, -400);
    await page.evaluate(
      'for (const t of document.querySelectorAll("[role=treegrid]")) t.scrollTop = t.scrollHeight / 2',
    );
    await page.waitForTimeout(200);
  });
  console.log(`tree of ${MANY}: ${summary(frames)}`);
  await tree()
    .locator('.tree-row', { hasText: /file-0[45]\d{4}/ })
    .first()
    .waitFor();
});

test('files are found by name, by content and by bytes, and open at the line', { skip }, async () => {
  await field().fill('file-077777');
  await field().press('Enter');
  await head().getByText('file-077777.txt').waitFor();
  await leaveSearch();
  assert.match(await shownRow().innerText(), /file-077777/);
  await search('/needle');
  await field().press('Enter');
  await head().getByText('prog.c').waitFor();
  await page.locator('.line-numbers.active-line-number', { hasText: '4' }).waitFor();
  await search('#7f 45 4c ?? 02');
  assert.match(await page.locator('.hits-head').innerText(), /2 places in 2 files/);
  await leaveSearch();
});

test('hostile names and texts are inert and their codes are seen', { skip }, async () => {
  await search('4ska');
  await field().press('Enter');
  await head().locator('.boxed').waitFor();
  assert.equal(await head().locator('.boxed').innerText(), 'U+202E');
  await leaveSearch();
  const raw = String(await page.evaluate('document.querySelector("#root").textContent'));
  assert.ok(!raw.includes(HOSTILE_NAME) && !raw.includes('\u001b'));
  await page.locator('.source-boxed').waitFor();
  assert.equal(await page.locator('.source-boxed').innerText(), 'U+200B');
  assert.match(await page.locator('.mtkcontrol').first().innerText(), /202E/);
});

test('what is no text is shown as bytes, and says so', { skip }, async () => {
  await opened('extra/latin1.txt');
  await page.getByText('no UTF-8 text').waitFor();
  const bytes = page.getByRole('grid', { name: /Bytes of/ });
  assert.deepEqual((await bytes.locator('[role=gridcell]').allInnerTexts()).slice(0, 5), [
    '63',
    '61',
    '66',
    'E9',
    '0A',
  ]);
  await opened('extra/long.txt');
  await page.getByText('Over 2 MiB').waitFor();
  await opened('extra/crlf.txt');
  await page.getByText('CRLF line ends').waitFor();
});

test('bytes are selected, searched and copied exactly', { skip }, async () => {
  await opened('extra/bytes.bin');
  const bytes = page.getByRole('grid', { name: /Bytes of/ });
  await bytes.focus();
  await page.keyboard.press('Control+End');
  assert.match(await page.locator('.hex-strip dd').first().innerText(), /^0x30D3F, 1 B/);
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: 'Offset' }).fill('0x10000');
  await page.keyboard.press('Enter');
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key);
  const byteAt = (at: number) => ((at * 7 + (at >> 8)) & 255).toString(16).toUpperCase().padStart(2, '0');
  const expected = Array.from({ length: 18 }, (_, i) => byteAt(0x10000 + i));
  assert.deepEqual(await bytes.locator('[aria-selected=true]').allInnerTexts(), expected);
  const active = await bytes.getAttribute('aria-activedescendant');
  const label = await page.locator(`[id="${active}"]`).getAttribute('aria-label');
  assert.match(label ?? '', /at 0x10011/);
  await page.keyboard.press('Control+c');
  let copied = '';
  for (let i = 0; i < 100 && copied === ''; i += 1) {
    await page.waitForTimeout(50);
    copied = await window.app.evaluate(async ({ clipboard }) => String(await clipboard.readText()));
  }
  assert.deepEqual(copied.split(/\s+/), expected);
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Bytes in hex' }).fill('?? 07 0E 15');
  await page.keyboard.press('Shift+Enter');
  await page
    .getByRole('search', { name: 'Find bytes' })
    .getByText(/^[\d,]+ of [\d,]+/)
    .waitFor();
  const frames = await window.frames(async () => {
    await bytes.hover();
    for (let i = 0; i < 60; i += 1) await page.mouse.wheel(0, 300);
  });
  console.log(`hex view: ${summary(frames)}`);
});

test('a person reviews and comments by keyboard alone, and takes it back', { skip }, async () => {
  await field().focus();
  await page.keyboard.press('Control+p');
  await page.keyboard.type('hex0.hex0');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await head().getByText('hex0.hex0', { exact: true }).waitFor();
  await page.locator('.monaco-editor.focused').waitFor();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('a');
  await page.getByRole('textbox', { name: 'Comment' }).waitFor();
  await page.keyboard.type('Why is this so?\u202e');
  await page.keyboard.press('Control+Enter');
  const comment = page.getByRole('article', { name: 'Comment by Ada' });
  await comment.waitFor();
  assert.match(await comment.innerText(), /line 5/);
  assert.equal(await comment.locator('.boxed').innerText(), 'U+202E');
  await page.locator('.monaco-editor.focused').waitFor();
  await page.keyboard.press('r');
  await head().getByText('hex1.hex0', { exact: true }).waitFor();
  const reviewed = async () => (await window.ask('bundle.entry', { path: 'src/hex0.hex0' })).row.reviewers;
  assert.deepEqual(await reviewed(), ['Ada']);
  await page.keyboard.press('Control+z');
  while ((await reviewed()).length > 0) await page.waitForTimeout(50);
  await row('hex0.hex0').locator('.square-full').waitFor({ state: 'detached' });
});

test('Right and Left open and close, typing finds, Tab leaves the tree at once', { skip }, async () => {
  await opened('Containerfile');
  await tree().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('src');
  await page.waitForTimeout(100);
  await page.keyboard.press('ArrowRight');
  await row('hex2.hex1').waitFor();
  assert.match(await shownRow().innerText(), /src/);
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(100);
  assert.match(await shownRow().innerText(), /amd64\.mac/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await row('hex2.hex1').waitFor({ state: 'detached' });
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.closest("[role=treegrid]")'), null);
});

test('nothing of the page is closed to a reader of the screen', { skip }, async () => {
  await opened('src/hex0.hex0');
  await page.locator('.monaco-editor .view-line').first().waitFor();
  const wrong = () => window.accessibility();
  assert.deepEqual(await wrong(), []);
  await opened('extra/bytes.bin');
  await page.getByRole('grid', { name: /Bytes of/ }).waitFor();
  assert.deepEqual(await wrong(), []);
  await search('/hex0');
  assert.deepEqual(await wrong(), []);
  await leaveSearch();
});

test('the page wrote no error', { skip }, () => {
  // What the window tries in order to measure its network is refused, as it should be.
  assert.deepEqual(
    window.errors.filter(error => !error.includes('192.0.2.1')),
    [],
  );
});

function summary(frames: readonly number[]): string {
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  return `${frames.length} frames, half under ${at(0.5)} ms, 95 % under ${at(0.95)} ms, longest ${at(1)} ms`;
}
