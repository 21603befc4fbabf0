import type { Notes } from './notes.ts';
import { checkLength, type Script } from './script.ts';
import { BadVariable, expand, type Scope } from './variables.ts';

/** A line as the full kaem understands it. */
export interface Line {
  /** What is left of it after aliases and variables, one character a byte. */
  readonly words: readonly string[];
  /** Whether kaem runs it; it takes some lines for empty that are not. */
  readonly runs: boolean;
  /** The line of its first word, from 1. */
  readonly number: number;
}

/** Most words that kaem can pass, which needs one place to end them. */
const WORD_LIMIT = 511;
/** kaem's code for "no character", where it is stored as if it were one. */
const NO_CHARACTER = '\xff';

/**
 * The buffer in which kaem collects a word. Places that were skipped hold a zero byte, which ends the text; what stands after
 * it is lost, or shows up at the end of a later, shorter word.
 */
class WordBuffer {
  readonly bytes: string[] = [];

  get text(): string {
    const end = this.bytes.indexOf('\0');
    return (end < 0 ? this.bytes : this.bytes.slice(0, end)).join('');
  }

  put(at: number, byte: string): void {
    while (this.bytes.length < at) this.bytes.push('\0');
    this.bytes[at] = byte;
  }

  /** Whether there is text that no word will show. */
  get hides(): boolean {
    const { length } = this.text;
    return this.bytes.some((byte, i) => i > length && byte !== '\0');
  }
}

/** Splits a script into lines and those into words, aliases and variables expanded, in the way of kaem 1.7. */
export class LineReader {
  readonly #script: Script;
  readonly #scope: Scope;
  readonly #aliases: ReadonlyMap<string, string>;
  readonly #notes: Notes;
  #lineDone = false;
  #ended = false;
  /** Where the word that is being collected began. */
  #wordLine = 0;

  constructor(script: Script, scope: Scope, aliases: ReadonlyMap<string, string>, notes: Notes) {
    this.#script = script;
    this.#scope = scope;
    this.#aliases = aliases;
    this.#notes = notes;
  }

  /**
   * The next line, which may be empty, or null at the end. Throws `kaem.unterminated-string`, `kaem.unterminated-comment`,
   * `kaem.bad-variable`, `kaem.too-long`, `kaem.too-many-words` or `kaem.nul`.
   */
  next(): Line | null {
    const words: string[] = [];
    let buffer = new WordBuffer();
    let number = 0;
    let index = 0;
    for (this.#lineDone = false; !this.#lineDone; ) {
      index = this.#collect(buffer, index);
      if (buffer.hides) this.#notes.add('kaem.dropped-text', this.#script, this.#wordLine);
      const { text } = buffer;
      if (text === '') continue;
      if (number === 0) number = this.#wordLine;
      for (const raw of this.#unalias(text)) this.#add(words, raw);
      buffer = new WordBuffer();
    }
    if (number === 0) number = this.#wordLine;
    if (this.#ended) {
      if (words.length > 0) this.#notes.add('kaem.unfinished-line', this.#script, number);
      return null;
    }
    if (index === 0 && words.length > 0) this.#notes.add('kaem.dropped-line', this.#script, number);
    return { words, runs: index !== 0, number };
  }

  #add(words: string[], raw: string): void {
    const script = this.#script;
    const { text, lost } = this.#expand(raw);
    checkLength(text.length, script);
    if (lost) this.#notes.add('kaem.dropped-text', script, this.#wordLine);
    if (text === ' ') this.#notes.add('kaem.dropped-word', script, this.#wordLine);
    else words.push(text);
    if (words.length > WORD_LIMIT) {
      throw script.error('kaem.too-many-words', `a line has more than ${WORD_LIMIT} words`);
    }
  }

  #expand(raw: string): { text: string; lost: boolean } {
    try {
      return expand(raw, this.#scope);
    } catch (error) {
      if (error instanceof BadVariable)
        throw this.#script.error('kaem.bad-variable', error.message, this.#wordLine);
      throw error;
    }
  }

  /**
   * Collects a word into the buffer. Gives how far it came, or, when the line ends before a word begins, how far the word
   * before came: zero makes kaem take the line for empty.
   */
  #collect(buffer: WordBuffer, before: number): number {
    const script = this.#script;
    for (let index = 0; ; ) {
      const byte = script.next();
      if (index === 0) this.#wordLine = script.line;
      checkLength(index, script);
      switch (byte) {
        case null:
          this.#lineDone = true;
          this.#ended = true;
          return index;
        case ' ':
        case '\t':
          return index;
        case '#':
        case '\n':
        case ';':
          if (byte === '#') script.skipComment();
          this.#lineDone = true;
          return index === 0 ? before : index;
        case '"':
          return this.#quoted(buffer, index);
        case '\\': {
          const escaped = meant(script.next());
          if (escaped !== null) buffer.put(index, escaped);
          index += 1;
          break;
        }
        default:
          buffer.put(index, byte);
          index += 1;
      }
    }
  }

  /** A string ends the word that it is at the end of. */
  #quoted(buffer: WordBuffer, start: number): number {
    const script = this.#script;
    const { line } = script;
    for (let index = start; ; index += 1) {
      checkLength(index, script);
      const byte = script.next();
      if (byte === null) throw script.error('kaem.unterminated-string', 'this string has no end', line);
      if (byte === '"') {
        if (index === 0) this.#notes.add('kaem.dropped-word', script, line);
        return index;
      }
      buffer.put(index, byte === '\\' ? (meant(script.next()) ?? NO_CHARACTER) : byte);
    }
  }

  /** The words that an alias stands for, or the word itself. */
  #unalias(word: string): string[] {
    const value = this.#aliases.get(word);
    return value === undefined ? [word] : aliasWords(value);
  }
}

/** The byte that a backslash and another one stand for; null for none. */
function meant(byte: string | null): string | null {
  if (byte === '\n' || byte === null) return null;
  if (byte === 'n') return '\n';
  return byte === 'r' ? '\r' : byte;
}

/** Blanks separate; two of them, or one at the end, make an empty word. */
function aliasWords(value: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < value.length; at += 1) {
    const byte = value[at] ?? '';
    if (byte === ' ' || byte === '\t') {
      words.push(word);
      word = '';
    } else if (byte === '\\') {
      at += 1;
      if (at < value.length) word += meant(value[at] ?? '') ?? NO_CHARACTER;
    } else {
      word += byte;
    }
  }
  return [...words, word];
}
