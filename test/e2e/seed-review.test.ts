import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { INSTALLATION } from '../../main/engine/base/index.ts';
import { noWindow, TestWindow } from './support/window.ts';

/** A review of the embedded seed in the real window, from nothing to every byte explained by two people. The tests go on from each other. */

const FIRST = 'Ines Marković';
const SECOND = 'Tomasz Rybak';
const BYTES = readFileSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle/seed/hex0-seed'));
const skip = await noWindow();
let window: TestWindow;
let page: Page;
let folder: string;
let seed: string;

before(async () => {
  if (skip) return;
  window = await TestWindow.open();
  page = window.page;
  page.setDefaultTimeout(10_000);
  folder = join(window.home, 'Documents', 'case');
  await window.desktop('preferences.set', { person: { name: FIRST, role: 'auditor' } });
  await window.choose(folder);
  const place = await window.desktop('choose.new-case', { name: 'case' });
  assert.ok(place);
  const about = { location: place.grant, name: 'Seed', kit: 'bedrock-amd64', by: FIRST };
  await window.ask('case.create', about);
  await window.ask('bundle.import', { locations: [] });
  const [checked] = await window.ask('seed.list', {});
  assert.ok(checked);
  seed = checked.seed.sha256;
  await openSeed();
});
after(() => window?.[Symbol.asyncDispose]());

const grid = () => page.getByRole('grid', { name: /^Bytes of/ });
const list = () => page.getByRole('treegrid', { name: 'Annotations' });
const row = (label: string) => list().getByRole('row').filter({ hasText: label });
const editor = () => page.getByRole('region', { name: /^(New annotation|Annotation)$/ });
const label = () => page.getByRole('textbox', { name: 'Label' });
const coverage = async () => {
  const found = (await window.ask('seed.coverage', {})).seeds.find(each => each.sha256 === seed);
  assert.ok(found);
  return found;
};
const annotations = async () => (await window.ask('seed.annotations', { seed })).annotations;

async function openSeed(): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: /^Seed/ }).click();
  await grid().waitFor();
}

/** Opens the same case as somebody else does. */
async function reopenAs(by: string): Promise<void> {
  await window.desktop('preferences.set', { person: { name: by, role: 'reviewer' } });
  await window.choose(folder);
  const chosen = await window.desktop('choose.case', {});
  assert.ok(chosen);
  await window.ask('case.close', {});
  await window.ask('case.open', { location: chosen.grant, by });
  await page.reload();
  await window.engineReady();
  await openSeed();
}

/** Goes to an offset and selects so many bytes, by keys alone. */
async function select(offset: number, length: number): Promise<void> {
  await grid().focus();
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: 'Offset' }).fill(`0x${offset.toString(16)}`);
  await page.keyboard.press('Enter');
  for (let i = 1; i < length; i += 1) await page.keyboard.press('Shift+ArrowRight');
}

/** Waits until a field of the page has the focus. */
async function focused(element: Locator): Promise<void> {
  await element.and(page.locator(':focus')).waitFor();
}

/** Waits until something that the engine says is so. */
async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await is()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`never: ${what}`);
}

test('one reviewer explains every byte: templates of the kit, then by keys what is left', {
  skip,
}, async () => {
  const before = await coverage();
  assert.equal(before.explained, 0);
  await page.getByRole('button', { name: /^Agree: e_ident: magic/ }).click();
  await row('e_ident: magic').waitFor();
  await page.locator('.seed-coverage').getByRole('button', { name: '0x4', exact: true }).waitFor();
  await grid().focus();
  await page.keyboard.press('u');
  await page.getByText(/^The kit says e_ident: class/).waitFor();
  await page.keyboard.press('r');
  await row('e_ident: class').waitFor();
  assert.deepEqual(
    (await annotations()).map(each => [each.label, each.by]),
    [
      ['e_ident: magic', FIRST],
      ['e_ident: class', FIRST],
    ],
  );
  for (const { number, offset } of await window.ask('seed.templates', { seed }))
    if (offset > 4 && offset < 0x78) await window.ask('seed.accept-template', { seed, number });
  let rounds = 0;
  for (; (await coverage()).explained < BYTES.length; rounds += 1) {
    assert.ok(rounds < 20);
    const { explained, next } = await coverage();
    const from = `0x${next?.toString(16).toUpperCase()}`;
    await page.locator('.seed-coverage').getByRole('button', { name: from, exact: true }).waitFor();
    await grid().focus();
    await page.keyboard.press('u');
    await page.getByText(`${from}, 1 B`).waitFor();
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'e']) await page.keyboard.press(key);
    await focused(label());
    await page.keyboard.type(`Part ${rounds + 1}`);
    await page.keyboard.press('Control+Enter');
    await row(`Part ${rounds + 1}`).waitFor();
    assert.ok((await coverage()).explained > explained);
    await focused(grid());
  }
  assert.ok(rounds > 2);
  await page
    .getByRole('button', { name: /^Next unexplained byte/ })
    .and(page.locator(':disabled'))
    .waitFor();
  assert.match(await page.locator('.seed-coverage').innerText(), /By nobody\s+0/);
  assert.deepEqual(await window.accessibility(), []);
});

