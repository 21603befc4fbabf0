import type { ByteRange } from '../../../case/index.ts';
import { numberAt } from '../record.ts';
import { bytesOf, textAt } from '../words.ts';
import { Allowance } from './allowance.ts';
import type { ElfFile } from './file.ts';
import { type NotePlace, noteWords } from './notes.ts';

/** Most notes of one file that are shown. */
const NOTE_LIMIT = 256;

/** The notes of a file as parts of it, with one bound for all of them. */
export class NoteParts {
  readonly #file: ElfFile;
  readonly #left = new Allowance(NOTE_LIMIT);

  constructor(file: ElfFile) {
    this.#file = file;
  }

  /** Adds the notes of a section or segment: sizes of name and content, a type, then both, each padded to the alignment. */
  add(parent: string, { offset, length }: ByteRange, alignment: bigint): void {
    const { tree, elf } = this.#file;
    const place: NotePlace = { bytes: tree.bytes, order: elf.order, align: alignment === 8n ? 8 : 4 };
    const end = offset + length;
    let at: number | null = offset;
    for (let number = 0; at !== null && at + 12 <= end; number += 1) {
      if (this.#left.take(1) === 0) {
        const message = `only ${NOTE_LIMIT} notes of a file are shown`;
        tree.notice(parent, 'note', 'structure.too-many', message);
        return;
      }
      at = this.#note(parent, `note-${number}`, place, { at, end });
    }
  }

  /** Adds the note at an offset, and gives where the next one is; null when it does not end within its place. */
  #note(
    parent: string,
    key: string,
    place: NotePlace,
    { at, end }: { readonly at: number; readonly end: number },
  ): number | null {
    const { tree } = this.#file;
    const [nameSize = 0, size = 0, type = 0] = [0, 4, 8].map(field =>
      numberAt(place.bytes, at + field, 4, place.order),
    );
    const padded = (value: number) => Math.ceil(value / place.align) * place.align;
    const content = at + padded(12 + nameSize);
    const next = content + padded(size);
    const name = textAt(place.bytes, at + 12, Math.min(nameSize, 64));
    const within = Math.max(0, Math.min(size, end - content));
    const words = noteWords(place, name, type, { offset: content, length: within });
    const id = tree.add({
      parent,
      key,
      label: `Note of ${name === '' ? 'nobody' : name}`,
      value: words.type,
      meaning: words.meaning,
      offset: at,
      length: Math.min(next, end) - at,
    });
    // Padding behind the last note may be left out.
    if (next < end + place.align) return next;
    const message = `the note ends ${bytesOf(next - end)} beyond its place`;
    tree.notice(id, 'problem', 'elf.note-outside', message);
    return null;
  }
}
