import { isUtf8 } from 'node:buffer';
import { posix } from 'node:path';
import { inputError } from '../../base/index.ts';
import type { EntryType } from '../../case/index.ts';
import type { KaemScripts } from '../kit.ts';
import { isTreePath, type Plan, type ProgramStep, STEP_LIMIT, startPath } from '../plan.ts';
import { type Host, type Launch, runFull } from './full.ts';
import { minimalCommands } from './minimal.ts';
import { Notes } from './notes.ts';
import { type KaemOptions, kaemOptions } from './options.ts';
import { Script } from './script.ts';
import type { Variable } from './variables.ts';

/** Scripts that run scripts are followed so far. */
export const DEPTH_LIMIT = 32;
/** Bytes of all scripts, each as often as it is run, and of all words. */
export const WORK_LIMIT = 128 << 20;
/** Bytes of the arguments and environments of all steps. */
export const PLAN_BYTES_LIMIT = 64 << 20;

/** The files that a build description is read from; paths are relative to the root of the tree. */
export interface DescriptionFiles {
  /** What stands at a path, links not followed; null for nothing. */
  type(path: string): EntryType | null;
  /** The content of a file, at most `limit` bytes. */
  read(path: string, limit: number): Buffer;
}

/** What a reader that embeds this one knows of the chain besides its scripts. */
export interface KaemForesight {
  /** What the bundle calls the file at a path from the root. */
  nameOf(path: string): string;
  /** A script that an earlier step made, by its path from the root; null when its content is not known. */
  script(path: string): Script | null;
  /** Which of several paths of the container holds a program; null when that is not known. */
  holderOf(paths: readonly string[]): string | null;
  /** Told of every step when it is planned. */
  planned(step: ProgramStep): void;
}

const NOTHING_FORESEEN: KaemForesight = {
  nameOf: path => path,
  script: () => null,
  holderOf: () => null,
  planned: () => {},
};

/**
 * The plan reader `kaem`: the commands of the chain's own scripts, in the order in which kaem runs them, each nested script in
 * its place. A command that runs a kaem on a script of the bundle is no step: the script is read in its turn. Throws `kaem.*` with
 * file and line for everything that cannot be known beforehand, and where kaem itself would stop with an error.
 */
export function readKaem(
  kit: KaemScripts,
  files: DescriptionFiles,
  foresight: KaemForesight = NOTHING_FORESEEN,
): Plan {
  return new KaemReader(kit, files, foresight).plan();
}

/** How a script came to be run. */
interface Run {
  /** The kaem that runs it, by its path in the tree. */
  readonly runner: string;
  readonly depth: number;
}

class KaemReader {
  readonly #kit: KaemScripts;
  readonly #files: DescriptionFiles;
  readonly #foresight: KaemForesight;
  readonly #notes = new Notes();
  readonly #dialects: ReadonlyMap<string, 'minimal' | 'full'>;
  readonly #scripts = new Map<string, Buffer>();
  readonly #stages = new Map<string, { id: string; title: string }>();
  readonly #steps: ProgramStep[] = [];
  readonly #environments = new WeakMap<readonly Variable[], [string, string][]>();
  readonly #names = new Map<string, number>();
  #work = 0;
  #planBytes = 0;

  constructor(kit: KaemScripts, files: DescriptionFiles, foresight: KaemForesight) {
    this.#kit = kit;
    this.#files = files;
    this.#foresight = foresight;
    this.#dialects = new Map(kit.interpreter.map(({ path, dialect }) => [path, dialect]));
  }

