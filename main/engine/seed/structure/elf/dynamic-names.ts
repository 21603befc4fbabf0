import type { Processor } from '../image.ts';

/** How the value of an entry of the dynamic section is read. */
export type DynamicKind = 'text' | 'address' | 'bytes' | 'number' | 'flags' | 'flags-1' | 'kind' | 'none';

/** The format's name of a tag, how its value is read, what it means. */
type DynamicTag = readonly [name: string, kind: DynamicKind, meaning: string];

/** Tags of the dynamic section: the System V ABI and its GNU and Solaris extensions, as elf.h names them. */
const TAGS: Readonly<Record<number, DynamicTag>> = {
  0: ['NULL', 'none', 'the end of the dynamic section'],
  1: ['NEEDED', 'text', 'a shared object that is loaded with it'],
  2: ['PLTRELSZ', 'bytes', 'bytes of the relocations of functions'],
  3: ['PLTGOT', 'address', 'the table that functions are called through'],
  4: ['HASH', 'address', 'hashes of symbol names'],
  5: ['STRTAB', 'address', 'texts'],
  6: ['SYMTAB', 'address', 'symbols'],
  7: ['RELA', 'address', 'relocations with addends'],
  8: ['RELASZ', 'bytes', 'bytes of these relocations'],
  9: ['RELAENT', 'bytes', 'bytes of one of them'],
  10: ['STRSZ', 'bytes', 'bytes of the texts'],
  11: ['SYMENT', 'bytes', 'bytes of a symbol'],
  12: ['INIT', 'address', 'a function that runs first'],
  13: ['FINI', 'address', 'a function that runs last'],
  14: ['SONAME', 'text', 'the name that others need it by'],
  15: ['RPATH', 'text', 'folders where shared objects are looked for first'],
  16: ['SYMBOLIC', 'none', 'its own symbols come before those of the program'],
  17: ['REL', 'address', 'relocations'],
  18: ['RELSZ', 'bytes', 'bytes of these relocations'],
  19: ['RELENT', 'bytes', 'bytes of one of them'],
  20: ['PLTREL', 'kind', 'kind of the relocations of functions'],
  21: ['DEBUG', 'address', 'room for debuggers, filled when it runs'],
  22: ['TEXTREL', 'none', 'relocations change what is not writable'],
  23: ['JMPREL', 'address', 'relocations of functions'],
  24: ['BIND_NOW', 'none', 'all symbols are bound before it runs'],
  25: ['INIT_ARRAY', 'address', 'functions that run first'],
  26: ['FINI_ARRAY', 'address', 'functions that run last'],
  27: ['INIT_ARRAYSZ', 'bytes', 'bytes of the addresses of functions that run first'],
  28: ['FINI_ARRAYSZ', 'bytes', 'bytes of the addresses of functions that run last'],
  29: ['RUNPATH', 'text', 'folders where the shared objects that it needs are looked for'],
  30: ['FLAGS', 'flags', 'flags'],
  32: ['PREINIT_ARRAY', 'address', 'functions that run before those of all shared objects'],
  33: ['PREINIT_ARRAYSZ', 'bytes', 'bytes of their addresses'],
  34: ['SYMTAB_SHNDX', 'address', 'section numbers of symbols'],
  35: ['RELRSZ', 'bytes', 'bytes of the packed relocations'],
  36: ['RELR', 'address', 'packed relative relocations'],
  37: ['RELRENT', 'bytes', 'bytes of one word of them'],
  1879047669: ['GNU_PRELINKED', 'number', 'when it was prelinked'],
  1879047670: ['GNU_CONFLICTSZ', 'bytes', 'bytes of conflicts'],
  1879047671: ['GNU_LIBLISTSZ', 'bytes', 'bytes of the list of libraries'],
  1879047672: ['CHECKSUM', 'number', 'a checksum'],
  1879047673: ['PLTPADSZ', 'bytes', 'bytes of padding'],
  1879047674: ['MOVEENT', 'bytes', 'bytes of an entry of the table of moves'],
  1879047675: ['MOVESZ', 'bytes', 'bytes of the table of moves'],
  1879047676: ['FEATURE', 'number', 'features'],
  1879047677: ['POSFLAG_1', 'number', 'flags of the entry that follows'],
  1879047678: ['SYMINSZ', 'bytes', 'bytes of facts of symbols'],
  1879047679: ['SYMINENT', 'bytes', 'bytes of one of them'],
  1879047925: ['GNU_HASH', 'address', 'hashes of symbol names'],
  1879047926: ['TLSDESC_PLT', 'address', 'code that resolves descriptors of storage of threads'],
  1879047927: ['TLSDESC_GOT', 'address', 'the entry that this code uses'],
  1879047928: ['GNU_CONFLICT', 'address', 'conflicts'],
  1879047929: ['GNU_LIBLIST', 'address', 'the list of libraries'],
  1879047930: ['CONFIG', 'text', 'a configuration file'],
  1879047931: ['DEPAUDIT', 'text', 'a shared object that watches what is loaded with it'],
  1879047932: ['AUDIT', 'text', 'a shared object that watches it'],
  1879047935: ['SYMINFO', 'address', 'facts of symbols'],
  1879048176: ['VERSYM', 'address', 'versions of symbols'],
  1879048185: ['RELACOUNT', 'number', 'how many of the relocations are relative'],
  1879048186: ['RELCOUNT', 'number', 'how many of the relocations are relative'],
  1879048187: ['FLAGS_1', 'flags-1', 'flags'],
  1879048188: ['VERDEF', 'address', 'versions that it defines'],
  1879048189: ['VERDEFNUM', 'number', 'how many versions it defines'],
  1879048190: ['VERNEED', 'address', 'versions that it needs'],
  1879048191: ['VERNEEDNUM', 'number', 'how many shared objects it needs versions of'],
  2147483645: ['AUXILIARY', 'text', 'a shared object that is looked into first'],
  2147483647: ['FILTER', 'text', 'a shared object that is looked into instead'],
};

