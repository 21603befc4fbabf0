import { inputError } from '../../base/index.ts';
import type { Origin } from '../plan.ts';

/** The largest script that is read, in bytes. */
export const SCRIPT_LIMIT = 4 << 20;

/**
 * A kaem script, read byte by byte as kaem does. One character stands for one byte, so that what is no UTF-8 passes
 * through unchanged.
 */
export class Script {
  /** Its path in the bundle, or what it is called when the chain made it. */
  readonly file: string;
  readonly #text: string;
  readonly #origin: ((line: number) => Origin) | undefined;
  #at = 0;
  #line = 1;
  #next = 1;

  /** `origin` tells where a line of a script that the chain made stands in the bundle. Throws `kaem.script-too-large`. */
  constructor(file: string, bytes: Buffer, origin?: (line: number) => Origin) {
    this.file = file;
    this.#origin = origin;
    if (bytes.length > SCRIPT_LIMIT) {
      throw inputError(
        'kaem.script-too-large',
        `a script of ${bytes.length} bytes; at most ${SCRIPT_LIMIT} are read`,
        {
          file,
        },
      );
    }
    this.#text = bytes.toString('latin1');
  }

  /** The line of the byte that was read last, from 1. */
  get line(): number {
    return this.#line;
  }

  /** The next byte, or null at the end. Throws `kaem.nul`. */
  next(): string | null {
    this.#line = this.#next;
    const byte = this.#text[this.#at];
    if (byte === undefined) return null;
    this.#at += 1;
    if (byte === '\n') this.#next += 1;
    if (byte === '\0') throw this.error('kaem.nul', 'the script holds a NUL byte');
    return byte;
  }

  /** Where a line stands in the bundle. */
  originOf(line: number): Origin {
    return this.#origin?.(line) ?? { file: this.file, line };
  }

  /** An error at the line that was read last, or at another one. */
  error(code: string, message: string, line = this.#line): Error {
    return inputError(code, message, this.originOf(line));
  }

  /** Reads the rest of a comment. kaem gives up when the file ends in it. Throws `kaem.unterminated-comment`. */
  skipComment(): void {
    for (let byte = this.next(); byte !== '\n'; byte = this.next()) {
      if (byte === null) {
        throw this.error(
          'kaem.unterminated-comment',
          'the script ends in a comment, where kaem stops with an error',
        );
      }
    }
  }
}

/** Longest text that fits into the buffers of kaem, in bytes. */
export const TEXT_LIMIT = 4095;

/** Throws `kaem.too-long` for a text that does not fit into the buffers of kaem. */
export function checkLength(length: number, script: Script): void {
  if (length > TEXT_LIMIT) {
    throw script.error(
      'kaem.too-long',
      `a word or value has more than the ${TEXT_LIMIT} bytes that kaem can hold`,
    );
  }
}
