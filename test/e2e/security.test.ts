import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PAGE_URL, POLICY } from '../../main/desktop/page-files.ts';
import { APP } from '../../scripts/build.ts';
import { noWindow, TestWindow } from './support/window.ts';

const skip = await noWindow();
let window: TestWindow;

before(async () => {
  if (!skip) window = await TestWindow.open();
});
after(() => window?.[Symbol.asyncDispose]());

/** Runs code as the page itself would and gives what it came to, as text. */
function inPage(code: string): Promise<string> {
  return window.page.evaluate(
    `Promise.race([new Promise(r => setTimeout(() => r('nothing'), 1000)), (async () => { ${code} })()]).then(String, String)`,
  ) as Promise<string>;
}

test('the page comes with its policy, and nothing but its files has an address', { skip }, async () => {
  const response = await window.page.reload();
  assert.equal(response?.url(), PAGE_URL);
  assert.equal(await response?.headerValue('content-security-policy'), POLICY);
  assert.equal(await response?.headerValue('x-content-type-options'), 'nosniff');
  for (const path of ['/etc/passwd', '/../main.js', '/..%2fmain.js', '/%2e%2e/main.js', '/index.html?x=1']) {
    const status = await window.app.evaluate(
      async ({ session }, address) => (await session.fromPartition('assay').fetch(address)).status,
      `app://assay${path}`,
    );
    assert.equal(status, 404, path);
  }
});

test('the page has the bridge and nothing else of Node or Electron', { skip }, async () => {
  assert.equal(
    await inPage('return Object.keys(window.assay).sort()'),
    'cancel,desktop,onEvent,onProgress,request',
  );
  for (const name of ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'])
    assert.equal(await inPage(`return typeof ${name}`), 'undefined', name);
  assert.equal(
    await inPage('window.assay = 1; window.assay.request = 1; return typeof window.assay.request'),
    'function',
  );
});

test('the page reaches no address by any means it has', { skip }, async () => {
  const refused: Record<string, RegExp> = {
    "return fetch('http://192.0.2.1/')": /Failed to fetch/,
    "return fetch('app://other/index.html')": /Failed to fetch/,
    "return new Promise(r => { const x = new XMLHttpRequest(); x.onerror = () => r('error'); x.open('GET', 'http://192.0.2.1/'); x.send(); })":
      /^error$/,
    "return new Promise(r => { const s = new WebSocket('ws://192.0.2.1/'); s.onerror = () => r('error'); })":
      /^error$/,
    "return new Promise(r => { const i = new Image(); i.onerror = () => r('error'); i.src = 'http://192.0.2.1/x.png'; })":
      /^error$/,
    "return new Promise(r => { const e = new EventSource('http://192.0.2.1/'); e.onerror = () => r('error'); })":
      /^error$/,
    "return import('http://192.0.2.1/x.js')": /Failed to fetch/,
    "return new Promise(r => setTimeout(() => { try { r(eval('1')); } catch (error) { r(error); } }))":
      /EvalError/,
    "return new Promise(r => setTimeout(() => { try { r(Function('return 1')()); } catch (error) { r(error); } }))":
      /EvalError/,
    "return new Promise(r => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); setTimeout(() => r(String(window.ran)), 100); })":
      /^undefined$/,
    "return new Promise(r => { const w = new Worker(URL.createObjectURL(new Blob(['1']))); w.onerror = () => r('error'); })":
      /error|SecurityError|Refused/i,
  };
  for (const [code, outcome] of Object.entries(refused)) assert.match(await inPage(code), outcome, code);
});

test('WebRTC finds no way out', { skip }, async () => {
  const candidates = await window.page.evaluate(`(async () => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.1:3478' }] });
    peer.createDataChannel('x');
    const found = [];
    peer.onicecandidate = event => event.candidate?.candidate && found.push(event.candidate.candidate);
    await peer.setLocalDescription(await peer.createOffer());
    await new Promise(resolve => setTimeout(resolve, 1000));
    peer.close();
    return found;
  })()`);
  assert.deepEqual(candidates, []);
});

test('the page cannot be led away, open windows, frames or downloads', { skip }, async () => {
  assert.equal(await inPage("return window.open('https://example.org')"), 'null');
  assert.equal(await inPage("return window.open('app://assay/index.html')"), 'null');
  const leave = [
    "location.href = 'https://example.org/'",
    "location.href = 'file:///etc/passwd'",
    "location.href = 'app://assay/assets/none.html'",
    "location.href = 'data:text/html,x'",
    "document.body.insertAdjacentHTML('beforeend', '<form id=f action=https://example.org></form>'); document.getElementById('f').submit()",
    "const a = document.createElement('a'); a.href = 'https://example.org'; a.target = '_blank'; document.body.append(a); a.click()",
    "const a = document.createElement('a'); a.href = 'data:text/plain,x'; a.download = 'x'; document.body.append(a); a.click()",
  ];
  for (const code of leave) {
    await window.page.evaluate(`{ ${code} }`);
    await new Promise(resolve => setTimeout(resolve, 100));
    assert.equal(window.page.url().split('#')[0], PAGE_URL, code);
  }
  await inPage(
    "const f = document.createElement('iframe'); f.id = 'frame'; f.src = 'https://example.org'; document.body.append(f)",
  );
  await inPage(
    "document.body.insertAdjacentHTML('beforeend', '<webview src=https://example.org></webview>')",
  );
  const count = await window.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  assert.equal(count, 1);
  assert.match(
    await inPage("return document.getElementById('frame').contentWindow.assay"),
    /SecurityError|undefined/,
  );
});

test('permissions are refused without asking', { skip }, async () => {
  for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'])
    assert.equal(
      await inPage(`return (await navigator.permissions.query({ name: '${name}' })).state`),
      'denied',
      name,
    );
  assert.match(
    await inPage('return navigator.mediaDevices.getUserMedia({ audio: true })'),
    /NotAllowed|NotFound|denied/,
  );
  assert.match(await inPage('return navigator.clipboard.readText()'), /NotAllowed/);
});

test('another window with the same preload is not heard', { skip }, async () => {
  const answer = await window.app.evaluate(
    async ({ BrowserWindow, session }, [page = '', preload = '']) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { session: session.fromPartition('assay'), preload, sandbox: true },
      });
      await other.loadURL(page);
      const said = await other.webContents.executeJavaScript(
        'window.assay.desktop("app.info", {}).then(JSON.stringify, problem => problem.code)',
      );
      other.destroy();
      return said;
    },
    [PAGE_URL, join(APP, 'preload.cjs')],
  );
  assert.equal(answer, 'request.sender');
});

