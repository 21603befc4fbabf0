import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { noTool, STRANGER } from '../support/tool-kit.ts';
import { openToolCase, showPage } from './support/tool-case.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = (await noWindow()) || noTool;

const STEPS = [
  { operations: ['write', 'out/first', 'x'], outputs: ['out/first'] },
  {
    operations: ['exec', 'seed/tool', 'exec', STRANGER, 'copy', 'src/a.txt', 'out/a'],
    inputs: ['src/a.txt'],
    outputs: ['out/a'],
  },
];

test('a planted program is followed by keys from its finding to the program that started it, and laid beside a finding', {
  skip,
}, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  await openToolCase(window, 'planted', STEPS);
  assert.equal((await window.ask('replay.run', {})).outcome, 'completed');
  await showPage(window, 5);
  const list = page.getByRole('grid', { name: 'Findings' });
  await list.getByText(/which is neither a seed nor written by this replay/).waitFor();
  assert.deepEqual(await window.accessibility(), []);
  // The gravest finding is selected; one key opens its step at the program.
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: 'Chain', level: 1 }).waitFor();
  await page.getByRole('heading', { name: 'Step 3', exact: true }).waitFor();
  const programs = page.getByRole('list', { name: 'Programs seen' });
  await programs.locator('button:focus').filter({ hasText: STRANGER }).waitFor();
  assert.deepEqual(await programs.getByRole('button', { name: /^\// }).allTextContents(), [
    '/seed/tool',
    '/seed/tool',
    `/${STRANGER}`,
  ]);
  assert.equal(await programs.getByText('stranger', { exact: true }).count(), 1);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('not reviewed').first().waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('menuitem', { name: 'Step 3' }).click();
  await page.getByRole('button', { name: 'Step 3 of replay 1' }).waitFor();
  await page.getByLabel('Severity').selectOption('high');
  const all = await window.ask('findings.list', {});
  const high = all.filter(finding => finding.severity === 'high').length;
  assert.ok(high > 0 && high < all.length);
  assert.equal(await list.getByRole('row').count(), high + 1);
  const [first] = all;
  assert.deepEqual(
    [first?.exhibits.map(each => each.exhibit.kind), first?.step],
    [['step'], { number: 3, program: 2 }],
  );
  assert.deepEqual(await window.accessibility(), []);

  // A comment of two lines, by keys; its break is a break and no character that acts.
  await page.keyboard.press('Escape');
  await list.focus();
  await page.keyboard.press('m');
  await page.locator('#finding-words:focus').waitFor();
  await page.keyboard.type('It came with');
  await page.keyboard.press('Enter');
  await page.keyboard.type('the bundle.');
  await page.keyboard.press('Control+Enter');
  const said = page.locator('.said').filter({ hasText: 'the bundle.' });
  await said.waitFor();
  assert.equal(await said.innerText(), 'It came with\nthe bundle.');
  assert.equal(await said.locator('.boxed').count(), 0);

  // A finding about a file says what it is and who expected what, and leads to its step by the same key.
  await page.getByLabel('Severity').selectOption('medium');
  await list.getByText('nobody published its hash').first().click();
  const facts = page.getByRole('complementary', { name: 'Finding' });
  await facts.getByText('nobody: its hash was not published').waitFor();
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: /^Step \d$/ }).waitFor();
  await page.keyboard.press('Control+5');

  // The case itself as an earlier audit: what it waived is so here already.
  const { key = '' } = first ?? {};
  await window.ask('findings.waive', { key, reason: 'planted for a test' });
  const report = join(window.home, 'Documents', 'planted.assay.tar');
  await window.choose(report);
  const target = await window.desktop('choose.target', { name: 'planted.assay.tar' });
  await window.ask('report.export', { location: target?.grant ?? '' });
  await window.ask('findings.withdraw', { key, reason: '' });
  await page.getByRole('button', { name: 'From an earlier audit' }).click();
  await page.getByRole('menuitem', { name: 'A sealed report' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('planted for a test').waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await dialog.getByRole('checkbox').first().check({ force: true });
  await dialog.getByRole('button', { name: 'Take over 1' }).click();
  await dialog.waitFor({ state: 'detached' });
  const again = (await window.ask('findings.list', {})).find(finding => finding.key === key);
  assert.deepEqual([again?.state, again?.waiver?.reason], ['waived', 'planted for a test']);
  assert.deepEqual(
    window.errors.filter(each => !/Content.Security.Policy/.test(each)),
    [],
  );
});
