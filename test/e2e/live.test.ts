import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { noTool } from '../support/tool-kit.ts';
import { nap, openToolCase, showPage } from './support/tool-case.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = (await noWindow()) || noTool;

/** Long enough that a busy machine does what a test does meanwhile. */
const NAPS = [0, 1, 2, 3, 4, 5].map(i => nap(i, i === 0 ? 300 : 4000));

/** The head of the page Chain: where the replay stands, and what can be done. */
function head(window: TestWindow) {
  const main = window.page.getByRole('main');
  return {
    button: (name: string | RegExp) =>
      main.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }),
    says: (words: RegExp) => main.locator('.pagehead-subject').filter({ hasText: words }).waitFor(),
  };
}

/** Gives the window a size and waits until the page has it. */
async function resize(window: TestWindow, width: number, height: number): Promise<void> {
  await window.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, ...size }),
    { width, height },
  );
  await window.page.waitForFunction(`innerWidth === ${width}`);
}

async function doneIn(window: TestWindow): Promise<number> {
  return (await window.ask('case.summary', {}))?.replay?.done ?? 0;
}

test('a replay is watched, left, found again by a page loaded anew, stopped after a step, killed and resumed', {
  skip,
}, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  const { button, says } = head(window);
  await openToolCase(window, 'live', NAPS);
  await button('Replay').click();
  await says(/^Step [34] of 7, stage 1, elapsed \d.*, time left not known$/);
  assert.deepEqual(await window.accessibility(), []);
  // What is to come is told as planned; in a small window the table keeps room between graph and output.
  const steps = page.getByRole('grid', { name: 'Steps' });
  await steps.getByRole('row').filter({ hasText: 'out/5' }).filter({ hasText: 'not run' }).waitFor();
  await resize(window, 1024, 700);
  assert.ok(((await steps.boundingBox())?.height ?? 0) >= 100);
  await resize(window, 1440, 900);
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await showPage(window, 4);
  await says(/^Step \d of 7, stage \d, elapsed [\d.]+ s/);
  // The page before this one began it; this one can stop it all the same.
  await button('Stop after this step').click();
  await button(/^Resume at step \d$/).waitFor();
  const kept = await doneIn(window);
  assert.ok(kept >= 3 && kept < 7, `${kept} steps`);
  await says(new RegExp(`^Stopped after step ${kept} of 7, [\\d.]+ s so far$`));

  await button(`Resume at step ${kept + 1}`).click();
  await says(new RegExp(`^Step ${kept + 1} of 7`));
  process.kill(window.enginePid(), 'SIGKILL');
  await page.getByRole('alert').filter({ hasText: 'it was started again with the case' }).waitFor();
  const after = await doneIn(window);
  assert.ok(after >= kept);
  await button(`Resume at step ${after + 1}`).click();
  await button('Replay again').waitFor({ timeout: 60_000 });
  await says(/^7 steps in 2 stages from 1 seed, \d/);

  await button('Replay again').click();
  await says(/^Step \d of 7, stage \d, elapsed [\d.]+ s, about \d+ s left$/);
  await button('Stop now').click();
  await button(/^Resume at step \d$/).waitFor();
  await page.getByText('Replay 1', { exact: true }).click();
  await says(/^7 steps in 2 stages from 1 seed, \d/);
  assert.equal(await page.getByRole('grid').getByText('not run').count(), 0);
  await page.getByText('Replay 2', { exact: true }).click();
  await says(/^Stopped after step \d of 7/);
  assert.deepEqual(await window.accessibility(), []);
});

test('a window that is closed over a replay asks once; every way keeps what was done', { skip }, async () => {
  const home = await mkdtemp(join(tmpdir(), 'assay-closing-'));
  try {
    {
      await using window = await TestWindow.open({ home });
      await openToolCase(window, 'closed', NAPS);
      await head(window).button('Replay').click();
      await head(window).says(/^Step [2-4] of 7/);
      assert.equal(await closeWith(window, 0), 'A replay is running.');
      assert.equal(await isVisible(window), true);
      // In the background it goes on without a window.
      await closeWith(window, 1);
      assert.equal(await isVisible(window), false);
      await window.app.evaluate(({ app }) => void app.emit('second-instance'));
      assert.equal(await isVisible(window), true);
      assert.ok(await window.ask('replay.live', {}));
      await Promise.all([ended(window), closeWith(window, 2).catch(() => {})]);
    }

    await using window = await TestWindow.open({ home });
    const [recent] = await window.desktop('recent.list', {});
    const grant = await window.desktop('recent.grant', { id: recent?.id ?? '' });
    await window.ask('case.open', { location: grant?.grant ?? '', by: 'Ada' });
    await showPage(window, 4);
    const kept = await doneIn(window);
    assert.ok(kept >= 2 && kept < 7, `${kept} steps`);
    await head(window).says(new RegExp(`^Stopped after step ${kept} of 7, [\\d.]+ s so far$`));
    await head(window)
      .button(`Resume at step ${kept + 1}`)
      .click();
    await head(window).says(new RegExp(`^Step ${kept + 1} of 7`));
    await Promise.all([ended(window), closeWith(window, 3).catch(() => {})]);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

/** Closes the window and answers the question with the button of this number; gives what was asked. */
function closeWith(window: TestWindow, button: number): Promise<string> {
  return window.app.evaluate(({ BrowserWindow, dialog }, response) => {
    const asked = new Promise<string>(resolve => {
      dialog.showMessageBox = (async (_window: unknown, options: Electron.MessageBoxOptions) => {
        // What is done after the answer is done before the next question.
        setTimeout(() => resolve(options.message), 50);
        return { response, checkboxChecked: false };
      }) as unknown as typeof dialog.showMessageBox;
    });
    BrowserWindow.getAllWindows()[0]?.close();
    return asked;
  }, button);
}

function isVisible(window: TestWindow): Promise<boolean> {
  return window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
}

function ended(window: TestWindow): Promise<void> {
  return new Promise(resolve => window.app.once('close', () => resolve()));
}
