import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noTool } from '../support/tool-kit.ts';
import { openToolCase, showPage } from './support/tool-case.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = (await noWindow()) || noTool;

test('a log of 20 MB is opened, searched and walked through, with few lines on the page and nothing that acts', {
  skip,
}, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  const steps = [{ operations: ['print', '\u001b[31mred', ';', 'pour', '20000', ';', 'print', 'the end'] }];
  await openToolCase(window, 'log', steps);
  const refused = await window.ask('replay.run', { observe: false });
  assert.match(refused.failure?.reason ?? '', /it printed or did so much/);
  const stepLimits = { output: 64 << 20 };
  const replay = await window.ask('replay.run', { observe: false, again: true, stepLimits });
  assert.equal(replay.outcome, 'completed');
  await showPage(window, 4);
  await page.getByRole('grid').getByRole('row').nth(2).click();
  const log = page.getByRole('region', { name: 'Output', exact: true });
  await page.getByText('20,002 lines').waitFor();
  await log.getByText('[31mred').waitFor();
  assert.equal(await log.locator('.boxed').first().textContent(), 'ESC');

  await page.getByLabel('Search this log').fill('THE END');
  await page.keyboard.press('Enter');
  await page.getByText('1 of 1 line').waitFor();
  await log.locator('.log-marked').filter({ hasText: '20,002' }).filter({ hasText: 'the end' }).waitFor();
  assert.equal(await log.locator('.log-hit').textContent(), 'the end');
  // What stands far to the right in a long line is brought into view.
  await page.getByLabel('Search this log').fill('0004242');
  await page.keyboard.press('Enter');
  const hit = log.locator('.log-hit').filter({ hasText: '0004242' });
  await hit.waitFor();
  const [at, view] = [await hit.boundingBox(), await log.boundingBox()];
  assert.ok(at && view && at.x >= view.x && at.x + at.width <= view.x + view.width, 'the hit is in view');
  await page.getByLabel('Search this log').fill('THE END');
  await page.keyboard.press('Enter');
  await page.getByText('1 of 1 line').waitFor();
  await page.getByLabel('Match case').check({ force: true });
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText('not found').waitFor();
  await page.getByLabel('Go to line').fill('10,002');
  await page.keyboard.press('Enter');
  await log
    .locator('.log-marked')
    .filter({ hasText: /^10,0020+10000$/ })
    .waitFor();
  const drawn = await log.locator('.log-line').count();
  assert.ok(drawn > 5 && drawn < 300, `${drawn} lines`);
  assert.deepEqual(await window.accessibility(), []);
});

test('the output of a running step is followed, paused and searched while it comes', { skip }, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  const steps = [{ operations: ['pour', '20000', ';', 'print', 'so far', ';', 'sleep', '60000'] }];
  await openToolCase(window, 'output', steps);
  const stepLimits = { output: 64 << 20 };
  const replay = window.ask('replay.run', { observe: false, stepLimits }).catch(() => null);
  const output = page.getByRole('region', { name: 'Output of the running step' });
  const log = page.getByRole('region', { name: 'Output of the running replay' });
  await log.getByText('so far', { exact: true }).waitFor();
  const follow = output.getByLabel('Follow output');
  assert.ok(await follow.isChecked());
  await log.hover();
  await page.mouse.wheel(0, -4000);
  await log.getByText('so far', { exact: true }).waitFor({ state: 'detached' });
  assert.ok(!(await follow.isChecked()));
  await output.getByLabel('Search this log').fill('SO FAR');
  await page.keyboard.press('Enter');
  await output.getByText('1 of 1 line').waitFor();
  await log.locator('.log-marked').filter({ hasText: 'so far' }).waitFor();
  assert.deepEqual(await window.accessibility(), []);
  await output.getByLabel('Go to line').fill('1');
  await page.keyboard.press('Enter');
  await log.getByText('[step 2]').waitFor();
  await page.reload();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Chain/ })
    .click();
  await log.getByText('so far', { exact: true }).waitFor();
  await window.ask('replay.stop', { when: 'now' });
  await replay;
  await output.waitFor({ state: 'detached' });
});
