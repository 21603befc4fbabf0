import { openToolCase, showPage } from '../e2e/support/tool-case.ts';
import { TestWindow } from '../e2e/support/window.ts';
import { noTool } from '../support/tool-kit.ts';

/** Lines of the log, of 1,024 bytes each. */
const LINES = Number(process.env.ASSAY_BENCH_LOG_LINES ?? 102_400);

/** A log of 100 MB: until it is there, frames while it is scrolled and searched, and how many of its lines the page holds. */
export async function logFrames(
  window: TestWindow,
  words: (frames: readonly number[]) => string,
): Promise<string[]> {
  if (noTool) return [`log: not measured: ${noTool}`];
  const { page } = window;
  await openToolCase(window, 'log', [{ operations: ['pour', String(LINES)] }]);
  const stepLimits = { output: LINES * 2048 };
  await window.ask('replay.run', { observe: false, stepLimits });
  await showPage(window, 4);
  const row = page.getByRole('grid').getByRole('row').nth(2);
  await row.waitFor();
  const begin = performance.now();
  await row.click();
  await page.getByText(`${LINES.toLocaleString('en-US')} lines`).waitFor();
  const opened = performance.now() - begin;
  await page.getByRole('region', { name: 'Output', exact: true }).hover();
  const scrolled = await window.frames(async () => {
    for (let i = 0; i < 120; i += 1) await page.mouse.wheel(0, 900);
  });
  const searching = performance.now();
  const searched = await window.frames(async () => {
    await page.getByLabel('Search this log').fill(String(LINES - 1));
    await page.keyboard.press('Enter');
    await page.getByText('1 of 1 line').waitFor();
  });
  const took = performance.now() - searching;
  const seconds = (time: number) => `${(time / 1000).toFixed(2)} s`;
  return [
    `a log of ${Math.round((LINES * 1024) / 1e6)} MB is there after ${seconds(opened)}, searched in ${seconds(took)}; frames scrolled ${words(scrolled)}, searched ${words(searched)}; ${await page.locator('.log-line').count()} lines on the page`,
  ];
}

if (import.meta.main) {
  await using window = await TestWindow.open();
  const words = (frames: readonly number[]) => {
    const sorted = [...frames].sort((a, b) => a - b);
    return `${sorted[Math.floor(sorted.length * 0.95)]?.toFixed(1)} ms at 95 %, ${sorted.at(-1)?.toFixed(1)} at most`;
  };
  console.log((await logFrames(window, words)).join('\n'));
}
