import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCase } from './support/audit.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();
let window: TestWindow;

before(async () => {
  if (skip) return;
  window = await TestWindow.open();
  await createCase(window, 'code');
  await window.ask('bundle.import', { locations: [] }, 'import');
  const [seed] = await window.ask('seed.list', {});
  const content = { ranges: [{ offset: 0, length: 4 }], kind: 'explained' as const, label: 'magic' };
  await window.ask('seed.annotate', { seed: seed?.seed.sha256 ?? '', content });
  await window.page.getByRole('navigation').getByRole('button', { name: /^Seed/ }).click();
  await window.page.getByRole('grid', { name: 'Instructions' }).waitFor();
});
after(() => window?.[Symbol.asyncDispose]());

/** What a reader of the screen hears where the pane is. */
async function heard(): Promise<string | null> {
  const { page } = window;
  const row = page.locator('.code-caret');
  const grid = page.getByRole('grid', { name: 'Instructions' });
  assert.equal(await grid.getAttribute('aria-activedescendant'), await row.getAttribute('id'));
  return row.locator('.unseen').textContent();
}
const selectedBytes = () => window.page.locator('.hex-cell.hex-selected').count();
const caretAt = (offset: string) =>
  window.page.locator('.code-caret .code-offset', { hasText: offset }).waitFor();
const selectedRows = (count: number) =>
  window.page
    .locator('.code-sheet:has(.code-selected)')
    .locator('.code-selected')
    .nth(count - 1)
    .waitFor();

test('instructions and bytes are one selection; jumps are followed, with a way back', { skip }, async () => {
  const { page } = window;
  // Beside its target, a press on which would follow the jump.
  await page
    .getByRole('row', { name: /jne 0x4000f3/ })
    .locator('.code-offset')
    .click();
  assert.match((await heard()) ?? '', /^0x7C, jne 0x4000f3, to 0xF3, line 76, unexplained$/);
  assert.equal(await selectedBytes(), 2);
  await page.keyboard.press('Enter');
  await caretAt('00F3');
  assert.match((await heard()) ?? '', /^fail, 0xF3, push 1/);
  await page.keyboard.press('Backspace');
  await caretAt('007C');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await selectedRows(3);
  assert.equal(await selectedBytes(), 4);
  await page.keyboard.press('Shift+ArrowUp');
  await selectedRows(2);
  assert.deepEqual(await window.accessibility(), []);
});

test('a system call says what it rests on, and leads there', { skip }, async () => {
  const { page } = window;
  await page
    .getByRole('row', { name: /syscall, open/ })
    .first()
    .locator('.code-offset')
    .click();
  const rests = page.getByRole('region', { name: 'What the system call rests on' });
  await rests.getByText('open(argv[1], O_RDONLY)').waitFor();
  await rests.getByRole('button', { name: '0x82' }).waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await page.keyboard.press('j');
  await caretAt('0082');
  await rests.waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+J');
  await caretAt('0084');
  await rests.getByRole('button', { name: '0x79' }).click();
  await caretAt('0079');
});

test('comments are shown only when asked for', { skip }, async () => {
  const { page } = window;
  assert.equal(await page.locator('.code-comment').count(), 0);
  await page.getByRole('checkbox', { name: 'Comments' }).check({ force: true });
  await page.locator('.code-comment').first().waitFor();
});

test('from unexplained instruction to instruction: select, label, save, and on from there', {
  skip,
}, async () => {
  const { page } = window;
  const focused = (name: string) => page.getByRole('grid', { name }).and(page.locator(':focus')).waitFor();
  await page.getByRole('grid', { name: /^Bytes of/ }).focus();
  for (const label of ['First', 'Second']) {
    await page.keyboard.press('i');
    await focused('Instructions');
    const bytes = await selectedBytes();
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: 'Label' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type(label);
    await page.keyboard.press('Control+Enter');
    const row = page
      .getByRole('treegrid', { name: 'Annotations' })
      .getByRole('row')
      .filter({ hasText: label });
    await row.filter({ hasText: `· ${bytes} B ·` }).waitFor();
    await focused('Instructions');
    assert.match((await heard()) ?? '', new RegExp(label));
  }
  await page.keyboard.press('Shift+C');
  await page.locator('.code-comment').first().waitFor({ state: 'detached' });
});
