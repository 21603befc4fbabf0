import { type ChildProcess, spawn } from 'node:child_process';
import { AssayError } from '../base/index.ts';
import { closeInheritedDescriptors } from './descriptors.ts';
import { type Note, readNote } from './entered.ts';
import { Guard } from './guard.ts';
import type { HostCommand } from './runtime.ts';
import { childrenOf } from './usage.ts';

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

/**
 * How a program ended: what the container's first process noted if there is such a note, else how the outermost process ended.
 * And why it was killed if Assay did that.
 */
export interface RunEnd {
  readonly status: number | null;
  readonly signal: string | null;
  readonly killed: 'timed-out' | 'too-much-output' | 'stopped' | Excess | null;
  /** Why the program did not start, if that was noted. */
  readonly problem: Exclude<Note, { how: 'ended' }> | null;
}

/** What of a container grew over its limit: what the observer noted, memory, or the number of processes. */
export type Excess = 'overflow' | 'memory' | 'processes';

type Outermost = Pick<RunEnd, 'status' | 'signal'>;

/** What a run may be given besides its command and limits. */
export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Asked twice a second, with the number of the outermost process; what it names kills the run. */
  readonly excess?: (pid: number) => Excess | null;
}

/** The descriptor that a gated command finds its gate at. */
export const GATE = 3;

/** Runs a container to its end. Its standard input is empty. */
export function runContained(command: HostCommand, limits: RunLimits, options: RunOptions): Promise<RunEnd> {
  return new Contained(command, false).run(limits, options);
}

/**
 * A container that was started. Behind a gate it makes itself ready and waits; its program starts with `run`. When it is
 * killed, that ends only after every process in it is gone.
 */
export class Contained {
  readonly #child: ChildProcess;
  readonly #guard: Guard | null;
  readonly #note: string | undefined;
  /** Whether removing it is what ends its processes: they are not below the outermost one. */
  readonly #removesFirst: boolean;
  readonly #closed: Promise<Outermost>;
  #killed: RunEnd['killed'] = null;

  constructor(command: HostCommand, gated: boolean) {
    closeInheritedDescriptors();
    const [program = '', ...args] = command.argv;
    // A session of its own: a Ctrl-C in the terminal reaches Assay alone, which then ends the container in order.
    try {
      this.#child = spawn(program, args, {
        env: { ...command.environment },
        stdio: ['ignore', 'pipe', 'pipe', ...(gated ? ['pipe' as const] : [])],
        detached: true,
      });
    } catch (cause) {
      throw notSpawned(cause);
    }
    this.#note = command.note;
    this.#removesFirst = command.remove !== undefined && !command.tied;
    const remove =
      command.remove ?? (command.tied ? null : ['kill', '-s', 'KILL', '--', `-${this.#child.pid}`]);
    this.#guard = remove && this.#child.pid !== undefined ? new Guard(remove, command.environment) : null;
    const { promise, resolve, reject } = Promise.withResolvers<Outermost>();
    this.#child.once('error', cause => reject(notSpawned(cause)));
    this.#child.once('close', (status, signal) => resolve({ status, signal }));
    this.#closed = promise.finally(() => this.#clear());
    // It may fail before anybody waits for it; whoever does is told then.
    this.#closed.catch(() => {});
    this.#child.stdio[GATE]?.on('error', () => {});
  }

  /** Lets the program start, and waits for its end. */
  async run(limits: RunLimits, options: RunOptions): Promise<RunEnd> {
    let failure: unknown;
    const failed = (error: unknown) => {
      failure ??= error;
      this.#kill('stopped');
    };
    const onStop = () => this.#kill('stopped');
    const timeout = setTimeout(() => this.#kill('timed-out'), limits.seconds * 1000);
    const watch = setInterval(() => this.#kill(options.excess?.(this.#child.pid ?? 0) ?? null), 500);
    const tooMuch = () => this.#kill('too-much-output');
    capture(this.#child.stdout, options.stdout, limits.output, tooMuch, failed);
    capture(this.#child.stderr, options.stderr, limits.output, tooMuch, failed);
    options.signal?.addEventListener('abort', onStop, { once: true });
    if (options.signal?.aborted) onStop();
    this.#openGate();
    try {
      const end = await this.#closed;
      if (failure !== undefined) throw failure;
      return this.#endOf(end);
    } finally {
      clearTimeout(timeout);
      clearInterval(watch);
      options.signal?.removeEventListener('abort', onStop);
    }
  }

  #endOf(end: Outermost): RunEnd {
    const note = this.#note === undefined || this.#killed ? null : readNote(this.#note);
    const killed = this.#killed;
    if (note?.how === 'ended') return { ...note, killed, problem: null };
    const silent = this.#note !== undefined && !this.#killed;
    return { ...end, killed, problem: note ?? (silent ? { how: 'no-container', error: '' } : null) };
  }

  /** What ended by itself also took itself away. */
  #clear(): Promise<void> | undefined {
    const orderly = !this.#killed && (this.#note === undefined || readNote(this.#note) !== null);
    return orderly ? this.#guard?.dismiss() : this.#guard?.remove();
  }

  #openGate(): void {
    const gate = this.#child.stdio[GATE];
    if (gate && 'end' in gate) gate.end('x');
  }

  /** Ends a container whose program is not to start. One that takes a closed gate for that goes in order, the others are killed. */
  async discard(): Promise<void> {
    const gate = this.#child.stdio[GATE];
    const orderly = this.#note !== undefined && gate && 'end' in gate;
    const patience = setTimeout(() => this.#kill('stopped'), orderly ? 10_000 : 0);
    this.#closed.finally(() => clearTimeout(patience)).catch(() => {});
    if (orderly) gate.end();
    else this.#kill('stopped');
    this.#child.stdout?.resume();
    this.#child.stderr?.resume();
    await this.#closed.catch(() => {});
  }

  #kill(why: RunEnd['killed']): void {
    if (this.#killed || why === null) return;
    this.#killed = why;
    // What outlives it may hold its output open, which would then never close.
    this.#child.once('exit', () => this.#guard?.remove());
    let killer: NodeJS.Timeout | undefined;
    let closed = false;
    const strike = () => {
      if (!closed) killer = killUntilGone(this.#child);
    };
    if (this.#removesFirst) this.#guard?.remove().then(strike);
    else strike();
    const stop = () => {
      closed = true;
      clearInterval(killer);
    };
    this.#closed.then(stop, stop);
  }
}

/** For example when the arguments are longer than this machine allows. */
function notSpawned(cause: unknown): AssayError {
  return new AssayError({
    kind: 'machine',
    code: 'runtime.failed',
    message: `a container could not be started: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
}

/** Passes on what comes, up to the limit; what comes after it is thrown away while the container dies. */
function capture(
  stream: NodeJS.ReadableStream | null,
  sink: Sink,
  limit: number,
  tooMuch: () => void,
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
    if (room < 0) tooMuch();
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

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}
