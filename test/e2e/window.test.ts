import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { APP } from '../../scripts/build.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { createCase } from './support/audit.ts';
import { BridgeError, electronArguments, environment, noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();
const code = (expected: string) => (error: unknown) =>
  error instanceof BridgeError && error.problem.code === expected;

/** One window for the tests that leave it as it was. */
let window: TestWindow;

before(async () => {
  if (!skip) window = await TestWindow.open();
});
after(() => window?.[Symbol.asyncDispose]());

test('the window opens, its engine is ready, and it says what it is', { skip }, async () => {
  assert.equal(await window.page.title(), 'Assay');
  const info = await window.desktop('app.info', {});
  assert.equal(info.packaged, false);
  assert.ok(info.development.length > 0);
  assert.match(info.engineNode, /^2[4-9]\./);
  assert.ok((await window.ask('kits.list', {})).length > 0);
  const state = await window.desktop('window.state', {});
  assert.equal(state.maximized, false);
  assert.deepEqual(
    window.errors.filter(each => !each.includes('192.0.2.1') && !each.includes('connect')),
    [],
  );
});

test('an engine that dies is started again, with the case', { skip }, async () => {
  await createCase(window, 'kept');
  const pid = window.enginePid();
  process.kill(pid, 'SIGKILL');
  const state = await window.engineReady(each => each.problem?.code === 'engine.died');
  assert.equal(state.reopened?.name, 'kept');
  assert.notEqual(window.enginePid(), pid);
  assert.equal((await window.ask('case.summary', {}))?.name, 'kept');
});

test('a person works on after closing: settings, recent cases and place are remembered', {
  skip,
}, async () => {
  await using first = await TestWindow.open();
  const made = await createCase(first, 'again');
  await first.desktop('preferences.set', {
    theme: 'dark',
    person: { name: 'Ada', role: 'reviewer' },
    zoom: 1.25,
  });
  await first.page.locator('body.bp6-dark').waitFor();
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 1200, height: 700 }),
  );
  const pid = first.enginePid();
  await first.close();
  assert.throws(() => process.kill(pid, 0), /ESRCH/);
  const { home, display } = first;
  await using second = await TestWindow.open({ home, display });
  const preferences = await second.desktop('preferences.get', {});
  assert.deepEqual(
    [preferences.theme, preferences.zoom, preferences.person?.role],
    ['dark', 1.25, 'reviewer'],
  );
  assert.ok(await second.page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches'));
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  assert.deepEqual(bounds, { x: 40, y: 50, width: 1200, height: 700 });
  const [recent] = await second.desktop('recent.list', {});
  assert.equal(recent?.id, made.id);
  assert.ok(recent?.there);
  const grant = await second.desktop('recent.grant', { id: made.id });
  const opened = await second.ask('case.open', { location: grant?.grant ?? '', by: 'Ben' });
  assert.equal(opened.logHead, made.logHead);
  assert.equal(await second.desktop('recent.grant', { id: 'unknown' }), null);
});

test('a second start shows the window that is there', { skip }, async () => {
  await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const { program } = await electronRuntime();
  const { status } = spawnSync(program, [...electronArguments(), APP], {
    env: environment(window.home, window.display),
    timeout: 30_000,
  });
  assert.equal(status, 0);
  const windows = await window.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(each => each.isVisible()),
  );
  assert.deepEqual(windows, [true]);
});

test('what is wrong with a request is answered', { skip }, async () => {
  const any = window as unknown as {
    ask(method: string, params: unknown): Promise<unknown>;
    desktop(method: string, params: unknown): Promise<unknown>;
  };
  for (const method of ['toString', 'constructor', 'case.opn', '']) {
    await assert.rejects(any.ask(method, {}), code('request.unknown'));
    await assert.rejects(any.desktop(method, {}), code('request.unknown'));
  }
  await assert.rejects(any.ask('case.summary', { more: 1 }), code('request.invalid'));
  await assert.rejects(any.desktop('preferences.set', { theme: 'purple' }), code('request.invalid'));
  await assert.rejects(any.desktop('choose.target', { name: '../../etc/passwd' }), code('request.invalid'));
  await assert.rejects(window.ask('case.open', { location: '/etc', by: 'Ada' }), code('grant.invalid'));
  await window.choose('/etc');
  const bundle = await window.desktop('choose.bundle', { as: 'folder' });
  await assert.rejects(
    window.ask('case.open', { location: bundle?.grant ?? '', by: 'Ada' }),
    code('grant.invalid'),
  );
  await window.choose();
  assert.equal(await window.desktop('choose.case', {}), null);
});

test('a page that crashes is loaded again, and the engine goes on', { skip }, async () => {
  const pid = window.enginePid();
  const title = await window.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>(resolve => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    await loaded;
    return contents?.executeJavaScript('window.assay.request("case.summary", {}).then(() => document.title)');
  });
  assert.equal(title, 'Assay');
  assert.equal(window.enginePid(), pid);
});

test('closing while the engine is at work asks first', { skip }, async () => {
  await using busy = await TestWindow.open();
  await createCase(busy, 'busy');
  const answer = (response: number) =>
    busy.app.evaluate(({ BrowserWindow, dialog }, given) => {
      const asked = new Promise<string>(resolve => {
        dialog.showMessageBox = (async (_window: unknown, options: Electron.MessageBoxOptions) => {
          resolve(options.message);
          return { response: given, checkboxChecked: false };
        }) as unknown as typeof dialog.showMessageBox;
      });
      BrowserWindow.getAllWindows()[0]?.close();
      return asked;
    }, response);
  const engine = busy.enginePid();
  // Held still, so that the import lasts for as long as the test wants.
  process.kill(engine, 'SIGSTOP');
  const importing = busy.ask('bundle.import', { locations: [] }).catch(() => 'ended');
  // What the page asks arrives in its order.
  await busy.desktop('window.state', {});
  assert.equal(await answer(0), 'Assay is still at work.');
  assert.equal(await busy.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), 1);
  const ended = new Promise<void>(resolve => busy.app.once('close', () => resolve()));
  // The application may be gone before it can say what it asked.
  await answer(1).catch(() => {});
  await ended;
  await importing;
  assert.throws(() => process.kill(engine, 0), /ESRCH/);
});
