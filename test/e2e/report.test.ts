import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generateDemonstrationKey } from '../../main/engine/index.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A case in the window whose chain was replayed, made without the mouse. */
async function replayed(window: TestWindow, folder: string): Promise<void> {
  await window.desktop('preferences.set', { person: { name: 'Ada', role: 'auditor' } });
  await window.choose(join(folder, 'case'));
  const place = await window.desktop('choose.new-case', { name: 'case' });
  assert.ok(place);
  await window.ask('case.create', {
    location: place.grant,
    name: 'Prepared',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  await window.ask('bundle.import', { locations: [] });
  await window.ask('replay.run', {});
  await window.page.reload();
  await window.page.getByRole('navigation').getByRole('button').first().waitFor();
}

test('people sign in roles; what is added later makes it void, and says so', { skip }, async () => {
  const folder = scratch();
  const key = join(folder, 'key');
  writeFileSync(key, generateDemonstrationKey().file, { mode: 0o600 });
  await using window = await TestWindow.open();
  const { page } = window;
  await replayed(window, folder);
  await page.keyboard.press('Control+7');
  await page.getByRole('button', { name: 'Sign as reviewer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign the case' });
  await dialog.getByText('The report says what is open.').waitFor();
  await window.choose(key);
  await dialog.getByRole('button', { name: 'Choose a key' }).click();
  await dialog.getByText('ssh-ed25519').waitFor();
  await dialog.locator('#sign-identity').fill('rita@example.org');
  assert.deepEqual(await window.accessibility(), []);
  await dialog.getByRole('button', { name: 'Sign as not proved' }).click();
  const signOffs = page.getByRole('region', { name: 'Sign-off' });
  await signOffs.getByText('rita@example.org').waitFor();
  assert.match(await signOffs.innerText(), /as not proved, \d+ open/);

  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('textbox', { name: 'Scope and limits' }).fill('The amd64 chain; not firmware.');
  await page.getByRole('button', { name: 'Keep text' }).click();
  await signOffs.getByText(/is void: evidence was added after it/).waitFor();
  await page.frameLocator('iframe').getByText('The amd64 chain; not firmware.').first().waitFor();
});

test('reports are compared; where one differs the first divergence is pinned', { skip }, async () => {
  const folder = scratch();
  await using window = await TestWindow.open();
  const { page } = window;
  await replayed(window, folder);
  const report = join(folder, 'one.assay.tar');
  await window.choose(report);
  const target = await window.desktop('choose.target', { name: 'one.assay.tar' });
  assert.ok(target);
  await window.ask('report.export', { location: target.grant });
  await page.keyboard.press('Control+6');
  await window.choose(report);
  await page.getByRole('button', { name: 'Add reports' }).first().click();
  await page.getByText('Every account has the same hash for every artifact.').waitFor({ timeout: 60_000 });
  assert.deepEqual(await window.accessibility(), []);

  const junk = join(folder, 'junk.assay.tar');
  writeFileSync(junk, 'no report');
  await window.choose(junk);
  await page.getByRole('button', { name: 'Add reports' }).first().click();
  await page
    .getByText(/cannot be compared|does not verify/)
    .first()
    .waitFor({ timeout: 60_000 });
});
