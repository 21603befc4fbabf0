import type { ByteRange } from '../../../case/index.ts';
import { Counts } from '../counts.ts';
import { hex } from '../words.ts';
import { Allowance } from './allowance.ts';
import type { ElfFile } from './file.ts';
import { relocationName } from './relocation-names.ts';
import {
  type ElfRelocation,
  packedRelocations,
  type RelocationKind,
  RelocationTable,
} from './relocations.ts';
import { calledOf } from './sections.ts';
import type { TableWords } from './symbol-parts.ts';
import { STT_SECTION, type SymbolTable } from './symbols.ts';

/** Most relocations that are shown, of one table and of one file. */
const [TABLE_LIMIT, FILE_LIMIT] = [1024, 4096];
/** Addresses of a packed word that are listed. */
const ADDRESSES = 4;

/** A table of relocations: where it is, how it is kept, and the symbols that it names. */
export interface RelocationPlace {
  readonly kind: RelocationKind;
  readonly range: ByteRange;
  readonly symbols: SymbolTable | null;
}

/** The relocations of a file as parts of it, with bounds for all of them. */
export class RelocationParts {
  readonly #file: ElfFile;
  readonly #shown = new Allowance(FILE_LIMIT);
  /** Bytes that are looked through to count: no more than the file has, however often they are claimed. */
  readonly #counted: Allowance;

  constructor(file: ElfFile) {
    this.#file = file;
    this.#counted = new Allowance(file.tree.bytes.length);
  }

  /** How many relocations there are, and of which types. */
  about({ kind, range }: RelocationPlace): TableWords {
    const length = this.#counted.take(range.length);
    const left = length < range.length ? ', the rest was not counted' : '';
    const counted = { offset: range.offset, length };
    if (kind === 'RELR') return this.#aboutPacked(counted, left);
    const { tree, elf, machine } = this.#file;
    const table = new RelocationTable(tree.bytes, elf, kind, counted);
    const kinds = new Counts();
    for (let number = 0; number < table.count; number += 1) kinds.add(table.typeOf(number));
    const all = new RelocationTable(tree.bytes, elf, kind, range).count;
    return { value: relocations(all), meaning: `${kinds.text(type => typeText(machine, type))}${left}` };
  }

  #aboutPacked(range: ByteRange, left: string): TableWords {
    let places = 0;
    for (const word of packedRelocations(this.#file.tree.bytes, this.#file.elf, range))
      places += word.places.length;
    return {
      value: relocations(places),
      meaning: `relative, packed into ${Math.floor(range.length / (this.#file.elf.bits / 8)).toLocaleString('en-US')} words${left}`,
    };
  }

  /** Adds relocations as parts of a table, as many as may be shown. */
  add(parent: string, place: RelocationPlace): void {
    if (place.kind === 'RELR') this.#addPacked(parent, place.range);
    else this.#addTable(parent, place, place.kind);
  }

  #addTable(parent: string, { range, symbols }: RelocationPlace, kind: 'REL' | 'RELA'): void {
    const { tree, elf } = this.#file;
    const table = new RelocationTable(tree.bytes, elf, kind, range);
    const shown = this.#shown.take(Math.min(table.count, TABLE_LIMIT));
    let unknown = 0;
    for (let number = 0; number < shown; number += 1) {
      const relocation = table.at(number);
      if (relocation.symbol > 0 && symbols && relocation.symbol >= symbols.count) unknown += 1;
      tree.add({
        parent,
        key: `relocation-${number}`,
        label: typeText(this.#file.machine, relocation.type),
        value: this.#targetText(relocation, symbols),
        meaning: `changes ${hex(relocation.place)}`,
        offset: relocation.offset,
        length: table.size,
      });
    }
    if (unknown > 0)
      tree.notice(
        parent,
        'problem',
        'elf.symbol-outside',
        `${unknown.toLocaleString('en-US')} of them name symbols that the table of symbols does not have`,
      );
    this.#sayLeftOut(parent, table.count - shown, 'relocations');
  }

  #addPacked(parent: string, range: ByteRange): void {
    const { tree, elf } = this.#file;
    const word = elf.bits / 8;
    const words = Math.floor(range.length / word);
    const shown = this.#shown.take(Math.min(words, TABLE_LIMIT));
    const part = { offset: range.offset, length: shown * word };
    for (const { offset, value, places, bitmap } of packedRelocations(tree.bytes, elf, part)) {
      const listed = places.slice(0, ADDRESSES).map(hex).join(', ');
      const more = places.length > ADDRESSES ? ` and ${places.length - ADDRESSES} more` : '';
      tree.add({
        parent,
        key: `word-${(offset - range.offset) / word}`,
        label: bitmap ? 'Bitmap' : 'Address',
        value: hex(value),
        meaning: places.length === 0 ? 'changes nothing' : `changes ${listed}${more}`,
        offset,
        length: word,
      });
    }
    this.#sayLeftOut(parent, words - shown, 'words');
  }

  /** `printf`, `.text + 0x10`, `0x1139`: what is put there. */
  #targetText({ symbol: number, addend }: ElfRelocation, symbols: SymbolTable | null): string | null {
    if (number === 0) return addend === null ? null : signed(addend);
    const symbol = symbols && number < symbols.count ? symbols.at(number) : null;
    const section = symbol?.type === STT_SECTION ? this.#file.sections[symbol.section] : undefined;
    const name = symbol?.name || (section && calledOf(section)) || `symbol ${number}`;
    if (addend === null || addend === 0n) return name;
    return `${name} ${addend < 0n ? '-' : '+'} ${hex(addend < 0n ? -addend : addend)}`;
  }

  #sayLeftOut(parent: string, left: number, what: string): void {
    if (left <= 0) return;
    const message = `${left.toLocaleString('en-US')} more ${what} are not shown; at most ${TABLE_LIMIT} of a table and ${FILE_LIMIT} of a file are`;
    this.#file.tree.notice(parent, 'note', 'structure.too-many', message);
  }
}

function relocations(number: number): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? 'relocation' : 'relocations'}`;
}

function typeText(machine: ElfFile['machine'], type: number): string {
  return relocationName(machine, type) ?? `type ${type}`;
}

const signed = (value: bigint) => (value < 0n ? `-${hex(-value)}` : hex(value));
