/** Does a whole audit in the real window and writes the pictures of the guides into docs/pictures: `npm run screenshots`. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestWindow } from '../test/e2e/support/window.ts';
import { find } from '../test/support/programs.ts';
import { ANNOTATIONS, COMMENTS, FINDINGS, REST, REVIEWED, SCOPE } from './screenshots-words.ts';

const ROOT = join(import.meta.dirname, '..');
const PICTURES = join(ROOT, 'docs', 'pictures');
/** Size of a picture in pixels. */
const [WIDTH, HEIGHT] = [1440, 900];
/** Bytes of the seed that are ELF and program header. */
const HEADERS = 0x78;
const PASSPHRASE = 'correct horse';

/** The window, a folder for its files, and what every picture needs. */
interface Studio {
  readonly window: TestWindow;
  readonly folder: string;
  /** Waits until nothing loads any more and writes a picture. */
  shoot(name: string): Promise<void>;
  /** Opens a page of the case by its name. */
  open(page: string): Promise<void>;
  /** Runs a command of the palette. */
  command(name: string): Promise<void>;
  /** Presses the first button of this name. */
  press(name: string | RegExp): Promise<void>;
}

function studio(window: TestWindow, folder: string): Studio {
  const { page } = window;
  return {
    window,
    folder,
    async shoot(name) {
      await page.mouse.move(WIDTH - 1, HEIGHT / 2);
      await page.waitForTimeout(700);
      const picture = join(PICTURES, `${name}.png`);
      await page.screenshot({ path: picture, animations: 'disabled' });
      shrink(picture);
      process.stderr.write(`docs/pictures/${name}.png\n`);
    },
    open: name =>
      page
        .getByRole('navigation')
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .click(),
    async command(name) {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
      await page.keyboard.type(name);
      await page.getByRole('option', { name }).click();
    },
    press: name => page.getByRole('button', { name }).first().click(),
  };
}

/** Makes a picture a third of its size with 256 colours, where ImageMagick is installed. */
function shrink(picture: string): void {
  const convert = find('convert');
  if (convert)
    spawnSync(convert, [picture, '-strip', '-dither', 'None', '-colors', '256', `PNG8:${picture}`]);
}

/** The start page, a case made by hand, and its import. */
async function begin({ window, folder, shoot, open, press }: Studio): Promise<void> {
  const { page } = window;
  await page.getByText('Trying runtimes').waitFor({ state: 'detached', timeout: 60_000 });
  await shoot('start');
  await press(/^New case/);
  await page.locator('#case-name').fill('Bedrock 1.0.0, spring audit');
  await window.choose(join(folder, 'spring-audit'));
  await press('Choose folder');
  await page.getByRole('radio', { name: /Bedrock, Linux amd64/ }).check({ force: true });
  await page.locator('#person-name').fill('Ines Marković');
  await press('Make case');
  await open('Bundle');
  await page.getByText('The bundle of the kit').waitFor();
  await shoot('import');
  await press(/^Import$/);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Bundle.*19 files/ })
    .waitFor();
  await open('Overview');
  await shoot('overview-before');
}

/** What a person says of sources and seed. */
async function review({ window, shoot, open, press }: Studio): Promise<void> {
  const { page } = window;
  await window.ask('bundle.review', { paths: [...REVIEWED], reviewed: true });
  for (const comment of COMMENTS) await window.ask('bundle.comment', comment);
  await open('Bundle');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type('/src/hex0.hex0');
  await page
    .getByRole('option', { name: /hex0\.hex0/ })
    .first()
    .click();
  await page
    .getByRole('article', { name: /^Comment by/ })
    .first()
    .waitFor();
  await shoot('bundle');

  await open('Seed');
  await page.getByRole('grid', { name: /^Bytes of/ }).waitFor();
  const [seed] = await window.ask('seed.list', {});
  if (!seed) throw new Error('the case has no seed');
  const { sha256 } = seed.seed;
  const annotate = (content: (typeof ANNOTATIONS)[number]) =>
    window.ask('seed.annotate', { seed: sha256, content });
  for (const { offset, length, label, note } of await window.ask('seed.templates', { seed: sha256 }))
    if (offset < HEADERS)
      await annotate({ kind: 'explained', label, note, group: null, ranges: [{ offset, length }] });
  for (const content of ANNOTATIONS) await annotate(content);
  await page
    .locator('.seed-coverage')
    .filter({ hasText: /Open questions\s*1/ })
    .waitFor();
  await press(/^Next unexplained byte/);
  await page.keyboard.press('Shift+U');
  await page.getByRole('textbox', { name: 'Label' }).fill('Registers for one-byte reads and writes');
  await shoot('seed');
  for (const content of REST) await annotate(content);
}