  plan(): Plan {
    const { runner, entry, environment, results } = this.#kit;
    const words = this.#dialects.get(runner) === 'full' ? ['--file', entry] : [entry];
    const script = this.#script(entry);
    if (!script) throw inputError('kaem.no-script', 'the bundle has no such script', { file: entry });
    const argv = [`/${runner}`, ...words];
    const start = {
      path: `/${runner}`,
      argv,
      cwd: '/',
      environment: Object.entries(environment).map(toBytes),
    };
    this.#interpret({ ...start, script, line: 1, status: 0, condition: false }, script, { runner, depth: 1 });
    return {
      format: 1,
      reader: 'kaem',
      results,
      stages: [...this.#stages.values()],
      steps: this.#steps,
      declares: false,
      description: [...this.#scripts.keys()],
      notes: this.#notes.list(),
    };
  }

  /** A script of the bundle, or one that the chain is known to make; null when there is no such file. */
  #script(path: string): Script | null {
    const made = this.#foresight.script(path);
    if (made) return made;
    if (this.#typeOf(`/${path}`) !== 'file') return null;
    const bytes = this.#scripts.get(path) ?? this.#files.read(path, SCRIPT_READ_LIMIT);
    this.#scripts.set(path, bytes);
    this.#spend(bytes.length, path);
    return new Script(this.#foresight.nameOf(path), bytes);
  }

  #typeOf(path: string): EntryType | null {
    const inTree = path.slice(1);
    return isTreePath(inTree) ? this.#files.type(inTree) : null;
  }

  #spend(bytes: number, file: string): void {
    this.#work += bytes;
    if (this.#work > WORK_LIMIT)
      throw inputError('kaem.too-large', 'the scripts run too many commands', { file });
  }

  /** Reads a script as the kaem that is started on it does. */
  #interpret(launch: Launch, script: Script, run: Run): void {
    const { depth } = run;
    if (depth > DEPTH_LIMIT) {
      throw launch.script.error(
        'kaem.too-deep',
        `scripts run each other more than ${DEPTH_LIMIT} deep`,
        launch.line,
      );
    }
    const host: Host = {
      notes: this.#notes,
      launch: next => this.#launch(next, run),
      typeOf: path => this.#typeOf(fromBytes(path)),
      holderOf: paths => this.#foresight.holderOf(paths),
      spend: bytes => this.#spend(bytes, script.file),
    };
    const { argv, cwd, environment, status } = launch;
    if (this.#dialects.get(run.runner) === 'full') {
      const options = this.#options(launch);
      if (options) runFull({ script, options, argv, cwd, environment, status }, host);
      return;
    }
    for (const { words, line } of minimalCommands(script, this.#notes)) {
      const path = words[0] ?? '';
      host.launch({ path, argv: words, cwd, environment, script, line, status: 0, condition: false });
    }
  }

  #options({ argv, script, line }: Launch): KaemOptions | null {
    const options = kaemOptions(argv);
    if (typeof options === 'string') throw script.error('kaem.bad-option', options, line);
    return options;
  }

  /** A started program: a script to read, or a step. */
  #launch(launch: Launch, by: Run): void {
    const { script, line, cwd, argv } = launch;
    const program = treePath(launch);
    const dialect = this.#dialects.get(program);
    const named = dialect && (dialect === 'full' ? this.#options(launch)?.file : argv[1]);
    if (dialect === 'minimal' && named === undefined) {
      throw script.error('kaem.no-script', 'kaem is started without a script', line);
    }
    const nested = named && this.#script(posix.resolve(cwd, text(launch, named)).slice(1));
    if (!nested) this.#step(launch, program, by);
    else if (launch.condition) {
      throw script.error('kaem.unpredictable', 'a script as a condition is not supported', line);
    } else this.#interpret(launch, nested, { runner: program, depth: by.depth + 1 });
  }

  #step(launch: Launch, program: string, by: Run): void {
    const { script, line, status } = launch;
    if (this.#steps.length >= STEP_LIMIT) {
      throw script.error('kaem.too-large', `the scripts run more than ${STEP_LIMIT} programs`, line);
    }
    const argv = launch.argv.map(word => text(launch, word));
    const step: ProgramStep = {
      number: this.#steps.length + 1,
      id: this.#idOf(script.file, line),
      stage: this.#stageOf(script.file, by),
      title: shorten(argv.join(' '), TITLE_LENGTH),
      origin: script.originOf(line),
      action: 'run',
      argv,
      program,
      cwd: text(launch, launch.cwd),
      environment: this.#environmentOf(launch),
      inputs: [],
      outputs: [],
      timeoutSeconds: this.#kit.timeout,
      expectedStatus: status,
    };
    if (startPath(step) === null) {
      throw script.error(
        'kaem.program-name',
        'kaem starts this program under a name that does not lead to it, which no container does',
        line,
      );
    }
    this.#planBytes += [...argv, ...step.environment.flat()].reduce((sum, word) => sum + word.length + 4, 0);
    if (this.#planBytes > PLAN_BYTES_LIMIT) {
      throw script.error('kaem.too-large', 'the arguments and environments of all steps are too large', line);
    }
    this.#steps.push(step);
    this.#foresight.planned(step);
  }

  /** One array for all steps that share an environment: there can be many of them. */
  #environmentOf(launch: Launch): [string, string][] {
    const known = this.#environments.get(launch.environment);
    if (known) return known;
    const made = launch.environment.map(([name, value]): [string, string] => [
      text(launch, name),
      text(launch, value),
    ]);
    this.#environments.set(launch.environment, made);
    return made;
  }

  /** `mescc-tools-mini-kaem-26`; the second run of the same line has `-2` added, and so on. */
  #idOf(file: string, line: number): string {
    const stem = posix
      .basename(file)
      .toLowerCase()
      .replace(/\.kaem$/, '')
      .replace(/[^a-z0-9._+-]/g, '-');
    const name = `${/^[a-z0-9]/.test(stem) ? '' : 's'}${stem.slice(0, 60)}-${line}`;
    const times = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, times);
    return times === 1 ? name : `${name}.${times}`;
  }

  /** The stage of a script: all that its own lines do. */
  #stageOf(file: string, { runner }: Run): string {
    const id = file.length > STAGE_LENGTH ? `…${file.slice(1 - STAGE_LENGTH)}` : file;
    if (!this.#stages.has(id))
      this.#stages.set(id, { id, title: shorten(`${file}, a script for ${runner}`, 300) });
    return id;
  }
}

const SCRIPT_READ_LIMIT = 64 << 20;
const TITLE_LENGTH = 120;
const STAGE_LENGTH = 100;

function shorten(words: string, length: number): string {
  return words.length > length ? `${words.slice(0, length - 1)}…` : words;
}

/** The path in the tree of the program that is started. */
function treePath(launch: Launch): string {
  const path = text(launch, posix.resolve(launch.cwd, launch.path)).slice(1);
  if (isTreePath(path)) return path;
  throw launch.script.error('kaem.bad-path', 'this program has no path inside the tree', launch.line);
}

/** One character a byte made a text. Throws `kaem.not-utf8`. */
function text({ script, line }: Launch, bytes: string): string {
  if (!isUtf8(Buffer.from(bytes, 'latin1')))
    throw script.error('kaem.not-utf8', 'a word or value is no UTF-8', line);
  return fromBytes(bytes);
}

function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function toBytes([name, value]: [string, string]): Variable {
  return [bytesOf(name), bytesOf(value)];
}

function bytesOf(words: string): string {
  return Buffer.from(words, 'utf8').toString('latin1');
}
