import type { ByteRange } from '../../../case/index.ts';
import { elfMachine } from '../image.ts';
import { type ElfHeaders, readElf } from './read.ts';
import { type ElfSectionPart, SHT_DYNSYM, SHT_SYMTAB, sectionsOf } from './sections.ts';
import { STT_FUNC, STT_GNU_IFUNC, STT_OBJECT, SymbolTable } from './symbols.ts';
import { TextTable } from './texts.ts';

/** Most symbols of a file that are sorted; places of further ones have no name. */
const SYMBOL_LIMIT = 1 << 20;
/** Symbols before a byte that are looked at: those nearest to it may end before it, and lie in a longer one. */
const LOOK_BACK = 16;
const [ET_REL, STT_NOTYPE] = [1n, 0];
/** A number of symbols fits below the offset in one number that is exact: offsets below 2^31. */
const NUMBERS = 1 << 22;

/** The symbol that a byte of a file belongs to. */
export interface SymbolPlace {
  readonly name: string;
  readonly kind: 'function' | 'data' | 'label';
  /** Bytes from where the symbol begins. */
  readonly within: number;
}

interface Found {
  readonly table: SymbolTable;
  readonly number: number;
}

/** Names bytes of an ELF file by the symbols of its sections: its own table, else that of the dynamic linker. Sorted once. */
export class SymbolPlaces {
  readonly #elf: ElfHeaders;
  readonly #sections: readonly ElfSectionPart[];
  readonly #found: Found[] = [];
  /** Offsets in the file times {@link NUMBERS}, plus the place in the list of what was found. */
  readonly #sorted: Float64Array;

  /** Takes any bytes; those of an ELF file that has no table of symbols name nothing. */
  constructor(bytes: Uint8Array) {
    this.#elf = readElf(bytes);
    this.#sections = sectionsOf(bytes, this.#elf);
    const offsets: number[] = [];
    for (const table of this.#tables(bytes)) {
      for (let number = 0; number < table.count && offsets.length < SYMBOL_LIMIT; number += 1) {
        const range = this.#rangeOf({ table, number });
        if (!range) continue;
        offsets.push(range.offset * NUMBERS + this.#found.length);
        this.#found.push({ table, number });
      }
    }
    this.#sorted = Float64Array.from(offsets).sort();
  }

  /** The symbol that the byte at an offset of the file belongs to; null when none does. Of several, the one that begins last. */
  at(offset: number): SymbolPlace | null {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] as number) < (offset + 1) * NUMBERS) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && i >= low - LOOK_BACK; i -= 1) {
      const found = this.#found[(this.#sorted[i] as number) % NUMBERS];
      const range = found && this.#rangeOf(found);
      if (!found || !range || offset >= range.offset + range.length) continue;
      const { name, type } = found.table.at(found.number);
      if (name === '' || name.startsWith('$')) continue;
      const kind = type === STT_NOTYPE ? 'label' : type === STT_OBJECT ? 'data' : 'function';
      return { name, kind, within: offset - range.offset };
    }
    return null;
  }

  #tables(bytes: Uint8Array): SymbolTable[] {
    const of = (type: bigint) => this.#sections.filter(({ header }) => header.value('sh_type') === type);
    const own = of(SHT_SYMTAB);
    return (own.length > 0 ? own : of(SHT_DYNSYM)).map(section => {
      const texts = this.#sections[Number(section.header.value('sh_link'))];
      return new SymbolTable(bytes, this.#elf, section, texts ? new TextTable(bytes, texts) : null);
    });
  }

  /** Bytes of the file that a symbol names; one without a size names what is left of its section. */
  #rangeOf({ table, number }: Found): ByteRange | null {
    const { type, section: index } = table.kindOf(number);
    if (![STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_GNU_IFUNC].includes(type)) return null;
    const section = index === 0 ? undefined : this.#sections[index];
    if (!section || section.length === 0) return null;
    const symbol = table.at(number);
    const object = this.#elf.header.value('e_type') === ET_REL;
    // The lowest bit of a function's address says that it is in Thumb.
    const thumb = type === STT_FUNC && elfMachine(this.#elf) === 'arm' ? symbol.value & 1n : 0n;
    const within = symbol.value - thumb - (object ? 0n : section.header.value('sh_addr'));
    if (within < 0n || within >= BigInt(section.length)) return null;
    const left = section.length - Number(within);
    const length = symbol.size === 0n || symbol.size > BigInt(left) ? left : Number(symbol.size);
    return { offset: section.offset + Number(within), length };
  }
}
