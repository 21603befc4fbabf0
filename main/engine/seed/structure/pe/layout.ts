import type { Layout } from '../record.ts';

/** Records of PE/COFF, from Microsoft's PE Format specification; the DOS header as winnt.h names its fields. */

export type DosField =
  | 'e_magic'
  | 'e_cblp'
  | 'e_cp'
  | 'e_crlc'
  | 'e_cparhdr'
  | 'e_minalloc'
  | 'e_maxalloc'
  | 'e_ss'
  | 'e_sp'
  | 'e_csum'
  | 'e_ip'
  | 'e_cs'
  | 'e_lfarlc'
  | 'e_ovno'
  | 'e_res'
  | 'e_oemid'
  | 'e_oeminfo'
  | 'e_res2'
  | 'e_lfanew';

export const DOS_HEADER: Layout<DosField> = [
  ['e_magic', 2],
  ['e_cblp', 2],
  ['e_cp', 2],
  ['e_crlc', 2],
  ['e_cparhdr', 2],
  ['e_minalloc', 2],
  ['e_maxalloc', 2],
  ['e_ss', 2],
  ['e_sp', 2],
  ['e_csum', 2],
  ['e_ip', 2],
  ['e_cs', 2],
  ['e_lfarlc', 2],
  ['e_ovno', 2],
  ['e_res', 8],
  ['e_oemid', 2],
  ['e_oeminfo', 2],
  ['e_res2', 20],
  ['e_lfanew', 4],
];

export type CoffField =
  | 'Machine'
  | 'NumberOfSections'
  | 'TimeDateStamp'
  | 'PointerToSymbolTable'
  | 'NumberOfSymbols'
  | 'SizeOfOptionalHeader'
  | 'Characteristics';

export const COFF_HEADER: Layout<CoffField> = [
  ['Machine', 2],
  ['NumberOfSections', 2],
  ['TimeDateStamp', 4],
  ['PointerToSymbolTable', 4],
  ['NumberOfSymbols', 4],
  ['SizeOfOptionalHeader', 2],
  ['Characteristics', 2],
];

export type OptionalField =
  | 'Magic'
  | 'MajorLinkerVersion'
  | 'MinorLinkerVersion'
  | 'SizeOfCode'
  | 'SizeOfInitializedData'
  | 'SizeOfUninitializedData'
  | 'AddressOfEntryPoint'
  | 'BaseOfCode'
  | 'BaseOfData'
  | 'ImageBase'
  | 'SectionAlignment'
  | 'FileAlignment'
  | 'MajorOperatingSystemVersion'
  | 'MinorOperatingSystemVersion'
  | 'MajorImageVersion'
  | 'MinorImageVersion'
  | 'MajorSubsystemVersion'
  | 'MinorSubsystemVersion'
  | 'Win32VersionValue'
  | 'SizeOfImage'
  | 'SizeOfHeaders'
  | 'CheckSum'
  | 'Subsystem'
  | 'DllCharacteristics'
  | 'SizeOfStackReserve'
  | 'SizeOfStackCommit'
  | 'SizeOfHeapReserve'
  | 'SizeOfHeapCommit'
  | 'LoaderFlags'
  | 'NumberOfRvaAndSizes';

/** The optional header before its data directories: PE32 (32 bits) or PE32+ (64). */
export function optionalLayout(bits: 32 | 64): Layout<OptionalField> {
  const word = bits / 8;
  return [
    ['Magic', 2],
    ['MajorLinkerVersion', 1],
    ['MinorLinkerVersion', 1],
    ['SizeOfCode', 4],
    ['SizeOfInitializedData', 4],
    ['SizeOfUninitializedData', 4],
    ['AddressOfEntryPoint', 4],
    ['BaseOfCode', 4],
    ...(bits === 32 ? [['BaseOfData', 4] as const] : []),
    ['ImageBase', word],
    ['SectionAlignment', 4],
    ['FileAlignment', 4],
    ['MajorOperatingSystemVersion', 2],
    ['MinorOperatingSystemVersion', 2],
    ['MajorImageVersion', 2],
    ['MinorImageVersion', 2],
    ['MajorSubsystemVersion', 2],
    ['MinorSubsystemVersion', 2],
    ['Win32VersionValue', 4],
    ['SizeOfImage', 4],
    ['SizeOfHeaders', 4],
    ['CheckSum', 4],
    ['Subsystem', 2],
    ['DllCharacteristics', 2],
    ['SizeOfStackReserve', word],
    ['SizeOfStackCommit', word],
    ['SizeOfHeapReserve', word],
    ['SizeOfHeapCommit', word],
    ['LoaderFlags', 4],
    ['NumberOfRvaAndSizes', 4],
  ];
}

export type DirectoryField = 'VirtualAddress' | 'Size';

export const DATA_DIRECTORY: Layout<DirectoryField> = [
  ['VirtualAddress', 4],
  ['Size', 4],
];

export type SectionField =
  | 'Name'
  | 'VirtualSize'
  | 'VirtualAddress'
  | 'SizeOfRawData'
  | 'PointerToRawData'
  | 'PointerToRelocations'
  | 'PointerToLinenumbers'
  | 'NumberOfRelocations'
  | 'NumberOfLinenumbers'
  | 'Characteristics';

export const SECTION_HEADER: Layout<SectionField> = [
  ['Name', 8],
  ['VirtualSize', 4],
  ['VirtualAddress', 4],
  ['SizeOfRawData', 4],
  ['PointerToRawData', 4],
  ['PointerToRelocations', 4],
  ['PointerToLinenumbers', 4],
  ['NumberOfRelocations', 2],
  ['NumberOfLinenumbers', 2],
  ['Characteristics', 4],
];
