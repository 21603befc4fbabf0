import type { ByteRange } from '../../../case/index.ts';
import { type ByteOrder, numberAt, unsignedAt } from '../record.ts';
import type { ElfBits } from './layout.ts';
import type { TextTable } from './texts.ts';

/** Numbers of sections that are none: not in this file, absolute, common. */
export const SHN_UNDEF = 0;
export const SHN_ABS = 0xfff1;
export const SHN_COMMON = 0xfff2;

export const STT_OBJECT = 1;
export const STT_FUNC = 2;
export const STT_SECTION = 3;
export const STT_FILE = 4;
export const STT_GNU_IFUNC = 10;

/** A symbol as it stands in its table. */
export interface ElfSymbol {
  /** From the start of the file. */
  readonly offset: number;
  /** Empty when it has none, or the file does not hold it. */
  readonly name: string;
  /** Place of the name in the table of texts. */
  readonly nameAt: bigint;
  readonly value: bigint;
  readonly size: bigint;
  readonly type: number;
  readonly binding: number;
  /** 0 default, 1 internal, 2 hidden, 3 protected. */
  readonly visibility: number;
  /** Number of a section, or one of the `SHN_` values. */
  readonly section: number;
}

/** Offsets of the fields of a symbol, by class: see `symbolLayout`. */
const PLACES = {
  32: { size: 16, name: 0, value: 4, length: 8, info: 12, other: 13, section: 14 },
  64: { size: 24, name: 0, info: 4, other: 5, section: 6, value: 8, length: 16 },
} as const;

/** The symbols of one table, read one at a time. */
export class SymbolTable {
  /** Whole symbols that the place has. */
  readonly count: number;
  /** Bytes of one. */
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #place: ByteRange;
  readonly #bits: ElfBits;
  readonly #order: ByteOrder;
  readonly #texts: TextTable | null;

  /** `place` is within the bytes. */
  constructor(
    bytes: Uint8Array,
    { bits, order }: { readonly bits: ElfBits; readonly order: ByteOrder },
    place: ByteRange,
    texts: TextTable | null,
  ) {
    this.size = PLACES[bits].size;
    this.count = Math.floor(place.length / this.size);
    this.#bytes = bytes;
    this.#place = place;
    this.#bits = bits;
    this.#order = order;
    this.#texts = texts;
  }

  /** The symbol of a number below {@link count}. */
  at(number: number): ElfSymbol {
    const at = PLACES[this.#bits];
    const offset = this.#place.offset + number * this.size;
    const word = this.#bits === 64 ? 8 : 4;
    const read = (place: number, size: number) =>
      unsignedAt(this.#bytes, offset + place, size, this.#order) ?? 0n;
    const nameAt = read(at.name, 4);
    return {
      offset,
      nameAt,
      name: this.#texts?.at(nameAt) ?? '',
      value: read(at.value, word),
      size: read(at.length, word),
      visibility: (this.#bytes[offset + at.other] ?? 0) & 3,
      ...this.kindOf(number),
    };
  }

  /** What a symbol is, without its name and numbers. */
  kindOf(number: number): Pick<ElfSymbol, 'type' | 'binding' | 'section'> {
    const at = PLACES[this.#bits];
    const offset = this.#place.offset + number * this.size;
    const info = this.#bytes[offset + at.info] ?? 0;
    return {
      type: info & 15,
      binding: info >> 4,
      section: numberAt(this.#bytes, offset + at.section, 2, this.#order),
    };
  }

  /** Whether the name of a symbol begins within the table of texts. */
  hasName({ nameAt }: ElfSymbol): boolean {
    return nameAt === 0n || (this.#texts?.has(nameAt) ?? false);
  }
}
