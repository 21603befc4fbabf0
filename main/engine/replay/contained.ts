import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { HostCommand } from './runtime.ts';

/** Where a program's output goes as it comes. */
export interface Sink {
  write(chunk: Uint8Array): void;
}

/** What bounds a program in a container. */
export interface RunLimits {
  readonly seconds: number;
  /** Bytes of standard output, and as many of standard error. */
  readonly output: number;
}

/** How the outermost process of a container ended, and why it was killed if Assay did that. */
export interface RunEnd {
  readonly status: number | null;
  readonly signal: string | null;
  readonly killed: 'timed-out' | 'too-much-output' | 'stopped' | 'overflow' | null;
}

/** What a run may be given besides its command and limits. */
export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Asked twice a second; true kills the run with `overflow`. */
  readonly overflowing?: () => boolean;
}

/**
 * Runs a container to its end. Its standard input is empty. When it is killed, this returns only after every process
 * in it is gone.
 */
export function runContained(command: HostCommand, limits: RunLimits, options: RunOptions): Promise<RunEnd> {
  const [program = '', ...args] = command.argv;
  const { promise, resolve, reject } = Promise.withResolvers<RunEnd>();
  // A session of its own: a Ctrl-C in the terminal reaches Assay alone, which then ends the container in order.
  const child = spawn(program, args, {
    env: { ...command.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let killed: RunEnd['killed'] = null;
  let killer: NodeJS.Timeout | undefined;
  const kill = (why: RunEnd['killed']) => {
    if (killed) return;
    killed = why;
    killer = killUntilGone(child);
  };
  const onStop = () => kill('stopped');
  const timeout = setTimeout(() => kill('timed-out'), limits.seconds * 1000);
  const watch = options.overflowing && setInterval(() => options.overflowing?.() && kill('overflow'), 500);
  const failed = (error: unknown) => {
    kill('stopped');
    reject(error);
  };
  capture(child.stdout, options.stdout, limits.output, kill, failed);
  capture(child.stderr, options.stderr, limits.output, kill, failed);
  options.signal?.addEventListener('abort', onStop, { once: true });
  if (options.signal?.aborted) onStop();
  child.once('error', reject);
  child.once('close', (status, signal) => {
    clearTimeout(timeout);
    clearInterval(watch);
    clearInterval(killer);
    options.signal?.removeEventListener('abort', onStop);
    resolve({ status, signal, killed });
  });
  return promise;
}

/** Passes on what comes, up to the limit; what comes after it is thrown away while the container dies. */
function capture(
  stream: NodeJS.ReadableStream | null,
  sink: Sink,
  limit: number,
  kill: (why: 'too-much-output') => void,
  failed: (error: unknown) => void,
): void {
  let room = limit;
  stream?.on('data', (chunk: Buffer) => {
    try {
      if (room > 0) sink.write(chunk.length > room ? chunk.subarray(0, room) : chunk);
    } catch (error) {
      failed(error);
    }
    room -= chunk.length;
    if (room < 0) kill('too-much-output');
  });
}

/**
 * Kills what is below the outermost process, not that process: it holds or waits for the first process of the
 * container's process namespace, and so it ends only when the kernel has removed all of them.
 */
function killUntilGone(child: ChildProcess): NodeJS.Timeout {
  let rounds = 0;
  const strike = () => {
    const below = child.pid === undefined || rounds > 50 ? [] : childrenOf(child.pid);
    if (below.length === 0) child.kill('SIGKILL');
    for (const pid of below) tryKill(pid);
    rounds += 1;
  };
  strike();
  return setInterval(strike, 50);
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}
