import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { buildApp } from '../../scripts/build.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { Display } from '../e2e/support/display.ts';
import { writeSampleBundle } from '../e2e/support/sample-bundle.ts';
import {
  electronArguments,
  environment,
  framesOf,
  HELD_APP,
  noWindow,
  TestWindow,
} from '../e2e/support/window.ts';
import { header } from '../engine/bundle/tar-maker.ts';
import { longKit } from '../support/long-kit.ts';
import { logFrames } from './log-frames.ts';

const FILES = Number(process.env.ASSAY_BENCH_WINDOW_FILES ?? 100_000);
/** Size of the large file in bytes. */
const LARGE = Number(process.env.ASSAY_BENCH_LARGE ?? 2 ** 31);
const ACTIONS = Number(process.env.ASSAY_BENCH_ACTIONS ?? 2000);
/** Steps and stages of the long chain. */
const STEPS = Number(process.env.ASSAY_BENCH_GRAPH_STEPS ?? 5000);
const STAGES = Number(process.env.ASSAY_BENCH_GRAPH_STAGES ?? 170);
const STARTS = 3;
/** Wheel events of one scroll. */
const WHEELS = 120;

/** Memory of the processes in megabytes. */
interface Memory {
  readonly main: number;
  readonly page: number;
  readonly engine: number;
}

/**
 * The window against an empty Electron window on the same display: start, memory, frames of a scroll; and a case with many files
 * against the embedded one.
 */
