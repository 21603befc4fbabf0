/** Binaries made by hand for tests, field by field. */

/** Numbers one after the other: each a value and its size in bytes. */
export function packed(
  order: 'little' | 'big',
  fields: readonly (readonly [value: number | bigint, size: number])[],
): Buffer {
  return Buffer.concat(
    fields.map(([value, size]) => {
      const bytes = Buffer.from(
        BigInt.asUintN(size * 8, BigInt(value))
          .toString(16)
          .padStart(size * 2, '0'),
        'hex',
      );
      return order === 'little' ? bytes.reverse() : bytes;
    }),
  );
}

/** What an ELF file is made of; places are computed where none is given. */
export interface ElfOptions {
  readonly bits: 32 | 64;
  readonly order?: 'little' | 'big';
  readonly machine?: number;
  readonly type?: number;
  readonly entry?: number | bigint;
  readonly programs?: readonly ElfProgram[];
  /** After the program headers. */
  readonly body?: Buffer;
  /** Section headers, at the end of the file; the first is the null section, which is added. */
  readonly sections?: readonly ElfSection[];
  readonly nameSection?: number;
  /** Fields of the header to write otherwise. */
  readonly header?: Partial<
    Record<
      'version' | 'phoff' | 'shoff' | 'ehsize' | 'phentsize' | 'phnum' | 'shentsize' | 'shnum',
      number | bigint
    >
  >;
}

export interface ElfProgram {
  readonly type?: number;
  readonly flags?: number;
  readonly offset?: number | bigint;
  readonly address?: number | bigint;
  readonly fileSize?: number | bigint;
  readonly memory?: number | bigint;
  readonly align?: number;
}

export interface ElfSection {
  readonly name?: number;
  readonly type?: number;
  readonly flags?: number;
  readonly address?: number | bigint;
  readonly offset?: number | bigint;
  readonly size?: number | bigint;
  readonly link?: number;
  readonly info?: number;
  readonly entrySize?: number;
}

/** Where the body of an ELF file made by {@link elfFile} begins. */
export function bodyAt({ bits, programs = [] }: Pick<ElfOptions, 'bits' | 'programs'>): number {
  return bits === 64 ? 64 + programs.length * 56 : 52 + programs.length * 32;
}

/** An ELF file. */
export function elfFile(options: ElfOptions): Buffer {
  const {
    bits,
    order = 'little',
    programs = [],
    body = Buffer.alloc(0),
    sections = [],
    header = {},
  } = options;
  const word = bits / 8;
  const [headerSize, programSize, sectionSize] = bits === 64 ? [64, 56, 64] : [52, 32, 40];
  const end = bodyAt(options) + body.length;
  const count = sections.length === 0 ? 0 : sections.length + 1;
  const ident = Buffer.from([
    0x7f,
    0x45,
    0x4c,
    0x46,
    bits / 32,
    order === 'little' ? 1 : 2,
    1,
    ...Array(9).fill(0),
  ]);
  const head = packed(order, [
    [options.type ?? 2, 2],
    [options.machine ?? 62, 2],
    [header.version ?? 1, 4],
    [options.entry ?? 0, word],
    [header.phoff ?? (programs.length > 0 ? headerSize : 0), word],
    [header.shoff ?? (count > 0 ? end : 0), word],
    [0, 4],
    [header.ehsize ?? headerSize, 2],
    [header.phentsize ?? programSize, 2],
    [header.phnum ?? programs.length, 2],
    [header.shentsize ?? (count > 0 ? sectionSize : 0), 2],
    [header.shnum ?? count, 2],
    [options.nameSection ?? 0, 2],
  ]);
  const size = end + count * sectionSize;
  const table = programs.map(program => programHeader(program, bits, order, size));
  const tail = count === 0 ? [] : [{}, ...sections].map(section => sectionHeader(section, word, order));
  return Buffer.concat([ident, head, ...table, body, ...tail]);
}

