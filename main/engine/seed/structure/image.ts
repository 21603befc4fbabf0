import { BOOT_ADDRESS, isBootSector, SECTOR } from './boot/read.ts';
import { type ElfHeaders, isElf, PF_R, PF_W, PF_X, PT_LOAD, readElf } from './elf/read.ts';
import { type PeHeaders, peSignature, readPe, SCN_EXECUTE, SCN_READ, SCN_WRITE } from './pe/read.ts';
import { type ByteOrder, withinFile } from './record.ts';

/** What kind of file a binary is: by its magic numbers, else `flat`. */
export type BinaryFormat = 'elf' | 'pe' | 'boot-sector' | 'flat';

/** The processors that Assay knows instructions of. */
export type Processor = 'x86' | 'amd64' | 'aarch64' | 'arm' | 'riscv32' | 'riscv64' | 'x86-16';

/** Bytes of the file that a loader puts at an address. */
export interface ImageSegment {
  /** From the start of the file, clipped to it. */
  readonly offset: number;
  /** Bytes that come from the file, clipped to it. */
  readonly length: number;
  readonly address: bigint;
  /** Bytes in memory, as the file claims. */
  readonly memory: bigint;
  readonly read: boolean;
  readonly write: boolean;
  readonly execute: boolean;
}

/** A binary as its loader would lay it out in memory. */
export interface LoadedImage {
  readonly format: BinaryFormat;
  /** Null when the file does not say, or names one that is not known here. */
  readonly machine: Processor | null;
  readonly bits: 16 | 32 | 64;
  readonly byteOrder: ByteOrder;
  /** Where it begins to run; `offset` is null when no byte of the file is there. Null when the file does not say. */
  readonly entry: { readonly address: bigint; readonly offset: number | null } | null;
  /** In the order of the file's own table. */
  readonly segments: readonly ImageSegment[];
}

/** A file as its loader would lay it out. Takes any bytes; a file of no known format is one segment at address 0. */
export function loadedImage(bytes: Uint8Array): LoadedImage {
  if (isElf(bytes)) return elfImage(readElf(bytes), bytes.length);
  const signature = peSignature(bytes);
  if (signature !== null) return peImage(readPe(bytes, signature), bytes.length);
  if (isBootSector(bytes)) return bootImage();
  return {
    format: 'flat',
    machine: null,
    bits: 64,
    byteOrder: 'little',
    entry: null,
    segments: [wholeAt(0n, bytes.length)],
  };
}

/** Where in the file the byte at an address comes from; null when none does. The first segment that has it decides. */
export function fileOffsetOf(image: Pick<LoadedImage, 'segments'>, address: bigint): number | null {
  for (const segment of image.segments) {
    const within = address - segment.address;
    if (within >= 0n && within < BigInt(segment.length)) return segment.offset + Number(within);
  }
  return null;
}

/** The address that a byte of the file is loaded at; null when it is not loaded. The first segment that has it decides. */
export function addressOf(image: Pick<LoadedImage, 'segments'>, offset: number): bigint | null {
  const segment = image.segments.find(each => offset >= each.offset && offset < each.offset + each.length);
  return segment ? segment.address + BigInt(offset - segment.offset) : null;
}

/** `e_machine`: the machine in class 32 and in class 64. */
const ELF_MACHINES: Readonly<Record<number, readonly [Processor | null, Processor | null]>> = {
  3: ['x86', 'x86'],
  40: ['arm', null],
  62: ['amd64', 'amd64'],
  183: ['aarch64', 'aarch64'],
  243: ['riscv32', 'riscv64'],
};

/** The machine that an ELF header names, or null. */
export function elfMachine({ header, bits }: ElfHeaders): Processor | null {
  return ELF_MACHINES[Number(header.value('e_machine'))]?.[bits === 32 ? 0 : 1] ?? null;
}

function elfImage(elf: ElfHeaders, size: number): LoadedImage {
  const segments = elf.programs
    .filter(program => program.value('p_type') === PT_LOAD)
    .map(program => {
      const offset = withinFile(program.value('p_offset'), size);
      const flags = program.value('p_flags');
      return {
        offset,
        length: withinFile(program.value('p_filesz'), size - offset),
        address: program.value('p_vaddr'),
        memory: program.value('p_memsz'),
        read: (flags & PF_R) !== 0n,
        write: (flags & PF_W) !== 0n,
        execute: (flags & PF_X) !== 0n,
      };
    });
  // A file that is not to be run, an object or a core, says 0.
  const address = elf.header.value('e_entry');
  return {
    format: 'elf',
    machine: elfMachine(elf),
    bits: elf.bits,
    byteOrder: elf.order,
    entry: address === 0n ? null : { address, offset: fileOffsetOf({ segments }, address) },
    segments,
  };
}

const PE_MACHINES: Readonly<Record<number, Processor>> = {
  332: 'x86',
  448: 'arm',
  450: 'arm',
  452: 'arm',
  20530: 'riscv32',
  20580: 'riscv64',
  34404: 'amd64',
  43620: 'aarch64',
};

/** The machine that a COFF header names, or null. */
export function peMachine({ coff }: PeHeaders): Processor | null {
  return PE_MACHINES[Number(coff.value('Machine'))] ?? null;
}

function peImage(pe: PeHeaders, size: number): LoadedImage {
  const base = pe.optional.value('ImageBase');
  const headers = withinFile(pe.optional.value('SizeOfHeaders'), size);
  const sections = pe.sections.map(section => {
    const offset = withinFile(section.value('PointerToRawData'), size);
    const [raw, virtual] = [section.value('SizeOfRawData'), section.value('VirtualSize')];
    const flags = section.value('Characteristics');
    return {
      offset,
      // Raw data is padded to whole blocks of the file; loaders copy no more than the section has in memory.
      length: withinFile(virtual !== 0n && virtual < raw ? virtual : raw, size - offset),
      address: base + section.value('VirtualAddress'),
      memory: virtual === 0n ? raw : virtual,
      read: (flags & SCN_READ) !== 0n,
      write: (flags & SCN_WRITE) !== 0n,
      execute: (flags & SCN_EXECUTE) !== 0n,
    };
  });
  const header = { ...wholeAt(base, headers), write: false, execute: false };
  const segments = [header, ...sections];
  const entry = pe.optional.value('AddressOfEntryPoint');
  return {
    format: 'pe',
    machine: peMachine(pe),
    bits: pe.bits,
    byteOrder: 'little',
    entry: entry === 0n ? null : { address: base + entry, offset: fileOffsetOf({ segments }, base + entry) },
    segments,
  };
}

/** Firmware reads the first sector alone, and jumps to it in 16-bit mode. */
function bootImage(): LoadedImage {
  return {
    format: 'boot-sector',
    machine: 'x86-16',
    bits: 16,
    byteOrder: 'little',
    entry: { address: BOOT_ADDRESS, offset: 0 },
    segments: [wholeAt(BOOT_ADDRESS, SECTOR)],
  };
}

function wholeAt(address: bigint, length: number): ImageSegment {
  return { offset: 0, length, address, memory: BigInt(length), read: true, write: true, execute: true };
}
