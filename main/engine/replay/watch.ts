import { askedOf, namedPaths } from './trace-asks.ts';
import {
  bytesOf,
  type CallContext,
  familyOf,
  fileCall,
  folderOf,
  startsProgram,
  stringsOf,
  UnknownCall,
} from './trace-calls.ts';
import { parseTraceLine, type TraceLine } from './trace-line.ts';
import type { Happening, Started, Watch, Watched, WatchedProcess } from './watched.ts';

type Call = Extract<TraceLine, { kind: 'call' }>;
type Execution = Pick<Call, 'name' | 'args'>;

/** Lines kept of processes whose beginning is not known yet: strace tells of a child before its parent's call has ended. */
const PENDING_LIMIT = 200_000;
/** Uses of files, processes, programs and the like kept of one step. */
const KEPT_LIMIT = 2_000_000;
/** Calls that change what the names of files mean, or work behind an observer's back. */
const BLINDING = new Set([
  'chroot',
  'pivot_root',
  'mount',
  'move_mount',
  'open_tree',
  'setns',
  'io_uring_setup',
]);
const FORKS = new Set(['fork', 'vfork', 'clone', 'clone3']);
const SOCKETS = new Set(['socket', 'connect', 'bind']);

/** What strace prints, often without an end of line, of a thread that went away in a call that it had not seen yet. */
const CUT = /^(\d+) +\d+\.\d+ \?\?\?\((?:\) += \?$)?/;

/**
 * Follows the processes of one step through its trace. Everything before the first execve of the step's own program is the
 * runtime's doing and does not count; neither does anything by processes that the runtime started before.
 */
export class Watcher {
  readonly #watch: Watch;
  readonly #processes = new Map<number, WatchedProcess>();
  /** The runtime's own processes. */
  readonly #outside = new Set<number>();
  readonly #pending = new Map<number, { line: TraceLine; number: number }[]>();
  /** Threads whose last line was cut. When the next one is their end, the kernel skipped that call, for it does not let a dying thread begin one. */
  readonly #cut = new Set<number>();
  #pendingLines = 0;
  #line = 0;
  #kept = 0;
  #notUnderstood = 0;
  #first: WatchedProcess | null = null;
  #firstPid = 0;
  #startError: string | null = null;
  #status: number | null = null;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** Takes the next line; null stands for one that could not be read whole. */
  add(text: string | null): void {
    const cut = text === null ? null : CUT.exec(text);
    if (cut && text !== null) {
      const pid = Number(cut[1]);
      if (this.#first && !this.#outside.has(pid)) this.#cut.add(pid);
      if (text.length > cut[0].length) this.add(text.slice(cut[0].length));
      return;
    }
    this.#line += 1;
    const line = text === null ? null : parseTraceLine(text);
    if (line) this.#take(line, this.#line);
    else if (this.#first) this.#notUnderstood += 1;
  }

  /** What the trace told, once all lines were added. */
  end(): Watched {
    return {
      first: this.#first,
      startError: this.#startError,
      status: this.#status,
      notUnderstood: this.#notUnderstood + this.#pendingLines + this.#cut.size,
    };
  }

  #take(line: TraceLine, number: number): void {
    const process = this.#processes.get(line.pid);
    if (this.#cut.delete(line.pid) && line.kind !== 'exited') this.#notUnderstood += 1;
    if (!this.#first) this.#beforeStart(line, number);
    else if (process) this.#happen(process, line, number);
    else if (!this.#outside.has(line.pid)) this.#postpone(line, number);
    else if (line.kind === 'exited') this.#outside.delete(line.pid);
    else if (line.kind === 'call' && FORKS.has(line.name)) this.#forkOutside(line);
  }

  /** A runtime goes on to start processes and threads while the step runs. */
  #forkOutside({ result }: Call): void {
    if (result.error) return;
    const pid = result.pid ?? result.value;
    const waiting = this.#pending.get(pid) ?? [];
    this.#pending.delete(pid);
    this.#pendingLines -= waiting.length;
    if (!this.#processes.has(pid)) this.#outside.add(pid);
    for (const { line, number } of waiting) this.#take(line, number);
  }

  #postpone(line: TraceLine, number: number): void {
    if (this.#pendingLines >= PENDING_LIMIT) {
      this.#notUnderstood += 1;
      return;
    }
    this.#pendingLines += 1;
    const waiting = this.#pending.get(line.pid);
    if (waiting) waiting.push({ line, number });
    else this.#pending.set(line.pid, [{ line, number }]);
  }

  #beforeStart(line: TraceLine, number: number): void {
    this.#outside.add(line.pid);
    if (line.kind !== 'call') return;
    if (FORKS.has(line.name) && !line.result.error) this.#outside.add(line.result.pid ?? line.result.value);
    if (line.name !== 'execve' || !startsProgram(line, this.#watch)) return;
    if (line.result.error) {
      this.#startError ??= line.result.error;
      return;
    }
    if (this.#startError) return;
    this.#outside.delete(line.pid);
    const place = { cwd: this.#watch.links.resolve('', this.#watch.cwd, true) };
    const program = this.#started(line, place.cwd, null, number);
    const happenings: Happening[] = [{ kind: 'program', program }];
    this.#first = { happenings, place, program, thread: false, status: null };
    this.#firstPid = line.pid;
    this.#processes.set(line.pid, this.#first);
  }

  #happen(process: WatchedProcess, line: TraceLine, number: number): void {
    if (line.kind === 'exited') {
      process.status = line.status;
      if (line.pid === this.#firstPid && process === this.#first) this.#status = line.status;
      this.#processes.delete(line.pid);
    } else if (line.kind === 'moved') {
      this.#carefully(() => this.#exec(process, line, number));
      // strace 6 loses sight of a process in which another thread than the first started a program.
      this.#notUnderstood += 1;
    } else if (line.kind === 'call') {
      this.#carefully(() => this.#call(process, line, number));
    }
  }

  /** A call whose arguments are not as expected counts as not understood. */
  #carefully(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof UnknownCall)) throw error;
      this.#notUnderstood += 1;
    }
  }

  #call(process: WatchedProcess, line: Call, number: number): void {
    const { name, result } = line;
    if (SOCKETS.has(name)) this.#socket(process, line);
    this.#ask(process, line);
    if (name === 'execve' || name === 'execveat') {
      if (result.error) {
        this.#failedStart(process, line);
        this.#miss(process, line);
      } else this.#exec(process, line, number);
    } else if (!result.error) {
      if (BLINDING.has(name)) throw new UnknownCall();
      if (FORKS.has(name)) this.#fork(process, line);
      else if (name === 'unshare') this.#unshare(process, line);
      else this.#files(process, line, number);
    } else this.#miss(process, line);
  }

  /** A call that did nothing tells its process that something is there, or is not. */
  #miss({ place }: WatchedProcess, line: Call): void {
    const { touches } = this.#watch;
    for (const path of namedPaths(line, place.cwd, this.#watch)) {
      if (touches.missed.has(path)) continue;
      this.#keep();
      touches.missed.add(path);
    }
  }

  #ask({ place, program }: WatchedProcess, line: Call): void {
    const asked = askedOf(line, place.cwd, this.#watch);
    if (!asked) return;
    const key = `${asked.path} ${asked.error} ${asked.opened}`;
    if (program.asked.has(key)) return;
    this.#keep();
    program.asked.set(key, asked);
  }

  /** Counts what is kept of the step. */
  #keep(n = 1): void {
    this.#kept += n;
    if (this.#kept > KEPT_LIMIT) throw new UnknownCall();
  }

  #files(process: WatchedProcess, line: Call, number: number): void {
    const { uses } = process.program;
    const before = uses.size;
    const known = fileCall(line, process, this.#context(number)) || SOCKETS.has(line.name);
    if (this.#kept + uses.size - before > KEPT_LIMIT) uses.clear();
    this.#keep(Math.max(0, uses.size - before));
    if (!known) throw new UnknownCall();
  }

  #context(line: number): CallContext {
    const { links, touches, makers, inside } = this.#watch;
    return { links, touches, makers, inside, line };
  }

  #started(line: Execution, cwd: string, parent: Started | null, number: number): Started {
    const at = line.name === 'execveat';
    const given = bytesOf(line.args[at ? 1 : 0]);
    const argv = stringsOf(line.args[at ? 2 : 1]);
    const { path, file } = this.#programPaths(line, given, cwd);
    const writers = this.#watch.makers.of(file);
    const kept = { uses: new Set<string>(), asked: new Map(), writers };
    return { path, given, file, argv, parent, cwd, line: number, ...kept };
  }

  #programPaths(line: Execution, given: string, cwd: string): { path: string; file: string } {
    const { links } = this.#watch;
    let folder = cwd;
    if (line.name === 'execveat' && !given.startsWith('/')) {
      folder = folderOf(line.args[0], cwd, this.#watch.inside);
      if (given === '') return { path: folder, file: folder };
    }
    return { path: links.resolve(folder, given, false), file: links.resolve(folder, given, true) };
  }

  #exec(process: WatchedProcess, line: Execution, number: number): void {
    this.#keep();
    const program = this.#started(line, process.place.cwd, process.program, number);
    process.program = program;
    process.place = { cwd: process.place.cwd };
    process.happenings.push({ kind: 'program', program });
  }

  #failedStart(process: WatchedProcess, line: Call): void {
    this.#keep();
    const at = line.name === 'execveat';
    const { path } = this.#programPaths(line, bytesOf(line.args[at ? 1 : 0]), process.place.cwd);
    const result = line.result.error ?? '';
    process.happenings.push({ kind: 'failed-start', program: process.program, path, result });
  }

