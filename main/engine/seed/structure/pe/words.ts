import {
  type FieldWords,
  flagsText,
  hex,
  hexly,
  named,
  plainly,
  rawly,
  type Said,
  textAt,
} from '../words.ts';
import type { CoffField, DirectoryField, DosField, OptionalField, SectionField } from './layout.ts';
import {
  CHARACTERISTICS,
  DLL_CHARACTERISTICS,
  MACHINES,
  MAGICS,
  SECTION_FLAGS,
  SUBSYSTEMS,
} from './names.ts';

/** What PE's fields say, in words. */

const UNUSED = 'for DOS alone; no UEFI or Windows loader looks at it';

export const DOS_WORDS: FieldWords<DosField> = {
  e_magic: (_, raw) => ({ value: new TextDecoder().decode(raw), meaning: "the DOS header's magic number" }),
  e_cblp: plainly(UNUSED),
  e_cp: plainly(UNUSED),
  e_crlc: plainly(UNUSED),
  e_cparhdr: plainly(UNUSED),
  e_minalloc: plainly(UNUSED),
  e_maxalloc: plainly(UNUSED),
  e_ss: hexly(UNUSED),
  e_sp: hexly(UNUSED),
  e_csum: hexly(UNUSED),
  e_ip: hexly(UNUSED),
  e_cs: hexly(UNUSED),
  e_lfarlc: hexly(UNUSED),
  e_ovno: plainly(UNUSED),
  e_res: rawly('reserved'),
  e_oemid: hexly(UNUSED),
  e_oeminfo: hexly(UNUSED),
  e_res2: rawly('reserved'),
  e_lfanew: hexly('where the PE signature is'),
};

export const COFF_WORDS: FieldWords<CoffField> = {
  Machine: named(MACHINES, 'a machine that is not known'),
  NumberOfSections: plainly('how many section headers there are'),
  TimeDateStamp: (value): Said => ({
    value: value.toString(),
    meaning: value === 0n ? 'no time' : `${new Date(Number(value) * 1000).toISOString()}, if it is a time`,
  }),
  PointerToSymbolTable: hexly('where symbols are; 0 for none'),
  NumberOfSymbols: plainly('how many symbols there are'),
  SizeOfOptionalHeader: plainly('bytes from here to the section headers'),
  Characteristics: value => ({ value: flagsText(value, CHARACTERISTICS), meaning: hex(value) }),
};

const version = (what: string) => plainly(`version of ${what}`);

export const OPTIONAL_WORDS: FieldWords<OptionalField> = {
  Magic: named(MAGICS, 'a kind that is not known'),
  MajorLinkerVersion: version('the linker'),
  MinorLinkerVersion: version('the linker'),
  SizeOfCode: plainly('bytes of all code'),
  SizeOfInitializedData: plainly('bytes of all data'),
  SizeOfUninitializedData: plainly('bytes that begin as zero'),
  AddressOfEntryPoint: hexly('where it begins to run, relative to ImageBase'),
  BaseOfCode: hexly('where code begins, relative to ImageBase'),
  BaseOfData: hexly('where data begins, relative to ImageBase'),
  ImageBase: hexly('the address that it would like to lie at'),
  SectionAlignment: hexly('alignment of sections in memory'),
  FileAlignment: hexly('alignment of sections in the file'),
  MajorOperatingSystemVersion: version('the operating system'),
  MinorOperatingSystemVersion: version('the operating system'),
  MajorImageVersion: version('the image'),
  MinorImageVersion: version('the image'),
  MajorSubsystemVersion: version('the subsystem'),
  MinorSubsystemVersion: version('the subsystem'),
  Win32VersionValue: plainly('reserved; should be zero'),
  SizeOfImage: plainly('bytes in memory, headers included'),
  SizeOfHeaders: plainly('bytes of all headers'),
  CheckSum: value => ({
    value: hex(value),
    meaning: value === 0n ? 'none' : 'a sum of all bytes of the file; what differs from it is said',
  }),
  Subsystem: named(SUBSYSTEMS, 'a subsystem that is not known'),
  DllCharacteristics: value => ({ value: flagsText(value, DLL_CHARACTERISTICS), meaning: hex(value) }),
  SizeOfStackReserve: plainly('bytes of stack that are set aside'),
  SizeOfStackCommit: plainly('bytes of stack to begin with'),
  SizeOfHeapReserve: plainly('bytes of heap that are set aside'),
  SizeOfHeapCommit: plainly('bytes of heap to begin with'),
  LoaderFlags: hexly('reserved; should be zero'),
  NumberOfRvaAndSizes: plainly('how many data directories there are'),
};

export const DIRECTORY_WORDS: FieldWords<DirectoryField> = {
  VirtualAddress: hexly('where it is, relative to ImageBase'),
  Size: plainly('its bytes'),
};

export const SECTION_WORDS: FieldWords<SectionField> = {
  Name: (_, raw) => ({ value: sectionName(raw), meaning: 'its name, up to eight bytes' }),
  VirtualSize: plainly('bytes in memory'),
  VirtualAddress: hexly('where it lies, relative to ImageBase'),
  SizeOfRawData: plainly('bytes in the file'),
  PointerToRawData: hexly('where its bytes begin in the file'),
  PointerToRelocations: hexly('of objects alone'),
  PointerToLinenumbers: hexly('not used any more'),
  NumberOfRelocations: plainly('of objects alone'),
  NumberOfLinenumbers: plainly('not used any more'),
  Characteristics: value => ({ value: flagsText(value, SECTION_FLAGS), meaning: hex(value) }),
};

/** The name in eight bytes; quotes stand for no name. */
export function sectionName(raw: Uint8Array): string {
  return textAt(raw, 0, 8) || '""';
}
