import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { probeObserver } from '../../main/engine/replay/index.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { temporaryFolder } from '../support/folders.ts';
import { wholeAudit } from './support/audit.ts';
import { noWindow, TestWindow } from './support/window.ts';

const observer = await probeObserver();
const skip = observer.usable ? await noWindow() : `strace cannot be used: ${observer.problem}`;

/** Opens the window under strace, does something, closes it; gives every attempt to connect or send beyond this machine's files. */
async function traced(act: (window: TestWindow) => Promise<void>): Promise<string[]> {
  const folder = temporaryFolder();
  const trace = join(folder, 'trace');
  const executable = join(folder, 'electron');
  const { program } = await electronRuntime();
  const options = '-f --seccomp-bpf -e trace=connect,sendto,sendmsg,sendmmsg -s 0';
  writeFileSync(executable, `#!/bin/sh\nexec strace ${options} -o '${trace}' '${program}' "$@"\n`);
  chmodSync(executable, 0o755);
  {
    await using window = await TestWindow.open({ executable });
    await act(window);
  }
  const lines = readFileSync(trace, 'utf8').split('\n');
  assert.ok(
    lines.some(line => line.includes('sa_family=AF_UNIX')),
    'the trace shows the connections that there are',
  );
  return lines.filter(line => /sa_family=AF_INET/.test(line));
}

test('a whole audit in the window opens no internet connection', { skip }, async () => {
  const attempts = await traced(async window => {
    const { verified } = await wholeAudit(window, 'quiet', false);
    assert.ok(verified.verification);
    await window.desktop('network.state', { measure: true });
  });
  assert.deepEqual(attempts, []);
});

test('that test would see one', { skip }, async () => {
  const attempts = await traced(async window => {
    await window.app.evaluate(({ session }) =>
      session.defaultSession.resolveHost('localhost').catch(() => {}),
    );
  });
  assert.notDeepEqual(attempts, []);
});

test('the network state is what was tried', { skip: await noWindow() }, async () => {
  await using window = await TestWindow.open();
  const before = await window.desktop('network.state', { measure: false });
  const after = await window.desktop('network.state', { measure: true });
  assert.ok(after.windowIsolated);
  assert.ok(after.at > before.at);
  const own = await window.ask('machine.network', {});
  assert.equal(after.engineIsolated, own.isolated);
  assert.equal(after.engineReason === null, own.isolated);
  const names = after.checks.filter(check => check.part === 'window').map(check => check.detail);
  assert.deepEqual(names, ['net::ERR_BLOCKED_BY_CLIENT', 'refused by connect-src', 'DIRECT']);
  // Taking one layer away shows.
  await window.app.evaluate(({ session }) => session.fromPartition('assay').webRequest.onBeforeRequest(null));
  const without = await window.desktop('network.state', { measure: true });
  assert.equal(without.windowIsolated, false);
});
