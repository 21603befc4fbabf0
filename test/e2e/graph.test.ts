import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { createCase } from './support/audit.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();

/** One window with a case that was replayed, open on the page Chain. */
let window: TestWindow;

before(async () => {
  if (skip) return;
  window = await TestWindow.open();
  // Wide enough for all of the chain: what is out of view is not drawn.
  await window.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1920, height: 1000 }),
  );
  await window.desktop('preferences.set', { person: { name: 'Ada', role: 'auditor' } });
  await createCase(window, 'drawn');
  await window.ask('bundle.import', { locations: [] });
  await window.page.reload();
  await window.page
    .getByRole('navigation')
    .getByRole('button', { name: /^Chain/ })
    .click();
});
after(() => window?.[Symbol.asyncDispose]());

const graph = () => window.page.getByRole('application', { name: /chain as a graph/ });
const node = (name: string | RegExp) => graph().getByRole('img', { name });
/** The name of the node that keys act on. */
async function active(): Promise<string | null> {
  const id = await graph().getAttribute('aria-activedescendant');
  return id === null ? null : window.page.locator(`[id="${id}"]`).getAttribute('aria-label');
}
const selectedRow = () => window.page.getByRole('grid', { name: 'Steps' }).locator('[aria-selected="true"]');

/** Whether the frame of a node's box is painted in the accent of the theme. */
async function accented(box: Locator): Promise<boolean> {
  const id = JSON.stringify(await box.getAttribute('id'));
  return Boolean(await window.page.evaluate(`(${IS_ACCENTED})(document.getElementById(${id}))`));
}

const IS_ACCENTED = `element => {
  const canvas = document.querySelector('canvas.graph');
  const probe = document.createElement('span');
  probe.style.color = 'var(--as-accent)';
  document.body.append(probe);
  const accent = getComputedStyle(probe).color;
  probe.remove();
  const [whole, own] = [canvas.getBoundingClientRect(), element.getBoundingClientRect()];
  const ratio = canvas.width / whole.width;
  const x = Math.round((own.x + own.width / 2 - whole.x) * ratio);
  const y = Math.round((own.y - whole.y) * ratio);
  const [red, green, blue] = canvas.getContext('2d').getImageData(x, y, 1, 1).data;
  return 'rgb(' + [red, green, blue].join(', ') + ')' === accent;
}`;

test('before a replay every node waits; afterwards each has its verdict, and nothing moved', {
  skip,
}, async () => {
  const { page } = window;
  await node(/bin\/hex0, step 3, not run/).waitFor();
  const place = await node(/bin\/hex0,/).getAttribute('style');
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await node(/bin\/hex0, step 3, reproduced/).waitFor();
  await page.getByRole('button', { name: 'Replay again' }).waitFor();
  await node(/bin\/sha256sum, step 17, reproduced/).waitFor();
  assert.equal(await node(/bin\/hex0,/).getAttribute('style'), place);
});

test('graph and table have one selection, and the path back to the seed is accented', { skip }, async () => {
  const { page } = window;
  await node(/bin\/hex2, step 7/).click();
  await selectedRow().getByText('7', { exact: true }).waitFor();
  await page.getByText('path of hex2').waitFor();
  assert.equal(await node(/on the path/).count(), 3);
  await until(() => accented(node(/bin\/hex2, step 7/)));
  assert.equal(await accented(node(/bin\/hex1,.*on the path/)), true);
  assert.equal(await accented(node(/bin\/untar,/)), false);
  await page.getByRole('grid', { name: 'Steps' }).getByText('bin/mac', { exact: true }).first().click();
  await page.getByText(/path of (?!hex2)/).waitFor();
  assert.match((await active()) ?? '', /bin\/mac, step 9/);
  await page.getByRole('heading', { name: 'Step 9' }).waitFor();
});

test('with keys alone: along edges, along columns, by name, to the table and back', { skip }, async () => {
  const { page } = window;
  await graph().focus();
  await page.keyboard.press('Home');
  assert.match((await active()) ?? '', /hex0-seed, seed/);
  await page.keyboard.press('ArrowRight');
  assert.match((await active()) ?? '', /bin\/hex0,/);
  await page.keyboard.press('ArrowRight');
  assert.match((await active()) ?? '', /bin\/hex1,/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.match((await active()) ?? '', /hex0-seed/);
  await page.keyboard.type('unta');
  assert.match((await active()) ?? '', /untar/);
  await page.keyboard.press('Tab');
  assert.equal(await graph().and(page.locator(':focus')).count(), 0);
});

test('lanes collapse and expand, by their heads and by keys; a collapsed one counts its signs', {
  skip,
}, async () => {
  const { page } = window;
  await graph().focus();
  await page.keyboard.press('c');
  await node(/collapsed, 1 reproduced/)
    .first()
    .waitFor();
  assert.equal(await node(/bin\/hex0,/).count(), 0);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await node(/bin\/hex0,/).waitFor();
  assert.match((await active()) ?? '', /bin\/hex0,/);
  const box = await node(/bin\/hex0,/).boundingBox();
  await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) - 26);
  await node(/bin\/hex0,/).waitFor({ state: 'detached' });
  await page.keyboard.press('e');
  await node(/bin\/hex0,/).waitFor();
});

