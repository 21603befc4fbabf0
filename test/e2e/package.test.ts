import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium } from 'playwright-core';
import { assayIdentity, INSTALLATION } from '../../main/engine/base/index.ts';
import { probeObserver, probeRuntimes } from '../../main/engine/replay/index.ts';
import { UNPACKED } from '../../scripts/dist.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { temporaryFolder } from '../support/folders.ts';
import { Display } from './support/display.ts';
import { electronArguments, environment, noWindow } from './support/window.ts';

const skip = await noWindow();
const folder = temporaryFolder();
const installed = join(folder, 'opt', 'Assay');
const home = join(folder, 'home');

/** Where nothing of the project can be found by going up. */
before(() => {
  if (skip) return;
  const made = spawnSync(process.execPath, [join(INSTALLATION, 'scripts', 'dist.ts'), 'dir'], {
    encoding: 'utf8',
  });
  assert.equal(made.status, 0, made.stderr);
  cpSync(UNPACKED, installed, { recursive: true, verbatimSymlinks: true });
  mkdirSync(home);
});

/** The address at which a Chromium lets itself be driven, from what it prints. */
async function devtoolsAddress(child: ChildProcess): Promise<string> {
  let said = '';
  for (;;) {
    const [chunk] = (await once(child.stderr ?? child, 'data')) as [Buffer];
    said += chunk.toString();
    const [, address] = said.match(/DevTools listening on (ws:\S+)/) ?? [];
    if (address) return address;
  }
}

test('the packaged window opens as a user starts it and says what it is', { skip }, async () => {
  await using display = await Display.start();
  const args = [...electronArguments(), '--remote-debugging-port=0'];
  const child = spawn(join(installed, 'assay-window'), args, {
    env: { ...environment(home, display), PATH: '/usr/bin:/bin' },
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  try {
    const browser = await chromium.connectOverCDP(await devtoolsAddress(child));
    const page = browser.contexts()[0]?.pages()[0];
    assert.ok(page);
    await page.waitForLoadState();
    const { info, kits } = await page.evaluate(async () => {
      const { assay } = globalThis as unknown as Window;
      return { info: await assay.desktop('app.info', {}), kits: await assay.request('kits.list', {}) };
    });
    assert.equal(info.packaged, true);
    assert.ok(JSON.parse(kits).length > 0);
    const { standIn } = await electronRuntime();
    assert.equal(
      info.development.some(each => each.includes('stands in')),
      standIn,
    );
    const screenshots = process.env.ASSAY_SCREENSHOTS;
    if (screenshots) await page.screenshot({ path: join(screenshots, 'package.png') });
    await page.evaluate(() => void (globalThis as unknown as Window).assay.desktop('window.close', {}));
    await ended;
  } finally {
    child.kill('SIGKILL');
  }
});

test('its fuses are set: no Node, no inspector, nothing but its own archive', { skip }, async () => {
  const wire = await getCurrentFuseWire(join(installed, 'assay-window'));
  const state = (fuse: FuseV1Options) => wire[fuse];
  for (const off of [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  ])
    assert.equal(state(off), FuseState.DISABLE, FuseV1Options[off]);
  for (const on of [FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.EnableCookieEncryption])
    assert.equal(state(on), FuseState.ENABLE, FuseV1Options[on]);
  assert.deepEqual(
    readdirSync(join(installed, 'resources')).filter(name => name.startsWith('app')),
    ['app.asar'],
  );
});

/** Every program of the machine but Node. */
function pathWithoutNode(): string {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  for (const name of readdirSync('/usr/bin'))
    if (!/^(node|nodejs|npm|npx)$/.test(name)) symlinkSync(join('/usr/bin', name), join(programs, name));
  return programs;
}

test('its assay command audits the embedded chain on a machine without Node', { skip }, async t => {
  const runtimes = await probeRuntimes();
  if (!runtimes.some(each => each.usable) || !(await probeObserver()).usable)
    return t.skip('no container runtime or strace');
  const command = join(folder, 'bin', 'assay');
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(installed, 'resources', 'bin', 'assay'), command);
  const out = join(folder, 'audit');
  const PATH = pathWithoutNode();
  const run = (...args: string[]) =>
    spawnSync(command, args, { cwd: home, encoding: 'utf8', env: { HOME: home, PATH } });
  assert.equal(spawnSync('node', { env: { PATH } }).error?.message, 'spawnSync node ENOENT');
  const audit = run('audit', '--case', out, '--json');
  assert.equal(audit.status, 0, audit.stderr);
  const { report } = JSON.parse(audit.stdout) as { report: string };
  const verified = run('verify', report, '--json');
  assert.equal(verified.status, 0, verified.stderr);
  const inside = spawnSync('tar', ['-xOf', report, '--wildcards', '*/report.json'], { encoding: 'utf8' });
  const { assay } = JSON.parse(inside.stdout) as { assay: { version: string } };
  const { version, sha256 } = assayIdentity();
  const { standIn } = await electronRuntime();
  assert.equal(assay.version, standIn ? `${version}+development` : version);
  assert.ok(run('doctor').stdout.includes(sha256), 'the engine in the package is the one of the sources');
});
