import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCase } from './support/audit.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();

/** What the newest replay says, without what only a clock says. */
async function told(window: TestWindow) {
  return {
    verdict: await window.ask('verdict.get', {}),
    artifacts: await window.ask('chain.artifacts', {}),
    findings: await window.ask('findings.list', {}),
  };
}

test('an engine that is killed in the middle of a replay is named; the replay goes on and tells the same', {
  skip,
}, async () => {
  await using window = await TestWindow.open();
  const { page } = window;
  const button = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
  await createCase(window, 'whole');
  await window.ask('bundle.import', { locations: [] });
  await window.ask('replay.run', {});
  const whole = await told(window);

  await createCase(window, 'killed');
  await window.ask('bundle.import', { locations: [] });
  await page.reload();
  await page.getByRole('navigation').getByRole('button').first().waitFor();
  await page.keyboard.press('Control+4');
  await button('Replay').click();
  const engine = window.enginePid();
  // The whole replay takes half a second on a quiet machine: the window is asked as fast as it answers.
  while (((await window.ask('case.summary', {}))?.replay?.done ?? 0) < 2);
  process.kill(engine, 'SIGKILL');
  await page.getByRole('alert').filter({ hasText: 'it was started again with the case' }).waitFor();
  const [broken, ...others] = await window.ask('replay.list', {});
  assert.equal(broken?.outcome, 'unfinished');
  assert.ok(broken.done > 0 && broken.done < broken.steps, `${broken.done} steps were kept`);
  assert.deepEqual(others, []);

  await page
    .getByRole('navigation')
    .getByText(/step \d+ of 25/)
    .waitFor();
  await page
    .getByRole('main')
    .getByRole('button', { name: /Resume at step/ })
    .click();
  await button('Replay again').waitFor({ timeout: 60_000 });
  const replays = await window.ask('replay.list', {});
  assert.deepEqual(
    replays.map(({ outcome, done }) => ({ outcome, done })),
    [{ outcome: 'completed', done: broken.steps }],
  );
  assert.deepEqual(await told(window), whole);

  const file = join(window.home, 'Documents', 'killed.assay.tar');
  await window.choose(file);
  const target = await window.desktop('choose.target', { name: 'killed.assay.tar' });
  await window.ask('report.export', { location: target?.grant ?? '' });
  const [report] = await window.desktop('choose.reports', { several: false });
  const verified = await window.ask('report.verify', { location: report?.grant ?? '' });
  assert.equal(verified.verification.valid, true);
});
