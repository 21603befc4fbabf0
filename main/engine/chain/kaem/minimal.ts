import type { Notes } from './notes.ts';
import { checkLength, type Script } from './script.ts';

/** A command as the minimal kaem runs it: its words, one character a byte, and the line of the first. */
export interface Command {
  readonly words: readonly string[];
  readonly line: number;
}

/** Most words of a command that fit into the table of the minimal kaem, which needs one place to end it. */
const WORD_LIMIT = 255;
/** The seeds take this byte for the end of the file. It occurs in no UTF-8 text. */
const END_BYTE = '\xfc';

/**
 * The language of the minimal kaem (the optional seed and kaem-0 of stage0-posix). Throws `kaem.unterminated-string`,
 * `kaem.unterminated-comment`, `kaem.end-byte`, `kaem.too-long`, `kaem.too-many-words` or `kaem.nul`.
 */
export function* minimalCommands(script: Script, notes: Notes): Generator<Command, void, void> {
  const reader = new MinimalReader(script, notes);
  for (let command = reader.command(); command; command = reader.command()) yield command;
}

class MinimalReader {
  readonly #script: Script;
  readonly #notes: Notes;
  #commandDone = false;
  #ended = false;

  constructor(script: Script, notes: Notes) {
    this.#script = script;
    this.#notes = notes;
  }

  /** The next command that is not empty, or null at the end. */
  command(): Command | null {
    while (!this.#ended) {
      const words: string[] = [];
      let line = 0;
      for (this.#commandDone = false; !this.#commandDone; ) {
        const word = this.#word();
        if (word === '') continue;
        if (words.length === 0) line = this.#wordLine;
        words.push(word);
        if (words.length > WORD_LIMIT) {
          throw this.#script.error(
            'kaem.too-many-words',
            `a command has more than ${WORD_LIMIT} words`,
            line,
          );
        }
      }
      if (words.length === 0) continue;
      if (!this.#ended) return { words, line };
      this.#notes.add('kaem.unfinished-line', this.#script, line);
    }
    return null;
  }

  #wordLine = 0;

  /** The next word, empty when there is none before the separator that ends it. */
  #word(): string {
    const script = this.#script;
    let word = '';
    for (;;) {
      const byte = this.#next();
      if (word === '') this.#wordLine = script.line;
      switch (byte) {
        case null:
          this.#ended = true;
          this.#commandDone = true;
          return word;
        case ' ':
        case '\t':
          return word;
        case '\n':
          this.#commandDone = true;
          return word;
        case '"':
          return this.#quoted(word);
        case '#':
          this.#comment();
          this.#commandDone = true;
          return word;
        case '\\':
          this.#escaped();
          return word;
        default:
          word += byte;
          checkLength(word.length, script);
      }
    }
  }

  #next(): string | null {
    const byte = this.#script.next();
    if (byte === END_BYTE) {
      throw this.#script.error(
        'kaem.end-byte',
        'the script holds the byte FC, which this kaem takes for its end',
      );
    }
    return byte;
  }

  #comment(): void {
    for (let byte = this.#next(); byte !== '\n'; byte = this.#next()) {
      if (byte === null) {
        throw this.#script.error(
          'kaem.unterminated-comment',
          'the script ends in a comment, where kaem stops with an error',
        );
      }
    }
  }

  /** The byte after a backslash is thrown away, be it a line feed or not. */
  #escaped(): void {
    const byte = this.#next();
    if (byte !== '\n' && byte !== null) this.#notes.add('kaem.dropped-text', this.#script, this.#script.line);
  }

  /** A string ends the word that it is at the end of. */
  #quoted(before: string): string {
    const script = this.#script;
    const { line } = script;
    let word = before;
    for (let byte = this.#next(); byte !== '"'; byte = this.#next()) {
      if (byte === null) throw script.error('kaem.unterminated-string', 'this string has no end', line);
      word += byte;
      checkLength(word.length, script);
    }
    if (word === '') this.#notes.add('kaem.dropped-word', script, line);
    return word;
  }
}
