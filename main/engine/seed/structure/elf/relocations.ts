import type { ByteRange } from '../../../case/index.ts';
import { type ByteOrder, numberAt, unsignedAt } from '../record.ts';
import type { ElfBits } from './layout.ts';

/** How relocations are kept: without addends, with them, or packed. */
export type RelocationKind = 'REL' | 'RELA' | 'RELR';

/** A relocation as it stands in its table. */
export interface ElfRelocation {
  /** From the start of the file. */
  readonly offset: number;
  /** What is changed: an address, in objects an offset in a section. */
  readonly place: bigint;
  readonly type: number;
  /** Number in the table of symbols; 0 for none. */
  readonly symbol: number;
  /** Null in REL, where it stands in what is changed. */
  readonly addend: bigint | null;
}

/** The relocations of one table, REL or RELA, read one at a time. */
export class RelocationTable {
  /** Whole relocations that the place has. */
  readonly count: number;
  /** Bytes of one. */
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #word: 4 | 8;
  readonly #order: ByteOrder;
  readonly #addends: boolean;

  /** `range` is within the bytes. */
  constructor(
    bytes: Uint8Array,
    { bits, order }: { readonly bits: ElfBits; readonly order: ByteOrder },
    kind: 'REL' | 'RELA',
    range: ByteRange,
  ) {
    this.#bytes = bytes;
    this.#at = range.offset;
    this.#word = bits === 64 ? 8 : 4;
    this.#order = order;
    this.#addends = kind === 'RELA';
    this.size = this.#word * (this.#addends ? 3 : 2);
    this.count = Math.floor(range.length / this.size);
  }

  /** The relocation of a number below {@link count}. */
  at(number: number): ElfRelocation {
    const offset = this.#at + number * this.size;
    const read = (i: number) =>
      unsignedAt(this.#bytes, offset + i * this.#word, this.#word, this.#order) ?? 0n;
    const info = read(1);
    const wide = this.#word === 8;
    return {
      offset,
      place: read(0),
      type: Number(wide ? info & 0xffff_ffffn : info & 0xffn),
      symbol: Number(wide ? info >> 32n : info >> 8n),
      addend: this.#addends ? BigInt.asIntN(this.#word * 8, read(2)) : null,
    };
  }

  /** The type of a relocation alone. */
  typeOf(number: number): number {
    const info = this.#at + number * this.size + this.#word;
    if (this.#word === 4) return numberAt(this.#bytes, info, 4, this.#order) & 0xff;
    return numberAt(this.#bytes, this.#order === 'little' ? info : info + 4, 4, this.#order);
  }
}

/** A word of packed relocations: an address that is relocated, or a bitmap of the words after it. */
export interface PackedWord {
  readonly offset: number;
  readonly value: bigint;
  /** Addresses that are relocated by it. */
  readonly places: readonly bigint[];
  readonly bitmap: boolean;
}

/** The words of packed relocations, from the gABI's draft on SHT_RELR. */
export function* packedRelocations(
  bytes: Uint8Array,
  { bits, order }: { readonly bits: ElfBits; readonly order: ByteOrder },
  range: ByteRange,
): Generator<PackedWord, void, void> {
  const word = bits / 8;
  let next = 0n;
  for (let offset = range.offset; offset + word <= range.offset + range.length; offset += word) {
    const value = unsignedAt(bytes, offset, word, order) ?? 0n;
    const bitmap = (value & 1n) === 1n;
    const places: bigint[] = [];
    if (bitmap) {
      for (let bit = 1; bit < bits; bit += 1)
        if (((value >> BigInt(bit)) & 1n) === 1n) places.push(next + BigInt((bit - 1) * word));
      next += BigInt((bits - 1) * word);
    } else {
      places.push(value);
      next = value + BigInt(word);
    }
    yield { offset, value, places, bitmap };
  }
}
