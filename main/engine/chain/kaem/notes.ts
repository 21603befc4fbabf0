import type { PlanNote } from '../plan.ts';
import type { Script } from './script.ts';

/** What the readers notice, in words. */
const NOTES = {
  'kaem.unfinished-line': 'the last line does not end with a line feed, so kaem does not run it',
  'kaem.dropped-line': 'kaem does not run this line, because of the blanks or the empty string at its end',
  'kaem.dropped-words': 'kaem ignores the words after the first that matters here',
  'kaem.dropped-text': 'kaem loses a part of this text',
  'kaem.dropped-word': 'kaem passes no argument for an empty string or a single blank',
  'kaem.not-unset': 'kaem cannot unset its first variable',
  'kaem.inner-fi': 'the fi of an inner if ends the outer one too',
  'kaem.no-program': 'kaem finds no such program, and goes on',
} as const;
type NoteCode = keyof typeof NOTES;

/** Collects what a person should know of the scripts, each once a line. */
export class Notes {
  readonly #notes = new Map<string, PlanNote>();

  add(code: NoteCode, script: Script, line: number): void {
    const key = `${code} ${line} ${script.file}`;
    if (!this.#notes.has(key)) {
      this.#notes.set(key, { code, message: NOTES[code], origin: script.originOf(line) });
    }
  }

  list(): PlanNote[] {
    return [...this.#notes.values()];
  }
}
