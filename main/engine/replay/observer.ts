import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool, type HostTool, identifyTool } from './host-tools.ts';
import { findUsableRuntime, runProbe } from './probe.ts';
import type { HostCommand, ReadyRuntime, RuntimeProbe } from './runtime.ts';

/** System calls whose use is evidence: programs, files by name, sockets, and what would make names mean something else. */
const CALLS = [
  'execve,execveat,fork,vfork,clone,clone3',
  'open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,rmdir,truncate,ftruncate',
  'chmod,fchmod,fchmodat,link,linkat,symlink,symlinkat,mkdir,mkdirat,mknod,mknodat',
  'readlink,readlinkat',
  'socket,connect,bind',
  'chdir,fchdir,chroot,pivot_root,mount,move_mount,open_tree,unshare,setns,io_uring_setup',
].join(',');

/** The status filter makes strace print each call in one piece; signals would be printed into the middle of them. */
const OPTIONS = [
  '-f',
  '-q',
  '--seccomp-bpf',
  ...['-s', '65536'],
  ...['-v', '-ttt', '-y', '--decode-pids=pidns', '-x'],
  ...['-e', 'signal=none'],
  ...['-e', 'status=successful,failed,unavailable,detached'],
  ...['-e', `trace=${CALLS}`],
];

/** strace, tried on this machine. */
export interface ReadyObserver {
  readonly name: 'strace';
  readonly tool: HostTool;
  /**
   * Command words that start strace in a process namespace of its own. To name a child, strace looks through all of
   * /proc: in there it holds the step's processes alone, and starting a process costs 0.7 ms instead of 4.5 ms and more.
   */
  readonly room: readonly string[];
}

/** Puts the observer before a container. It and all below it die with this process. */
export function observe(observer: ReadyObserver, command: HostCommand, traceFile: string): HostCommand {
  return {
    ...command,
    tied: observer.room.includes('--pid'),
    argv: [...observer.room, observer.tool.path, ...OPTIONS, '-o', traceFile, '--', ...command.argv],
  };
}

/** Tries the observer, for those who want to know why it does not work. */
export async function probeObserver(runtime?: ReadyRuntime): Promise<RuntimeProbe> {
  return (await tryStrace(runtime)).probe;
}

/** The observer, or null when it does not work on this machine. */
export async function chooseObserver(runtime?: ReadyRuntime): Promise<ReadyObserver | null> {
  return (await tryStrace(runtime)).ready;
}

/** Tries strace on the container of a runtime, first in a process namespace of its own, then without. */
async function tryStrace(
  runtime: ReadyRuntime | undefined,
): Promise<{ probe: RuntimeProbe; ready: ReadyObserver | null }> {
  const install = 'sudo apt-get install strace';
  const fail = (tool: HostTool | null, problem: string, cure: string) => ({
    probe: { name: 'strace', usable: false, weaker: false, tool, problem, cure },
    ready: null,
  });
  const path = findTool('strace');
  if (path === undefined) return fail(null, 'strace is not on this machine', install);
  const tool = identifyTool(path, /version (\S+)/);
  const inside = runtime ?? (await findUsableRuntime());
  if (inside?.runtime.unobservable) {
    return fail(tool, inside.runtime.unobservable, 'Use another runtime for a replay that is observed.');
  }
  if (inside === null)
    return fail(tool, 'there is no container to try strace on', 'Install bubblewrap first.');
  let problem = '';
  for (const room of rooms()) {
    const ready: ReadyObserver = { name: 'strace', tool, room };
    problem = await tryObserver(ready, inside);
    if (problem === '') {
      return {
        probe: { name: 'strace', usable: true, weaker: false, tool, problem: null, cure: null },
        ready,
      };
    }
  }
  return fail(tool, problem, 'Allow ptrace for this user: sudo sysctl kernel.yama.ptrace_scope=1');
}

function rooms(): string[][] {
  const setpriv = findTool('setpriv');
  const unshare = findTool('unshare');
  if (!setpriv) return [[]];
  const tie = [setpriv, '--pdeathsig', 'KILL'];
  if (!unshare) return [tie];
  const apart = ['--user', '--map-current-user', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];
  // As the first process of a namespace strace would be given processes to bury that it does not know, and stumble.
  const shell = ['/bin/sh', '-c', '"$@"; exit $?', 'sh'];
  return [[...tie, unshare, ...apart, ...shell], tie];
}

/** Empty when the start of a program in a container was seen. */
async function tryObserver(observer: ReadyObserver, runtime: ReadyRuntime): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-observer-'));
  const trace = join(folder, 'trace');
  try {
    const result = await runProbe(runtime, 'exit', command => observe(observer, command, trace));
    if (result.status !== 0) return `strace cannot observe a container: ${result.said}`;
    const seen = readFileSync(trace, 'latin1').includes('execve("/probe", ["/probe"]');
    return seen ? '' : 'strace did not see the program in the container start';
  } catch (error) {
    return `strace cannot observe a container: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
