import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../../main/engine/replay/tree-folder.ts';

/** A docker daemon of the test's own, without any network, all of it in one folder. */
export interface Daemon {
  /** For DOCKER_HOST. */
  readonly host: string;
  stop(): Promise<void>;
}

/** Starts a daemon, or says why not. */
export async function startDaemon(): Promise<Daemon | string> {
  if (process.getuid?.() !== 0) return 'a docker daemon is started by root only';
  if (spawnSync('dockerd', ['--version']).status !== 0) return 'no dockerd (apt-get install docker.io)';
  const folder = mkdtempSync(join(tmpdir(), 'assay-dockerd-'));
  const socket = join(folder, 'socket');
  const host = `unix://${socket}`;
  const daemon = spawn(
    'dockerd',
    [
      ...['--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false', '--log-level=error'],
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'run')],
      ...['--pidfile', join(folder, 'pid'), '--host', host],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } },
  );
  let said = '';
  daemon.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-2000);
  });
  const stop = () => end(daemon, folder);
  if (!(await answers(daemon, host))) {
    await stop();
    return `dockerd does not start: ${said.trim().split('\n').at(-1)}`;
  }
  // An ordinary user of the tests may use it as a member of the group docker could.
  chmodSync(folder, 0o711);
  chmodSync(socket, 0o666);
  return { host, stop };
}

async function answers(daemon: ChildProcess, host: string): Promise<boolean> {
  for (let tries = 0; tries < 150 && daemon.exitCode === null; tries += 1) {
    const { status } = spawnSync('docker', ['--host', host, 'version'], { stdio: 'ignore' });
    if (status === 0) return true;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return false;
}

async function end(daemon: ChildProcess, folder: string): Promise<void> {
  if (daemon.exitCode === null && daemon.signalCode === null) {
    const ended = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await ended;
  }
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter(each => each.startsWith(`${folder}/`)).reverse())
    spawnSync('umount', [mount]);
  removeFolder(folder);
}