test('what is searched for is found in collapsed lanes too', { skip }, async () => {
  const { page } = window;
  await graph().focus();
  await page.keyboard.press('c');
  await page.keyboard.press('Control+f');
  await page
    .getByRole('textbox', { name: 'Name or path in the graph' })
    .or(page.getByRole('searchbox', { name: 'Name or path in the graph' }))
    .waitFor();
  await page.keyboard.type('bin/UNTAR');
  await page.getByText('1 found').waitFor();
  await page.keyboard.press('Enter');
  await node(/bin\/untar, step 13/).waitFor();
  await page.getByRole('heading', { name: 'Step 13' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('search', { name: 'Find in the graph' }).waitFor({ state: 'detached' });
});

test('what the selected step read is shown when it is asked for, sources too', { skip }, async () => {
  const { page } = window;
  await graph().focus();
  await page.keyboard.press('e');
  await node(/tmp\/untar\.mac, step 10/).click();
  await page.getByRole('heading', { name: 'Step 10' }).waitFor();
  await page.keyboard.press('i');
  const read = page.getByRole('region', { name: 'What step 10 read' });
  await read.getByText('src/untar.mac').waitFor();
  await read.getByText(/Step 10 was given \d+ files, \d+ sources?, \d+ not reviewed/).waitFor();
  await node(/bin\/hex2, step 7/).click();
  await page.getByRole('region', { name: 'What step 7 read' }).getByText('tmp/hex2.hex1').waitFor();
  await node(/tmp\/hex2\.hex1, step 6, .*read by the selected step/).waitFor();
  await page.keyboard.press('i');
  await page.getByRole('region', { name: 'What step 7 read' }).waitFor({ state: 'detached' });
});

test('it grows and shrinks, only the table can be shown, and that is remembered', { skip }, async () => {
  const { page } = window;
  await graph().focus();
  await page.keyboard.press('0');
  await page.keyboard.press('+');
  await page.getByText('110 %').waitFor();
  await page.keyboard.press('-');
  await page.getByText('100 %').waitFor();
  const box = await graph().boundingBox();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  await page.getByText('90 %').waitFor();
  await page.getByText('Table only').click();
  await graph().waitFor({ state: 'detached' });
  await page.reload();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Chain/ })
    .click();
  await page.getByRole('grid', { name: 'Steps' }).waitFor();
  assert.equal(await graph().count(), 0);
  await page.getByText('Graph', { exact: true }).click();
  await graph().waitFor();
});

test('in the dark and with the colours of the system what is selected is seen, and from afar it is still named', {
  skip,
}, async () => {
  const { page } = window;
  await node(/bin\/hex2, step 7/).click();
  await page.getByText('path of hex2').waitFor();
  const light = await ground();
  await window.desktop('preferences.set', { theme: 'dark' });
  await page.locator('body.bp6-dark').waitFor();
  await until(async () => (await ground()) !== light && (await accented(node(/bin\/hex2, step 7/))));
  await page.emulateMedia({ forcedColors: 'active' });
  await until(async () => !(await accented(node(/bin\/hex2, step 7/))));
  await page.emulateMedia({ forcedColors: 'none' });
  await window.desktop('preferences.set', { theme: 'light' });
  await until(async () => (await ground()) === light);
  await graph().focus();
  await page.keyboard.press('0');
  for (let i = 0; i < 7; i += 1) await page.keyboard.press('-');
  await page.getByText('15 %').waitFor();
  await until(async () => (await node(/./).count()) === 1);
  assert.match((await active()) ?? '', /bin\/hex2, step 7/);
  await page.keyboard.press('ArrowLeft');
  await until(async () => /bin\/hex1,/.test((await active()) ?? ''));
  await page.keyboard.press('0');
  await node(/bin\/hex0,/).waitFor();
});

/** The colour of the picture's corner. */
async function ground(): Promise<string> {
  const pen = 'document.querySelector("canvas.graph").getContext("2d")';
  return String(await window.page.evaluate(`${pen}.getImageData(0, 0, 1, 1).data.join(' ')`));
}

/** Waits until what is asked holds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; !(await holds()); i += 1) {
    assert.ok(i < 1000, 'what was waited for did not come');
    await window.page.waitForTimeout(20);
  }
}

test('the figure is saved where a person chose', { skip }, async () => {
  const { page } = window;
  const target = join(window.home, 'drawn.svg');
  await window.choose(target);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type('Save the figure as SVG');
  await page.getByRole('option', { name: /Save the figure as SVG/ }).click();
  for (let i = 0; i < 100 && !read(target); i += 1) await page.waitForTimeout(20);
  assert.match(read(target), /^<svg xmlns.*<\/svg>\n$/s);
});

test('it is accessible, expanded and collapsed, and nothing went wrong on the way', { skip }, async () => {
  assert.deepEqual(await window.accessibility(), []);
  await graph().focus();
  await window.page.keyboard.press('c');
  await node(/collapsed/)
    .first()
    .waitFor();
  assert.deepEqual(await window.accessibility(), []);
  assert.deepEqual(
    window.errors.filter(
      each => !each.includes('192.0.2.1') && !each.includes('connect') && !each.includes('webrtc'),
    ),
    [],
  );
});

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
