import type { Layout } from '../record.ts';

/**
 * Records of ELF, from the System V ABI, edition 4.1, chapters 4 and 5 (ELF-32), and the ELF-64 Object File Format,
 * version 1.5. `word` is 4 bytes in class 32 and 8 in class 64.
 */

export type HeaderField =
  | 'e_type'
  | 'e_machine'
  | 'e_version'
  | 'e_entry'
  | 'e_phoff'
  | 'e_shoff'
  | 'e_flags'
  | 'e_ehsize'
  | 'e_phentsize'
  | 'e_phnum'
  | 'e_shentsize'
  | 'e_shnum'
  | 'e_shstrndx';

export type IdentField =
  | 'EI_MAG'
  | 'EI_CLASS'
  | 'EI_DATA'
  | 'EI_VERSION'
  | 'EI_OSABI'
  | 'EI_ABIVERSION'
  | 'EI_PAD';

export type ProgramField =
  | 'p_type'
  | 'p_flags'
  | 'p_offset'
  | 'p_vaddr'
  | 'p_paddr'
  | 'p_filesz'
  | 'p_memsz'
  | 'p_align';

export type SectionField =
  | 'sh_name'
  | 'sh_type'
  | 'sh_flags'
  | 'sh_addr'
  | 'sh_offset'
  | 'sh_size'
  | 'sh_link'
  | 'sh_info'
  | 'sh_addralign'
  | 'sh_entsize';

export type SymbolField = 'st_name' | 'st_value' | 'st_size' | 'st_info' | 'st_other' | 'st_shndx';

export type ElfBits = 32 | 64;

/** Bytes of `e_ident`. */
export const IDENT_SIZE = 16;

export const IDENT: Layout<IdentField> = [
  ['EI_MAG', 4],
  ['EI_CLASS', 1],
  ['EI_DATA', 1],
  ['EI_VERSION', 1],
  ['EI_OSABI', 1],
  ['EI_ABIVERSION', 1],
  ['EI_PAD', 7],
];

/** The ELF header after `e_ident`. */
export function headerLayout(bits: ElfBits): Layout<HeaderField> {
  const word = bits / 8;
  return [
    ['e_type', 2],
    ['e_machine', 2],
    ['e_version', 4],
    ['e_entry', word],
    ['e_phoff', word],
    ['e_shoff', word],
    ['e_flags', 4],
    ['e_ehsize', 2],
    ['e_phentsize', 2],
    ['e_phnum', 2],
    ['e_shentsize', 2],
    ['e_shnum', 2],
    ['e_shstrndx', 2],
  ];
}

export function programLayout(bits: ElfBits): Layout<ProgramField> {
  const flags = ['p_flags', 4] as const;
  const word = bits / 8;
  return [
    ['p_type', 4],
    ...(bits === 64 ? [flags] : []),
    ['p_offset', word],
    ['p_vaddr', word],
    ['p_paddr', word],
    ['p_filesz', word],
    ['p_memsz', word],
    ...(bits === 32 ? [flags] : []),
    ['p_align', word],
  ];
}

export function sectionLayout(bits: ElfBits): Layout<SectionField> {
  const word = bits / 8;
  return [
    ['sh_name', 4],
    ['sh_type', 4],
    ['sh_flags', word],
    ['sh_addr', word],
    ['sh_offset', word],
    ['sh_size', word],
    ['sh_link', 4],
    ['sh_info', 4],
    ['sh_addralign', word],
    ['sh_entsize', word],
  ];
}

export function symbolLayout(bits: ElfBits): Layout<SymbolField> {
  if (bits === 32) {
    return [
      ['st_name', 4],
      ['st_value', 4],
      ['st_size', 4],
      ['st_info', 1],
      ['st_other', 1],
      ['st_shndx', 2],
    ];
  }
  return [
    ['st_name', 4],
    ['st_info', 1],
    ['st_other', 1],
    ['st_shndx', 2],
    ['st_value', 8],
    ['st_size', 8],
  ];
}
