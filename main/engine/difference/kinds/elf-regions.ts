import { type BinaryRecord, readElf, sectionsOf } from '../../seed/index.ts';
import type { Bytes } from '../bytes.ts';

/** Fields of a header, in their order. */
export type Fields = Pick<BinaryRecord, 'fields'>;

/** A stretch of an ELF file that has a name of its own. Regions of a file do not overlap and cover it wholly. */
export interface Region {
  /** What it is matched by; unique in its file. */
  readonly key: string;
  readonly title: string;
  readonly kind: 'header' | 'section' | 'segment' | 'content';
  readonly offset: number;
  readonly length: number;
  /** Where the section or segment began that this is of. */
  readonly origin: number;
  readonly record: Fields | null;
  /** Its number, where it is a section whose entries have names: symbols, relocations, notes, the dynamic section. */
  readonly table: number | null;
}

const SHT_NOBITS = 8n;
/** Types of sections whose entries have names: symbols, relocations with and without addends, the dynamic section, notes. */
const TABLES: readonly bigint[] = [2n, 4n, 6n, 7n, 9n, 11n];
const PT_LOAD = 1n;

/** The regions of an ELF file, in the order of their bytes. */
export function regionsOf(bytes: Bytes): Region[] {
  const file = bytes.read(0, bytes.size);
  const elf = readElf(file);
  const names = new Names();
  const cover = new Cover(file.length);
  const headerEnd = elf.header.offset + elf.header.length;
  cover.add({ ...names.of('ELF header'), kind: 'header', record: elf.header }, 0, headerEnd);
  elf.programs.forEach((record, i) => {
    cover.add({ ...names.of(`program header ${i}`), kind: 'header', record }, record.offset, record.length);
  });
  const titles = sectionsOf(file, elf).map(({ name, number }) => name || `${number}`);
  elf.sections.forEach((record, i) => {
    const named = names.of(`header of section ${titles[i]}`);
    cover.add({ ...named, kind: 'header', record }, record.offset, record.length);
  });
  elf.sections.forEach((record, i) => {
    if (record.value('sh_type') === SHT_NOBITS) return;
    const table = TABLES.includes(record.value('sh_type')) ? i : null;
    const named = { ...names.of(`section ${titles[i]}`), table };
    cover.addClaimed({ ...named, kind: 'section' }, record.value('sh_offset'), record.value('sh_size'));
  });
  // Where there are sections they say more than segments, which would only cover the padding between them.
  const segments = elf.sections.length > 1 ? [] : elf.programs;
  segments.forEach((record, i) => {
    if (record.value('p_type') !== PT_LOAD) return;
    const named = names.of(`segment ${i}`);
    cover.addClaimed({ ...named, kind: 'segment' }, record.value('p_offset'), record.value('p_filesz'));
  });
  return cover.regions();
}

/** Gives names that are unique: the second `section .text` of a file is another one. */
class Names {
  readonly #counts = new Map<string, number>();

  of(title: string): { key: string; title: string } {
    const count = (this.#counts.get(title) ?? 0) + 1;
    this.#counts.set(title, count);
    return { key: `${title}\0${count}`, title: count === 1 ? title : `${title} (${count})` };
  }
}

type Named = Omit<Region, 'offset' | 'length' | 'origin' | 'record' | 'table'> & {
  readonly record?: Fields;
  readonly table?: number | null;
};

/** Gives every byte of a file to the first that claims it. */
class Cover {
  readonly #size: number;
  readonly #taken: Region[] = [];
  /** Stretches nobody has claimed, ascending. */
  #free: { offset: number; end: number }[];

  constructor(size: number) {
    this.#size = size;
    this.#free = size > 0 ? [{ offset: 0, end: size }] : [];
  }

  /** Claims what a field of the file says, as far as the file has it. */
  addClaimed(named: Named, offset: bigint, length: bigint): void {
    if (offset >= BigInt(this.#size)) return;
    const most = BigInt(this.#size) - offset;
    this.add(named, Number(offset), Number(length < most ? length : most));
  }

  add({ record, table = null, ...named }: Named, offset: number, length: number): void {
    const end = Math.min(offset + length, this.#size);
    let pieces = 0;
    this.#free = this.#free.flatMap(gap => {
      const [from, to] = [Math.max(gap.offset, offset), Math.min(gap.end, end)];
      if (from >= to) return [gap];
      pieces += 1;
      const key = pieces === 1 ? named.key : `${named.key}\0${pieces}`;
      const whole = from === offset && to === end;
      this.#taken.push({
        ...named,
        key,
        offset: from,
        length: to - from,
        origin: offset,
        record: whole ? (record ?? null) : null,
        table: whole ? table : null,
      });
      return [
        { offset: gap.offset, end: from },
        { offset: to, end: gap.end },
      ].filter(rest => rest.offset < rest.end);
    });
  }

  /** All regions in the order of the file; what nobody claimed is named after what stands before it. */
  regions(): Region[] {
    const rest = this.#free.map(({ offset, end }): Region => {
      const before = this.#taken.findLast(region => region.offset + region.length === offset);
      const title = before ? `bytes after ${before.title}` : 'bytes at the beginning';
      const key = `after\0${before?.key ?? ''}`;
      return {
        key,
        title,
        kind: 'content',
        offset,
        length: end - offset,
        origin: offset,
        record: null,
        table: null,
      };
    });
    return [...this.#taken, ...rest].sort((a, b) => a.offset - b.offset);
  }
}
