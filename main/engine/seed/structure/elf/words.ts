import {
  type FieldWords,
  flagsText,
  hex,
  hexly,
  listed,
  named,
  plainly,
  rawly,
  type Said,
} from '../words.ts';
import type { HeaderField, IdentField, ProgramField, SectionField } from './layout.ts';
import {
  CLASSES,
  ENCODINGS,
  MACHINES,
  PROGRAM_TYPES,
  SECTION_FLAGS,
  SECTION_TYPES,
  SYSTEMS,
  TYPES,
} from './names.ts';
import { PF_R, PF_W, PF_X } from './read.ts';

/** What ELF's fields say, in words. */

export const IDENT_WORDS: FieldWords<IdentField> = {
  EI_MAG: rawly("ELF's magic number: 7F, and the letters ELF"),
  EI_CLASS: named(CLASSES, 'a class that the format does not have'),
  EI_DATA: named(ENCODINGS, 'a byte order that the format does not have'),
  EI_VERSION: plainly("version of ELF's identification"),
  EI_OSABI: named(SYSTEMS, 'a system that is not known'),
  EI_ABIVERSION: plainly("version of that system's interface"),
  EI_PAD: rawly('not used; should be zero'),
};

export const HEADER_WORDS: FieldWords<HeaderField> = {
  e_type: named(TYPES, 'a type that is not known'),
  e_machine: named(MACHINES, 'a machine that is not known'),
  e_version: plainly('version of ELF'),
  e_entry: hexly('address of the first instruction that runs'),
  e_phoff: hexly('where the program headers begin in the file'),
  e_shoff: value => ({
    value: hex(value),
    meaning: value === 0n ? 'no section headers' : 'where the section headers begin in the file',
  }),
  e_flags: hexly('flags of the machine'),
  e_ehsize: plainly('bytes of the ELF header'),
  e_phentsize: plainly('bytes of one program header'),
  e_phnum: plainly('how many program headers there are'),
  e_shentsize: plainly('bytes of one section header'),
  e_shnum: plainly('how many section headers there are'),
  e_shstrndx: plainly("number of the section that holds the sections' names"),
};

export const PROGRAM_WORDS: FieldWords<ProgramField> = {
  p_type: named(PROGRAM_TYPES, 'a type that is not known'),
  p_flags: programFlags,
  p_offset: hexly('where its bytes begin in the file'),
  p_vaddr: hexly('address in memory'),
  p_paddr: hexly('physical address, where that matters; Linux does not look at it'),
  p_filesz: plainly('bytes that come from the file'),
  p_memsz: plainly('bytes in memory; what is beyond p_filesz is zero'),
  p_align: value => ({
    value: hex(value),
    meaning: value < 2n ? 'no alignment' : 'address and offset are equal modulo this',
  }),
};

/** `RWX`, `R`: rights of a segment in the order that everybody writes them. */
export function rightsText(flags: bigint): string {
  const letters = [
    [PF_R, 'R'],
    [PF_W, 'W'],
    [PF_X, 'X'],
  ] as const;
  return letters.flatMap(([bit, letter]) => ((flags & bit) === 0n ? [] : [letter])).join('');
}

function programFlags(flags: bigint): Said {
  const rest = flags & ~(PF_R | PF_W | PF_X);
  const rights = rightsText(flags);
  const words = { R: 'read', W: 'write', X: 'execute' };
  const meaning = listed([...rights].map(letter => words[letter as keyof typeof words]));
  return {
    value: `${rights || '0'}${rest === 0n ? '' : ` ${hex(rest)}`}`,
    meaning: `${hex(flags)}: ${meaning || 'no right at all'}`,
  };
}

/** Words of a section header's fields; `name` is what `sh_name` points to. */
export function sectionWords(name: string): FieldWords<SectionField> {
  return {
    sh_name: value => ({
      value: name === '' ? value.toString() : name,
      meaning: `${hex(value)}: place of its name in the section of names`,
    }),
    sh_type: named(SECTION_TYPES, 'a type that is not known'),
    sh_flags: value => ({ value: flagsText(value, SECTION_FLAGS), meaning: hex(value) }),
    sh_addr: hexly('address in memory; 0 when it is not loaded'),
    sh_offset: hexly('where its bytes begin in the file'),
    sh_size: plainly('its bytes'),
    sh_link: plainly('number of a section that belongs to it'),
    sh_info: plainly('depends on the type'),
    sh_addralign: plainly('alignment of its address'),
    sh_entsize: plainly('bytes of one entry, where it is a table'),
  };
}