function programHeader(program: ElfProgram, bits: 32 | 64, order: 'little' | 'big', size: number): Buffer {
  const word = bits / 8;
  const flags = [program.flags ?? 5, 4] as const;
  return packed(order, [
    [program.type ?? 1, 4],
    ...(bits === 64 ? [flags] : []),
    [program.offset ?? 0, word],
    [program.address ?? 0, word],
    [program.address ?? 0, word],
    [program.fileSize ?? size, word],
    [program.memory ?? program.fileSize ?? size, word],
    ...(bits === 32 ? [flags] : []),
    [program.align ?? 1, word],
  ]);
}

function sectionHeader(section: ElfSection, word: number, order: 'little' | 'big'): Buffer {
  return packed(order, [
    [section.name ?? 0, 4],
    [section.type ?? 0, 4],
    [section.flags ?? 0, word],
    [section.address ?? 0, word],
    [section.offset ?? 0, word],
    [section.size ?? 0, word],
    [section.link ?? 0, 4],
    [section.info ?? 0, 4],
    [1, word],
    [section.entrySize ?? 0, word],
  ]);
}

/** What a PE image is made of. */
export interface PeOptions {
  readonly bits: 32 | 64;
  readonly machine?: number;
  /** Relative to the image's base. */
  readonly entry?: number;
  readonly base?: bigint;
  readonly sections?: readonly PeSection[];
  /** After the section headers. */
  readonly body?: Buffer;
  readonly directories?: readonly (readonly [address: number, size: number])[];
  readonly signatureAt?: number;
  readonly subsystem?: number;
}

export interface PeSection {
  readonly name?: string;
  readonly address: number;
  readonly virtualSize: number;
  readonly offset: number;
  readonly rawSize: number;
  readonly flags?: number;
}

/** Where the body of a PE image made by {@link peFile} begins. */
export function peBodyAt({ bits, sections = [], signatureAt = 0x40 }: PeOptions): number {
  return signatureAt + 24 + (bits === 64 ? 112 : 96) + 16 * 8 + sections.length * 40;
}

/** A PE image with 16 data directories. */
export function peFile(options: PeOptions): Buffer {
  const { bits, sections = [], directories = [], signatureAt = 0x40 } = options;
  const word = bits / 8;
  const dos = Buffer.alloc(signatureAt);
  dos.write('MZ', 0, 'latin1');
  dos.writeUInt32LE(signatureAt, 0x3c);
  const optionalSize = (bits === 64 ? 112 : 96) + 16 * 8;
  const coff = packed('little', [
    [0x4550, 4],
    [options.machine ?? 0x8664, 2],
    [sections.length, 2],
    [0, 4],
    [0, 4],
    [0, 4],
    [optionalSize, 2],
    [2, 2],
  ]);
  const optional = packed('little', [
    [bits === 64 ? 0x20b : 0x10b, 2],
    [0, 2],
    [0, 12],
    [options.entry ?? 0, 4],
    [0, bits === 64 ? 4 : 8],
    [options.base ?? 0n, word],
    [1, 4],
    [1, 4],
    [0, 16],
    [0x2000, 4],
    [peBodyAt(options), 4],
    [0, 4],
    [options.subsystem ?? 10, 2],
    [0, 2],
    [0, word * 4],
    [0, 4],
    [16, 4],
  ]);
  const table = Array.from({ length: 16 }, (_, i) => directories[i] ?? [0, 0]);
  const heads = sections.map(section =>
    Buffer.concat([
      Buffer.from((section.name ?? '.text').padEnd(8, '\0'), 'latin1'),
      packed('little', [
        [section.virtualSize, 4],
        [section.address, 4],
        [section.rawSize, 4],
        [section.offset, 4],
        [0, 12],
        [section.flags ?? 0x6000_0020, 4],
      ]),
    ]),
  );
  const pairs = table.map(([address, size]) =>
    packed('little', [
      [address, 4],
      [size, 4],
    ]),
  );
  return Buffer.concat([dos, coff, optional, ...pairs, ...heads, options.body ?? Buffer.alloc(0)]);
}

/** A boot sector with code at its beginning, and whatever else at its place. */
export function bootSector(
  code: Buffer,
  parts: readonly (readonly [offset: number, bytes: Buffer])[] = [],
): Buffer {
  const sector = Buffer.alloc(512);
  code.copy(sector);
  for (const [offset, bytes] of parts) bytes.copy(sector, offset);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}