test('an annotation of two places overlaps another, says so, and shows on all of its bytes', {
  skip,
}, async () => {
  await select(0x80, 4);
  await page.keyboard.press('Shift+A');
  await select(0x90, 2);
  await page.keyboard.press('Shift+A');
  await page.keyboard.press('c');
  await focused(label());
  await page.keyboard.type('Two places at once');
  assert.deepEqual(await editor().locator('.seed-chip').allInnerTexts(), ['0x80–0x83', '0x90–0x91']);
  await editor()
    .getByText(/Overlaps “Part 1”, \d B/)
    .waitFor();
  await editor().getByRole('textbox', { name: 'Note' }).fill('Is it **so**? See `89 DF`. <img src=x>');
  await editor().getByRole('button', { name: 'Preview' }).click();
  const preview = editor().getByRole('region', { name: 'Note as printed' });
  assert.equal(await preview.locator('strong').innerText(), 'so');
  assert.equal(await preview.locator('code').innerText(), '89 DF');
  assert.match(await preview.innerText(), /<img src=x>/);
  assert.deepEqual(await window.accessibility(), []);
  await page.keyboard.press('Control+Enter');
  await row('Two places at once').waitFor();
  const made = (await annotations()).at(-1);
  assert.deepEqual(made?.ranges, [
    { offset: 0x80, length: 4 },
    { offset: 0x90, length: 2 },
  ]);
  const concerned = await grid().locator('.hex-concern').allInnerTexts();
  const expected = [...BYTES.subarray(0x80, 0x84), ...BYTES.subarray(0x90, 0x92)];
  assert.deepEqual(
    concerned.map(text => Number.parseInt(text, 16)),
    expected,
  );
});

test('a group is made, its name is changed, the list stands under it, and undo takes it back', {
  skip,
}, async () => {
  await row('Two places at once').click();
  await editor()
    .getByRole('button', { name: /^Group/ })
    .click();
  await page.getByRole('textbox', { name: 'Name of a new group' }).fill('Doubts');
  await page.keyboard.press('Enter');
  await editor().getByRole('button', { name: 'Group: Doubts' }).waitFor();
  await editor()
    .getByRole('button', { name: /^Colour/ })
    .click();
  await page.getByRole('menuitem', { name: 'violet' }).click();
  await editor().getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('button', { name: 'Order and groups' }).click();
  await page.getByRole('menuitem', { name: 'Under their groups' }).click();
  const head = list().getByRole('row', { expanded: true }).filter({ hasText: 'Doubts' });
  await head.waitFor();
  assert.equal((await annotations()).at(-1)?.colour, 'violet');
  await list().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('F2');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Open doubts');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await list().getByRole('row', { expanded: true }).filter({ hasText: 'Open doubts' }).waitFor();
  await list().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await row('Two places at once').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await row('Two places at once').waitFor();
  await page.keyboard.press('Control+z');
  await list()
    .getByRole('row', { expanded: true })
    .filter({ hasText: /^Doubts/ })
    .waitFor();
  await page.getByRole('button', { name: 'Order and groups' }).click();
  await page.getByRole('menuitem', { name: 'Under their groups' }).click();
});

test('the list says what it leaves out; Delete removes, and its undo brings back', { skip }, async () => {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('concern');
  await page.keyboard.press('Escape');
  await page.getByText('Only concerns').waitFor();
  await until('one row', async () => (await list().getByRole('row').count()) === 1);
  await row('Two places at once').click();
  await list().focus();
  await page.keyboard.press('Delete');
  await row('Two places at once').waitFor({ state: 'detached' });
  await page.getByText('Annotation removed').waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await row('Two places at once').waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
});

