import type { ByteRange } from '../../../case/index.ts';
import { type BinaryRecord, layoutSize, readRecord, unsignedAt, withinFile } from '../record.ts';
import type { StructureTree } from '../tree.ts';
import { bytesOf, digitsOf, hex, textAt } from '../words.ts';
import { type ProgramField, type SymbolField, symbolLayout } from './layout.ts';
import { GNU_NOTES, SYMBOL_BINDINGS, SYMBOL_TYPES } from './names.ts';
import type { ElfHeaders } from './read.ts';
import { calledOf, type ElfSectionPart, nameAt } from './sections.ts';

/** Most notes of one file that are read. */
const NOTE_LIMIT = 256;
/** Most symbols of one file that are read. */
const SYMBOL_LIMIT = 4096;

/** Reads what is in sections and segments, with one bound for the whole file. */
export class ElfContents {
  readonly #tree: StructureTree;
  readonly #elf: ElfHeaders;
  #notes = 0;
  #symbols = 0;

  constructor(tree: StructureTree, elf: ElfHeaders) {
    this.#tree = tree;
    this.#elf = elf;
  }

  /** Adds the notes of a section or segment: sizes of name and content, a type, then both, each padded to four bytes. */
  notes(parent: string, { offset, length }: ByteRange): void {
    const end = offset + length;
    let at: number | null = offset;
    for (let number = 0; at !== null && at + 12 <= end; number += 1) {
      if (this.#notes >= NOTE_LIMIT) {
        const message = `only ${NOTE_LIMIT} notes of a file are shown`;
        this.#tree.notice(parent, 'note', 'structure.too-many', message);
        return;
      }
      this.#notes += 1;
      at = this.#note(parent, `note-${number}`, at, end);
    }
  }

  /** Adds the note at an offset, and gives where the next one is; null when it does not end within its place. */
  #note(parent: string, key: string, at: number, end: number): number | null {
    const { bytes } = this.#tree;
    const [nameSize, size, type] = [this.#word(at), this.#word(at + 4), this.#word(at + 8)];
    const content = at + 12 + padded(nameSize);
    const next = content + padded(size);
    const name = textAt(bytes, at + 12, Math.min(nameSize, 64));
    const [called, meaning] = (name === 'GNU' ? GNU_NOTES[type] : undefined) ?? [`type ${hex(type)}`, null];
    const id = this.#tree.add({
      parent,
      key,
      label: `Note of ${name === '' ? 'nobody' : name}`,
      value: called,
      meaning: `${meaning === null ? '' : `${meaning}: `}${digitsOf(bytes.subarray(content, content + size))}`,
      offset: at,
      length: Math.min(next, end) - at,
    });
    if (next <= end + 3) return next;
    const message = `the note ends ${bytesOf(next - end)} beyond its place`;
    this.#tree.notice(id, 'problem', 'elf.note-outside', message);
    return null;
  }

  /** Adds the symbols of a section. */
  symbols(parent: string, section: ElfSectionPart, sections: readonly ElfSectionPart[]): void {
    const { bits, order } = this.#elf;
    const layout = symbolLayout(bits);
    const size = layoutSize(layout);
    const texts = sections[Number(section.header.value('sh_link'))]?.header;
    const count = Math.floor(section.length / size);
    const shown = Math.min(count, SYMBOL_LIMIT - this.#symbols);
    this.#symbols += shown;
    for (let number = 0; number < shown; number += 1) {
      const offset = section.offset + number * size;
      const symbol = readRecord(this.#tree.bytes, offset, layout, order);
      const name = texts ? nameAt(this.#tree.bytes, texts, symbol.value('st_name')) : '';
      this.#tree.add({
        parent,
        key: `symbol-${number}`,
        label: name === '' ? `Symbol ${number}` : name,
        value: hex(symbol.value('st_value')),
        meaning: symbolMeaning(symbol.value, sections),
        offset,
        length: size,
      });
    }
    if (shown < count) {
      const message = `${(count - shown).toLocaleString('en-US')} more symbols are not shown; of a file at most ${SYMBOL_LIMIT} are`;
      this.#tree.notice(parent, 'note', 'structure.too-many', message);
    }
  }

  #word(offset: number): number {
    return Number(unsignedAt(this.#tree.bytes, offset, 4, this.#elf.order) ?? 0n);
  }
}

function symbolMeaning(value: (name: SymbolField) => bigint, sections: readonly ElfSectionPart[]): string {
  const info = Number(value('st_info'));
  const [, type] = SYMBOL_TYPES[info & 15] ?? ['', `type ${info & 15}`];
  const [, binding] = SYMBOL_BINDINGS[info >> 4] ?? ['', `binding ${info >> 4}`];
  const index = Number(value('st_shndx'));
  const section = sections[index];
  const place =
    index === 0 ? 'not in this file' : section ? `in ${calledOf(section)}` : `in section ${hex(index)}`;
  return `${type}, ${binding}, ${place}, ${bytesOf(value('st_size'))}`;
}

const padded = (size: number) => size + ((4 - (size % 4)) % 4);

/** Bytes of a program header's segment that the file has. */
export function segmentRange(program: BinaryRecord<ProgramField>, size: number): ByteRange {
  const offset = withinFile(program.value('p_offset'), size);
  return { offset, length: withinFile(program.value('p_filesz'), size - offset) };
}
