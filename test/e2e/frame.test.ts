import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CHANNELS } from '../../main/contract/bridge.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();
const PAGES = ['Overview', 'Bundle', 'Seed', 'Chain', 'Findings', 'Compare', 'Report'];

/** Sets the size of the page, in CSS pixels. */
async function resize(window: TestWindow, width: number, height: number): Promise<void> {
  await window.app.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0),
    [width, height],
  );
  await until(window, `innerWidth === ${width}`);
}

/** Waits until an expression is true of the page; its policy lets nothing but its own files wait inside it. */
async function until(window: TestWindow, expression: string): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await window.page.evaluate(expression)) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  assert.fail(`never true: ${expression}`);
}

/** Things of the page that lie outside the window. */
function outside(window: TestWindow): Promise<string[]> {
  return window.page.evaluate(`[...document.querySelectorAll('button, h1, h2, .pane')]
    .filter(each => each.getClientRects().length > 0)
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .map(each => each.outerHTML.slice(0, 120))`);
}

/** What has the focus, in words: its label, or its text. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  const label = at.id ? document.querySelector('label[for="' + at.id + '"]') : null;
  const words = [at.getAttribute('aria-label'), label?.textContent, at.closest('label')?.textContent, at.textContent];
  return words.filter(Boolean).join(' ');
})()`;

/** Presses Tab until what has the focus is called so. */
async function tabTo(window: TestWindow, name: RegExp): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    if (name.test(await window.page.evaluate<string>(FOCUSED))) return;
    await window.page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached ${name}`);
}

const dark = (expected: boolean) => `document.body.classList.contains('bp6-dark') === ${expected}`;

describe('the frame of the window', { skip }, () => {
  let window: TestWindow;
  before(async () => {
    window = await TestWindow.open();
  });
  after(() => window?.[Symbol.asyncDispose]());

  test('by keyboard alone a person makes a case, imports, replays and reads the verdict', async () => {
    const { page } = window;
    const { keyboard } = page;
    const folder = join(window.home, 'Documents', 'trial');
    await page.getByRole('heading', { name: 'No case open' }).waitFor();
    await keyboard.press('Control+n');
    await page.getByRole('dialog', { name: 'New case' }).waitFor();
    await until(window, `${FOCUSED}.trim() === 'Name'`);
    await keyboard.type('Trial');
    await window.choose(folder);
    await tabTo(window, /^Choose folder/);
    await keyboard.press('Enter');
    await page.getByText(folder).waitFor();
    await tabTo(window, /Bedrock/);
    await keyboard.press('Space');
    await tabTo(window, /Your name/);
    await keyboard.type('Ada Lovelace');
    await tabTo(window, /^Make case$/);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing imported yet' }).waitFor();

    await keyboard.press('Control+2');
    await page.getByText('The bundle of the kit').waitFor();
    await tabTo(window, /^ *Import$/);
    await keyboard.press('Enter');
    await page
      .getByRole('button', { name: /^Bundle/ })
      .getByText(/files/)
      .waitFor();

    await keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await keyboard.type('run the rep');
    await page.getByRole('option', { name: 'Run the replay' }).waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Control+1');
    await page.getByText('Replay 1 finished').waitFor({ timeout: 60_000 });
    await page.getByRole('heading', { name: 'Reproduced', exact: true }).waitFor();
    const custody = await window.ask('case.custody', { limit: 100 });
    assert.deepEqual(new Set(custody.lines.map(line => line.by)), new Set(['Ada Lovelace']));
  });

  test('every page and dialog is free of violations of accessibility, light and dark', async () => {
    const { page } = window;
    for (const theme of ['light', 'dark'] as const) {
      await window.desktop('preferences.set', { theme });
      await until(window, dark(theme === 'dark'));
      for (const [index, name] of PAGES.entries()) {
        await page.keyboard.press(`Control+${index + 1}`);
        await page.getByRole('heading', { level: 1, name }).waitFor();
        assert.deepEqual(await window.accessibility(), [], `${name}, ${theme}`);
      }
      for (const [keys, name] of [
        ['Control+k', 'Command palette'],
        ['Control+,', 'Preferences'],
        ['Control+n', 'New case'],
        ['F1', 'Keyboard shortcuts'],
      ] as const) {
        await page.keyboard.press(keys);
        await page.getByRole('dialog', { name }).waitFor();
        assert.deepEqual(await window.accessibility(), [], `${name}, ${theme}`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    }
    await window.desktop('preferences.set', { theme: 'light' });
  });

  test('nothing lies outside the window at 1024, 1440 and 1920; a narrow one folds and has a drawer', async () => {
    const { page } = window;
    for (const [width, height] of [
      [1920, 1080],
      [1440, 900],
      [1024, 700],
    ] as const) {
      await resize(window, width, height);
      for (const [index, name] of PAGES.entries()) {
        await page.keyboard.press(`Control+${index + 1}`);
        await page.getByRole('heading', { level: 1, name }).waitFor();
        assert.deepEqual(await outside(window), [], `${name} at ${width}`);
      }
    }
    await page.keyboard.press('Control+1');
    const navigation = page.getByRole('navigation', { name: 'Pages' });
    assert.equal((await navigation.boundingBox())?.width, 48);
    assert.match((await navigation.getByRole('button').first().getAttribute('title')) ?? '', /^Overview: /);
    await navigation.getByRole('button', { name: /^Chain/ }).waitFor();
    const custody = page.getByRole('complementary', { name: /Custody/ });
    assert.equal(await custody.count(), 0);
    await page.keyboard.press('Control+.');
    await custody.waitFor();
    await page.keyboard.press('Control+.');
    assert.equal(await custody.count(), 0);
    await resize(window, 1440, 900);
    await custody.waitFor();
  });

  test('a key that comes before the palette is drawn opens nothing else', async () => {
    const { page } = window;
    await page.evaluate(() => {
      const { document, KeyboardEvent } = globalThis as unknown as {
        document: { activeElement: EventTarget };
        KeyboardEvent: new (type: string, init: object) => Event;
      };
      for (const init of [{ key: 'k', ctrlKey: true }, { key: '?' }]) {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }));
      }
    });
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    assert.equal(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count(), 0);
    await page.keyboard.press('Escape');
  });

  test('single keys act where no text is edited, and not at all when switched off', async () => {
    const { page } = window;
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.type('?');
    assert.equal(await page.getByRole('combobox').inputValue(), '?');
    assert.equal(await sheet.count(), 0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    const toggle = async () => {
      await page.keyboard.press('Control+,');
      await page.getByRole('dialog', { name: 'Preferences' }).getByText('Single keys act').click();
      await page.getByRole('button', { name: 'Done' }).click();
    };
    await toggle();
    await page.keyboard.press('?');
    assert.equal(await sheet.count(), 0);
    await page.keyboard.press('F1');
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await toggle();
    assert.equal((await window.desktop('preferences.get', {})).singleKeys, true);
  });

  test('F6 goes round the panes and back; a pane is made wider in steps and stays so', async () => {
    const { page } = window;
    await page.keyboard.press('Control+1');
    const here = () => page.evaluate(`document.activeElement.closest('[data-pane]')?.dataset.pane`);
    const seen: unknown[] = [];
    for (let i = 0; i < 3; i += 1) {
      await page.keyboard.press('F6');
      seen.push(await here());
    }
    assert.equal(new Set(seen).size, 3);
    await page.keyboard.press('Shift+F6');
    assert.equal(await here(), seen[1]);
    const bar = page.getByRole('separator', { name: /Custody/ });
    const width = Number(await bar.getAttribute('aria-valuenow'));
    await bar.focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('separator', { name: /Custody/ }).waitFor();
    assert.equal(Number(await bar.getAttribute('aria-valuenow')), width + 8);
    const box = await bar.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 4, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x - 37, box.y + 100);
    await page.mouse.up();
    assert.equal(Number(await bar.getAttribute('aria-valuenow')), width + 48);
    const kept = await window.desktop('preferences.get', {});
    assert.equal(kept.panes['overview.custody'], width + 48);
  });

  test('the palette finds a file of the bundle and a byte of the seed', async () => {
    const { page } = window;
    await page.keyboard.press('Control+p');
    await page.keyboard.type('hex0');
    await page.getByRole('option').first().waitFor();
    assert.match((await page.getByRole('option').first().textContent()) ?? '', /hex0/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+g');
    await page.keyboard.type('0x10');
    await page.getByRole('option', { name: /0x10/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Seed' }).waitFor();
  });

  test('the palette keeps what is typed, whoever asks for the focus meanwhile', async () => {
    const { page } = window;
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    const grid = page.getByRole('grid', { name: /^Bytes of/ });
    await grid.waitFor();
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await grid.evaluate(element => (element as unknown as { focus(): void }).focus());
    await page.keyboard.type('dark');
    assert.equal(await palette.getByRole('combobox').inputValue(), 'dark');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  test('the theme follows the system until one is chosen', async () => {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.type('theme of the system');
    await page.keyboard.press('Enter');
    const source = () => window.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
    while ((await source()) !== 'system') await new Promise(resolve => setTimeout(resolve, 20));
    for (const colorScheme of ['dark', 'light'] as const) {
      await window.app.evaluate(({ nativeTheme }, scheme) => {
        nativeTheme.themeSource = scheme;
      }, colorScheme);
      await until(window, dark(colorScheme === 'dark'));
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await until(window, dark(true));
    assert.equal((await window.desktop('preferences.get', {})).theme, 'dark');
    await window.desktop('preferences.set', { theme: 'light' });
  });

  test('what a person said is undone and done again by keys; the log keeps all of it', async () => {
    const { page } = window;
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await window.ask('scope.set', { text: 'The amd64 chain.' });
    await page.getByText('Scope of the audit written').waitFor();
    const { events } = (await window.ask('case.summary', {})) ?? { events: 0 };
    await page.keyboard.press('Control+z');
    await page.getByText(/^Undone: change of the scope/).waitFor();
    assert.equal((await window.ask('scope.get', {})).scope, null);
    await page.getByRole('button', { name: 'Redo', exact: true }).click();
    await page.getByText(/^Done again: change of the scope/).waitFor();
    assert.equal((await window.ask('scope.get', {})).scope?.text, 'The amd64 chain.');
    assert.equal((await window.ask('case.summary', {}))?.events, events + 2);
  });

  test('an open network stands over the whole window, for as long as it is open', async () => {
    const { page } = window;
    const measured = await window.desktop('network.state', { measure: false });
    const tell = (network: typeof measured) =>
      window.app.evaluate(
        ({ BrowserWindow }, [channel, event]) =>
          BrowserWindow.getAllWindows()[0]?.webContents.send(channel as string, event),
        [CHANNELS.event, { type: 'network', network }] as const,
      );
    await tell({ ...measured, engineIsolated: false, engineReason: 'no namespace could be made.' });
    const alarm = page.getByRole('alert').filter({ hasText: 'Network not isolated' });
    await alarm.getByText(/no namespace could be made/).waitFor();
    for (const page of ['Control+3', 'Control+7', 'Control+1']) {
      await window.page.keyboard.press(page);
      assert.ok(await alarm.isVisible());
    }
    await page.getByRole('button', { name: 'Not isolated' }).waitFor();
    assert.deepEqual(await window.accessibility(), []);
    await tell({ ...measured, windowIsolated: true, engineIsolated: true });
    await alarm.waitFor({ state: 'detached' });
    await tell(measured);
  });

  test('an error stays until it is dismissed, with what to do, and can be copied', async () => {
    const { page } = window;
    await page.keyboard.press('Control+n');
    const dialog = page.getByRole('dialog', { name: 'New case' });
    await dialog.getByLabel('Name', { exact: true }).fill('Second');
    await window.choose(join(window.home, 'Documents', 'second'));
    await dialog.getByRole('button', { name: 'Choose folder' }).click();
    await dialog.getByText('Bedrock').first().click();
    await dialog.getByRole('button', { name: 'Make case' }).click();
    await page.getByRole('heading', { name: 'Nothing imported yet' }).waitFor();
    await page.keyboard.press('Control+2');
    const bad = join(window.home, 'Documents', 'no-tar.txt');
    writeFileSync(bad, 'This is not an archive.\n');
    await window.choose(bad);
    await page.getByRole('button', { name: 'Choose file' }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'The bundle was not imported' });
    await problem.getByText('archive.not-a-tar').waitFor();
    await problem.getByText('What to do').waitFor();
    await page.keyboard.press('Control+1');
    await problem.waitFor();
    assert.deepEqual(await window.accessibility(), []);
    await problem.getByRole('button', { name: 'Dismiss' }).click();
    assert.equal(await problem.count(), 0);
  });

  test('an engine that dies is named, with what it leaves, and the page goes on', async () => {
    const { page } = window;
    process.kill(window.enginePid(), 'SIGKILL');
    await window.engineReady(state => state.problem?.code === 'engine.died');
    await page.getByRole('alert').filter({ hasText: 'The engine ended' }).waitFor();
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Nothing imported yet' }).waitFor();
    const faults = window.errors.filter(each => !/Refused to connect|Unrecognized Content/.test(each));
    assert.deepEqual(faults, []);
  });
});
