import {
  type BinaryRecord,
  type ByteOrder,
  type Layout,
  layoutSize,
  readRecord,
  unsignedAt,
} from '../record.ts';
import {
  type ElfBits,
  type HeaderField,
  headerLayout,
  IDENT,
  IDENT_SIZE,
  type IdentField,
  type ProgramField,
  programLayout,
  type SectionField,
  sectionLayout,
} from './layout.ts';

/** Most program headers that are read. Linux takes as many as fit into a page of memory, which is 73 or 128. */
export const PROGRAM_LIMIT = 1024;
/** Most section headers that are read. */
export const SECTION_LIMIT = 4096;

export const PT_LOAD = 1n;
export const PF_X = 1n;
export const PF_W = 2n;
export const PF_R = 4n;

/** The headers of an ELF file as they stand, believed in nothing but where they are. */
export interface ElfHeaders {
  readonly bits: ElfBits;
  readonly order: ByteOrder;
  readonly ident: BinaryRecord<IdentField>;
  readonly header: BinaryRecord<HeaderField>;
  readonly programs: readonly BinaryRecord<ProgramField>[];
  readonly sections: readonly BinaryRecord<SectionField>[];
  /** How many the file claims, which may be more than there are. */
  readonly claimed: { readonly programs: number; readonly sections: number };
}

const MAGIC = [0x7f, 0x45, 0x4c, 0x46];
/** Machines of 32 bits, for files whose EI_CLASS is none: SPARC, 386, MIPS, PowerPC, ARM. */
const MACHINES_OF_32 = [2n, 3n, 8n, 20n, 40n];

/** Whether a file begins as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads the headers of a file that {@link isElf}. Where EI_CLASS or EI_DATA are none that the format knows (Linux does not
 * look at them), the machine decides about the one, and the other is little-endian.
 */
export function readElf(bytes: Uint8Array): ElfHeaders {
  const order: ByteOrder = bytes[5] === 2 ? 'big' : 'little';
  const machine = unsignedAt(bytes, 18, 2, order) ?? 0n;
  const byMachine: ElfBits = MACHINES_OF_32.includes(machine) ? 32 : 64;
  const bits: ElfBits = bytes[4] === 1 ? 32 : bytes[4] === 2 ? 64 : byMachine;
  const ident = readRecord(bytes, 0, IDENT, order);
  const header = readRecord(bytes, IDENT_SIZE, headerLayout(bits), order);
  const table = <N extends string>(
    place: HeaderField,
    stride: HeaderField,
    count: number,
    layout: Layout<N>,
  ) => readTable(bytes, { at: header.value(place), stride: header.value(stride), count, layout, order });
  const claimed = claimedCounts(bytes, header, bits, order);
  return {
    bits,
    order,
    ident,
    header,
    programs: table('e_phoff', 'e_phentsize', Math.min(claimed.programs, PROGRAM_LIMIT), programLayout(bits)),
    sections: table('e_shoff', 'e_shentsize', Math.min(claimed.sections, SECTION_LIMIT), sectionLayout(bits)),
    claimed,
  };
}

/** `e_phnum` that says: the count is in `sh_info` of section 0. */
const PN_XNUM = 0xffffn;

function claimedCounts(
  bytes: Uint8Array,
  header: BinaryRecord<HeaderField>,
  bits: ElfBits,
  order: ByteOrder,
): ElfHeaders['claimed'] {
  const [programs, sections] = [header.value('e_phnum'), header.value('e_shnum')];
  if (header.value('e_shoff') === 0n) return { programs: Number(programs), sections: Number(sections) };
  const [first] = readTable(bytes, {
    at: header.value('e_shoff'),
    stride: header.value('e_shentsize'),
    count: 1,
    layout: sectionLayout(bits),
    order,
  });
  return {
    programs: Number(programs === PN_XNUM ? (first?.value('sh_info') ?? 0n) : programs),
    sections: Number(sections === 0n ? (first?.value('sh_size') ?? 0n) : sections),
  };
}

interface Table<N extends string> {
  readonly at: bigint;
  /** Bytes from one record to the next; less than a record has counts as a record's. */
  readonly stride: bigint;
  readonly count: number;
  readonly layout: Layout<N>;
  readonly order: ByteOrder;
}

/** Records that begin within the file. A table at 0 is none: there the file's own magic is. */
function readTable<N extends string>(bytes: Uint8Array, table: Table<N>): BinaryRecord<N>[] {
  if (table.at === 0n || table.at >= BigInt(bytes.length)) return [];
  const stride = Math.max(Number(table.stride), layoutSize(table.layout));
  const records: BinaryRecord<N>[] = [];
  let at = Number(table.at);
  while (records.length < table.count && at < bytes.length) {
    records.push(readRecord(bytes, at, table.layout, table.order));
    at += stride;
  }
  return records;
}
