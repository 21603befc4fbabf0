import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCase } from './support/audit.ts';
import { showPage } from './support/tool-case.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();

test('what an earlier case of the same chain says of findings is offered, and nothing is taken over by itself', {
  skip,
}, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  await createCase(window, 'Last year');
  await window.ask('bundle.import', { locations: [] }, 'import');
  const said = 'The release notes name another archive';
  await window.ask('findings.raise', { severity: 'low', message: said, where: 'src/hex0.hex0' });
  await createCase(window, 'This year');
  await window.ask('bundle.import', { locations: [] }, 'import');

  await showPage(window, 5);
  const button = page.getByRole('button', { name: /^From an earlier audit/ });
  await button.getByText('1', { exact: true }).waitFor();
  assert.equal(await page.getByText(said).count(), 0);
  assert.deepEqual(await window.accessibility(), []);
  await button.click();
  await page.getByRole('menuitem', { name: 'The case Last year on this machine' }).click();
  const dialog = page.getByRole('dialog', { name: 'From an earlier audit' });
  await dialog.getByText(said).click();
  await dialog.getByRole('button', { name: 'Take over 1' }).click();
  await page.getByRole('grid', { name: 'Findings' }).getByText(said).waitFor();
  await button.getByText('1', { exact: true }).waitFor({ state: 'detached' });
});
