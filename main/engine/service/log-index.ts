import { type TaskOptions, throwIfStopped } from '../base/index.ts';
import { type Content, Pace } from '../bundle/index.ts';

/** Bytes that are read at a time. */
const CHUNK = 1 << 20;
/** A place is kept for so many lines at first, and after so many bytes in any case; fewer when there would be too many places. */
const STRIDE = { lines: 256, bytes: 1 << 20, places: 1 << 17 };
const NEWLINE = 0x0a;

/** A line of a log, or its beginning. */
export interface LogLine {
  readonly text: string;
  /** Of the whole line, without its end. */
  readonly bytes: number;
  readonly cut: boolean;
}

interface Place {
  readonly line: number;
  readonly offset: number;
}

/** Where lines of a log begin: every so many of them, so that a log of any size takes a bounded index. It may grow. */
export class LogIndex {
  #places: Place[] = [{ line: 0, offset: 0 }];
  #stride = STRIDE.lines;
  #newlines = 0;
  #size = 0;
  #ended = true;

  /** Reads a log once. Throws `task.stopped`. */
  static async of(content: Content, options: TaskOptions = {}): Promise<LogIndex> {
    const index = new LogIndex();
    const pace = new Pace(options, { task: 'Reading the log', total: content.size, unit: 'bytes' });
    for (const { bytes, offset } of chunks(content)) {
      throwIfStopped(options.signal);
      index.add(bytes);
      if (pace.due) await pace.rest(offset + bytes.length);
    }
    return index;
  }

  /** How many lines there are, one without an end included. */
  get lines(): number {
    return this.#ended ? this.#newlines : this.#newlines + 1;
  }

  /** Whether the last line has its end. */
  get isEnded(): boolean {
    return this.#ended;
  }

  /** Goes on over the bytes that follow those it knows. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
      this.#newlines += 1;
      this.#place({ line: this.#newlines, offset: this.#size + at + 1 });
    }
    this.#size += bytes.length;
    this.#ended = bytes.at(-1) === NEWLINE;
  }

  #place(place: Place): void {
    const last = this.#places.at(-1) ?? { line: 0, offset: 0 };
    if (place.line - last.line < this.#stride && place.offset - last.offset < STRIDE.bytes) return;
    this.#places.push(place);
    if (this.#places.length <= STRIDE.places) return;
    this.#places = this.#places.filter((_, i) => i % 2 === 0);
    this.#stride *= 2;
  }

  /** Lines from a number on, each cut at so many bytes. Fewer at the end. */
  read(content: Content, from: number, count: number, limit: number): LogLine[] {
    const lines: LogLine[] = [];
    const place = this.#before(from);
    let [line, kept, length] = [place.line, [] as Buffer[], 0];
    const wanted = Math.min(from + count, this.lines);
    for (const { bytes } of chunks(content, place.offset)) {
      for (let at = 0; line < wanted && at < bytes.length; ) {
        const end = bytes.indexOf(NEWLINE, at);
        const piece = bytes.subarray(at, end < 0 ? bytes.length : end);
        if (line >= from && length < limit) kept.push(Buffer.from(piece.subarray(0, limit - length)));
        length += piece.length;
        if (end < 0) break;
        if (line >= from) lines.push(lineOf(kept, length, limit));
        [line, kept, length, at] = [line + 1, [], 0, end + 1];
      }
      if (line >= wanted) break;
    }
    if (line < wanted && line >= from) lines.push(lineOf(kept, length, limit));
    return lines;
  }

  #before(line: number): Place {
    let [low, high] = [0, this.#places.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#places[middle]?.line ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return this.#places[low] ?? { line: 0, offset: 0 };
  }
}

function lineOf(kept: readonly Buffer[], length: number, limit: number): LogLine {
  return { text: Buffer.concat(kept).toString('utf8'), bytes: length, cut: length > limit };
}

/** What a search in a log found. */
export interface FoundLines {
  /** How many lines have the text. */
  readonly found: number;
  /** The first of them, ascending. */
  readonly lines: readonly number[];
}

/** Looks for a text in every line; one that goes over the end of a line is none. Throws `task.stopped`. */
export async function findLines(
  content: Content,
  text: string,
  { matchCase, limit }: { readonly matchCase: boolean; readonly limit: number },
  options: TaskOptions = {},
): Promise<FoundLines> {
  const plain = (bytes: Buffer) => {
    // One character a byte, so that a place in the text is a place in the bytes.
    const characters = bytes.toString('latin1');
    return matchCase ? characters : characters.replace(/[A-Z]+/g, letters => letters.toLowerCase());
  };
  const wanted = plain(Buffer.from(text, 'utf8'));
  const lines: number[] = [];
  let [found, line, rest] = [0, 0, ''];
  const pace = new Pace(options, { task: 'Searching the log', total: content.size, unit: 'bytes' });
  for (const { bytes, offset } of chunks(content)) {
    const part = rest + plain(bytes);
    const end = part.lastIndexOf('\n') + 1;
    const whole = part.slice(0, end);
    let start = 0;
    for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, start)) {
      line += newlines(whole, start, at);
      found += 1;
      if (lines.length < limit) lines.push(line);
      start = whole.indexOf('\n', at) + 1;
      line += 1;
    }
    line += newlines(whole, start, whole.length);
    // Of a line without an end only as much is kept as a match can need; a hit in it is told when it ends.
    rest = part.slice(end);
    if (rest.length > CHUNK) rest = rest.includes(wanted) ? wanted : rest.slice(-wanted.length);
    if (pace.due) await pace.rest(offset + bytes.length);
  }
  if (rest.includes(wanted)) {
    found += 1;
    if (lines.length < limit) lines.push(line);
  }
  return { found, lines };
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The bytes of a log from an offset on, a buffer that is used again at a time. */
function* chunks(content: Content, from = 0): Generator<{ readonly bytes: Buffer; readonly offset: number }> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, content.size)));
  for (let offset = from; offset < content.size; offset += buffer.length) {
    const bytes = buffer.subarray(0, Math.min(buffer.length, content.size - offset));
    content.readAt(bytes, offset);
    yield { bytes, offset };
  }
}
