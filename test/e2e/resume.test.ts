import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { noTool } from '../support/tool-kit.ts';
import { nap, openToolCase, showPage } from './support/tool-case.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = (await noWindow()) || noTool;

const WORDY = { operations: ['print', 'more than a step may print here', ';', 'write', 'out/said', 'x'] };

test('a failed replay is resumed by one action; a running one is seen on Compare; a file of the report tells its past', {
  skip,
}, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  await openToolCase(window, 'resumed', [nap(0, 100), WORDY, nap(1, 100), nap(2, 15_000), nap(3, 100)]);
  const main = page.getByRole('main');
  // Ten bytes are what a step may print, then as much as usual.
  await window.ask('replay.run', { stepLimits: { output: 20 } });
  await main.getByRole('button', { name: 'Resume at step 3', exact: true }).click();
  await main
    .locator('.pagehead-subject')
    .filter({ hasText: /^Step [45] of 6/ })
    .waitFor();

  await page.keyboard.press('Control+6');
  await page.getByRole('columnheader', { name: 'Replay 2, this case, running' }).waitFor();
  await page.locator('.pagehead-subject').filter({ hasText: 'Replay 2 still runs' }).waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await page
    .getByRole('columnheader', { name: 'Replay 2, this case', exact: true })
    .waitFor({ timeout: 120_000 });

  await page.keyboard.press('Control+1');
  await page.getByText('Stepped, goes on from replay 1').waitFor();
  await page.keyboard.press('Control+4');
  await page
    .getByRole('grid', { name: 'Steps' })
    .getByRole('row')
    .filter({ hasText: 'out/0' })
    .first()
    .click();
  await page.getByText('from step 2 of replay 1: it did not run again').waitFor();
  await page.getByRole('button', { name: 'Run this step again' }).click();
  await page.getByText(/^as recorded: \d+ file/).waitFor({ timeout: 60_000 });

  await page.keyboard.press('Control+7');
  const files = page.getByRole('region', { name: 'Files of the report' });
  await files.getByRole('button', { name: /out\/3/ }).focus();
  await page.keyboard.press('Control+i');
  const past = page.getByRole('dialog', { name: 'How this file came to be' });
  await past.getByText('out/3').first().waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await page.keyboard.press('Escape');
});

test('a case goes back to a bundle that it had', { skip }, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  await openToolCase(window, 'back', [nap(0, 10)]);
  await window.ask('replay.run', {});
  const other = join(window.home, 'other');
  cpSync(join(window.home, 'back-kit', 'bundle'), other, { recursive: true });
  writeFileSync(join(other, 'src', 'a.txt'), 'another source\n');
  await showPage(window, 2);
  await page.getByRole('button', { name: 'Bundles', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Bundles of this case' });
  await window.choose(other);
  await dialog.getByRole('button', { name: 'Import a folder' }).click();
  await page.locator('.pagehead-subject').filter({ hasText: 'other' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Bundles', exact: true }).click();
  const row = (name: string) => dialog.getByRole('row').filter({ hasText: name });
  await row('other').getByText('in use').waitFor({ timeout: 60_000 });
  assert.equal((await window.ask('case.summary', {}))?.replay, null);
  await row('bundle').getByRole('button', { name: 'Use this one again' }).click();
  await row('bundle').getByText('in use').waitFor();
  assert.deepEqual(await window.accessibility(), []);
  assert.equal((await window.ask('case.summary', {}))?.bundle?.name, 'bundle');
  const [replay] = await window.ask('replay.list', {});
  assert.equal(replay?.superseded, true);
});