/** The replay, a finding that a person raises, and what the checklist asks. */
async function replay({ window, shoot, open }: Studio): Promise<void> {
  const { page } = window;
  await open('Chain');
  await page.getByRole('main').getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: 'Replay again' }).waitFor({ timeout: 120_000 });
  await page.getByRole('grid', { name: 'Steps' }).getByText('hex2').first().click();
  await shoot('chain');

  for (const finding of FINDINGS) await window.ask('findings.raise', finding);
  await open('Findings');
  await page
    .getByText(FINDINGS[0]?.message ?? '')
    .first()
    .click();
  await shoot('findings');

  const { items } = await window.ask('checklist.get', {});
  for (const { id, role } of items)
    if (role === 'auditor') await window.ask('checklist.answer', { id, answer: 'done', note: '' });
  await window.ask('scope.set', { text: SCOPE });
  await open('Overview');
  await shoot('overview');
}

/** Other people's reports beside the case. */
async function compare({ window, shoot, open, press }: Studio, reports: readonly string[]): Promise<void> {
  await open('Compare');
  await window.choose(...reports);
  await press('Add reports');
  await window.page.getByText('3 columns').first().waitFor({ timeout: 60_000 });
  await shoot('compare');
}

/** The report: preview, signing, and what somebody sees who is given it. */
async function report({ window, folder, shoot, open, press, command }: Studio): Promise<void> {
  const { page } = window;
  await open('Report');
  await page.frameLocator('iframe').getByText('What was proved').first().waitFor();
  await shoot('report');
  await press(/^Sign and export/);
  const file = join(folder, 'bedrock-1.0.0-spring.assay.tar');
  await window.choose(file);
  await press('Choose a place');
  await window.choose(makeKey(folder, 'ines', PASSPHRASE));
  await press('Choose a key');
  await page.locator('#sign-identity').fill('ines@example.org');
  await page.locator('#sign-passphrase').fill(PASSPHRASE);
  await shoot('export');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Sign (and export|as not proved)/ })
    .click();
  const done = page.getByRole('dialog', { name: 'Report exported' });
  await done.waitFor({ timeout: 60_000 });
  await done.getByRole('button', { name: 'Close' }).last().click();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type('re');
  await shoot('palette');
  await page.keyboard.press('Escape');
  await command('Dark theme');
  await open('Overview');
  await shoot('overview-dark');
  await open('Seed');
  await page.getByRole('grid', { name: /^Bytes of/ }).waitFor();
  await shoot('seed-dark');
  await open('Chain');
  await page.getByRole('grid', { name: 'Steps' }).getByText('bin/mac').first().click();
  await shoot('chain-dark');
  await command('Light theme');
  await open('Report');
  await window.choose(file);
  await press('Verify a report');
  await page.getByText('The file is whole and signed by one key').waitFor({ timeout: 60_000 });
  await shoot('verified');
}

/** A key of a person, as ssh-keygen makes it. */
function makeKey(folder: string, name: string, passphrase: string): string {
  const key = join(folder, `${name}-key`);
  const { status } = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', key]);
  if (status !== 0) throw new Error('ssh-keygen made no key');
  return key;
}

/** The report of somebody else on the same chain, by the command line. */
async function reportOf(folder: string, name: string, person: string): Promise<string> {
  const file = join(folder, `${name}.assay.tar`);
  const key = makeKey(folder, name, '');
  const options = [
    '--case',
    join(folder, name),
    '--report',
    file,
    '--key',
    key,
    '--as',
    `${name}@example.net`,
  ];
  await promisify(execFile)(process.execPath, [
    join(ROOT, 'main', 'cli', 'main.ts'),
    'audit',
    ...options,
    '--by',
    person,
  ]);
  return file;
}

// Seen in pictures, so always the same; nobody else's folder is ever taken.
const folder = join(tmpdir(), 'audits');
mkdirSync(folder);
try {
  mkdirSync(PICTURES, { recursive: true });
  const others = [
    await reportOf(folder, 'lea', 'Léa Fontaine'),
    await reportOf(folder, 'kwame', 'Kwame Boateng'),
  ];
  await using window = await TestWindow.open();
  await window.app.evaluate(
    ({ BrowserWindow }, [width, height]) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(width ?? 0, height ?? 0),
    [WIDTH, HEIGHT],
  );
  await window.desktop('preferences.set', { theme: 'light' });
  const at = studio(window, folder);
  await begin(at);
  await review(at);
  await replay(at);
  await compare(at, others);
  await report(at);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
