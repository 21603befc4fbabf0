/**
 * One line of strace's output, as it is printed with the options in `observer.ts`. The grammar is that of strace 5 and 6:
 * `PID SECONDS name(argument, …) = result`, or `PID SECONDS +++ what became of it +++`. A line is taken as one character a
 * byte; strings come back as the bytes they stand for, again one character a byte.
 */

/** An argument of a call. */
export type TraceValue =
  | {
      readonly kind: 'string';
      readonly bytes: string /** Whether strace cut its end off. */;
      readonly cut: boolean;
    }
  | { readonly kind: 'list'; readonly items: readonly TraceValue[] }
  | {
      readonly kind: 'word';
      readonly text: string;
      /** The path that strace gives for a descriptor; null when there is none. */
      readonly path: string | null;
    };

/** A line that was understood. */
export type TraceLine =
  | {
      readonly kind: 'call';
      readonly pid: number;
      readonly name: string;
      readonly args: readonly TraceValue[];
      /** The arguments as printed. */
      readonly text: string;
      readonly result: TraceResult;
    }
  /** A thread other than the first started a program: the kernel gives it the number of the first. */
  | {
      readonly kind: 'moved';
      readonly pid: number;
      readonly name: string;
      readonly args: readonly TraceValue[];
    }
  | { readonly kind: 'moved-end'; readonly pid: number }
  | { readonly kind: 'exited'; readonly pid: number; readonly status: number }
  | { readonly kind: 'superseded'; readonly pid: number };

/** How a call ended. */
export interface TraceResult {
  /** Name of the error, null for success. A call that a signal broke off, to be made again, has a name that begins with ERESTART. */
  readonly error: string | null;
  readonly value: number;
  /** The path of a descriptor that the call gave; null when there is none. */
  readonly path: string | null;
  /** The number that the observer itself has for a process the call made; null when it gives none. */
  readonly pid: number | null;
}

/** Arguments may nest only so deep; no call that is traced comes near it. */
const DEPTH = 8;
const HEAD = /^(\d+) +\d+\.\d+ /;

/**
 * strace keeps back what it prints of a call until the call has ended, and then prints it in one piece. When another process
 * came in between, that piece holds this mark and a newline.
 */
const BREAK = ' <unfinished ...>';

/** Joins the lines into which strace breaks a call. Null stands for a line that could not be read. */
export function* joinBroken(lines: Iterable<string | null>): Generator<string | null> {
  let begun = '';
  for (const line of lines) {
    if (line?.endsWith(BREAK)) {
      begun += line.slice(0, -BREAK.length);
    } else {
      yield line === null ? null : begun + line;
      begun = '';
    }
  }
  if (begun !== '') yield null;
}

/** Reads a line without its newline. Null when it is not understood. */
export function parseTraceLine(line: string): TraceLine | null {
  const head = HEAD.exec(line);
  if (!head) return null;
  const pid = Number(head[1]);
  const rest = line.slice(head[0].length);
  if (rest.startsWith('+++ ')) return parseFate(pid, rest);
  if (rest.startsWith('<... exec')) return { kind: 'moved-end', pid };
  try {
    return parseCall(pid, rest);
  } catch (error) {
    if (error instanceof NotUnderstood) return null;
    throw error;
  }
}

class NotUnderstood extends Error {}

function parseFate(pid: number, text: string): TraceLine | null {
  const exited = /^\+\+\+ exited with (\d{1,3}) \+\+\+$/.exec(text);
  if (exited) return { kind: 'exited', pid, status: Number(exited[1]) };
  if (/^\+\+\+ superseded by execve in pid \d+ \+\+\+$/.test(text)) return { kind: 'superseded', pid };
  return null;
}

function parseCall(pid: number, text: string): TraceLine {
  const reader = new Reader(text);
  const name = reader.match(/[a-z][a-z0-9_]*/y);
  reader.expect('(');
  const start = reader.at;
  const args = reader.at < text.length && text[reader.at] === ')' ? [] : reader.values(0);
  const moved = reader.tryMatch(/ <pid changed to (\d+) \.\.\.>$/y);
  if (moved) return { kind: 'moved', pid: Number(moved[1]), name, args };
  const printed = text.slice(start, reader.at);
  reader.expect(')');
  reader.match(/ *= /y);
  return { kind: 'call', pid, name, args, text: printed, result: reader.result() };
}