  #fork(parent: WatchedProcess, line: Call): void {
    const { result, text } = line;
    // Without the observer's own number for the child there is no telling which process it is.
    if (result.pid === null) throw new UnknownCall();
    this.#keep();
    if (this.#processes.has(result.pid)) this.#notUnderstood += 1;
    const place = /\bCLONE_FS\b/.test(text) ? parent.place : { cwd: parent.place.cwd };
    const thread = /\bCLONE_THREAD\b/.test(text);
    const child: WatchedProcess = { happenings: [], place, program: parent.program, thread, status: null };
    parent.happenings.push({ kind: 'child', process: child });
    this.#processes.set(result.pid, child);
    if (/\bCLONE_NEW[A-Z]/.test(text)) this.#notUnderstood += 1;
    const waiting = this.#pending.get(result.pid) ?? [];
    this.#pending.delete(result.pid);
    this.#pendingLines -= waiting.length;
    for (const { line: next, number } of waiting) this.#take(next, number);
  }

  #unshare(process: WatchedProcess, line: Call): void {
    process.place = { cwd: process.place.cwd };
    if (/\bCLONE_NEW[A-Z]/.test(line.text)) throw new UnknownCall();
  }

  #socket(process: WatchedProcess, line: Call): void {
    this.#keep();
    // The number of a socket differs from run to run.
    const text = line.name === 'socket' ? line.text : line.text.replace(/^-?\d+(<[^>]*>)?, /, '');
    process.happenings.push({
      kind: 'socket',
      program: process.program,
      family: familyOf(line.text),
      call: `${line.name}(${text})`.slice(0, 2000),
      result: line.result.error ?? 'ok',
    });
  }
}
