import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();
const BUNDLE = join(import.meta.dirname, '..', '..', 'audit-kits', 'bedrock-amd64', 'bundle');

test('binaries are reviewed by themselves: a case without a kit, files chosen, every pane at work', {
  skip,
}, async () => {
  await using window = await TestWindow.open();
  const { page, home } = window;
  const [program, source] = [join(home, 'tool'), join(home, 'tool.hex0')];
  copyFileSync(join(BUNDLE, 'seed', 'hex0-seed'), program);
  copyFileSync(join(BUNDLE, 'src', 'hex0.hex0'), source);

  await page.keyboard.press('Control+n');
  const dialog = page.getByRole('dialog', { name: 'New case' });
  await dialog.getByLabel('Name', { exact: true }).fill('Tools');
  await window.choose(join(home, 'Documents', 'Tools'));
  await dialog.getByRole('button', { name: 'Choose folder' }).click();
  await dialog.getByText('No kit', { exact: true }).click();
  await dialog.getByLabel(/^Your name/).fill('Ada');
  await dialog.getByRole('button', { name: 'Make case' }).click();

  await page.getByText('No binary was chosen yet').waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await window.choose(program, source);
  await page.getByRole('button', { name: 'Choose binaries' }).click();
  await page.getByRole('grid', { name: /^Bytes of/ }).waitFor();
  await page.getByText('Source gives these bytes').waitFor();
  await page.getByText('none; nobody says what it should be').waitFor();
  await page.getByRole('treegrid', { name: 'Structure' }).waitFor();
  const heading = await page.getByRole('heading', { name: /^Annotations/ }).boundingBox();
  const empty = await page.getByText(/^Nobody has said anything of these bytes/).boundingBox();
  assert.ok(heading && empty && empty.y > heading.y, 'what an empty list says stands in its own pane');
  assert.deepEqual(await window.accessibility(), []);

  await page.keyboard.press('Control+4');
  await page.getByText('This case has no chain').waitFor();
  await page.getByRole('button', { name: 'Review binaries' }).click();
  await page.getByRole('grid', { name: /^Bytes of/ }).waitFor();
  await page.keyboard.press('Control+1');
  await page.getByText('1 binary under review').waitFor();
  assert.deepEqual(await window.accessibility(), []);
  assert.deepEqual(
    window.errors.filter(each => !/Content.Security.Policy/.test(each)),
    [],
  );
});