test('names are not resolved, requests of the main process and of a damaged session are refused', {
  skip,
}, async () => {
  const outcomes = await window.app.evaluate(async ({ session }) => {
    const said = (attempt: Promise<unknown>) => attempt.then(() => 'answered', String);
    const own = session.fromPartition('assay');
    return Promise.all([
      said(own.resolveHost('localhost')),
      said(own.fetch('http://192.0.2.1/')),
      said(session.defaultSession.fetch('http://192.0.2.1/')),
      said(session.fromPartition('without rules').fetch('http://localhost:8080/')),
    ]);
  });
  assert.match(outcomes[0] ?? '', /ERR_NAME_NOT_RESOLVED/);
  assert.match(outcomes[1] ?? '', /ERR_BLOCKED_BY_CLIENT/);
  assert.match(outcomes[2] ?? '', /ERR_BLOCKED_BY_CLIENT/);
  assert.match(outcomes[3] ?? '', /ERR_NAME_NOT_RESOLVED/);
});

test('a dropped file does not become the page', { skip }, async () => {
  const file = join(window.home, 'Documents', 'evil.html');
  writeFileSync(file, '<title>Evil</title>');
  const devtools = await window.page.context().newCDPSession(window.page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  await new Promise(resolve => setTimeout(resolve, 200));
  assert.equal(window.page.url().split('#')[0], PAGE_URL);
  assert.equal(await inPage('return document.title'), 'Assay');
});
