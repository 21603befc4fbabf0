import { isUtf8 } from 'node:buffer';
import { type AssayError, inputError } from '../../base/index.ts';

/** Text in a Containerfile that an instruction brings along. */
export interface Heredoc {
  readonly name: string;
  /** Whether variables in it are expanded: its name was not quoted. */
  readonly expands: boolean;
  /** Where its text begins. */
  readonly line: number;
  /** Tabs at the beginning of lines are gone already where `<<-` says so. */
  readonly text: string;
}

/** An instruction, its continuation lines joined. */
export interface Instruction {
  /** Where it begins. */
  readonly line: number;
  /** In capitals. */
  readonly keyword: string;
  /** `--name=value`, in the order in which they stand; a flag without value has ''. */
  readonly flags: ReadonlyMap<string, string>;
  /** What follows the flags. */
  readonly rest: string;
  readonly heredocs: readonly Heredoc[];
}

/** Most instructions of one file. */
const INSTRUCTIONS = 10_000;
const WITH_HEREDOCS = new Set(['RUN', 'COPY', 'ADD']);
const HEREDOC = /^<<(-?)(["']?)([A-Za-z_][A-Za-z0-9_.]*)\2$/;
const CONTINUED = /(^|[^\\])\\[ \t]*$/;

/** An error in a build description. */
export function descriptionError(file: string, line: number, problem: string, code: string): AssayError {
  return inputError(`containerfile.${code}`, problem, { file, line });
}

/**
 * Reads the instructions of a Containerfile, as BuildKit's parser divides it: comment lines and empty lines inside a continued
 * instruction are passed over, a backslash at the end of a line continues it. Throws `containerfile.syntax`.
 */
export function readInstructions(bytes: Buffer, file: string): Instruction[] {
  if (!isUtf8(bytes)) throw descriptionError(file, 1, 'the file is not UTF-8', 'syntax');
  const lines = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  return new Reader(file, lines).all();
}

class Reader {
  readonly #file: string;
  readonly #lines: readonly string[];
  #at = 0;

  constructor(file: string, lines: readonly string[]) {
    this.#file = file;
    this.#lines = lines;
  }

  all(): Instruction[] {
    const found: Instruction[] = [];
    for (; this.#at < this.#lines.length; ) {
      const text = this.#lines[this.#at] ?? '';
      if (/^\s*(#|$)/.test(text)) {
        this.#checkDirective(text, found.length);
        this.#at += 1;
      } else found.push(this.#instruction());
      if (found.length > INSTRUCTIONS)
        throw this.#error(this.#at, `there are more than ${INSTRUCTIONS} instructions`);
    }
    return found;
  }

  #checkDirective(text: string, before: number): void {
    const chosen = /^\s*#\s*escape\s*=\s*(\S+)/i.exec(text)?.[1];
    if (before === 0 && chosen !== undefined && chosen !== '\\') {
      throw this.#error(this.#at + 1, 'another escape character than the backslash is not supported');
    }
  }

  #instruction(): Instruction {
    const line = this.#at + 1;
    const text = this.#joined();
    const [, word = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
    const keyword = word.toUpperCase();
    const flags = new Map<string, string>();
    let left = rest.trim();
    for (;;) {
      const flag = /^--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)/.exec(left);
      if (!flag?.[1]) break;
      if (flags.has(flag[1])) throw this.#error(line, `the flag --${flag[1]} is there twice`);
      flags.set(flag[1], flag[2] ?? '');
      left = left.slice(flag[0].length);
    }
    const heredocs = WITH_HEREDOCS.has(keyword) && !left.startsWith('[') ? this.#heredocs(left, line) : [];
    return { line, keyword, flags, rest: left, heredocs };
  }

  /** The line and those that continue it. */
  #joined(): string {
    let text = '';
    for (; this.#at < this.#lines.length; ) {
      const line = this.#lines[this.#at] ?? '';
      this.#at += 1;
      if (text !== '' && /^\s*(#|$)/.test(line)) continue;
      if (!CONTINUED.test(line)) return text + line;
      text += line.replace(/\\[ \t]*$/, '');
    }
    return text;
  }

  #heredocs(rest: string, line: number): Heredoc[] {
    const words = rest.split(/\s+/).filter(word => word.includes('<<'));
    return words.map(word => {
      const [, dash, quote = '', name] = HEREDOC.exec(word) ?? [];
      if (name === undefined) throw this.#error(line, `'${word}' is no heredoc that is understood`);
      return { name, expands: quote === '', line: this.#at + 1, text: this.#body(name, dash === '-', line) };
    });
  }

  #body(name: string, dropTabs: boolean, line: number): string {
    let text = '';
    for (; this.#at < this.#lines.length; ) {
      const raw = this.#lines[this.#at] ?? '';
      const content = dropTabs ? raw.replace(/^\t+/, '') : raw;
      this.#at += 1;
      if (content === name) return text;
      text += `${content}\n`;
    }
    throw this.#error(line, `the heredoc ${name} has no end`);
  }

  #error(line: number, problem: string): AssayError {
    return descriptionError(this.#file, line, problem, 'syntax');
  }
}
