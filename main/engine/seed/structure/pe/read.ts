import { type BinaryRecord, layoutSize, readRecord, unsignedAt } from '../record.ts';
import {
  COFF_HEADER,
  type CoffField,
  DATA_DIRECTORY,
  type DirectoryField,
  DOS_HEADER,
  type DosField,
  type OptionalField,
  optionalLayout,
  SECTION_HEADER,
  type SectionField,
} from './layout.ts';

/** Most sections that are read; Windows loads at most 96, the field could say 65,535. */
export const SECTION_LIMIT = 1024;
/** The data directories that the format has. */
export const DIRECTORY_COUNT = 16;

/** Flags of a section's Characteristics. */
export const SCN_CODE = 0x20n;
export const SCN_EXECUTE = 0x2000_0000n;
export const SCN_READ = 0x4000_0000n;
export const SCN_WRITE = 0x8000_0000n;

/** The headers of a PE image as they stand. */
export interface PeHeaders {
  readonly bits: 32 | 64;
  readonly dos: BinaryRecord<DosField>;
  /** Where the four bytes `PE\0\0` are. */
  readonly signature: number;
  readonly coff: BinaryRecord<CoffField>;
  readonly optional: BinaryRecord<OptionalField>;
  readonly directories: readonly BinaryRecord<DirectoryField>[];
  readonly sections: readonly BinaryRecord<SectionField>[];
}

const LFANEW = 0x3c;
const SIGNATURE = [0x50, 0x45, 0, 0];
const PE32_PLUS = 0x20bn;

/** Where the signature of a PE image is, or null when the file is none. */
export function peSignature(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x4d || bytes[1] !== 0x5a) return null;
  const at = Number(unsignedAt(bytes, LFANEW, 4, 'little') ?? -1n);
  return at >= 0 && SIGNATURE.every((byte, i) => bytes[at + i] === byte) ? at : null;
}

/** Reads the headers of a PE image whose signature is at `signature`. Records that begin beyond the file are left out. */
export function readPe(bytes: Uint8Array, signature: number): PeHeaders {
  const coff = readRecord(bytes, signature + SIGNATURE.length, COFF_HEADER, 'little');
  const at = coff.offset + coff.length;
  const bits = unsignedAt(bytes, at, 2, 'little') === PE32_PLUS ? 64 : 32;
  const optional = readRecord(bytes, at, optionalLayout(bits), 'little');
  const end = at + Number(coff.value('SizeOfOptionalHeader'));
  const directories = Math.min(Number(optional.value('NumberOfRvaAndSizes')), DIRECTORY_COUNT);
  const sections = Math.min(Number(coff.value('NumberOfSections')), SECTION_LIMIT);
  return {
    bits,
    dos: readRecord(bytes, 0, DOS_HEADER, 'little'),
    signature,
    coff,
    optional,
    directories: recordsAt(bytes, optional.offset + optional.length, DATA_DIRECTORY, directories),
    sections: recordsAt(bytes, end, SECTION_HEADER, sections),
  };
}

function recordsAt<N extends string>(
  bytes: Uint8Array,
  from: number,
  layout: Parameters<typeof readRecord<N>>[2],
  count: number,
): BinaryRecord<N>[] {
  const size = layoutSize(layout);
  const records: BinaryRecord<N>[] = [];
  for (let at = from; records.length < count && at < bytes.length; at += size)
    records.push(readRecord(bytes, at, layout, 'little'));
  return records;
}
