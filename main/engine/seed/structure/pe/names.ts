import type { ValueNames } from '../words.ts';

/** Values of PE's fields, from Microsoft's PE Format specification and the UEFI Specification 2.10, chapter 2.1. */

export const MACHINES: ValueNames = {
  0: ['IMAGE_FILE_MACHINE_UNKNOWN', 'any machine'],
  332: ['IMAGE_FILE_MACHINE_I386', 'Intel 386 and later, 32 bits (x86)'],
  448: ['IMAGE_FILE_MACHINE_ARM', 'ARM, little-endian'],
  450: ['IMAGE_FILE_MACHINE_THUMB', 'ARM and Thumb'],
  452: ['IMAGE_FILE_MACHINE_ARMNT', 'ARM Thumb-2'],
  512: ['IMAGE_FILE_MACHINE_IA64', 'Intel Itanium'],
  3772: ['IMAGE_FILE_MACHINE_EBC', 'EFI byte code'],
  20530: ['IMAGE_FILE_MACHINE_RISCV32', 'RISC-V, 32 bits'],
  20580: ['IMAGE_FILE_MACHINE_RISCV64', 'RISC-V, 64 bits'],
  25138: ['IMAGE_FILE_MACHINE_LOONGARCH32', 'LoongArch, 32 bits'],
  25188: ['IMAGE_FILE_MACHINE_LOONGARCH64', 'LoongArch, 64 bits'],
  34404: ['IMAGE_FILE_MACHINE_AMD64', 'AMD x86-64 (amd64)'],
  43620: ['IMAGE_FILE_MACHINE_ARM64', 'ARM, 64 bits (AArch64)'],
};

export const MAGICS: ValueNames = {
  267: ['PE32', 'addresses of 32 bits'],
  523: ['PE32+', 'addresses of 64 bits'],
  263: ['ROM', 'an image in read-only memory'],
};

export const SUBSYSTEMS: ValueNames = {
  0: ['IMAGE_SUBSYSTEM_UNKNOWN', 'not said'],
  1: ['IMAGE_SUBSYSTEM_NATIVE', 'a driver or a native Windows process'],
  2: ['IMAGE_SUBSYSTEM_WINDOWS_GUI', 'a Windows program with windows'],
  3: ['IMAGE_SUBSYSTEM_WINDOWS_CUI', 'a Windows program in a console'],
  10: ['IMAGE_SUBSYSTEM_EFI_APPLICATION', 'a UEFI application'],
  11: ['IMAGE_SUBSYSTEM_EFI_BOOT_SERVICE_DRIVER', 'a UEFI driver with boot services'],
  12: ['IMAGE_SUBSYSTEM_EFI_RUNTIME_DRIVER', 'a UEFI driver with run-time services'],
  13: ['IMAGE_SUBSYSTEM_EFI_ROM', 'a UEFI image in read-only memory'],
  16: ['IMAGE_SUBSYSTEM_WINDOWS_BOOT_APPLICATION', 'a Windows boot application'],
};

export const CHARACTERISTICS: readonly (readonly [bigint, string])[] = [
  [0x1n, 'RELOCS_STRIPPED'],
  [0x2n, 'EXECUTABLE_IMAGE'],
  [0x4n, 'LINE_NUMS_STRIPPED'],
  [0x8n, 'LOCAL_SYMS_STRIPPED'],
  [0x20n, 'LARGE_ADDRESS_AWARE'],
  [0x100n, '32BIT_MACHINE'],
  [0x200n, 'DEBUG_STRIPPED'],
  [0x1000n, 'SYSTEM'],
  [0x2000n, 'DLL'],
];

export const DLL_CHARACTERISTICS: readonly (readonly [bigint, string])[] = [
  [0x20n, 'HIGH_ENTROPY_VA'],
  [0x40n, 'DYNAMIC_BASE'],
  [0x80n, 'FORCE_INTEGRITY'],
  [0x100n, 'NX_COMPAT'],
  [0x400n, 'NO_SEH'],
  [0x1000n, 'APPCONTAINER'],
  [0x4000n, 'GUARD_CF'],
  [0x8000n, 'TERMINAL_SERVER_AWARE'],
];

export const SECTION_FLAGS: readonly (readonly [bigint, string])[] = [
  [0x20n, 'CNT_CODE'],
  [0x40n, 'CNT_INITIALIZED_DATA'],
  [0x80n, 'CNT_UNINITIALIZED_DATA'],
  [0x0200_0000n, 'MEM_DISCARDABLE'],
  [0x1000_0000n, 'MEM_SHARED'],
  [0x2000_0000n, 'MEM_EXECUTE'],
  [0x4000_0000n, 'MEM_READ'],
  [0x8000_0000n, 'MEM_WRITE'],
];

/** The data directories, in their order. */
export const DIRECTORIES = [
  'Export Table',
  'Import Table',
  'Resource Table',
  'Exception Table',
  'Certificate Table',
  'Base Relocation Table',
  'Debug',
  'Architecture',
  'Global Ptr',
  'TLS Table',
  'Load Config Table',
  'Bound Import',
  'IAT',
  'Delay Import Descriptor',
  'CLR Runtime Header',
  'Reserved',
];
