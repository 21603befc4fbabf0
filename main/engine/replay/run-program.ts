import { mkdirSync, rmSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '../base/index.ts';
import { type ProgramStep, pathsBefore, startPath } from '../chain/index.ts';
import { Contained, GATE, type RunEnd, type Sink } from './contained.ts';
import { findTool } from './host-tools.ts';
import { isProgram } from './interpreters.ts';
import { observe, type ReadyObserver } from './observer.ts';
import type { End, StepLimits } from './record.ts';
import { type HostCommand, mayWait, type ReadyRuntime } from './runtime.ts';
import { Touches } from './touches.ts';
import { joinBroken } from './trace-line.ts';
import { traceLines } from './trace-lines.ts';
import { Links, treePathOf } from './trace-links.ts';
import { Makers } from './trace-makers.ts';
import type { Tree } from './tree.ts';
import { removeFolder } from './tree-folder.ts';
import { memoryBelow, usageBelow } from './usage.ts';
import { Watcher } from './watch.ts';
import type { Watched } from './watched.ts';

/** How a step is run. */
export interface RunSetting {
  readonly tree: Tree;
  readonly runtime: ReadyRuntime;
  readonly observer: ReadyObserver | null;
  /** A folder for what is needed while the step runs. */
  readonly scratch: string;
  readonly limits: RunLimits;
  /** What its container is marked with, so that the same owner can find it after a kill. */
  readonly owner?: string;
  readonly signal: AbortSignal | undefined;
}

/** What a step's program may take, besides its time, and how many bytes of trace may be made of it. */
export type RunLimits = Omit<StepLimits, 'seconds'> & { readonly trace: number };

/** The limits of a step as its record states them. */
export function limitsOf(
  { timeoutSeconds }: ProgramStep,
  { limits }: Pick<RunSetting, 'limits'>,
): StepLimits {
  const { output, bytes, files, file, memory, processes } = limits;
  return { seconds: timeoutSeconds, output, bytes, files, file, memory, processes };
}

/** What was seen of a step that was observed. */
export interface Sighting {
  readonly watched: Watched;
  readonly touches: Touches;
  readonly links: Links;
}

/** How a step's program ended, and what was seen of it. */
export interface ProgramRun {
  readonly end: End;
  /** Null when nobody observed, or nothing ran. */
  readonly sighting: Sighting | null;
}

/** A step's container, made ready before its turn. */
export class Prepared {
  readonly step: ProgramStep;
  readonly #setting: RunSetting;
  readonly #scratch: string;
  readonly #trace: string;
  readonly #contained: Contained;

  constructor(step: ProgramStep, setting: RunSetting) {
    const { tree, runtime, observer, scratch } = setting;
    const { argv, cwd, environment } = step;
    const gated = mayWait(runtime.runtime, observer !== null);
    const root = join(tree.folder.root, step.root ?? '');
    this.#scratch = join(scratch, `container-${step.number}`);
    mkdirSync(this.#scratch, { mode: 0o700 });
    const request = {
      ...{ argv, start: startOf(step), root, cwd, environment, scratch: this.#scratch },
      limits: setting.limits,
      ...(setting.owner !== undefined && { owner: setting.owner }),
      ...(gated && { gate: GATE }),
    };
    const command = fileLimited(runtime.runtime.command(runtime.tool, request), setting.limits.file);
    this.step = step;
    this.#setting = setting;
    this.#trace = join(scratch, `trace-${step.number}`);
    this.#contained = new Contained(observer ? observe(observer, command, this.#trace) : command, gated);
  }

  /** Lets the program start and waits for its end. */
  async run(output: { stdout: Sink; stderr: Sink }): Promise<ProgramRun> {
    const { step } = this;
    const { observer, limits, signal } = this.#setting;
    const stderr = new Listener(output.stderr);
    const run = await this.#contained.run(
      { seconds: step.timeoutSeconds, output: limits.output },
      {
        ...{ signal, stdout: output.stdout, stderr },
        excess: pid => {
          if (observer && sizeOf(this.#trace) > limits.trace) return 'overflow';
          const { processes, bytes } = usageBelow(pid);
          if (processes > limits.processes) return 'processes';
          return bytes > limits.memory && memoryBelow(pid) > limits.memory ? 'memory' : null;
        },
      },
    );
    if (run.killed === 'stopped') {
      throw new AssayError({ kind: 'interrupted', code: 'task.stopped', message: 'stopped on request' });
    }
    const sighting = observer ? watchTrace(step, this.#setting, this.#trace) : null;
    this.#clear();
    return { end: endOf(step, this.#setting, run, sighting, stderr.heard), sighting };
  }

  /** Takes the container away unused. */
  async discard(): Promise<void> {
    await this.#contained.discard();
    this.#clear();
  }

  #clear(): void {
    rmSync(this.#trace, { force: true });
    removeFolder(this.#scratch);
  }
}

/** Passes output on and remembers its beginning, in which a runtime would say why it failed. */
class Listener implements Sink {
  readonly #sink: Sink;
  heard = '';

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  write(chunk: Uint8Array): void {
    if (this.heard.length < 2000) this.heard += Buffer.from(chunk).toString('utf8');
    this.#sink.write(chunk);
  }
}

/**
 * Runs the program of a step in a container that may have been made ready before. Throws `task.stopped`, and
 * `runtime.failed` when the container could not be started.
 */
export async function runProgram(
  step: ProgramStep,
  setting: RunSetting,
  output: { stdout: Sink; stderr: Sink },
  ready?: Prepared,
): Promise<ProgramRun> {
  const reason = whyNotStartable(step, setting.tree);
  if (reason === null) return (ready ?? new Prepared(step, setting)).run(output);
  await ready?.discard();
  return { end: { how: 'not-started', reason }, sighting: null };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The name of the error that starting the program will give, as far as the tree tells; null when it may well start. */
function whyNotStartable(step: ProgramStep, tree: Tree): string | null {
  const top = bytesOf(step.root ?? '');
  const links = new Links(tree.state, top);
  const entry = (path: string) => tree.state.get(treePathOf(path) ?? '');
  if (top !== '' && entry(`/${top}`)?.type !== 'directory') return 'ENOENT: its root is not there';
  const cwd = links.resolve(`/${top}`, bytesOf(step.cwd), true);
  if (cwd !== '/' && entry(cwd)?.type !== 'directory') return 'ENOENT: its working folder is not there';
  const nearer = pathsBefore(step).find(
    path => entry(links.resolve(cwd, bytesOf(path), true))?.type === 'file',
  );
  if (nearer !== undefined) return `its program is not the first that PATH leads to, which is ${nearer}`;
  const program = entry(links.resolve(cwd, bytesOf(startOf(step)), true));
  if (!program) return 'ENOENT: its program is not there';
  if (program.type !== 'file' || (program.mode & 0o100) === 0)
    return 'EACCES: its program may not be executed';
  const readAt = (offset: number, size: number) => tree.folder.readAt(program.path, offset, size);
  return isProgram(readAt) ? null : 'ENOEXEC: it is neither an ELF file nor a script with #!';
}

function startOf(step: ProgramStep): string {
  return startPath(step) ?? step.argv[0] ?? '';
}

function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function watchTrace(step: ProgramStep, { tree, runtime }: RunSetting, trace: string): Sighting {
  const outside = bytesOf(runtime.runtime.outsidePath(join(tree.folder.root, step.root ?? '')));
  const top = step.root === undefined ? '' : `/${bytesOf(step.root)}`;
  // What the observer names is turned into a path of the tree: of a step with a root of its own it starts with that root.
  const inside = (path: string) => {
    if (path === outside || path === `${outside}/`) return top || '/';
    return path.startsWith(`${outside}/`) ? top + path.slice(outside.length) : null;
  };
  const links = new Links(tree.state, top.slice(1));
  const touches = new Touches();
  const makers = new Makers(path => {
    const inTree = treePathOf(path);
    return inTree === null || tree.state.get(inTree) !== undefined;
  });
  const watcher = new Watcher({
    path: bytesOf(startOf(step)),
    argv: step.argv.map(bytesOf),
    cwd: bytesOf(step.cwd),
    links,
    touches,
    makers,
    inside,
  });
  for (const line of sizeOf(trace) > 0 ? joinBroken(traceLines(trace)) : []) watcher.add(line);
  return { watched: watcher.end(), touches, links };
}

function endOf(
  step: ProgramStep,
  { limits }: RunSetting,
  run: RunEnd,
  sighting: Sighting | null,
  said: string,
): End {
  if (run.killed === 'timed-out') return { how: 'timed-out', afterSeconds: step.timeoutSeconds };
  if (run.killed === 'too-much-output') return { how: 'too-much-output', limit: limits.output };
  if (run.killed === 'overflow') return { how: 'too-much-output', limit: limits.trace };
  if (run.killed === 'memory' || run.killed === 'processes') {
    return { how: 'over-limit', what: run.killed, limit: limits[run.killed] };
  }
  if (run.problem?.how === 'no-container') throw notStarted(step, said || run.problem.error);
  if (run.problem) return { how: 'not-started', reason: run.problem.error };
  const end = sighting ? seenEnd(step, run, sighting.watched, said) : ordinaryEnd(run, false);
  // The kernel says so to whoever makes a file too large, and ends it.
  const large = end.how === 'signalled' && end.signal === 'SIGXFSZ';
  return large ? { how: 'over-limit', what: 'file', limit: limits.file } : end;
}

function seenEnd(step: ProgramStep, run: RunEnd, watched: Watched, said: string): End {
  const { first, startError, status } = watched;
  if (startError !== null) return { how: 'not-started', reason: startError };
  if (!first) throw notStarted(step, said);
  return status === null ? ordinaryEnd(run, true) : { how: 'exited', status };
}

/** A command under which no file may grow over a size, in bytes. */
function fileLimited(command: HostCommand, limit: number): HostCommand {
  const prlimit = findTool('prlimit');
  if (!prlimit) return command;
  return { ...command, argv: [prlimit, `--fsize=${limit}:${limit}`, '--', ...command.argv] };
}

/** Runtimes give a signal as status 128 and more; only when a signal is known to have been the cause is that undone. */
function ordinaryEnd({ status, signal }: RunEnd, signalled: boolean): End {
  if (signal !== null) return { how: 'signalled', signal };
  const number = (status ?? 0) - 128;
  const name = signalled && Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return name ? { how: 'signalled', signal: name } : { how: 'exited', status: status ?? 0 };
}

function notStarted(step: ProgramStep, said: string): AssayError {
  return new AssayError({
    kind: 'machine',
    code: 'runtime.failed',
    message: `the container of a step could not be started: ${said.trim().split('\n').at(-1) || 'the runtime said nothing'}`,
    where: { step: step.id },
    cure: 'See what this machine can do with: assay doctor. Then replay again: it goes on with this step.',
  });
}