export async function benchWindow(): Promise<void> {
  const reason = await noWindow();
  if (reason) {
    console.log(`window: not measured: ${reason}`);
    return;
  }
  await buildApp();
  const work = mkdtempSync(join(tmpdir(), 'assay-bench-window-'));
  try {
    await using display = await Display.start();
    const empty = await emptyWindow(work, display);
    const own = await ownWindow(join(work, 'home'), display);
    const ratio = (a: number, b: number) => (a / b).toFixed(2);
    console.log(
      [
        `window: usable after ${seconds(own.start)}, ${ratio(own.start, empty.start)} of an empty window; memory at start ${megabytes(own.before)} (empty window: main ${empty.memory.main} MB, page ${empty.memory.page} MB)`,
        `a case of ${FILES} files and one of ${(LARGE / 2 ** 30).toFixed(1)} GiB is open after ${seconds(own.openMany)}, ${ratio(own.openMany, own.openFew)} of one with 19 files`,
        `frames while scrolling: plain list in an empty window ${frameWords(empty.frames)}; tree ${frameWords(own.tree)}; bytes of the large file at first ${frameWords(own.hex)}, again ${frameWords(own.again)}`,
        `the large file is shown after ${seconds(own.shown)}, checked after ${seconds(own.checked)}, searched in ${seconds(own.found.took)} (frames ${frameWords(own.found.frames)}); then ${megabytes(own.looked)}`,
        ...own.graph,
        ...own.log,
        `after ${ACTIONS} actions in ${seconds(own.acting)}: ${megabytes(own.after)}`,
      ].join('\n  '),
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** An Electron window with a plain list of rows in it. */
async function emptyWindow(work: string, display: Display) {
  const app = join(work, 'empty');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.js"}');
  writeFileSync(
    join(app, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadFile('index.html'));`,
  );
  const rows = Array.from({ length: 5000 }, (_, i) => `<div>row ${i}</div>`).join('');
  writeFileSync(join(app, 'index.html'), `<!doctype html><title>empty</title>${rows}`);
  const { program } = await electronRuntime();
  const starts: number[] = [];
  let measured: { frames: number[]; memory: Memory } | undefined;
  for (let i = 0; i < STARTS; i += 1) {
    const begin = performance.now();
    const started = await _electron.launch({
      executablePath: program,
      args: [...electronArguments(), HELD_APP, app],
      env: environment(join(work, `empty-${i}`), display),
    });
    const page = await started.firstWindow();
    await page.waitForLoadState();
    starts.push(performance.now() - begin);
    const scroll = () => wheel(page, 700, 450);
    measured = { frames: await framesOf(page, scroll), memory: await memory(started, null) };
    await started.close();
  }
  if (!measured) throw new Error('nothing was measured');
  return { start: median(starts), ...measured };
}

/** The graph of a long chain: until it is there, frames while it is moved, collapsed and with every lane expanded, near and from afar. */
export async function graphFrames(window: TestWindow): Promise<string[]> {
  const { page, home } = window;
  const kit = longKit(join(home, 'long-kit'), STEPS, STAGES);
  await window.choose(kit);
  const kitFolder = (await window.desktop('choose.kit', {}))?.grant ?? '';
  await window.choose(join(home, 'long'));
  const place = await window.desktop('choose.new-case', { name: 'long' });
  await window.ask('case.create', { location: place?.grant ?? '', name: 'long', kitFolder, by: 'Ada' });
  await window.choose(join(kit, 'bundle'));
  const bundle = await window.desktop('choose.bundle', { as: 'folder' });
  await window.ask('bundle.import', { locations: [bundle?.grant ?? ''] });
  await page.reload();
  const begin = performance.now();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Chain/ })
    .click();
  const graph = page.getByRole('application', { name: /chain as a graph/ });
  await graph.getByRole('img').first().waitFor();
  const opened = performance.now() - begin;
  const box = await graph.boundingBox();
  if (!box) throw new Error('no graph is shown');
  const over = () => toAndFro(page, box.x + 300, box.y + 120);
  const collapsed = await window.frames(over);
  await graph.focus();
  const expanding = performance.now();
  const growing = await window.frames(async () => {
    await page.keyboard.press('e');
    await graph.getByRole('img', { name: /made-/ }).first().waitFor();
  });
  const expanded = performance.now() - expanding;
  const whole = await window.frames(over);
  const zooming = await window.frames(() => inAndOut(page, box.x + 300, box.y + 120, 'out'));
  await page.keyboard.press('f');
  const far = await window.frames(() => inAndOut(page, box.x + 300, box.y + 120, 'in'));
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('+');
  const aside = await window.frames(over);
  return [
    `the graph of ${STEPS} steps in ${STAGES} stages is there after ${seconds(opened)}, all lanes expanded after ${seconds(expanded)} (frames ${frameWords(growing)})`,
    `frames while scrolling the graph: collapsed ${frameWords(collapsed)}; expanded ${frameWords(whole)}; from afar ${frameWords(aside)}`,
    `frames while zooming the expanded graph: from its actual size ${frameWords(zooming)}; from where it is whole in view ${frameWords(far)}`,
  ];
}

/** Scrolls down and aside and back, so that all the way something new comes into view. */
async function toAndFro(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  for (const way of [1, -1, 1, -1])
    for (let i = 0; i < WHEELS / 4; i += 1) await page.mouse.wheel(way * 120, way * 90);
  await page.waitForTimeout(300);
}

/** Makes the graph larger and smaller again, or the other way round, step by step. */
async function inAndOut(page: Page, x: number, y: number, first: 'in' | 'out'): Promise<void> {
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  for (const way of first === 'in' ? [-1, 1] : [1, -1])
    for (let i = 0; i < 10; i += 1) await page.mouse.wheel(0, way * 100);
  await page.keyboard.up('Control');
  await page.waitForTimeout(300);
}

/** Assay's window: starts, opens a small case and a large one, scrolls, and is worked in for long. */
async function ownWindow(home: string, display: Display) {
  mkdirSync(home);
  const starts: number[] = [];
  for (let i = 1; i < STARTS; i += 1) {
    const begin = performance.now();
    await using window = await TestWindow.open({ home, display });
    await window.page.getByRole('heading', { name: 'No case open' }).waitFor();
    starts.push(performance.now() - begin);
    if (i > 1) continue;
    await window.desktop('preferences.set', { person: { name: 'Ada', role: 'auditor' } });
    await makeCase(window, 'few', []);
    const archive = join(home, 'large.tar');
    makeArchive(archive);
    await makeCase(window, 'many', [archive]);
  }
  const begin = performance.now();
  await using window = await TestWindow.open({ home, display });
  const { page } = window;
  await page.getByRole('heading', { name: 'No case open' }).waitFor();
  starts.push(performance.now() - begin);
  const before = await memory(window.app, window.enginePid());
  // The first opening loads what the page needs for any case.
  await openRecent(window, 'few');
  await closeCase(window);
  const openFew = await openRecent(window, 'few');
  await closeCase(window);
  const openMany = await openRecent(window, 'many');
  const large = await scrolls(window);
  const looked = await memory(window.app, window.enginePid());
  const working = performance.now();
  await act(window);
  const acting = performance.now() - working;
  const after = await memory(window.app, window.enginePid());
  const graph = await graphFrames(window);
  const log = await logFrames(window, frameWords);
  return { start: median(starts), before, openFew, openMany, ...large, looked, acting, after, graph, log };
}

async function makeCase(window: TestWindow, name: string, archives: readonly string[]): Promise<void> {
  await window.choose(join(window.home, name));
  const place = await window.desktop('choose.new-case', { name });
  await window.ask('case.create', { location: place?.grant ?? '', name, kit: 'bedrock-amd64', by: 'Ada' });
  await window.choose(...archives);
  const chosen = archives.length > 0 ? await window.desktop('choose.bundle', { as: 'file' }) : null;
  await window.ask('bundle.import', { locations: chosen ? [chosen.grant] : [] });
}

/** From the click on a recent case until its tree is there, in milliseconds. */
async function openRecent({ page }: TestWindow, name: string): Promise<number> {
  const begin = performance.now();
  await page.getByRole('button', { name, exact: true }).first().click();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Bundle/ })
    .click();
  await page.getByRole('treegrid').getByText('bedrock.sha256').waitFor();
  return performance.now() - begin;
}

async function closeCase({ page }: TestWindow): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type('Close this case');
  await page.getByRole('option', { name: 'Close this case' }).click();
  await page.getByRole('heading', { name: 'No case open' }).waitFor();
}

async function scrolls(window: TestWindow) {
  const { page } = window;
  const tree = page.getByRole('treegrid');
  await tree.getByText('many').first().dblclick();
  await tree.getByText('file-000000').waitFor();
  const treeFrames = await window.frames(() => wheel(page, 350, 500));
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.type('/large.bin');
  const begin = performance.now();
  await page.getByRole('option', { name: /large\.bin/ }).click();
  const grid = page.getByRole('grid', { name: /Bytes of/ });
  await grid.waitFor();
  const box = await grid.boundingBox();
  if (!box) throw new Error('no bytes are shown');
  await grid.locator('.hex-cell', { hasText: '··' }).first().waitFor({ state: 'detached', timeout: 120_000 });
  const shown = performance.now() - begin;
  const hex = await window.frames(() => wheel(page, box.x + 200, box.y + 200));
  await page.locator('.hex-check').getByText('Checked').waitFor({ timeout: 120_000 });
  const checked = performance.now() - begin;
  const again = await window.frames(() => wheel(page, box.x + 200, box.y + 200));
  const found = await search(window);
  return { tree: treeFrames, hex, again, shown, checked, found };
}

/** From the last key until it is said that four bytes stand nowhere, and the frames meanwhile. */
async function search(window: TestWindow) {
  const { page } = window;
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Bytes in hex' }).fill('de ad be ef');
  const begin = performance.now();
  const said = page.getByRole('search', { name: 'Find bytes' }).getByText('None');
  const frames = await window.frames(() => said.waitFor({ timeout: 120_000 }));
  const took = performance.now() - begin;
  await page.keyboard.press('Escape');
  return { took, frames };
}

/** What a person does for a long time: goes round the pages, reads, comments and takes it back. */
async function act(window: TestWindow): Promise<void> {
  const { page } = window;
  for (let i = 0; i < ACTIONS; i += 5) {
    await page.keyboard.press(`Control+${((i / 5) % 7) + 1}`);
    const path = `many/file-${String((i * 37) % FILES).padStart(6, '0')}.txt`;
    await window.ask('bundle.text', { path });
    await window.ask('bundle.children', {
      folder: 'many',
      offset: (i * 31) % FILES,
      limit: 200,
    });
    await window.ask('bundle.comment', { path, line: 1, text: `Read, number ${i}` });
    await window.ask('review.undo', {});
  }
}

/** Turns the wheel over a place of the page, a notch every frame or so. */
async function wheel(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  for (let i = 0; i < WHEELS; i += 1) await page.mouse.wheel(0, 300);
  await page.waitForTimeout(300);
}

async function memory(app: ElectronApplication, engine: number | null): Promise<Memory> {
  const metrics = await app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, memory }) => ({ type, kilobytes: memory.workingSetSize })),
  );
  const of = (type: string) =>
    Math.round((metrics.find(each => each.type === type)?.kilobytes ?? Number.NaN) / 1024);
  const status = engine === null ? '' : readFileSync(`/proc/${engine}/status`, 'utf8');
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return { main: of('Browser'), page: of('Tab'), engine: Math.round(resident / 1024) };
}

/** The bundle with many files, and at its end one large file of zeros, of which the disk holds nothing. */
function makeArchive(path: string): void {
  writeSampleBundle(path, FILES);
  const end = statSync(path).size - 1024;
  const fd = openSync(path, 'r+');
  writeSync(fd, header({ name: 'large.bin', size: LARGE }), 0, 512, end);
  ftruncateSync(fd, end + 512 + Math.ceil(LARGE / 512) * 512 + 1024);
  closeSync(fd);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const megabytes = ({ main, page, engine }: Memory) => `main ${main} MB, page ${page} MB, engine ${engine} MB`;

function frameWords(frames: readonly number[]): string {
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  return `${at(0.5)} / ${at(0.95)} / ${at(1)} ms (half, 95 %, longest)`;
}

if (import.meta.main) await benchWindow();
