import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { find } from '../support/programs.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = (await noWindow()) || (find('ssh-keygen') ? false : 'ssh-keygen is not installed');
const PASSPHRASE = 'correct horse';

/** A key of a person, with a passphrase, as ssh-keygen makes it. */
function personalKey(folder: string): string {
  const key = join(folder, 'ines-key');
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', PASSPHRASE, '-C', '', '-f', key]);
  assert.equal(made.status, 0, String(made.stderr));
  return key;
}

/** Checks a report with tar, sha256sum and ssh-keygen alone. */
function verifyWithoutAssay(report: string, folder: string, identity: string): void {
  const place = join(folder, 'unpacked');
  mkdirSync(place);
  const run = (program: string, args: string[], input?: string) => {
    const stdio = [input === undefined ? 'ignore' : openSync(input, 'r'), 'pipe', 'pipe'] as const;
    const cwd = join(place, readdirSync(place)[0] ?? '.');
    const { status, stderr } = spawnSync(program, args, { cwd, stdio: [...stdio] });
    assert.equal(status, 0, `${program}: ${stderr}`);
  };
  assert.equal(spawnSync('tar', ['-xf', report, '-C', place]).status, 0);
  run('sha256sum', ['--strict', '--quiet', '-c', 'SHA256SUMS']);
  const inside = join(place, readdirSync(place)[0] ?? '');
  const signatures = readdirSync(join(inside, 'signatures'));
  assert.equal(signatures.length, 1);
  const signature = join('signatures', signatures[0] ?? '');
  const args = [
    '-Y',
    'verify',
    '-f',
    'allowed_signers',
    '-I',
    identity,
    '-n',
    'assay-report',
    '-s',
    signature,
  ];
  run('ssh-keygen', args, join(inside, 'SHA256SUMS'));
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const problems = (window: TestWindow) =>
  window.errors.filter(each => !/192\.0\.2\.1|connect|directive 'webrtc'/.test(each));

test('a whole audit by mouse: new case, import, seed, replay, findings, sign, export', { skip }, async () => {
  const folder = scratch();
  const key = personalKey(folder);
  await using window = await TestWindow.open();
  const { page } = window;
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const open = (name: string) =>
    page
      .getByRole('navigation')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();

  await button(/^New case/)
    .first()
    .click();
  await page.locator('#case-name').fill('By mouse');
  await window.choose(join(folder, 'case'));
  await page.getByRole('button', { name: 'Choose folder' }).click();
  await page.getByRole('radio', { name: /Bedrock, Linux amd64/ }).check({ force: true });
  await page.locator('#person-name').fill('Ines Marković');
  await button('Make case').click();

  await open('Bundle');
  await button(/^Import$/).click();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Bundle.*19 files/ })
    .waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await open('Seed');
  await page.getByRole('grid', { name: /^Bytes of/ }).waitFor();
  await button(/^Agree: e_ident: magic/).click();
  await page.getByRole('treegrid', { name: 'Annotations' }).getByText('e_ident: magic').waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await open('Chain');
  await page.getByRole('grid', { name: 'Steps' }).waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: 'Replay again' }).waitFor({ timeout: 60_000 });
  await page.getByRole('grid', { name: 'Steps' }).getByText('reproduced').first().waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await open('Findings');
  await page.getByRole('heading', { name: 'Findings' }).waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await open('Compare');
  await page.getByText('There is nothing to compare yet.').waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await open('Overview');
  await page.getByText('23 of 23 published hashes reproduced').first().waitFor();
  assert.deepEqual(await window.accessibility(), []);

  await open('Report');
  await page.frameLocator('iframe').getByText('What was proved').first().waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await button(/^Sign and export/)
    .first()
    .click();
  const report = join(folder, 'mouse.assay.tar');
  await window.choose(report);
  await button('Choose a place').click();
  await window.choose(key);
  await button('Choose a key').click();
  await page.locator('#sign-identity').fill('ines@example.org');
  await page.locator('#sign-passphrase').fill(PASSPHRASE);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Sign (and export|as not proved)/ })
    .click();
  await page.getByRole('dialog', { name: 'Report exported' }).waitFor({ timeout: 60_000 });
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  verifyWithoutAssay(report, folder, 'ines@example.org');
  assert.deepEqual(problems(window), []);

  // A regulator reads it: verification first, no other page in reach.
  const copy = join(folder, 'received.assay.tar');
  copyFileSync(report, copy);
  await window.choose(copy);
  await button('Verify a report').click();
  await page.getByText('The file is whole and signed by one key').waitFor({ timeout: 60_000 });
  assert.equal(await page.getByRole('navigation').getByRole('button').count(), 0);
  assert.deepEqual(await window.accessibility(), []);
});

