import assert from 'node:assert/strict';
import { chmodSync, closeSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { header } from '../engine/bundle/tar-maker.ts';
import { writeSampleBundle } from './support/sample-bundle.ts';
import { noWindow, TestWindow } from './support/window.ts';

/** The grid of bytes in the real window, over a small seed and over a file of many pages. */

/** Larger than what is checked without a word, no multiple of a page. */
const SIZE = (40 << 20) + 12_345;
/** Where four bytes stand that stand nowhere else; two of them across the edge of a page. */
const PLACES = [(64 << 10) - 2, (1 << 20) - 1, (33 << 20) + 7, SIZE - 4];

const skip = await noWindow();
let window: TestWindow;
let page: Page;
let archive: string;
/** Where the content begins in the archive. */
let begin: number;

before(async () => {
  if (skip) return;
  window = await TestWindow.open();
  page = window.page;
  page.setDefaultTimeout(10_000);
  await window.desktop('preferences.set', { person: { name: 'Ada', role: 'auditor' } });
  await window.choose(join(window.home, 'Documents', 'case'));
  const place = await window.desktop('choose.new-case', { name: 'case' });
  await window.ask('case.create', {
    location: place?.grant ?? '',
    name: 'Bytes',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  archive = join(window.home, 'Documents', 'sample.tar');
  writeSampleBundle(archive, 3);
  begin = addFile(archive);
  await window.choose(archive);
  const chosen = await window.desktop('choose.bundle', { as: 'file' });
  await window.ask('bundle.import', { locations: [chosen?.grant ?? ''] });
});
after(() => window?.[Symbol.asyncDispose]());

/** Adds `pages.bin` to the end of an archive, made up without an even byte but in its places. */
function addFile(path: string): number {
  const end = statSync(path).size - 1024;
  const fd = openSync(path, 'r+');
  const bytes = Buffer.alloc(SIZE);
  for (let at = 0; at < SIZE; at += 1) bytes[at] = (Math.imul(at ^ (at >>> 9), 2654435761) >>> 24) | 1;
  for (const at of PLACES) bytes.set([0xde, 0xc0, 0x0e, 0x10], at);
  writeSync(fd, header({ name: 'pages.bin', size: SIZE }), 0, 512, end);
  writeSync(fd, bytes, 0, SIZE, end + 512);
  ftruncateSync(fd, end + 512 + Math.ceil(SIZE / 512) * 512 + 1024);
  closeSync(fd);
  return end + 512;
}

/** Bytes of the file as they are on the disk. */
function onDisk(offset: number, length: number): Buffer {
  const fd = openSync(archive, 'r');
  const bytes = Buffer.alloc(length);
  readSync(fd, bytes, 0, length, begin + offset);
  closeSync(fd);
  return bytes;
}

const grid = (): Locator => page.getByRole('grid', { name: /^Bytes of/ });
/** What a function of the page says of the grid. */
const ofGrid = <T>(asked: string) =>
  page.evaluate(`(${asked})(document.querySelector('.hex-scroll'))`) as Promise<T>;
const bar = () => page.getByRole('search', { name: /^Find bytes|^Go to/ });
const said = (text: string | RegExp) => bar().getByRole('status').filter({ hasText: text }).waitFor();
const selection = () => page.locator('.hex-strip dd').first().innerText();
/** What a reader of the screen hears on the active cell. */
const heard = () =>
  ofGrid<string>(
    `grid => document.getElementById(grid.getAttribute('aria-activedescendant'))?.getAttribute('aria-label') ?? ''`,
  );

/** By the navigation, which is there once the page knows of the case. */
async function openPage(name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
}

async function goTo(text: string): Promise<void> {
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: 'Offset' }).fill(text);
  await said(/^Enter goes to/);
  await page.keyboard.press('Enter');
}

/** Every row that is drawn: its address and its bytes, once all of them have come. */
async function drawn(): Promise<{ start: number; bytes: number[]; text: string }[]> {
  await grid().locator('.hex-cell', { hasText: '··' }).first().waitFor({ state: 'detached' });
  const rows = await ofGrid<string[][]>(
    `grid => [...grid.querySelectorAll('.hex-row:not(.hex-head)')].map(row => [
      row.querySelector('.hex-address').textContent,
      [...row.querySelectorAll('.hex-cell')].map(cell => cell.textContent).join(' '),
      row.querySelector('.hex-text').textContent,
    ])`,
  );
  return rows.map(([address = '', figures = '', text = '']) => ({
    start: Number.parseInt(address, 16),
    bytes: figures.split(' ').map(figure => Number.parseInt(figure, 16)),
    text,
  }));
}

/** Whether the heads hide a part of a row. */
function cutAbove(): Promise<boolean> {
  return ofGrid<boolean>(`grid => {
    const head = grid.querySelector('.hex-head').getBoundingClientRect().bottom;
    return [...grid.querySelectorAll('.hex-row:not(.hex-head)')].some(row => {
      const { top, bottom } = row.getBoundingClientRect();
      return top < head - 1 && bottom > head + 1;
    });
  }`);
}

test('the first row in view is whole when a page opens, and after going to a byte', { skip }, async () => {
  await openPage('Seed');
  await grid().waitFor();
  await drawn();
  assert.equal((await drawn())[0]?.start, 0);
  assert.equal(await cutAbove(), false);
  for (const offset of ['end', '0x40', '0', '0xff']) {
    await goTo(offset);
    assert.equal(await cutAbove(), false, offset);
  }
  await page.keyboard.press('u');
  await page.locator('.hex-strip dd').first().filter({ hasText: /1 B$/ }).waitFor();
  assert.equal(await cutAbove(), false);
  assert.match(await heard(), /unexplained$/);
  await goTo('@0x400078');
  assert.match(await selection(), /^0x78, /);
  assert.equal(await page.locator('.hex-strip dd').nth(3).innerText(), '0x400078');
});

test('a file of many pages is checked while it is shown, and every byte drawn is the file’s', {
  skip,
}, async () => {
  await openPage('Bundle');
  await page.getByRole('treegrid').getByText('pages.bin').click();
  await grid().waitFor();
  assert.equal(await grid().getAttribute('aria-rowcount'), String(Math.ceil(SIZE / 16) + 1));
  assert.equal(await grid().getAttribute('aria-colcount'), '17');
  await page.locator('.hex-check').getByText('Checked against its SHA-256').waitFor();
  let random = 1;
  for (let i = 0; i < 24; i += 1) {
    random = (Math.imul(random, 48271) >>> 0) % 0x7fffffff;
    const near = i % 2 === 0 ? random % SIZE : (1 + (random % (SIZE >> 16))) * 65_536 - 100;
    await goTo(`0x${near.toString(16)}`);
    const rows = await drawn();
    const first = rows[0]?.start ?? -1;
    assert.ok(first <= near && near < first + rows.length * 16, `0x${near.toString(16)} is in view`);
    const expected = onDisk(first, Math.min(rows.length * 16, SIZE - first));
    assert.deepEqual(Buffer.from(rows.flatMap(row => row.bytes)), expected);
    const shown = rows.map(row => row.text).join('');
    const ascii = expected.toString('latin1').replace(/[^\x20-\x7e]/g, '·');
    assert.equal(shown, ascii);
    const byte = onDisk(near, 1)[0] ?? 0;
    const hex = byte.toString(16).toUpperCase().padStart(2, '0');
    assert.ok((await heard()).startsWith(hex), await heard());
    assert.ok((await heard()).endsWith(`at 0x${near.toString(16).toUpperCase()}`));
  }
});

test('a search lists and marks all places, goes from one to the next and round', { skip }, async () => {
  await goTo('0');
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Bytes in hex' }).fill('de c? ?e 10');
  await said('4 places');
  const seen: string[] = [];
  for (let i = 0; i < PLACES.length; i += 1) {
    await page.keyboard.press(i === 0 ? 'Enter' : 'F3');
    await said(`${i + 1} of 4`);
    seen.push(await selection());
    assert.deepEqual(await marked(), ['DE', 'C0', '0E', '10']);
  }
  const range = (at: number) =>
    `0x${at.toString(16).toUpperCase()}–0x${(at + 3).toString(16).toUpperCase()}, 4 B`;
  assert.deepEqual(seen, PLACES.map(range));
  await page.keyboard.press('F3');
  await said('1 of 4; from the start again');
  await page.keyboard.press('Shift+F3');
  await said('4 of 4; from the end again');
  await page.getByRole('button', { name: 'List' }).click();
  const places = page.getByRole('listbox', { name: 'Places' });
  assert.equal(await places.getByRole('option').count(), 4);
  await places.getByRole('option').nth(2).click();
  assert.equal(await selection(), range(PLACES[2] as number));
  assert.deepEqual(await window.accessibility(), []);
  await page.getByText('Text', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Text' }).fill('no such text');
  await said('None');
  await page.keyboard.press('Escape');
  assert.equal(await ofGrid('grid => document.activeElement === grid'), true);
});

/** Figures of the cells that are marked as found. */
async function marked(): Promise<string[]> {
  await drawn();
  return grid().locator('.hex-found').allInnerTexts();
}

test('a selection over many pages is exact, and its measure is that of the file', { skip }, async () => {
  await goTo('0xfff0');
  await page.keyboard.press('Shift+ArrowDown');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+PageDown');
  const [, from = '', to = ''] = /^0x([0-9A-F]+)–0x([0-9A-F]+), /.exec(await selection()) ?? [];
  const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16) + 1];
  assert.ok(start === 0xfff0 && end > 0x10000);
  await page.getByRole('button', { name: 'All readings' }).click();
  const measured = await window.ask('bundle.measure', {
    path: 'pages.bin',
    offset: start,
    length: end - start,
  });
  await page.locator('.hex-measure').getByText(measured.sha256).waitFor();
  await grid().focus();
  await window.app.evaluate(({ clipboard }) => clipboard.clear());
  await page.keyboard.press('Control+c');
  let copied = '';
  while (copied === '') copied = await window.app.evaluate(({ clipboard }) => clipboard.readText());
  assert.deepEqual(Buffer.from(copied.replace(/\s/g, ''), 'hex'), onDisk(start, end - start));
  await page.keyboard.press('Control+a');
  assert.match(await selection(), new RegExp(`${SIZE.toLocaleString('en-US')} B$`));
  await page.getByRole('button', { name: 'Measure the selection' }).click();
  const whole = await window.ask('bundle.measure', { path: 'pages.bin', offset: 0, length: SIZE });
  await page.locator('.hex-measure').getByText(whole.sha256).waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await page.getByRole('button', { name: 'Fewer' }).click();
});

