import type { ByteRange } from '../../../case/index.ts';
import { type BinaryRecord, withinFile } from '../record.ts';
import { type AddedDynamic, checkDynamic } from './check-dynamic.ts';
import type { ElfDynamic } from './dynamic.ts';
import { addDynamicEntries } from './dynamic-parts.ts';
import { dynamicTables } from './dynamic-tables.ts';
import type { ElfFile } from './file.ts';
import type { ProgramField } from './layout.ts';
import { NoteParts } from './note-parts.ts';
import { RelocationParts, type RelocationPlace } from './relocation-parts.ts';
import {
  type ElfSectionPart,
  SHT_DYNSYM,
  SHT_NOTE,
  SHT_REL,
  SHT_RELA,
  SHT_RELR,
  SHT_SYMTAB,
} from './sections.ts';
import { SymbolParts, type TableWords } from './symbol-parts.ts';

/** Reads what is in sections and segments, with bounds for the whole file. */
export class ElfContents {
  readonly #file: ElfFile;
  readonly #dynamic: ElfDynamic | null;
  readonly #notes: NoteParts;
  readonly #symbols: SymbolParts;
  readonly #relocations: RelocationParts;
  /** The dynamic section, once it was added. */
  #added: AddedDynamic | null = null;

  constructor(file: ElfFile, dynamic: ElfDynamic | null) {
    this.#file = file;
    this.#dynamic = dynamic;
    this.#notes = new NoteParts(file);
    this.#symbols = new SymbolParts(file);
    this.#relocations = new RelocationParts(file);
  }

  /** What is said of a section that is a table; null of others. */
  about(section: ElfSectionPart): TableWords | null {
    if (isSymbols(section)) return this.#symbols.about(this.#symbols.ofSection(section));
    const relocations = this.#relocationsOf(section);
    return relocations && this.#relocations.about(relocations);
  }

  /** Adds what is in a section below its node. */
  addSection(id: string, section: ElfSectionPart): void {
    const relocations = this.#relocationsOf(section);
    if (isSymbols(section)) this.#symbols.add(id, this.#symbols.ofSection(section));
    else if (relocations) this.#relocations.add(id, relocations);
    else if (section.header.value('sh_type') === SHT_NOTE)
      this.addNotes(id, section, section.header.value('sh_addralign'));
    else if (this.#dynamic?.offset === section.offset) this.#addDynamic(id, this.#dynamic);
  }

  /** Adds the notes of a segment below its node. */
  addNotes(id: string, range: ByteRange, alignment: bigint): void {
    this.#notes.add(id, range, alignment);
  }

  /** Adds what the dynamic section names and no section does, and says what is unusual about it. */
  finish(): void {
    const dynamic = this.#dynamic;
    if (!dynamic) return;
    if (!this.#added) {
      const meaning = 'what the dynamic linker is told';
      const { offset, length } = dynamic;
      const plan = { key: 'dynamic', label: 'Dynamic section', meaning, offset, length };
      this.#addDynamic(this.#file.tree.add(plan), dynamic);
    }
    if (this.#added) checkDynamic(this.#file, this.#added);
    if (this.#file.sections.length === 0) this.#addTables(dynamic);
  }

  #addDynamic(id: string, dynamic: ElfDynamic): void {
    if (this.#added) return;
    const entryIds = addDynamicEntries(this.#file, id, dynamic);
    this.#added = { id, entryIds, dynamic, tables: dynamicTables(this.#file, dynamic) };
  }

  #addTables({ texts }: ElfDynamic): void {
    const { symbols: range = null, relocations = [] } = this.#added?.tables ?? {};
    const { tree } = this.#file;
    const symbols = range && this.#symbols.ofRange(range, texts);
    if (range && symbols) {
      const words = this.#symbols.about(symbols);
      this.#symbols.add(
        tree.add({ key: 'dynamic-symbols', label: 'Dynamic symbols', ...words, ...range }),
        symbols,
      );
    }
    relocations.forEach((each, i) => {
      const place = { ...each, symbols };
      const words = this.#relocations.about(place);
      const plan = { key: `dynamic-relocations-${i}`, label: `Dynamic relocations, ${each.kind}` };
      this.#relocations.add(tree.add({ ...plan, ...words, ...each.range }), place);
    });
  }

  #relocationsOf(section: ElfSectionPart): RelocationPlace | null {
    const type = section.header.value('sh_type');
    const kind = type === SHT_RELA ? 'RELA' : type === SHT_REL ? 'REL' : type === SHT_RELR ? 'RELR' : null;
    if (kind === null) return null;
    const symbols = this.#file.sections[Number(section.header.value('sh_link'))];
    const table = symbols && isSymbols(symbols) ? this.#symbols.ofSection(symbols) : null;
    return { kind, range: section, symbols: table };
  }
}

function isSymbols({ header }: ElfSectionPart): boolean {
  return [SHT_SYMTAB, SHT_DYNSYM].includes(header.value('sh_type'));
}

/** Bytes of a program header's segment that the file has. */
export function segmentRange(program: BinaryRecord<ProgramField>, size: number): ByteRange {
  const offset = withinFile(program.value('p_offset'), size);
  return { offset, length: withinFile(program.value('p_filesz'), size - offset) };
}
