/** A variable's name and value, one character a byte. */
export type Variable = readonly [name: string, value: string];

/** The variables of a full kaem, all of which it exports, in the order in which it hands them on. */
export class Variables {
  readonly #list: Variable[];
  #snapshot: readonly Variable[] | null = null;

  /** What kaem makes of the environment it is started with: a SHELL is put before the others when there is none. */
  constructor(environment: readonly Variable[], shell: string) {
    this.#list = [...environment];
    if (this.get('SHELL') === undefined) this.#list.unshift(['SHELL', shell]);
  }

  get(name: string): string | undefined {
    return this.#list.find(([each]) => each === name)?.[1];
  }

  set(name: string, value: string): void {
    const place = this.#list.findIndex(([each]) => each === name);
    if (place < 0) this.#list.push([name, value]);
    else this.#list[place] = [name, value];
    this.#snapshot = null;
  }

  /** Removes a variable. The first of all stays, as in kaem; false tells so. */
  unset(name: string): boolean {
    const place = this.#list.findIndex(([each]) => each === name);
    if (place > 0) this.#list.splice(place, 1);
    this.#snapshot = null;
    return place !== 0;
  }

  /** All variables as they are now; the same array until one changes. */
  all(): readonly Variable[] {
    this.#snapshot ??= [...this.#list];
    return this.#snapshot;
  }
}

/** What `$` can stand for. */
export interface Scope {
  readonly variables: Variables;
  /** The arguments of kaem itself, its name first. */
  readonly argv: readonly string[];
}

/** What expanding a word gave. */
export interface Expansion {
  readonly text: string;
  /** Whether kaem lost a part of the word. */
  readonly lost: boolean;
}

/** Why a word cannot be expanded; kaem stops there with an error. */
export class BadVariable extends Error {}

/**
 * Expands the variables of one word, in the way of kaem 1.7: `:-` is looked for in all of the rest of the word, a name ends at
 * its first backslash, and `$@` forgets what stood before it. Throws {@link BadVariable}.
 */
export function expand(word: string, scope: Scope): Expansion {
  let dollar = word.indexOf('$');
  let text = dollar < 0 ? word : word.slice(0, dollar);
  let lost = false;
  while (dollar >= 0) {
    let at = dollar + 1;
    if (word[at] === '{') {
      const { value, end } = braces(word, at + 1, scope.variables);
      text += value;
      at = end + 1;
    } else if (word[at] === '@') {
      lost ||= text !== '';
      text = allArguments(scope.argv);
      at += 1;
    } else {
      throw new BadVariable('a $ is followed neither by { nor by @, where kaem stops with an error');
    }
    dollar = word.indexOf('$', at);
    text += dollar < 0 ? word.slice(at) : word.slice(at, dollar);
  }
  return { text, lost };
}

/** What `${…}` stands for, and the place of the `}` that ends it. */
function braces(word: string, start: number, variables: Variables): { value: string; end: number } {
  if (word.includes(':-', start)) {
    const colon = word.indexOf(':', start);
    const end = word.indexOf('}', colon + 2);
    if (end < 0) throw new BadVariable('this ${ has no }');
    const value = variables.get(word.slice(start, colon)) ?? word.slice(colon + 2, end);
    return { value, end };
  }
  let end = start;
  while (word[end] !== '}') {
    if (end >= word.length || word[end] === '\n') throw new BadVariable('this ${ has no }');
    end += 1;
  }
  const [name = ''] = word.slice(start, end).split('\\');
  return { value: variables.get(name) ?? '', end };
}

/** Everything from the first `--` on, that included; without one, nothing. */
function allArguments(argv: readonly string[]): string {
  const start = argv.indexOf('--');
  return start < 0 ? '' : argv.slice(start).join(' ');
}
