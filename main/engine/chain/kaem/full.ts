import { posix } from 'node:path';
import type { Notes } from './notes.ts';
import type { KaemOptions } from './options.ts';
import { checkLength, type Script } from './script.ts';
import { candidates, initialPath, predictStatus } from './search.ts';
import { type Line, LineReader } from './tokens.ts';
import { type Variable, Variables } from './variables.ts';

/** Most variables that kaem can hand on: its table needs one place to end it. */
const VARIABLE_LIMIT = 511;

/** A program that a script starts. Texts hold one character a byte. */
export interface Launch {
  /** The path that is executed, as kaem writes it. */
  readonly path: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: readonly Variable[];
  readonly script: Script;
  readonly line: number;
  /** The status without which the chain would not go on; null when it goes on whatever it is. */
  readonly status: number | null;
  /** Whether the outcome decides what runs next. */
  readonly condition: boolean;
}

/** What a script needs from where it is run. */
export interface Host {
  readonly notes: Notes;
  launch(launch: Launch): void;
  /** What the bundle has at a path of the container; null for nothing. Links count as they are. */
  typeOf(path: string): 'file' | 'directory' | 'symlink' | 'hardlink' | null;
  /** Which of several paths of the container holds a program, as far as the steps so far tell; null when they do not. */
  holderOf(paths: readonly string[]): string | null;
  /** Counts work, and throws when there was too much. */
  spend(bytes: number): void;
}

/** How a full kaem is started. */
export interface FullStart {
  readonly script: Script;
  readonly options: KaemOptions;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: readonly Variable[];
  /** The status that this kaem itself has to end with; null for any. */
  readonly status: number | null;
}

/**
 * Goes through a script as kaem 1.7 does, taking every program to do its work. Throws `kaem.stops` where kaem itself would give
 * up, and `kaem.*` for what cannot be known before anything runs.
 */
export function runFull(start: FullStart, host: Host): void {
  new FullRun(start, host).run();
}

class FullRun {
  readonly #host: Host;
  readonly #script: Script;
  readonly #ownStatus: number | null;
  readonly #variables: Variables;
  readonly #aliases = new Map<string, string>();
  readonly #lines: LineReader;
  #strict: boolean;
  #path: string;
  #cwd: string;
  /** The line that is run, and the word that kaem looks at: what runs a line may move on to a later word. */
  #line: Line = { words: [], runs: false, number: 0 };
  #at = 0;
  #replaced = false;

  constructor({ script, options, argv, cwd, environment, status }: FullStart, host: Host) {
    this.#host = host;
    this.#script = script;
    this.#ownStatus = status;
    this.#variables = new Variables(options.init ? [] : environment, argv[0] ?? '');
    this.#lines = new LineReader(script, { variables: this.#variables, argv }, this.#aliases, host.notes);
    this.#strict = options.strict;
    this.#path = initialPath(this.#variables.get('PATH'), this.#variables.get('LOGNAME'));
    this.#cwd = cwd;
  }

  run(): void {
    while (!this.#replaced && this.#read()) if (this.#line.runs) this.#perform(false);
  }

  /** Reads the next line; false at the end. */
  #read(): boolean {
    const line = this.#lines.next();
    if (line === null) return false;
    this.#line = line;
    this.#at = 0;
    this.#host.spend(line.words.reduce((sum, word) => sum + word.length, 1));
    return true;
  }