test('a whole audit by keyboard alone', { skip }, async () => {
  const folder = scratch();
  const key = personalKey(folder);
  await using window = await TestWindow.open();
  const { page } = window;
  const press = (...keys: string[]) =>
    keys.reduce((done, each) => done.then(() => page.keyboard.press(each)), Promise.resolve());
  /** Goes on with Tab until what has the focus has this name. */
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 120; i += 1) {
      if (name.test((await page.evaluate(FOCUSED)) as string)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never reached ${name}`);
  };

  await press('Control+n');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('By keyboard');
  await window.choose(join(folder, 'case'));
  await tabTo(/^Choose folder/);
  await press('Enter');
  await page.getByRole('dialog').getByText(join(folder, 'case')).waitFor();
  await tabTo(/Bedrock, Linux amd64/);
  await press('Space');
  await tabTo(/person-name/);
  await page.keyboard.type('Tomasz Rybak');
  await tabTo(/^Make case/);
  await press('Enter');
  await page.getByRole('navigation').getByRole('button').first().waitFor();

  await press('Control+2');
  await page.getByText('The bundle of the kit').waitFor();
  await tabTo(/^Import$/);
  await press('Enter');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Bundle.*19 files/ })
    .waitFor();

  await press('Control+3');
  await page.getByRole('grid', { name: /^Bytes of/ }).waitFor();
  await press('u', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'e');
  await page.waitForFunction(`document.activeElement?.getAttribute('aria-label') === 'Label'`);
  await page.keyboard.type('The number that says ELF');
  await press('Control+Enter');
  await page.getByRole('treegrid', { name: 'Annotations' }).getByText('The number that says ELF').waitFor();
  assert.equal((await window.ask('seed.coverage', {})).seeds[0]?.explained, 4);

  await press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('Run the replay');
  await page.getByText('Run the replay').first().waitFor();
  await press('Enter');
  for (let done = false; !done; ) {
    done = (await window.ask('case.summary', {}))?.replay?.outcome === 'completed';
    if (!done) await new Promise(resolve => setTimeout(resolve, 100));
  }

  await press('Control+7');
  await page.frameLocator('iframe').getByText('What was proved').first().waitFor();
  await press('Control+e');
  await page.getByRole('dialog').waitFor();
  const report = join(folder, 'keyboard.assay.tar');
  await window.choose(report);
  await tabTo(/^Choose a place/);
  await press('Enter');
  await page.getByRole('dialog').getByText(report).waitFor();
  await window.choose(key);
  await tabTo(/^Choose a key/);
  await press('Enter');
  await page.locator('#sign-passphrase').waitFor();
  await tabTo(/sign-identity/);
  await press('Control+a');
  await page.keyboard.type('tomasz@example.org');
  await tabTo(/sign-passphrase/);
  await page.keyboard.type(PASSPHRASE);
  await tabTo(/^Sign (and export|as not proved)/);
  await press('Enter');
  await page.getByRole('dialog', { name: 'Report exported' }).waitFor({ timeout: 60_000 });
  verifyWithoutAssay(report, folder, 'tomasz@example.org');
  assert.match(
    readFileSync(
      join(folder, 'unpacked', readdirSync(join(folder, 'unpacked'))[0] ?? '', 'allowed_signers'),
      'utf8',
    ),
    /^tomasz@example.org /,
  );
  assert.deepEqual(problems(window), []);
});

/** The name by which the test knows what has the focus: label, text or id. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const label = element.labels?.[0]?.innerText ?? '';
  return element.getAttribute('aria-label') || (element.matches('input[type=radio]') ? label : '') || element.id || element.innerText || '';
})()`;
