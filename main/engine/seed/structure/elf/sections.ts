import type { ByteRange } from '../../../case/index.ts';
import { type BinaryRecord, withinFile } from '../record.ts';
import type { SectionField } from './layout.ts';
import type { ElfHeaders } from './read.ts';
import { TextTable } from './texts.ts';

export const SHT_NULL = 0n;
export const SHT_SYMTAB = 2n;
export const SHT_STRTAB = 3n;
export const SHT_RELA = 4n;
export const SHT_DYNAMIC = 6n;
export const SHT_NOTE = 7n;
export const SHT_NOBITS = 8n;
export const SHT_REL = 9n;
export const SHT_DYNSYM = 11n;
export const SHT_RELR = 19n;
export const SHF_WRITE = 1n;
export const SHF_EXECINSTR = 4n;

/** A section: its header, its name, and its bytes as far as the file has them. */
export interface ElfSectionPart extends ByteRange {
  readonly number: number;
  readonly header: BinaryRecord<SectionField>;
  /** Empty when it has none, or the file does not hold it. */
  readonly name: string;
  readonly execute: boolean;
}

/** The sections of an ELF file. Those that have no bytes in the file have the length 0. */
export function sectionsOf(bytes: Uint8Array, { sections, header }: ElfHeaders): ElfSectionPart[] {
  const range = (section: BinaryRecord<SectionField>) => {
    const offset = withinFile(section.value('sh_offset'), bytes.length);
    return { offset, length: withinFile(section.value('sh_size'), bytes.length - offset) };
  };
  const named = sections[Number(header.value('e_shstrndx'))];
  const names = named && new TextTable(bytes, range(named));
  return sections.map((section, number) => {
    const type = section.value('sh_type');
    const { offset, length } = range(section);
    const none = type === SHT_NOBITS || type === SHT_NULL;
    return {
      number,
      header: section,
      name: names?.at(section.value('sh_name')) ?? '',
      offset,
      length: none ? 0 : length,
      execute: (section.value('sh_flags') & SHF_EXECINSTR) !== 0n,
    };
  });
}

/** A section as it is called: its name, else its number. */
export function calledOf({ name, number }: ElfSectionPart): string {
  return name === '' ? `Section ${number}` : name;
}
