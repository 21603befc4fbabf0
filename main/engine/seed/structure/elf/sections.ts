import type { ByteRange } from '../../../case/index.ts';
import { type BinaryRecord, withinFile } from '../record.ts';
import { textAt } from '../words.ts';
import type { SectionField } from './layout.ts';
import type { ElfHeaders } from './read.ts';

export const SHT_NULL = 0n;
export const SHT_SYMTAB = 2n;
export const SHT_NOTE = 7n;
export const SHT_NOBITS = 8n;
export const SHT_DYNSYM = 11n;
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
  const names = sections[Number(header.value('e_shstrndx'))];
  return sections.map((section, number) => {
    const type = section.value('sh_type');
    const offset = withinFile(section.value('sh_offset'), bytes.length);
    const none = type === SHT_NOBITS || type === SHT_NULL;
    return {
      number,
      header: section,
      name: names ? nameAt(bytes, names, section.value('sh_name')) : '',
      offset,
      length: none ? 0 : withinFile(section.value('sh_size'), bytes.length - offset),
      execute: (section.value('sh_flags') & SHF_EXECINSTR) !== 0n,
    };
  });
}

/** A text of a section of texts; empty when it is not in it. */
export function nameAt(bytes: Uint8Array, table: BinaryRecord<SectionField>, place: bigint): string {
  const at = table.value('sh_offset') + place;
  if (place >= table.value('sh_size') || at >= BigInt(bytes.length)) return '';
  return textAt(bytes, Number(at));
}

/** A section as it is called: its name, else its number. */
export function calledOf({ name, number }: ElfSectionPart): string {
  return name === '' ? `Section ${number}` : name;
}
