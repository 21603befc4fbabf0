import { interpreterOf, type ReadAt } from './interpreters.ts';
import type { Observation, SeenAsking, SeenFileUse, SeenProcess, SeenProgram } from './record.ts';
import type { Touches } from './touches.ts';
import { textOfBytes } from './trace-line.ts';
import { type Links, treePathOf } from './trace-links.ts';
import { compareBytes } from './tree-state.ts';
import type { Happening, Started, Watched, WatchedProcess } from './watched.ts';

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
  /** Whether anything of the tree stood there before, during or after the step. */
  stood(path: string): boolean;
  /** Paths that held nothing before and nothing after the step, although it touched them. */
  readonly absent: readonly string[];
  /** See `atHand` in an observation. */
  programsAtHand(): string[];
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
  readonly #processes: SeenProcess[] = [];
  readonly #indexOf = new Map<Started, number>();
  readonly #failedStarts: Observation['failedStarts'] = [];
  readonly #sockets: Observation['sockets'] = [];
  #unknown = 0;

  constructor(parts: ObservationParts) {
    this.#parts = parts;
  }

  visit(first: WatchedProcess): void {
    const stack = [{ index: this.#process(first, null), happenings: first.happenings.values() }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.happenings.next();
      if (next.done) stack.pop();
      else if (next.value.kind === 'child') {
        const { process } = next.value;
        const index = this.#process(process, top.index);
        stack.push({ index, happenings: process.happenings.values() });
      } else this.#happened(next.value, top.index);
    }
  }

  #process({ thread, status }: WatchedProcess, parent: number | null): number {
    return this.#processes.push({ parent, thread, status }) - 1;
  }

  #happened(happening: Exclude<Happening, { kind: 'child' }>, process: number): void {
    if (happening.kind === 'program') this.#program(happening.program, process);
    else if (happening.kind === 'socket') {
      const { program, family, call, result } = happening;
      this.#sockets.push({ program: this.#number(program), family, call, result });
    } else {
      const { program, path, result } = happening;
      const number = program && this.#number(program);
      this.#failedStarts.push({ program: number, path: textOfBytes(path), result });
    }
  }

  #number(program: Started): number {
    return this.#indexOf.get(program) ?? 0;
  }

  #program(program: Started, process: number): void {
    const index = this.#programs.length;
    this.#indexOf.set(program, index);
    const sha256 = this.#hashAtStart(program.file, program.line);
    this.#programs.push({
      index,
      parent: program.parent && this.#number(program.parent),
      process,
      path: textOfBytes(program.path),
      argv: program.argv.map(textOfBytes),
      sha256,
      via: 'execve',
      writers: [],
    });
    this.#interpreters(program, index, process, sha256);
  }

  /** What the kernel started to run the program, and what it started to run that. */
  #interpreters(program: Started, index: number, process: number, sha256: string | null): void {
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
        process,
        path,
        argv: argv.map(textOfBytes),
        sha256: hash,
        via: found.via,
        writers: [],
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

  #files(): SeenFileUse[] {
    const files: SeenFileUse[] = [];
    for (const [program, index] of this.#indexOf) {
      for (const each of program.uses) {
        const blank = each.indexOf(' ');
        const path = textOfBytes(each.slice(blank + 1));
        const use = each.slice(0, blank) as SeenFileUse['use'];
        const inTree = treePathOf(each.slice(blank + 1));
        const sha256 = inTree === null ? null : this.#parts.content.before(inTree);
        files.push({ program: index, path, use, sha256 });
      }
    }
    return files.sort(
      (a, b) => a.program - b.program || compareBytes(a.path, b.path) || compareBytes(a.use, b.use),
    );
  }

  #asked(): SeenAsking[] {
    const asked: SeenAsking[] = [];
    for (const [program, index] of this.#indexOf) {
      for (const { path, about, opened, error } of program.asked.values()) {
        const result =
          error ?? (this.#parts.content.stood(treePathOf(opened ?? '') ?? '') ? 'tree' : 'outside');
        asked.push({ program: index, path: textOfBytes(path), about, result });
      }
    }
    const distinct = new Map(asked.map(each => [`${each.program} ${each.result} ${each.path}`, each]));
    return [...distinct.values()].sort(
      (a, b) => a.program - b.program || compareBytes(a.path, b.path) || compareBytes(a.result, b.result),
    );
  }

  /** What was taken away again and was not there before. */
  #transient(files: readonly SeenFileUse[]): string[] {
    const used = (use: SeenFileUse['use']) =>
      new Set(files.filter(each => each.use === use).map(each => each.path));
    const [removed, folders] = [used('remove'), used('mkdir')];
    return this.#parts.content.absent
      .filter(path => removed.has(`/${path}`) && !folders.has(`/${path}`))
      .sort(compareBytes);
  }

  /** Who wrote the programs can only be numbered when all are known. */
  #programsWithWriters(): SeenProgram[] {
    for (const [{ writers }, index] of this.#indexOf) {
      const program = this.#programs[index];
      if (!program || writers.length === 0) continue;
      const numbers = writers.map(writer => this.#number(writer)).sort((a, b) => a - b);
      this.#programs[index] = { ...program, writers: numbers };
    }
    return this.#programs;
  }

  finish(): Observation {
    const files = this.#files();
    const { observer, content } = this.#parts;
    const unknown = this.#programs.some(program => program.sha256 === null);
    return {
      observer,
      processes: this.#processes,
      programs: this.#programsWithWriters(),
      failedStarts: this.#failedStarts,
      files,
      sockets: this.#sockets,
      asked: this.#asked(),
      transient: this.#transient(files),
      atHand: unknown ? content.programsAtHand() : null,
      notUnderstood: this.#parts.watched.notUnderstood + this.#unknown,
    };
  }
}
