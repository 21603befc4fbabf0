import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { elfFile } from '../support/binaries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { PLANTED, plantedCase, plantedReport } from '../support/planted.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();
const folder = temporaryFolder();

/** A program with a path in it, and more after it. */
const program = (name: string) =>
  elfFile({
    bits: 64,
    programs: [{ offset: 0, address: 0x400000 }],
    body: Buffer.concat([
      Buffer.alloc(3000, 0x90),
      Buffer.from(`\x01\x02\0looking in /src/${name}/set\0\x03`),
      Buffer.alloc(5000, 0xcc),
    ]),
  });
/** Where its name lies: after the headers, the filling and the words before it. */
const AT = 64 + 56 + 3000 + 3 + 'looking in /src/'.length;

async function openCase(window: TestWindow, path: string): Promise<void> {
  await window.desktop('preferences.set', { person: { name: 'Ada', role: 'auditor' } });
  await window.choose(path);
  const place = await window.desktop('choose.case', {});
  assert.ok(place);
  await window.ask('case.open', { location: place.grant, by: 'Ada' });
  await window.page.reload();
  await window.page.getByRole('navigation').getByRole('button').first().waitFor();
}

test('a planted difference is followed from Compare to its byte by the keyboard alone', {
  skip,
}, async () => {
  const theCase = plantedCase(join(folder, 'one'), [program('sample'), program('vendor')]);
  await using window = await TestWindow.open();
  const { page } = window;
  const { keyboard } = page;
  await openCase(window, theCase);
  await keyboard.press('Control+6');
  await page.getByText('First divergence').waitFor({ timeout: 60_000 });
  await page.getByText('so the difference is not carried on').waitFor();

  await keyboard.press('N');
  const matrix = page.getByRole('grid', { name: 'Agreement, artifact by artifact' });
  await matrix.getByRole('row', { selected: true }).getByText(PLANTED).waitFor();
  const difference = page.getByRole('region', { name: 'Difference, byte by byte' });
  await difference.getByText('6 bytes changed in 1 place').waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await keyboard.press('B');
  const bytes = difference.getByRole('grid');
  await difference.locator('[role=grid]:focus').waitFor();
  /** Waits until the caret's cell says this. */
  const hear = (words: string) => bytes.locator(`.hex-caret[aria-label*="${words}"]`).waitFor();
  await keyboard.press('N');
  await hear(`73, s, first file at 0x${AT.toString(16).toUpperCase()}, differs: 76, v in the other`);
  await keyboard.press('s');
  await hear('76, v, second file');
  await keyboard.press('ArrowRight');
  await hear('65, e, second file');
  await hear('differs: 61, a in the other');
  await keyboard.press('Control+Home');
  await hear('7F, DEL, second file at 0x0, the same in both');
  await keyboard.press('N');
  await hear('76, v, second file');

  const about = page.getByRole('tree', { name: 'What the difference is about' });
  await about.getByText('/src/vendor/set').first().waitFor();
  await about.getByText('looks like a path').first().waitFor();
  await about.focus();
  await keyboard.press('End');
  await keyboard.press('Enter');
  await hear('73, s, first file');

  await keyboard.press('V');
  await page.getByText('That says nothing of a cause').waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await page.getByRole('button', { name: 'How it came to be' }).click();
  await page.getByRole('button', { name: 'Show what differs' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'What differs' });
  await dialog.getByText('6 bytes changed in 1 place').waitFor();
  await dialog.locator('[role=grid]:focus').waitFor();
  await keyboard.press('Control+Home');
  await dialog.locator('.hex-caret[aria-label*="at 0x0, the same"]').waitFor();
  await keyboard.press('N');
  await dialog.locator('.hex-caret[aria-label^="76, v, first file"]').waitFor();
  assert.deepEqual(await window.accessibility(), []);
  assert.deepEqual(
    window.errors.filter(each => !/192\.0\.2\.1|connect|directive 'webrtc'/.test(each)),
    [],
  );
});

test('where a report has only the hash, the file is asked for and checked', { skip }, async () => {
  const theCase = plantedCase(join(folder, 'two'), [program('sample')]);
  const report = plantedReport(join(folder, 'three'), program('vendor'));
  await using window = await TestWindow.open();
  const { page } = window;
  await openCase(window, theCase);
  await page.keyboard.press('Control+6');
  await page.getByText('There is nothing to compare yet.').waitFor();
  await window.choose(report);
  await page.keyboard.press('A');
  await page.getByText('The bytes of').waitFor({ timeout: 60_000 });
  await page.getByText('A report holds the hash of a file, not the file.').waitFor();
  assert.deepEqual(await window.accessibility(), []);

  const [wrong, right] = [join(folder, 'wrong'), join(folder, 'right')];
  writeFileSync(wrong, 'another file');
  writeFileSync(right, program('vendor'));
  await window.choose(wrong);
  await page.getByRole('button', { name: 'Choose the file…' }).click();
  await page.getByText('difference.other-file').waitFor();
  await window.choose(right);
  await page.getByRole('button', { name: 'Choose another file…' }).click();
  await page.getByText('6 bytes changed in 1 place').waitFor();
});
