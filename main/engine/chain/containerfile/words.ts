/** Gives a variable's value; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

/** Something that a word holds and that is not understood. The message says what. */
export class WordError extends Error {}

/** Most characters that one expansion may give. */
const LENGTH_LIMIT = 1 << 20;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/** Divides at blanks outside quotes; quotes and escapes stay in the words. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (quote === '' && /\s/.test(character)) {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    word += character;
    if (character === '\\' && quote !== "'" && i + 1 < text.length) {
      i += 1;
      word += text[i];
    } else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
  }
  if (quote !== '') throw new WordError(`a quote ${quote} is not closed`);
  if (word !== '') words.push(word);
  return words;
}

/** The strings of a JSON array; null when the text is none. */
export function jsonStrings(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : null;
  } catch {
    return null;
  }
}

/**
 * Expands variables, and takes quotes and escapes away, as BuildKit's shell lexer does: `$x`, `${x}`, `${x:-w}`, `${x-w}`,
 * `${x:+w}` and `${x+w}`; what is not set is empty. Throws {@link WordError} for any other form.
 */
export function expand(word: string, lookup: Lookup): string {
  const result = new Expansion(word, lookup, true).run();
  if (result.length > LENGTH_LIMIT)
    throw new WordError(`a word becomes longer than ${LENGTH_LIMIT} characters`);
  return result;
}

/** Expands variables in a text whose quotes are only characters. A backslash is refused: its meaning there is not settled. */
export function expandText(text: string, lookup: Lookup): string {
  if (text.includes('\\')) throw new WordError('a backslash in a heredoc that is expanded is not supported');
  return new Expansion(text, lookup, false).run();
}

class Expansion {
  readonly #text: string;
  readonly #lookup: Lookup;
  readonly #quotes: boolean;
  #at = 0;

  constructor(text: string, lookup: Lookup, quotes: boolean) {
    this.#text = text;
    this.#lookup = lookup;
    this.#quotes = quotes;
  }

  run(): string {
    let result = '';
    for (; this.#at < this.#text.length; ) result += this.#next();
    return result;
  }

  #next(): string {
    const character = this.#take();
    if (character === '$') return this.#variable();
    if (!this.#quotes) return character;
    if (character === '\\') return this.#take();
    if (character === "'") return this.#until("'", () => this.#take());
    if (character === '"') return this.#until('"', () => this.#inQuotes());
    return character;
  }

  #take(): string {
    this.#at += 1;
    return this.#text[this.#at - 1] ?? '';
  }

  #until(end: string, next: () => string): string {
    let result = '';
    for (; this.#text[this.#at] !== end; ) {
      if (this.#at >= this.#text.length) throw new WordError(`a quote ${end} is not closed`);
      result += next();
    }
    this.#at += 1;
    return result;
  }

  #inQuotes(): string {
    const character = this.#take();
    if (character === '$') return this.#variable();
    if (character !== '\\') return character;
    return '"$\\'.includes(this.#text[this.#at] ?? '') ? this.#take() : character;
  }

  #variable(): string {
    const rest = this.#text.slice(this.#at);
    const plain = NAME.exec(rest)?.[0];
    if (plain !== undefined) {
      this.#at += plain.length;
      return this.#lookup(plain) ?? '';
    }
    if (!rest.startsWith('{')) {
      if (/^[0-9@*#?!$-]/.test(rest)) throw new WordError(`'$${rest[0]}' is not supported`);
      return '$';
    }
    const [whole, name, form, word] = /^\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+])?([^{}]*)\}/.exec(rest) ?? [];
    if (whole === undefined || name === undefined || (form === undefined && word !== '')) {
      throw new WordError(`'$${rest.slice(0, 40)}' is no expansion that is supported`);
    }
    this.#at += whole.length;
    const value = this.#lookup(name);
    const set = form?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
    const other = () => new Expansion(word ?? '', this.#lookup, this.#quotes).run();
    if (form?.endsWith('-')) return set ? (value ?? '') : other();
    if (form?.endsWith('+')) return set ? other() : '';
    return value ?? '';
  }
}
