import type { Origin } from '../plan.ts';

/** A text that was put together, and where each of its lines stands in the bundle. One character is one byte. */
export class TracedText {
  readonly #pieces: string[] = [];
  readonly #origins: Origin[] = [];
  #length = 0;
  /** Whether the last line has no end yet. */
  #open = false;

  /** Adds lines that all come from one place. */
  add(text: string, origin: Origin): void {
    this.#append(text, () => origin);
  }

  /** Adds a whole file: its lines come from the lines of the file. */
  addFile(bytes: Buffer, file: string): void {
    this.#append(bytes.toString('latin1'), i => ({ file, line: i + 1 }));
  }

  /** Adds a text with the places that its lines have. */
  addText(other: TracedText): void {
    this.#append(other.#pieces.join(''), i => other.originOf(i + 1));
  }

  /** In bytes. */
  get length(): number {
    return this.#length;
  }

  get bytes(): Buffer {
    return Buffer.from(this.#pieces.join(''), 'latin1');
  }

  /** Where a line stands, from 1; the end stands where the last line does. */
  originOf(line: number): Origin {
    return this.#origins[line - 1] ?? this.#origins.at(-1) ?? { file: 'kit.toml', line: 1 };
  }

  /** A line belongs to the place that its first byte came from. */
  #append(text: string, originOf: (index: number) => Origin): void {
    if (text === '') return;
    const ends = text.endsWith('\n');
    const lines = (ends ? text.slice(0, -1) : text).split('\n');
    for (const i of lines.keys()) if (i > 0 || !this.#open) this.#origins.push(originOf(i));
    this.#pieces.push(text);
    this.#length += text.length;
    this.#open = !ends;
  }
}
