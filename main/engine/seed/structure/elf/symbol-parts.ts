import type { ByteRange } from '../../../case/index.ts';
import { Counts } from '../counts.ts';
import { layoutSize } from '../record.ts';
import { bytesOf, hex } from '../words.ts';
import { Allowance } from './allowance.ts';
import type { ElfFile } from './file.ts';
import { symbolLayout } from './layout.ts';
import { SYMBOL_BINDINGS, SYMBOL_TYPES } from './names.ts';
import { calledOf, type ElfSectionPart } from './sections.ts';
import { type ElfSymbol, SHN_ABS, SHN_COMMON, SHN_UNDEF, SymbolTable } from './symbols.ts';
import { TextTable } from './texts.ts';

/** Most symbols that are shown, of one table and of one file. */
const [TABLE_LIMIT, FILE_LIMIT] = [4096, 8192];

/** What is said of a table as a whole. */
export interface TableWords {
  readonly value: string;
  readonly meaning: string;
}

/** The symbols of a file as parts of it, with bounds for all of them. */
export class SymbolParts {
  readonly #file: ElfFile;
  readonly #shown = new Allowance(FILE_LIMIT);
  /** Symbols that are counted: no more than the file has room for, however often they are claimed. */
  readonly #counted: Allowance;

  constructor(file: ElfFile) {
    this.#file = file;
    this.#counted = new Allowance(
      Math.ceil(file.tree.bytes.length / layoutSize(symbolLayout(file.elf.bits))),
    );
  }

  /** The symbols of a section. */
  ofSection(section: ElfSectionPart): SymbolTable {
    const { tree, elf, sections } = this.#file;
    const texts = sections[Number(section.header.value('sh_link'))];
    return new SymbolTable(tree.bytes, elf, section, texts ? new TextTable(tree.bytes, texts) : null);
  }

  /** The symbols of a place that the dynamic section names. */
  ofRange(range: ByteRange, texts: TextTable): SymbolTable {
    return new SymbolTable(this.#file.tree.bytes, this.#file.elf, range, texts);
  }

  /** How many symbols there are, and of which kinds. */
  about(table: SymbolTable): TableWords {
    const kinds = new Counts();
    const counted = this.#counted.take(table.count);
    for (let number = 0; number < counted; number += 1) {
      const { type, section } = table.kindOf(number);
      kinds.add(section === SHN_UNDEF ? ELSEWHERE : type);
    }
    const uncounted = table.count > counted ? ['the rest was not counted'] : [];
    const value = `${table.count.toLocaleString('en-US')} ${table.count === 1 ? 'symbol' : 'symbols'}`;
    return { value, meaning: [kinds.text(typeWord), ...uncounted].filter(Boolean).join(', ') };
  }

  /** Adds symbols as parts of a table, as many as may be shown. */
  add(parent: string, table: SymbolTable): void {
    const { tree, sections } = this.#file;
    const shown = this.#shown.take(Math.min(table.count, TABLE_LIMIT));
    let nameless = 0;
    for (let number = 0; number < shown; number += 1) {
      const symbol = table.at(number);
      if (!table.hasName(symbol)) nameless += 1;
      tree.add({
        parent,
        key: `symbol-${number}`,
        label: symbol.name === '' ? `Symbol ${number}` : symbol.name,
        value: hex(symbol.value),
        meaning: symbolMeaning(symbol, sections),
        offset: symbol.offset,
        length: table.size,
      });
    }
    if (nameless > 0)
      tree.notice(
        parent,
        'problem',
        'elf.name-outside',
        `the names of ${nameless.toLocaleString('en-US')} symbols lie outside the texts that belong to them`,
      );
    if (shown === table.count) return;
    const message = `${(table.count - shown).toLocaleString('en-US')} more symbols are not shown; at most ${TABLE_LIMIT} of a table and ${FILE_LIMIT} of a file are`;
    tree.notice(parent, 'note', 'structure.too-many', message);
  }
}

/** Stands beside the types for symbols that are in another file. */
const ELSEWHERE = -1;

const TYPE_WORDS: Readonly<Record<number, string>> = {
  [ELSEWHERE]: 'not in this file',
  0: 'without type',
  1: 'of data',
  2: 'functions',
  3: 'sections',
  4: 'source files',
  5: 'of common data',
  6: 'of data of each thread',
  10: 'functions chosen at run time',
};

const typeWord = (type: number) => TYPE_WORDS[type] ?? `of type ${type}`;

const VISIBILITIES = ['', ', internal', ', hidden', ', protected'];

function symbolMeaning(symbol: ElfSymbol, sections: readonly ElfSectionPart[]): string {
  const [, type] = SYMBOL_TYPES[symbol.type] ?? ['', `type ${symbol.type}`];
  const [, binding] = SYMBOL_BINDINGS[symbol.binding] ?? ['', `binding ${symbol.binding}`];
  const place = placeWords(symbol.section, sections);
  return `${type}, ${binding}${VISIBILITIES[symbol.visibility]}, ${place}, ${bytesOf(symbol.size)}`;
}

function placeWords(number: number, sections: readonly ElfSectionPart[]): string {
  if (number === SHN_UNDEF) return 'not in this file';
  if (number === SHN_ABS) return 'a number, no address';
  if (number === SHN_COMMON) return 'placed by the linker';
  const section = sections[number];
  return section ? `in ${calledOf(section)}` : `in section ${hex(number)}`;
}
