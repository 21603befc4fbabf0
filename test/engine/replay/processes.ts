import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../../main/engine/replay/tree-folder.ts';

const STAND = JSON.stringify(join(import.meta.dirname, 'stand.ts'));
const REPLAY = JSON.stringify(join(import.meta.dirname, '../../../main/engine/replay/index.ts'));

/** The command lines of this machine's processes in which a word stands. */
export function processesWith(word: string): string[] {
  return readdirSync('/proc').flatMap(name => {
    try {
      const words = /^\d+$/.test(name) ? readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0') : [];
      return words.includes(word) ? [words.join(' ')] : [];
    } catch {
      return [];
    }
  });
}

/** Waits until something is so; fails after a minute. */
export async function until(so: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !so(); ) {
    if (Date.now() > end) throw new Error('it did not become so');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Starts a replay in a process of its own, kills that while a step runs, and waits until nothing of the step is left. */
export async function playAndKill(runtime: string, mark: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-killed-'));
  const script = `
    const { play, toolStep } = await import(${STAND});
    const { chooseRuntime } = await import(${REPLAY});
    const runtime = await chooseRuntime('${runtime}');
    await play([toolStep(1, ['background', ';', 'spin', '${mark}']), toolStep(2, ['spin', '${mark}'])], {}, { runtime, observer: null });`;
  const replay = spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...{ stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, TMPDIR: folder } },
  });
  const ended = once(replay, 'exit');
  const left = () => processesWith(mark);
  try {
    await until(() => left().some(line => line.startsWith('./tool ')) || replay.exitCode !== null);
    if (replay.exitCode !== null) throw new Error(`the replay ended with status ${replay.exitCode}`);
    replay.kill('SIGKILL');
    await ended;
    await until(() => left().length === 0);
  } finally {
    removeFolder(folder);
  }
}

/** What came of a replay by an ordinary user, or why there was none. */
export type UserReplay =
  | { readonly lacks: string }
  | { outcome: string; who: string; observed: boolean; owned: boolean; left: string[] };

/** Replays a step as an ordinary user who has subordinate users, or as nobody where that will do. */
export function playAsUser(runtime: string): UserReplay {
  const user = process.getuid?.() === 0 ? ordinaryUser(runtime) : 'runs as a normal user anyway';
  if (typeof user === 'string') return { lacks: user };
  const folder = mkdtempSync(join(tmpdir(), 'assay-user-'));
  chownSync(folder, user.uid, user.gid);
  const as = { uid: user.uid, gid: user.gid, cwd: folder, encoding: 'utf8' } as const;
  const run = join(folder, 'run');
  mkdirSync(run, { mode: 0o700 });
  chownSync(run, user.uid, user.gid);
  const env = {
    PATH: process.env.PATH,
    TMPDIR: folder,
    HOME: folder,
    XDG_RUNTIME_DIR: run,
    DOCKER_HOST: process.env.DOCKER_HOST,
  };
  const script = `
    const { play, toolStep } = await import(${STAND});
    const { chooseObserver, chooseRuntime } = await import(${REPLAY});
    const { lstatSync, readdirSync } = await import('node:fs');
    const runtime = await chooseRuntime('${runtime}');
    const observer = await chooseObserver(runtime);
    const more = { runtime, observer };
    const kept = await play([toolStep(1, ['write', 'f', 'x', ';', 'mkdir', 'd', ';', 'chmod', '0', 'd'])], {}, { ...more, options: { keepTree: true } });
    const root = kept.theCase.scratch + '/replay-1/root/';
    const owned = ['f', 'd'].every(name => lstatSync(root + name).uid === process.getuid() && lstatSync(root + name).gid === process.getgid());
    const done = await play([toolStep(1, ['mkdir', 'd', ';', 'write', 'd/f', 'x', ';', 'chmod', '0', 'd', ';', 'who'])], {}, more);
    const left = readdirSync(done.theCase.scratch);
    console.log('RESULT' + JSON.stringify({ outcome: done.outcome.outcome, who: done.printed(1), observed: done.records[0].observation !== null, owned, left }));`;
  try {
    const replay = spawnSync(process.execPath, ['--input-type=module', '-e', script], { ...as, env });
    const result = /^RESULT(.*)$/m.exec(replay.stdout)?.[1];
    if (!result) throw new Error(replay.stderr);
    return JSON.parse(result) as UserReplay;
  } finally {
    // podman leaves a process that holds its user namespace.
    for (const pid of processesAt(folder)) process.kill(pid, 'SIGKILL');
    removeFolder(folder);
  }
}

/** Processes whose home is a folder of the test. */
function processesAt(home: string): number[] {
  return readdirSync('/proc').flatMap(name => {
    try {
      const own =
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`HOME=${home}`);
      return own ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** podman needs a user with subordinate users; nobody has none. */
function ordinaryUser(runtime: string): { uid: number; gid: number } | string {
  const readable = spawnSync(process.execPath, ['-e', `require('node:fs').readFileSync(${STAND})`], {
    ...{ uid: 65_534, gid: 65_534, cwd: '/' },
  });
  if (readable.status !== 0) return 'a normal user cannot read this checkout';
  if (runtime !== 'podman') return { uid: 65_534, gid: 65_534 };
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'));
  const rich = new Set(
    readFileSync('/etc/subuid', 'utf8')
      .split('\n')
      .map(line => line.split(':')[0]),
  );
  const user = users.find(([name, , uid]) => rich.has(name) && Number(uid) > 0);
  return user
    ? { uid: Number(user[2]), gid: Number(user[3]) }
    : 'no ordinary user with subordinate users (/etc/subuid)';
}
