import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCase } from './support/audit.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();

test('the structure of a seed and its bytes are one selection, whole by keyboard', { skip }, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  await createCase(window, 'Structure');
  await window.ask('bundle.import', { locations: [] }, 'import');
  await page.getByRole('navigation').getByRole('button').first().waitFor();
  await page.keyboard.press('Control+3');
  const tree = page.getByRole('treegrid', { name: 'Structure' });
  const facts = page.getByRole('region', { name: 'The selected part' });
  const selected = () => tree.getByRole('row', { selected: true });

  // The names of the code come with the instructions, and the tree is built again with them.
  await page.getByText('syscall').first().waitFor();
  await facts.getByText('EI_MAG').waitFor();
  await selected().getByText('EI_MAG').waitFor();

  // From the tree to the bytes.
  await tree.focus();
  const down = async (rows: number) => {
    for (let i = 0; i < rows; i += 1) await page.keyboard.press('ArrowDown');
  };
  await down(10);
  await selected().getByText('e_entry = 0x400078').waitFor();
  await facts.getByText('0x18–0x1F').waitFor();
  await page
    .getByText(/^0x18.0x1F, 8 B$/)
    .first()
    .waitFor();
  await down(8);
  await selected().getByText('e_shnum = 0').waitFor();
  await facts.getByText('note', { exact: true }).waitFor();
  await facts.getByText(/^There are no section headers/).waitFor();

  // From the bytes to the tree: what was closed is opened on the way.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await tree.getByRole('row', { name: /^ELF header/, expanded: false }).waitFor();
  await page.getByRole('grid', { name: /^Bytes of/ }).focus();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 0x12; i += 1) await page.keyboard.press('ArrowRight');
  await selected().getByText('e_machine = EM_X86_64').waitFor();
  await facts.getByText(/AMD x86-64/).waitFor();

  // The names of the source stand under the code.
  await tree.focus();
  await page.keyboard.press('End');
  await page.waitForFunction(
    `document.querySelector('.structure .tree-selected')?.getAttribute('aria-level') === '2'`,
  );

  // A field becomes an annotation with its range and name.
  await page.keyboard.type('p_flags');
  await facts.getByText('p_flags').waitFor();
  await page.keyboard.press('f');
  await page.waitForFunction(`document.activeElement?.getAttribute('aria-label') === 'Label'`);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('treegrid', { name: 'Annotations' }).getByText('p_flags = RX').waitFor();
  const [seed] = await window.ask('seed.list', {});
  const { annotations } = await window.ask('seed.annotations', { seed: seed?.seed.sha256 ?? '' });
  assert.deepEqual(
    annotations.map(({ ranges, label, kind }) => [ranges, label, kind]),
    [[[{ offset: 0x44, length: 4 }], 'p_flags = RX', 'explained']],
  );

  // A program of the bundle shows its structure below its bytes, over one selection.
  await page.keyboard.press('Control+p');
  await page.keyboard.type('kaem-seed');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  const below = page.getByRole('region', { name: 'Structure', exact: true });
  await below.getByText('EI_MAG').first().waitFor();
  await page.getByRole('grid', { name: /^Bytes of/ }).focus();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 0x10; i += 1) await page.keyboard.press('ArrowRight');
  await below.getByRole('row', { selected: true }).getByText('e_type = ET_EXEC').waitFor();

  const own = (await window.accessibility()).filter(each => each.includes('tructure'));
  assert.deepEqual(own, []);
});