test('bytes that are not what their hash says are not shown, and are again when the file is restored', {
  skip,
}, async () => {
  const { bundle } = (await window.ask('bundle.summary', {})) ?? {};
  const sha256 = bundle?.sha256 ?? '';
  const object = join(window.home, 'Documents', 'case', 'objects', sha256.slice(0, 2), sha256.slice(2));
  const place = begin + (20 << 20);
  chmodSync(object, 0o644);
  writeAt(object, place, Buffer.from([0]));
  await page.getByRole('treegrid').getByText('bedrock.kaem').click();
  await page.getByRole('treegrid').getByText('pages.bin').click();
  const alert = page.getByRole('alert').filter({ hasText: /does not have the sha256 it had/ });
  await alert.waitFor();
  await page.locator('.hex-check').getByText('The check against its SHA-256 failed').waitFor();
  const figures = await grid().locator('.hex-row:not(.hex-head) .hex-cell').allInnerTexts();
  assert.ok(figures.length > 100 && figures.every(figure => figure === '··'), 'no byte is shown any more');
  assert.deepEqual(await window.accessibility(), []);
  writeAt(object, place, onDisk(20 << 20, 1));
  await alert.getByRole('button', { name: 'Read again' }).click();
  await page.locator('.hex-check').getByText('Checked against its SHA-256').waitFor();
  const [row] = await drawn();
  assert.deepEqual(Buffer.from(row?.bytes ?? []), onDisk(row?.start ?? 0, 16));
});

function writeAt(path: string, offset: number, bytes: Uint8Array): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, offset);
  closeSync(fd);
}
