import type { ByteRange } from '../../../case/index.ts';
import { fileOffsetOf, type LoadedImage } from '../image.ts';
import { unsignedAt, withinFile } from '../record.ts';
import type { ElfHeaders } from './read.ts';
import { type ElfSectionPart, SHT_DYNAMIC } from './sections.ts';
import { TextTable } from './texts.ts';

/** Most entries of a dynamic section that are read. */
const ENTRY_LIMIT = 1024;

export const PT_DYNAMIC = 2n;

/** Tags that are looked for. */
export const DT = {
  NULL: 0n,
  NEEDED: 1n,
  PLTRELSZ: 2n,
  HASH: 4n,
  STRTAB: 5n,
  SYMTAB: 6n,
  RELA: 7n,
  RELASZ: 8n,
  STRSZ: 10n,
  RPATH: 15n,
  REL: 17n,
  RELSZ: 18n,
  PLTREL: 20n,
  TEXTREL: 22n,
  JMPREL: 23n,
  BIND_NOW: 24n,
  INIT_ARRAY: 25n,
  INIT_ARRAYSZ: 27n,
  RUNPATH: 29n,
  FLAGS: 30n,
  PREINIT_ARRAY: 32n,
  PREINIT_ARRAYSZ: 33n,
  RELRSZ: 35n,
  RELR: 36n,
  GNU_HASH: 0x6ffffef5n,
  DEPAUDIT: 0x6ffffefbn,
  AUDIT: 0x6ffffefcn,
  FLAGS_1: 0x6ffffffbn,
  AUXILIARY: 0x7ffffffdn,
  FILTER: 0x7fffffffn,
} as const;

const [DF_BIND_NOW, DF_1_NOW] = [8n, 1n];

/** An entry of the dynamic section. */
export interface DynamicEntry {
  readonly number: number;
  /** From the start of the file. */
  readonly offset: number;
  readonly tag: bigint;
  readonly value: bigint;
}

/** The dynamic section: what the dynamic linker is told. */
export interface ElfDynamic extends ByteRange {
  /** Bytes of one entry. */
  readonly entrySize: number;
  /** Up to the first NULL, which is the last of them. */
  readonly entries: readonly DynamicEntry[];
  /** Whether there is a NULL that ends them. */
  readonly ended: boolean;
  readonly texts: TextTable;
}

/** The dynamic section as the dynamic linker finds it, by its program header; without one by the section. Null when there is none. */
export function dynamicOf(
  bytes: Uint8Array,
  elf: ElfHeaders,
  image: LoadedImage,
  sections: readonly ElfSectionPart[],
): ElfDynamic | null {
  const range = placeOf(bytes, elf, sections);
  if (range === null) return null;
  const word = elf.bits / 8;
  const entries: DynamicEntry[] = [];
  let ended = false;
  for (let number = 0; number < ENTRY_LIMIT && !ended; number += 1) {
    const offset = range.offset + number * word * 2;
    if (offset + word * 2 > range.offset + range.length) break;
    const tag = unsignedAt(bytes, offset, word, elf.order) ?? 0n;
    entries.push({ number, offset, tag, value: unsignedAt(bytes, offset + word, word, elf.order) ?? 0n });
    ended = tag === DT.NULL;
  }
  const texts = textsOf(bytes, entries, image, sections);
  return { offset: range.offset, length: range.length, entrySize: word * 2, entries, ended, texts };
}

function placeOf(bytes: Uint8Array, elf: ElfHeaders, sections: readonly ElfSectionPart[]): ByteRange | null {
  const program = elf.programs.find(each => each.value('p_type') === PT_DYNAMIC);
  if (!program) {
    const section = sections.find(({ header }) => header.value('sh_type') === SHT_DYNAMIC);
    return section && section.length > 0 ? section : null;
  }
  const offset = withinFile(program.value('p_offset'), bytes.length);
  const length = withinFile(program.value('p_filesz'), bytes.length - offset);
  return length > 0 ? { offset, length } : null;
}

/** The texts by their address; where that is not loaded, as in an object, those of the section. */
function textsOf(
  bytes: Uint8Array,
  entries: readonly DynamicEntry[],
  image: LoadedImage,
  sections: readonly ElfSectionPart[],
): TextTable {
  const address = tagValue(entries, DT.STRTAB);
  const offset = address === null ? null : fileOffsetOf(image, address);
  if (offset !== null) {
    const length = withinFile(tagValue(entries, DT.STRSZ) ?? 0n, bytes.length - offset);
    return new TextTable(bytes, { offset, length });
  }
  const own = sections.find(({ header }) => header.value('sh_type') === SHT_DYNAMIC);
  return new TextTable(bytes, (own && sections[Number(own.header.value('sh_link'))]) ?? NOWHERE);
}

const NOWHERE: ByteRange = { offset: 0, length: 0 };

/** The value of the first entry of a tag; null when there is none. */
export function tagValue(entries: readonly DynamicEntry[], tag: bigint): bigint | null {
  return entries.find(each => each.tag === tag)?.value ?? null;
}

/** Whether all symbols are bound before the program runs. */
export function bindsNow({ entries }: ElfDynamic): boolean {
  return (
    tagValue(entries, DT.BIND_NOW) !== null ||
    ((tagValue(entries, DT.FLAGS) ?? 0n) & DF_BIND_NOW) !== 0n ||
    ((tagValue(entries, DT.FLAGS_1) ?? 0n) & DF_1_NOW) !== 0n
  );
}
