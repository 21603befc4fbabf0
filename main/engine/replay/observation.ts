import { interpreterOf, type ReadAt } from './interpreters.ts';
import type { Observation, SeenFileUse, SeenProgram } from './record.ts';
import type { Touches } from './touches.ts';
import { textOfBytes } from './trace-line.ts';
import { type Links, treePathOf } from './trace-links.ts';
import { compareBytes } from './tree-state.ts';
import type { Started, Watched, WatchedProcess } from './watched.ts';

/** Scripts whose interpreter is a script are followed so far, as in Linux. */
const NESTING = 5;

/** What is known of the tree's content around a step. Paths are those of the tree. */
export interface Content {
  /** Hash of the file there before the step; null when there was none. */
  before(path: string): string | null;
  /** Hash of the file there after the step; null when there is none. */
  after(path: string): string | null;
  /** Reads a file known by hash; null when its bytes are not at hand. */
  reader(path: string, sha256: string): ReadAt | null;
}

/** What an observation is made from. */
export interface ObservationParts {
  /** Name and version of the observer. */
  readonly observer: string;
  readonly watched: Watched;
  readonly touches: Touches;
  readonly links: Links;
  readonly content: Content;
}

/**
 * Makes the observation of a step. Programs are numbered process by process, each before what it started, each process's
 * children in the order in which it made them: the same however concurrent processes overlapped.
 */
export function makeObservation(parts: ObservationParts): Observation {
  const maker = new Maker(parts);
  if (parts.watched.first) maker.visit(parts.watched.first);
  return maker.finish();
}

class Maker {
  readonly #parts: ObservationParts;
  readonly #programs: SeenProgram[] = [];
  readonly #indexOf = new Map<Started, number>();
  readonly #failedStarts: Observation['failedStarts'] = [];
  readonly #sockets: Observation['sockets'] = [];
  #unknown = 0;

  constructor(parts: ObservationParts) {
    this.#parts = parts;
  }

  visit(first: WatchedProcess): void {
    const stack = [first.happenings.values()];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.next();
      if (next.done) stack.pop();
      else if (next.value.kind === 'child') stack.push(next.value.process.happenings.values());
      else if (next.value.kind === 'program') this.#program(next.value.program);
      else if (next.value.kind === 'socket') {
        const { program, call, result } = next.value;
        this.#sockets.push({ program: this.#number(program), call, result });
      } else {
        const { program, path, result } = next.value;
        const number = program && this.#number(program);
        this.#failedStarts.push({ program: number, path: textOfBytes(path), result });
      }
    }
  }

  #number(program: Started): number {
    return this.#indexOf.get(program) ?? 0;
  }

  #program(program: Started): void {
    const index = this.#programs.length;
    this.#indexOf.set(program, index);
    const sha256 = this.#hashAtStart(program.file, program.line);
    this.#programs.push({
      index,
      parent: program.parent && this.#number(program.parent),
      path: textOfBytes(program.path),
      argv: program.argv.map(textOfBytes),
      sha256,
      via: 'execve',
    });
    this.#interpreters(program, index, sha256);
  }

  /** What the kernel started to run the program, and what it started to run that. */
  #interpreters(program: Started, index: number, sha256: string | null): void {
    let { file, argv } = program;
    let hash = sha256;
    let { given } = program;
    for (let depth = 0, parent = index; depth < NESTING && hash !== null; depth += 1) {
      const readAt = this.#parts.content.reader(treePathOf(file) ?? '', hash);
      if (!readAt) {
        this.#unknown += 1;
        return;
      }
      const found = interpreterOf(readAt);
      if (!found) return;
      const passed: string[] = [];
      const { links, touches } = this.#parts;
      file = links.resolve(program.cwd, found.path, true, passed);
      const moved = passed.some(link => touches.changedAfter(link, program.line));
      hash = moved ? null : this.#hashAtStart(file, program.line);
      const words = found.argument === null ? [found.path] : [found.path, found.argument];
      argv = found.via === 'loader' ? words : [...words, given, ...argv.slice(1)];
      given = found.path;
      const path = textOfBytes(links.resolve(program.cwd, found.path, false));
      const own = this.#programs.length;
      this.#programs.push({
        index: own,
        parent,
        path,
        argv: argv.map(textOfBytes),
        sha256: hash,
        via: found.via,
      });
      if (found.via === 'loader') return;
      parent = own;
    }
  }

  /** The hash a file had at a line of the trace; null when that cannot be known. */
  #hashAtStart(file: string, line: number): string | null {
    const { touches, content } = this.#parts;
    const path = treePathOf(file);
    if (path === null) return null;
    if (!touches.changedBefore(file, line)) return content.before(path);
    return touches.changedAfter(file, line) ? null : content.after(path);
  }

  finish(): Observation {
    const files: SeenFileUse[] = [];
    for (const [program, index] of this.#indexOf) {
      for (const each of program.uses) {
        const blank = each.indexOf(' ');
        const path = textOfBytes(each.slice(blank + 1));
        files.push({ program: index, path, use: each.slice(0, blank) as SeenFileUse['use'] });
      }
    }
    files.sort((a, b) => a.program - b.program || compareBytes(a.path, b.path) || compareBytes(a.use, b.use));
    return {
      observer: this.#parts.observer,
      programs: this.#programs,
      failedStarts: this.#failedStarts,
      files,
      sockets: this.#sockets,
      notUnderstood: this.#parts.watched.notUnderstood + this.#unknown,
    };
  }
}
