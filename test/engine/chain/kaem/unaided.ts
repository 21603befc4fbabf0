import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** A program that was seen to start, or to fail to. */
export interface SeenStart {
  readonly path: string;
  /** The path from the root of the tree, as far as folders were changed by the process itself or one above it. */
  readonly program: string;
  readonly argv: readonly string[];
  readonly environment: readonly string[];
  readonly started: boolean;
}

/** What a run without Assay left. */
export interface Unaided {
  readonly status: number | null;
  /** Everything that its processes started after the first program, in order. */
  readonly starts: readonly SeenStart[];
}

/** Runs a program in bubblewrap under strace, with nothing of Assay in between, and tells what it started. */
export function runUnaided(
  root: string,
  argv: readonly string[],
  environment: readonly (readonly [string, string])[],
  trace: string,
): Unaided {
  const watch = [
    '-f',
    '--seccomp-bpf',
    '-s',
    '65536',
    '-v',
    '-xx',
    '-e',
    'signal=none',
    '-e',
    'status=successful,failed',
    '--decode-pids=pidns',
  ];
  const calls = ['-e', 'trace=execve,chdir,fork,vfork,clone', '-o', trace];
  const box = ['bwrap', '--unshare-all', '--uid', '1000', '--gid', '1000', '--die-with-parent', '--clearenv'];
  const variables = environment.flatMap(([name, value]) => ['--setenv', name, value]);
  const inside = ['--bind', root, '/', '--chdir', '/', '--', ...argv];
  const { status, error } = spawnSync('strace', [...watch, ...calls, ...box, ...variables, ...inside], {
    stdio: 'ignore',
    timeout: 600_000,
    killSignal: 'SIGKILL',
  });
  if (error) throw error;
  return { status, starts: startsOf(readFileSync(trace, 'latin1'), argv[0] ?? '') };
}

function startsOf(trace: string, first: string): SeenStart[] {
  const lines = trace.split('\n').map(line => /^(\d+) +(\w+)\((.*)\) += (-?\d+)(.*)$/.exec(line) ?? []);
  const parents = new Map<string, string>();
  for (const [, pid = '', , , result = '', rest = ''] of lines) {
    const child = /(\d+) in strace's PID NS/.exec(rest)?.[1] ?? result;
    if (Number(child) > 0) parents.set(child, pid);
  }
  const starts: SeenStart[] = [];
  const folders = new Map<string, string>();
  // Whoever starts a process waits for it here, so that its folder is that of its parent now.
  const folderOf = (pid: string): string =>
    folders.get(pid) ?? (parents.has(pid) ? folderOf(parents.get(pid) ?? '') : '/');
  let running = false;
  for (const [, pid = '', call, args = '', result] of lines) {
    if (call === 'execve') {
      const [, path = '', list = '', variables = ''] = /^"([^"]*)", \[(.*?)\], \[(.*?)\]/.exec(args) ?? [];
      const start = {
        path: textOf(path),
        program: posix.resolve(folderOf(pid), textOf(path)).slice(1),
        argv: listOf(list),
        environment: listOf(variables),
        started: result === '0',
      };
      if (running) starts.push(start);
      else running = start.path === first && start.started;
    } else if (running && call === 'chdir' && result === '0') {
      folders.set(pid, posix.resolve(folderOf(pid), textOf(/^"([^"]*)"/.exec(args)?.[1] ?? '')));
    }
  }
  return starts;
}

function listOf(items: string): string[] {
  return items === '' ? [] : items.split(', ').map(item => textOf(item.slice(1, -1)));
}

/** strace with -xx writes every byte as `\x` and two digits. */
function textOf(escaped: string): string {
  return Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString('utf8');
}