/** Walks over the text of a call. */
class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  tryMatch(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found) this.at += found[0].length;
    return found;
  }

  match(pattern: RegExp): string {
    const found = this.tryMatch(pattern);
    if (!found) throw new NotUnderstood();
    return found[0];
  }

  expect(text: string): void {
    if (!this.#text.startsWith(text, this.at)) throw new NotUnderstood();
    this.at += text.length;
  }

  /** Values divided by `, `, up to a closing bracket or the end. */
  values(depth: number): TraceValue[] {
    if (depth > DEPTH) throw new NotUnderstood();
    const values = [this.#value(depth)];
    while (this.#text.startsWith(', ', this.at)) {
      this.at += 2;
      values.push(this.#value(depth));
    }
    return values;
  }

  #value(depth: number): TraceValue {
    const first = this.#text[this.at];
    if (first === '"') return this.#string();
    if (first !== '[') return this.#word(depth);
    this.at += 1;
    const items = this.#text[this.at] === ']' ? [] : this.values(depth + 1);
    this.expect(']');
    return { kind: 'list', items };
  }

  #string(): TraceValue {
    const bytes = bytesFor(this.match(/"(?:[^"\\]|\\.)*"/y).slice(1, -1));
    return { kind: 'string', bytes, cut: this.tryMatch(/\.\.\./y) !== null };
  }

  /** Anything else: numbers, flags, descriptors with their paths, structures, comments. */
  #word(depth: number): TraceValue {
    const start = this.at;
    const descriptor = this.tryMatch(/(?:AT_FDCWD|-?\d+)<([^>]*)>(\(deleted\))?/y);
    const path = descriptor ? bytesFor(descriptor[1] ?? '') : null;
    this.#skipWord(depth);
    if (this.at === start) throw new NotUnderstood();
    const text = descriptor
      ? descriptor[0].slice(0, descriptor[0].indexOf('<')) +
        this.#text.slice(start + descriptor[0].length, this.at)
      : this.#text.slice(start, this.at);
    return { kind: 'word', text, path: descriptor?.[2] ? `${path} (deleted)` : path };
  }

  /** Passes over balanced brackets and strings up to a comma, a closing bracket or ` <pid changed`. */
  #skipWord(depth: number): void {
    if (depth > DEPTH) throw new NotUnderstood();
    for (;;) {
      this.tryMatch(/(?:[^"(){}[\], ]| (?!<pid changed)(?=\S)|,(?! ))+/y);
      const next = this.#text[this.at];
      if (next === '"') this.#string();
      else if (next === '(' || next === '{' || next === '[') this.#skipGroup(next, depth);
      else return;
    }
  }

  #skipGroup(open: string, depth: number): void {
    const close = open === '(' ? ')' : open === '{' ? '}' : ']';
    this.at += 1;
    for (;;) {
      this.#skipWord(depth + 1);
      if (this.#text[this.at] === close) break;
      this.expect(', ');
    }
    this.at += 1;
  }

  /** What stands after ` = `, to the end of the line. */
  result(): TraceResult {
    const found = this.tryMatch(
      /(?:(-1|\?) ([A-Z][A-Z0-9_]*) \([^()]*\)|(\d+)(?:<([^>]*)>(\(deleted\))?)?)(?: \/\* (\d+) in strace's PID NS \*\/)?$/y,
    );
    if (!found) throw new NotUnderstood();
    const path = found[4] === undefined ? null : bytesFor(found[4]);
    return {
      error: found[2] ?? null,
      value: found[3] === undefined ? -1 : Number(found[3]),
      path: found[5] ? `${path} (deleted)` : path,
      pid: found[6] === undefined ? null : Number(found[6]),
    };
  }
}

/** The bytes of a string inside a printed structure, for example its `sun_path`; null when there is none. */
export function fieldOf(structure: string, field: string): string | null {
  const found = new RegExp(`[{ ]${field}=("(?:[^"\\\\]|\\\\.)*")`).exec(structure)?.[1];
  return found === undefined ? null : bytesFor(found.slice(1, -1));
}

const LETTERS: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', '"': '"', '\\': '\\' };

/** The bytes that a quoted string or a path in angle brackets stands for. */
function bytesFor(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:x([0-9a-f]{2})|([0-7]{1,3})|(.))|\\$/gs, (_, hex, octal, letter) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined && Number.parseInt(octal, 8) < 256) {
      return String.fromCharCode(Number.parseInt(octal, 8));
    }
    const plain = letter === undefined ? undefined : LETTERS[letter];
    if (plain === undefined) throw new NotUnderstood();
    return plain;
  });
}

/**
 * Bytes as text: UTF-8 where they are that, otherwise `\xHH` for each byte above 0x7f, and `\\` for a backslash in such
 * a text.
 */
export function textOfBytes(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer);
  } catch {
    return bytes.replace(/[\\\x80-\xff]/g, c => (c === '\\' ? '\\\\' : `\\x${c.charCodeAt(0).toString(16)}`));
  }
}