  get #word(): string | null {
    return this.#line.words[this.#at] ?? null;
  }

  #error(code: string, message: string): Error {
    return this.#script.error(code, message, this.#line.number);
  }

  #stops(why: string): Error {
    return this.#error('kaem.stops', `kaem stops here with an error: ${why}`);
  }

  /** Runs the command at the current word and gives its status. */
  #perform(condition: boolean): number {
    const word = this.#word;
    if (word === null) throw this.#stops('there is no command');
    if (word.includes('=')) this.#assign(word);
    else if (word === 'exec') {
      this.#at += 1;
      return this.#program(condition, true);
    } else if (!this.#builtIn(word)) return this.#program(condition, false);
    return 0;
  }

  /** Does what kaem does by itself; false when the word is no command of its own. Some of them move on to their first argument. */
  #builtIn(word: string): boolean {
    if (['cd', 'set', 'alias', 'if'].includes(word)) this.#at += 1;
    if (word === 'cd') this.#cd();
    else if (word === 'set') this.#set();
    else if (word === 'alias') this.#alias();
    else if (word === 'if') this.#if();
    else if (word === 'echo') this.#echo();
    else if (word === 'unset') this.#unset();
    else if (word === 'then' || word === 'else' || word === 'fi') this.#ignoreAfter(this.#at);
    else return word === 'pwd';
    return true;
  }

  /** Notes that no word after this place matters. */
  #ignoreAfter(at: number): void {
    if (this.#line.words.length > at + 1) {
      this.#host.notes.add('kaem.dropped-words', this.#script, this.#line.number);
    }
  }

  #assign(word: string): void {
    const [name, value] = split(word);
    if (name === '')
      throw this.#error('kaem.unnamed-variable', 'a variable without a name cannot be passed on');
    if (name === 'PATH') this.#path = value;
    this.#variables.set(name, value);
    this.#ignoreAfter(this.#at);
  }

  #cd(): void {
    const folder = this.#word;
    if (!folder) {
      if (this.#strict) throw this.#stops('cd names no folder');
      return;
    }
    const path = posix.resolve(this.#cwd, folder);
    for (let at = path; at !== '/'; at = posix.dirname(at)) {
      if (this.#host.typeOf(at) === 'symlink') {
        throw this.#error(
          'kaem.link',
          'cd goes through a symbolic link, and this reader does not follow links',
        );
      }
    }
    const type = path === '/' ? 'directory' : this.#host.typeOf(path);
    if (type === 'file' && this.#strict) throw this.#stops('cd names a file');
    if (!this.#strict && type !== 'directory') {
      throw this.#error(
        'kaem.uncertain',
        'whether this folder is there shows only when it is run, and the script goes on either way',
      );
    }
    this.#ignoreAfter(this.#at);
    checkLength(path.length, this.#script);
    this.#cwd = path;
  }

  /** The first character of the options does not matter. */
  #set(): void {
    const options = this.#word;
    if (options === null) {
      if (this.#strict) throw this.#stops('set names no option');
      return;
    }
    for (const option of options.slice(1)) {
      if (option === 'e') this.#strict = true;
      else if (option !== 'a' && option !== 'x') throw this.#stops('set has no such option');
    }
    this.#ignoreAfter(this.#at);
  }

  #alias(): void {
    const definition = this.#word;
    if (!definition?.includes('=')) return;
    const [name, value] = split(definition);
    if (value === '') throw this.#stops('an alias stands for nothing');
    this.#aliases.set(name, value);
    this.#ignoreAfter(this.#at);
  }

  #echo(): void {
    if (this.#line.words.length > this.#at + 1) this.#at = this.#line.words.length;
  }

  #unset(): void {
    for (const name of this.#line.words.slice(this.#at + 1)) {
      if (!this.#variables.unset(name))
        this.#host.notes.add('kaem.not-unset', this.#script, this.#line.number);
    }
  }

  /**
   * Everything up to a line whose current word is `fi`. The `fi` of an inner `if` is still the current word when that is done,
   * and so it ends the outer one, too.
   */
  #if(): void {
    let holds = this.#perform(true) === 0;
    let inner = false;
    do {
      if (this.#replaced) return;
      inner = false;
      if (!this.#read())
        throw this.#error(
          'kaem.unterminated-if',
          'the script ends inside an if, where kaem stops with an error',
        );
      if (!this.#line.runs) continue;
      if (holds) {
        inner = this.#word === 'if';
        this.#perform(false);
      }
      if (this.#word === 'else') holds = !holds;
    } while (this.#word !== 'fi');
    if (inner) this.#host.notes.add('kaem.inner-fi', this.#script, this.#line.number);
  }

  #program(condition: boolean, replaces: boolean): number {
    const name = this.#word;
    if (name === null) throw this.#stops('there is no command');
    const path = this.#find(name);
    if (path === null) {
      if (this.#strict) throw this.#stops('it finds no such program');
      this.#host.notes.add('kaem.no-program', this.#script, this.#line.number);
      return 0;
    }
    const argv = this.#line.words.slice(this.#at);
    const environment = this.#variables.all();
    if (environment.length > VARIABLE_LIMIT) {
      throw this.#error(
        'kaem.too-many-variables',
        `kaem cannot hand on more than ${VARIABLE_LIMIT} variables`,
      );
    }
    if (condition && replaces)
      throw this.#error('kaem.unpredictable', 'exec as a condition is not supported');
    const predicted = condition ? predictStatus(path, argv) : 0;
    if (predicted === null) {
      throw this.#error('kaem.unpredictable', 'the outcome of this condition shows only when it is run');
    }
    const needed = replaces ? this.#ownStatus : this.#strict ? 0 : null;
    this.#host.launch({
      ...{ path, argv, condition },
      cwd: this.#cwd,
      environment,
      script: this.#script,
      line: this.#line.number,
      status: condition ? predicted : needed,
    });
    this.#replaced = replaces;
    return predicted;
  }

  /** The path that kaem executes for a name; null when it finds none. */
  #find(name: string): string | null {
    const paths = candidates(name, this.#path);
    const [first] = paths;
    if (first === undefined) return null;
    if (paths.length === 1) return first;
    const type = this.#host.typeOf(posix.resolve(this.#cwd, first));
    if (type === 'file' || type === 'hardlink') return first;
    const resolved = paths.map(path => posix.resolve(this.#cwd, path));
    const holder = this.#host.holderOf(resolved);
    if (holder !== null) return paths[resolved.indexOf(holder)] ?? null;
    throw this.#error(
      'kaem.uncertain',
      'PATH has several folders, and in which of them this program is shows only when it is run',
    );
  }
}

/** Name and value at the first `=`. */
function split(word: string): [name: string, value: string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}
