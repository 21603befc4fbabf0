import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ToolStep, writeToolKit } from '../../support/tool-kit.ts';
import type { TestWindow } from './window.ts';

/** Makes a case of a kit of the test program through the bridge, with its bundle, and shows a page of it. */
export async function openToolCase(
  window: TestWindow,
  name: string,
  steps: readonly ToolStep[],
  more?: string,
): Promise<void> {
  const kit = join(window.home, `${name}-kit`);
  mkdirSync(kit, { recursive: true });
  writeToolKit(kit, steps, more);
  await window.choose(kit);
  const kitFolder = (await window.desktop('choose.kit', {}))?.grant ?? '';
  await window.choose(join(window.home, 'Documents', name));
  const location = (await window.desktop('choose.new-case', { name }))?.grant ?? '';
  await window.ask('case.create', { location, name, kitFolder, by: 'Ada' });
  await window.choose(join(kit, 'bundle'));
  const bundle = (await window.desktop('choose.bundle', { as: 'folder' }))?.grant ?? '';
  await window.ask('bundle.import', { locations: [bundle] });
  await showPage(window, 4);
}

/** Loads the page of the window anew and goes to one of the seven by its key. */
export async function showPage(window: TestWindow, page: number): Promise<void> {
  await window.page.reload();
  await window.page.getByRole('navigation').getByRole('button').first().waitFor();
  await window.page.keyboard.press(`Control+${page}`);
}

/** A step that takes this many milliseconds and writes a file. */
export function nap(i: number, ms: number): ToolStep {
  const operations = ['print', `output of nap ${i}`, ';', 'sleep', String(ms), ';', 'write', `out/${i}`, 'x'];
  return { operations, outputs: [`out/${i}`], stage: i < 3 ? 'one' : 'two' };
}
