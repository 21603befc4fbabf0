import type { ValueNames } from '../words.ts';

/** Values of ELF's fields: the System V ABI, its processor supplements and the GNU extensions, as elf.h names them. */

export const CLASSES: ValueNames = {
  0: ['ELFCLASSNONE', 'no class'],
  1: ['ELFCLASS32', 'addresses of 32 bits'],
  2: ['ELFCLASS64', 'addresses of 64 bits'],
};

export const ENCODINGS: ValueNames = {
  0: ['ELFDATANONE', 'no byte order'],
  1: ['ELFDATA2LSB', 'little-endian: the least significant byte first'],
  2: ['ELFDATA2MSB', 'big-endian: the most significant byte first'],
};

export const SYSTEMS: ValueNames = {
  0: ['ELFOSABI_NONE', 'System V, or not said'],
  1: ['ELFOSABI_HPUX', 'HP-UX'],
  2: ['ELFOSABI_NETBSD', 'NetBSD'],
  3: ['ELFOSABI_LINUX', 'Linux, with GNU extensions'],
  6: ['ELFOSABI_SOLARIS', 'Solaris'],
  9: ['ELFOSABI_FREEBSD', 'FreeBSD'],
  12: ['ELFOSABI_OPENBSD', 'OpenBSD'],
  64: ['ELFOSABI_ARM_AEABI', 'ARM EABI'],
  97: ['ELFOSABI_ARM', 'ARM'],
  255: ['ELFOSABI_STANDALONE', 'no operating system'],
};

export const TYPES: ValueNames = {
  0: ['ET_NONE', 'no type'],
  1: ['ET_REL', 'an object to be linked'],
  2: ['ET_EXEC', 'a program at fixed addresses'],
  3: ['ET_DYN', 'a shared object, or a program that can lie at any address'],
  4: ['ET_CORE', 'the memory of a program that ended'],
};

export const MACHINES: ValueNames = {
  0: ['EM_NONE', 'no machine'],
  2: ['EM_SPARC', 'SPARC'],
  3: ['EM_386', 'Intel 80386 and later, 32 bits (x86)'],
  4: ['EM_68K', 'Motorola 68000'],
  8: ['EM_MIPS', 'MIPS'],
  20: ['EM_PPC', 'PowerPC'],
  21: ['EM_PPC64', 'PowerPC, 64 bits'],
  22: ['EM_S390', 'IBM System/390 and z'],
  40: ['EM_ARM', 'ARM, 32 bits'],
  43: ['EM_SPARCV9', 'SPARC version 9'],
  50: ['EM_IA_64', 'Intel Itanium'],
  62: ['EM_X86_64', 'AMD x86-64 (amd64)'],
  183: ['EM_AARCH64', 'ARM, 64 bits (AArch64)'],
  243: ['EM_RISCV', 'RISC-V'],
  247: ['EM_BPF', 'Linux BPF'],
  258: ['EM_LOONGARCH', 'LoongArch'],
};

export const PROGRAM_TYPES: ValueNames = {
  0: ['NULL', 'not used'],
  1: ['LOAD', 'bytes that are loaded into memory'],
  2: ['DYNAMIC', 'what the dynamic linker needs to know'],
  3: ['INTERP', 'path of the program that loads this one'],
  4: ['NOTE', 'notes'],
  5: ['SHLIB', 'reserved'],
  6: ['PHDR', 'where the program headers themselves are'],
  7: ['TLS', 'storage that each thread has its own of'],
  1685382480: ['GNU_EH_FRAME', 'how to unwind the stack'],
  1685382481: ['GNU_STACK', 'rights of the stack'],
  1685382482: ['GNU_RELRO', 'what is read-only after relocation'],
  1685382483: ['GNU_PROPERTY', 'properties, a kind of note'],
  1879048193: ['ARM_EXIDX', 'how to unwind the stack'],
  1879048195: ['RISCV_ATTRIBUTES', 'attributes of the build'],
};

export const SECTION_TYPES: ValueNames = {
  0: ['NULL', 'not used'],
  1: ['PROGBITS', 'bytes of the program'],
  2: ['SYMTAB', 'symbols'],
  3: ['STRTAB', 'texts'],
  4: ['RELA', 'relocations with addends'],
  5: ['HASH', 'hashes of symbol names'],
  6: ['DYNAMIC', 'what the dynamic linker needs to know'],
  7: ['NOTE', 'notes'],
  8: ['NOBITS', 'memory without bytes in the file'],
  9: ['REL', 'relocations'],
  10: ['SHLIB', 'reserved'],
  11: ['DYNSYM', 'symbols for the dynamic linker'],
  14: ['INIT_ARRAY', 'functions that run first'],
  15: ['FINI_ARRAY', 'functions that run last'],
  16: ['PREINIT_ARRAY', 'functions that run before all others'],
  17: ['GROUP', 'sections that belong together'],
  18: ['SYMTAB_SHNDX', 'section numbers of symbols'],
  19: ['RELR', 'packed relative relocations'],
  1879048181: ['GNU_ATTRIBUTES', 'attributes of the build'],
  1879048182: ['GNU_HASH', 'hashes of symbol names'],
  1879048189: ['GNU_verdef', 'versions that are defined'],
  1879048190: ['GNU_verneed', 'versions that are needed'],
  1879048191: ['GNU_versym', 'versions of symbols'],
  1879048193: ['X86_64_UNWIND', 'how to unwind the stack (on ARM: EXIDX)'],
  1879048195: ['ATTRIBUTES', 'attributes of the build'],
};

/** Bits of `sh_flags`. */
export const SECTION_FLAGS: readonly (readonly [bigint, string])[] = [
  [0x1n, 'WRITE'],
  [0x2n, 'ALLOC'],
  [0x4n, 'EXECINSTR'],
  [0x10n, 'MERGE'],
  [0x20n, 'STRINGS'],
  [0x40n, 'INFO_LINK'],
  [0x80n, 'LINK_ORDER'],
  [0x100n, 'OS_NONCONFORMING'],
  [0x200n, 'GROUP'],
  [0x400n, 'TLS'],
  [0x800n, 'COMPRESSED'],
  [0x200000n, 'GNU_RETAIN'],
  [0x80000000n, 'EXCLUDE'],
];

export const SYMBOL_TYPES: ValueNames = {
  0: ['NOTYPE', 'no type'],
  1: ['OBJECT', 'data'],
  2: ['FUNC', 'function'],
  3: ['SECTION', 'section'],
  4: ['FILE', 'source file'],
  5: ['COMMON', 'common data'],
  6: ['TLS', 'data of each thread'],
  10: ['GNU_IFUNC', 'function that is chosen at run time'],
};

export const SYMBOL_BINDINGS: ValueNames = {
  0: ['LOCAL', 'local'],
  1: ['GLOBAL', 'global'],
  2: ['WEAK', 'weak'],
  10: ['GNU_UNIQUE', 'unique'],
};

/** Types of notes whose name is `GNU`. */
export const GNU_NOTES: ValueNames = {
  1: ['NT_GNU_ABI_TAG', 'the least kernel it needs'],
  2: ['NT_GNU_HWCAP', 'capabilities of the hardware'],
  3: ['NT_GNU_BUILD_ID', 'the build, by hash'],
  4: ['NT_GNU_GOLD_VERSION', 'the linker that made it'],
  5: ['NT_GNU_PROPERTY_TYPE_0', 'properties of the program'],
};