test('a concern is settled with a reason, and its history tells all that became of it', {
  skip,
}, async () => {
  await select(0x80, 1);
  await row('Two places at once').click();
  await list().focus();
  await page.keyboard.press('s');
  await focused(page.getByRole('textbox', { name: 'What settles it' }));
  await page.keyboard.type('It is so by the source');
  await page.keyboard.press('Enter');
  await editor()
    .getByText(/Settled by/)
    .waitFor();
  assert.equal((await annotations()).at(-1)?.resolution?.reason, 'It is so by the source');
  await editor().getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('settled it').waitFor();
  const words = await dialog.innerText();
  assert.match(words, /wrote it[\s\S]*Doubts[\s\S]*\(taken back\)[\s\S]*It is so by the source/);
  assert.deepEqual(await window.accessibility(), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('an engine that is killed while somebody types loses no word of it', { skip }, async () => {
  await select(0xa8, 2);
  await page.keyboard.press('q');
  await focused(label());
  await page.keyboard.type('Takes { for a letter');
  await until('the draft is kept', async () =>
    Boolean((await window.ask('seed.draft.get', { seed })).draft?.label.endsWith('letter')),
  );
  process.kill(window.enginePid(), 'SIGKILL');
  await window.engineReady(state => state.problem?.code === 'engine.died');
  assert.equal(await label().inputValue(), 'Takes { for a letter');
  await page.reload();
  await window.engineReady();
  await openSeed();
  await label().waitFor();
  await until('the draft is back', async () => (await label().inputValue()) === 'Takes { for a letter');
  assert.deepEqual(await editor().locator('.seed-chip').allInnerTexts(), ['0xA8–0xA9']);
  await label().press('Control+Enter');
  await until('saved', async () => (await annotations()).at(-1)?.label === 'Takes { for a letter');
  await until('forgotten', async () => (await window.ask('seed.draft.get', { seed })).draft === null);
});

test('annotations leave by a file; taking them over asks about each conflict, by keys alone, and is one action', {
  skip,
}, async () => {
  const menu = async (item: string) => {
    await page.getByRole('button', { name: 'Annotations', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const file = join(window.home, 'Documents', 'notes.json');
  await menu('Export');
  await window.choose(file);
  await page.getByRole('button', { name: 'Choose a place' }).click();
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('dialog', { name: 'Annotations exported' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  const [one, two, three] = (await annotations()).filter(each => each.label.startsWith('Part'));
  assert.ok(one && two && three);
  for (const { id, ranges, kind, group } of [one, two, three])
    await window.ask('seed.change', { id, content: { ranges, kind, group, label: 'Said otherwise' } });
  const before = await annotations();

  await menu('Import from a file');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await page.getByRole('button', { name: 'Look at them' }).click();
  const items = page.getByRole('grid', { name: 'Annotations to take over' });
  await focused(items);
  const take = page.getByRole('button', { name: /^(Take over|Nothing to take over)/ });
  assert.ok(await take.isDisabled());
  await page.getByText('3 conflicts wait for a decision').waitFor();
  const here = page.getByRole('region', { name: 'Here', exact: true });
  assert.equal(await here.locator('.merge-differs').innerText(), 'Said otherwise');
  assert.deepEqual(await window.accessibility(), []);
  for (const key of ['p', 'a', 'k']) await page.keyboard.press(key);
  await page.getByText(/1 is added, 1 replaces yours, 1 is left out, \d+ are here already/).waitFor();
  await take.click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const labels = async () => (await annotations()).map(each => each.label).sort();
  const expected = [...before.map(each => each.label), 'Part 1', 'Part 2'];
  expected.splice(expected.indexOf('Said otherwise'), 1);
  assert.deepEqual(await labels(), expected.sort());
  await grid().focus();
  await page.keyboard.press('Control+z');
  await until(
    'all of it is taken back',
    async () =>
      (await labels()).join() ===
      before
        .map(each => each.label)
        .sort()
        .join(),
  );
});

test('a second reviewer works blind, sees nothing of the first, and afterwards both side by side', {
  skip,
}, async () => {
  await reopenAs(SECOND);
  await page.getByRole('button', { name: 'Annotations', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Begin a blind review' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Begin', exact: true }).click();
  await page.getByText('Only what you said yourself is shown').waitFor();
  const empty = await page.getByText('Nobody has said anything of these bytes').boundingBox();
  const head = await page.getByRole('button', { name: 'Order and groups' }).boundingBox();
  assert.ok(empty && head && empty.y > head.y, 'under the head of its list');
  assert.equal(await grid().locator('.hex-explained, .hex-question, .hex-concern').count(), 0);
  assert.ok(!(await page.getByRole('main').innerText()).includes('Part 1'));
  assert.deepEqual(await window.accessibility(), []);
  await select(0, 1);
  await page.keyboard.press('Shift+U');
  await page.keyboard.press('e');
  await focused(label());
  await page.keyboard.type('All of it, by the source');
  await page.keyboard.press('Control+Enter');
  await row('All of it, by the source').waitFor();
  assert.deepEqual(
    (await coverage()).reviewers.map(({ name, bytes }) => [name, bytes]),
    [[SECOND, BYTES.length]],
  );
  await page.getByRole('button', { name: 'End blind review' }).click();
  await page
    .getByRole('dialog')
    .getByText(`You explained ${BYTES.length} of ${BYTES.length} bytes`)
    .waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'End and show all' }).click();
  const disagreements = page.getByRole('grid', { name: 'Disagreements' });
  await disagreements.waitFor();
  const both = await coverage();
  assert.deepEqual([both.byTwo, both.byTwoBlind], [BYTES.length, BYTES.length]);
  const told = (await window.ask('seed.disagreements', { seed })).disagreements;
  assert.equal(told[0]?.what, 'doubt');
  await disagreements.focus();
  await page.keyboard.press('n');
  const sides = page.getByRole('region', { name: 'Disagreement', exact: true });
  await sides.getByText(`Disagreement 1 of ${told.length}`).waitFor();
  assert.deepEqual(
    (await sides.getByRole('heading', { level: 3 }).allInnerTexts()).sort(),
    [FIRST, SECOND].sort(),
  );
  const [first] = told;
  await page
    .locator('.hex-strip')
    .getByText(`0x${first?.offset.toString(16).toUpperCase()}`)
    .first()
    .waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await sides.getByRole('button', { name: 'All of it, by the source' }).click();
  await editor().waitFor();
});

test('by keyboard alone: what is heard on a byte, panes, list, edit, remove, undo, and leaving with words unsaved', {
  skip,
}, async () => {
  const active = async () => {
    const id = await page.locator(':focus').getAttribute('aria-activedescendant');
    return page.locator(`[id="${id}"]`);
  };
  await select(0x92, 1);
  const heard = await (await active()).getAttribute('aria-label');
  assert.match(heard ?? '', /at 0x92/);
  assert.match(heard ?? '', /explained: [^;]*, Tomasz Rybak/);
  await page.keyboard.press('q');
  await focused(label());
  await page.keyboard.type('By keys');
  await page.keyboard.press('Escape');
  await focused(grid());
  await page.keyboard.press('a');
  await focused(label());
  assert.equal(await label().inputValue(), 'By keys');
  await page.keyboard.press('Control+Enter');
  await row('By keys').waitFor();
  await focused(grid());
  const panes = new Set<string | null>();
  for (let i = 0; i < 5; i += 1) {
    await page.keyboard.press('F6');
    panes.add(await page.locator('[data-pane]:focus-within').last().getAttribute('data-pane'));
  }
  assert.ok(panes.size >= 3, [...panes].join());
  await list().focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 200; i += 1) {
    if (/By keys/.test(await (await active()).innerText())) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await focused(label());
  await page.keyboard.press('End');
  await page.keyboard.type(', changed');
  await page.keyboard.press('Control+Enter');
  await row('By keys, changed').waitFor();
  const mine = (await annotations()).find(each => each.label === 'By keys, changed');
  assert.equal(mine?.kind, 'question');
  await list().focus();
  await page.keyboard.press('Delete');
  await row('By keys, changed').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await row('By keys, changed').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type('disagreement');
  await page.getByRole('option', { name: 'Next disagreement' }).waitFor();
  await page.keyboard.press('Escape');
});

test('the seed is compared with a file that a person chose: aligned, from difference to difference, and back', {
  skip,
}, async () => {
  const other = join(window.home, 'Documents', 'other-seed');
  const inserted = Buffer.from([1, 2, 3, 4]);
  const changed = Buffer.from(BYTES);
  changed[0x90] = (BYTES[0x90] ?? 0) ^ 0xff;
  writeFileSync(other, Buffer.concat([changed.subarray(0, 0x40), inserted, changed.subarray(0x40)]));
  await page.getByRole('button', { name: 'Compare seed' }).click();
  await window.choose(other);
  await page.getByRole('dialog').getByRole('button', { name: 'Choose a file' }).click();
  await page.getByText('1 byte changed, 4 bytes only in the second in 2 places').waitFor();
  await page.getByText('place 1 of 2').waitFor();
  await page.keyboard.press('n');
  await page.getByText('place 2 of 2').waitFor();
  const before = (await annotations()).length;
  await page.keyboard.press('q');
  assert.equal(await label().count(), 0);
  assert.deepEqual(await window.accessibility(), []);
  await page.keyboard.press('Escape');
  await focused(grid());
  assert.equal((await annotations()).length, before);
});

test('the page wrote no error', { skip }, () => {
  assert.deepEqual(
    window.errors.filter(error => !/192\.0\.2\.1|webrtc/.test(error)),
    [],
  );
});
