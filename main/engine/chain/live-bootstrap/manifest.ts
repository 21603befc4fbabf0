import { inputError } from '../../base/index.ts';
import type { Origin } from '../plan.ts';
import { setVariable, type Variable, variableValue } from './configuration.ts';

/** The largest manifest that is read, in bytes. */
export const MANIFEST_LIMIT = 1 << 20;
/** Most lines of a manifest that say something. */
const LINE_LIMIT = 10_000;
/** Longest word, in bytes: what fits into the buffers of upstream's script-generator. */
const WORD_LIMIT = 63;

/** Something that the chain does: one line of the manifest whose predicate holds. */
export interface Directive {
  readonly kind: 'build' | 'improve' | 'jump' | 'uninstall';
  /** A package, the name of a script, or for `uninstall` all that it names, with blanks between. */
  readonly argument: string;
  /** The number among the directives that name the same, from 1; of a package, that of its build. */
  readonly pass: number;
  readonly origin: Origin;
}

/** A line of the manifest, its words as they stand there. */
export interface ManifestLine {
  readonly words: readonly string[];
  readonly origin: Origin;
}

/**
 * Splits a manifest into lines and words: one blank separates, `#` begins a comment, a blank at the end is none. Throws
 * `live-bootstrap.manifest` with file and line.
 */
export function readManifest(bytes: Buffer, file: string): ManifestLine[] {
  const lines = bytes.toString('latin1').split('\n');
  const read: ManifestLine[] = [];
  for (const [i, line] of lines.entries()) {
    const origin = { file, line: i + 1 };
    const text = line.split('#')[0] ?? '';
    if (text === '') continue;
    if (!/^[\x21-\x7e]+( [\x21-\x7e]+)* ?$/.test(text))
      throw wrong(origin, 'words of printable ASCII with one blank between them are expected');
    const words = text.trimEnd().split(' ');
    if (words.some(word => word.length > WORD_LIMIT))
      throw wrong(origin, `a word has more than ${WORD_LIMIT} characters`);
    if (read.length >= LINE_LIMIT) throw wrong(origin, `there are more than ${LINE_LIMIT} directives`);
    read.push({ words, origin });
  }
  return read;
}

/**
 * What of a manifest is done, given the variables, in its order. Variables that it defines are added to the list, or get their
 * value there. Throws `live-bootstrap.manifest` with file and line.
 */
export function interpret(lines: readonly ManifestLine[], variables: Variable[]): Directive[] {
  const passes = new Map<string, number>();
  return lines.flatMap(line => {
    const done = new Interpreter(line, variables).run();
    if (!done) return [];
    const pass = (passes.get(done.argument) ?? 0) + 1;
    passes.set(done.argument, pass);
    return { ...done, pass };
  });
}

const DIRECTIVES = ['build', 'improve', 'jump', 'uninstall'] as const;
/** A package or script: part of a path, and a word that means nothing else to a shell. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
const REMOVABLE = /^\/?[A-Za-z0-9][A-Za-z0-9._+-]*(\/[A-Za-z0-9][A-Za-z0-9._+-]*)*$/;

/** Goes through one line as upstream's script-generator does, and stops at what that would not understand or would pass over. */
class Interpreter {
  readonly #line: ManifestLine;
  readonly #variables: Variable[];
  #at = 0;

  constructor(line: ManifestLine, variables: Variable[]) {
    this.#line = line;
    this.#variables = variables;
  }

  /** The directive, or null when its predicate does not hold or it only defines something. */
  run(): Omit<Directive, 'pass'> | null {
    const word = this.#take();
    if (word === 'define:') {
      this.#define();
      return null;
    }
    const kind = DIRECTIVES.find(each => word === `${each}:`);
    if (kind === undefined) throw this.#error(`there is no directive '${word}'`);
    const names = [this.#take()];
    if (kind === 'uninstall') while (this.#next !== undefined && this.#next !== '(') names.push(this.#take());
    const pattern = kind === 'uninstall' ? REMOVABLE : NAME;
    for (const name of names)
      if (!pattern.test(name)) throw this.#error(`'${name}' is no name of a package or script`);
    return this.#predicate() ? { kind, argument: names.join(' '), origin: this.#line.origin } : null;
  }

  #define(): void {
    const name = this.#take();
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw this.#error(`'${name}' is no name of a variable`);
    this.#expect('=');
    const value = this.#next === '(' ? this.#logic() : this.#take();
    if (this.#predicate()) setVariable(this.#variables, { name, value, origin: this.#line.origin });
  }

  /** Whether what is left of the line, a predicate or nothing, holds. */
  #predicate(): boolean {
    const holds = this.#next === undefined || this.#logic() === 'True';
    if (this.#next !== undefined) throw this.#error(`nothing is expected after ')'`);
    return holds;
  }

  #logic(): string {
    this.#expect('(');
    const value = this.#term();
    this.#expect(')');
    return value;
  }

  /** A constant; or a comparison, alone or joined to a term, which is everything up to the end. */
  #term(): string {
    const name = this.#take();
    if (this.#next === ')') return name;
    const comparison = this.#take();
    if (comparison !== '==' && comparison !== '!=') throw this.#error(`== or != is expected after '${name}'`);
    const same = variableValue(this.#variables, name) === this.#take();
    const holds = same === (comparison === '==');
    if (this.#next === ')') return truth(holds);
    const junction = this.#take();
    if (junction !== '||' && junction !== '&&') throw this.#error('|| or && is expected');
    const other = this.#term() === 'True';
    return truth(junction === '||' ? holds || other : holds && other);
  }

  get #next(): string | undefined {
    return this.#line.words[this.#at];
  }

  #take(): string {
    const word = this.#next;
    if (word === undefined) throw this.#error('the line ends too early');
    this.#at += 1;
    return word;
  }

  #expect(word: string): void {
    const found = this.#take();
    if (found !== word) throw this.#error(`'${word}' is expected where '${found}' stands`);
  }

  #error(message: string): Error {
    return wrong(this.#line.origin, message);
  }
}

function truth(holds: boolean): string {
  return holds ? 'True' : 'False';
}

function wrong(origin: Origin, message: string): Error {
  return inputError(
    'live-bootstrap.manifest',
    message,
    origin,
    'The manifest is not of the form that is known.',
  );
}