const PROCESSOR_TAGS: Readonly<Partial<Record<Processor, Readonly<Record<number, DynamicTag>>>>> = {
  aarch64: {
    1879048193: ['AARCH64_BTI_PLT', 'none', 'calls between objects go to marked places alone'],
    1879048195: ['AARCH64_PAC_PLT', 'none', 'calls between objects are signed'],
    1879048197: ['AARCH64_VARIANT_PCS', 'none', 'functions with another calling convention'],
  },
  riscv32: { 1879048193: ['RISCV_VARIANT_CC', 'none', 'functions with another calling convention'] },
  riscv64: { 1879048193: ['RISCV_VARIANT_CC', 'none', 'functions with another calling convention'] },
};

/** What a tag of the dynamic section is; null when it is not known. */
export function dynamicTag(tag: bigint, machine: Processor | null): DynamicTag | null {
  return TAGS[Number(tag)] ?? (machine && PROCESSOR_TAGS[machine]?.[Number(tag)]) ?? null;
}

/** Bits of FLAGS. */
export const DYNAMIC_FLAGS: readonly (readonly [bigint, string])[] = [
  [0x1n, 'ORIGIN'],
  [0x2n, 'SYMBOLIC'],
  [0x4n, 'TEXTREL'],
  [0x8n, 'BIND_NOW'],
  [0x10n, 'STATIC_TLS'],
];

/** Bits of FLAGS_1. */
export const DYNAMIC_FLAGS_1: readonly (readonly [bigint, string])[] = [
  ...(
    'NOW GLOBAL GROUP NODELETE LOADFLTR INITFIRST NOOPEN ORIGIN DIRECT TRANS INTERPOSE NODEFLIB NODUMP CONFALT ' +
    'ENDFILTEE DISPRELDNE DISPRELPND NODIRECT IGNMULDEF NOKSYMS NOHDR EDITED NORELOC SYMINTPOSE GLOBAUDIT ' +
    'SINGLETON STUB PIE'
  )
    .split(' ')
    .map((name, i) => [1n << BigInt(i), name] as const),
];
