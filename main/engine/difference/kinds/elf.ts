import type { DifferencePart } from '../../../contract/documents/difference.ts';
import { type BinaryRecord, type ElfHeaders, isElf, readElf } from '../../seed/index.ts';
import { type Bytes, partOf } from '../bytes.ts';
import {
  counted,
  distinctLooks,
  type Explaining,
  isSame,
  type Pair,
  PartList,
  part,
  placed,
  wholePlace,
} from '../explanation.ts';
import { rawAccount } from './raw.ts';

/** Whether a content begins as an ELF file does. */
export function looksElf(start: Buffer): boolean {
  return isElf(start);
}

type Fields = Pick<BinaryRecord, 'fields'>;

/** A stretch of an ELF file that has a name of its own. Regions of a file do not overlap and cover it wholly. */
interface Region {
  /** What it is matched by; unique in its file. */
  readonly key: string;
  readonly title: string;
  readonly kind: 'header' | 'section' | 'segment' | 'content';
  readonly offset: number;
  readonly length: number;
  /** Where the section or segment began that this is of. */
  readonly origin: number;
  readonly record: Fields | null;
}

/** Explains two ELF files, region by region: headers by their fields, sections and segments by their names. */
export async function explainElf(pair: Pair, work: Explaining): Promise<DifferencePart> {
  const [a, b] = [regionsOf(pair.a), regionsOf(pair.b)];
  const others = new Map(b.map(region => [region.key, region]));
  const list = new PartList(work);
  for (const region of a) {
    const other = others.get(region.key) ?? null;
    others.delete(region.key);
    const contents = other && {
      a: partOf(pair.a, region.offset, region.length),
      b: partOf(pair.b, other.offset, other.length),
    };
    if (contents && isSame(contents.a, contents.b)) continue;
    await list.add(() =>
      other && contents ? explainRegion(pair, contents, region, other, work) : oneSided(pair, region, 'a'),
    );
  }
  for (const region of others.values()) await list.add(() => oneSided(pair, region, 'b'));
  const says = `${counted(list.count, 'part')} ${list.count === 1 ? 'differs' : 'differ'}`;
  return part('file', 'ELF file', says, {
    ...wholePlace(pair),
    looks: distinctLooks(list.parts.flatMap(each => each.looks)),
    parts: list.parts,
  });
}

function oneSided(pair: Pair, region: Region, side: 'a' | 'b'): DifferencePart {
  const says = `${counted(region.length, 'byte')} only in the ${side === 'a' ? 'first' : 'second'}`;
  const place = side === 'a' ? placed(pair, region, null) : placed(pair, null, region);
  return part(region.kind, region.title, says, place);
}

async function explainRegion(
  pair: Pair,
  contents: { readonly a: Bytes; readonly b: Bytes },
  region: Region,
  other: Region,
  work: Explaining,
): Promise<DifferencePart> {
  const place = placed(pair, region, other);
  if (region.record && other.record) {
    const fields = differentFields(region.record, other.record);
    const says = `${counted(fields.length, 'field')} ${fields.length === 1 ? 'differs' : 'differ'}`;
    if (fields.length > 0) return part('header', region.title, says, { ...place, fields });
  }
  const inner: Pair = {
    ...contents,
    at: pair.at && { a: pair.at.a + region.offset, b: pair.at.b + other.offset },
    depth: pair.depth + 1,
  };
  const { says, looks, parts } = await rawAccount(inner, work, region.offset - region.origin);
  const id = region.title.includes('build-id');
  const build = { cause: 'build-id' as const, words: 'is the build id, a hash of the rest', a: '', b: '' };
  return part(region.kind, region.title, says, { ...place, looks: id ? [build] : looks, parts });
}

function differentFields(a: Fields, b: Fields): DifferencePart['fields'] {
  return a.fields.flatMap((field, i) => {
    const other = b.fields[i];
    if (!other || field.value === null || other.value === null || field.value === other.value) return [];
    return [{ name: field.name, a: hex(field.value), b: hex(other.value) }];
  });
}

function hex(value: bigint): string {
  return `0x${value.toString(16).toUpperCase()}`;
}

const SHT_NOBITS = 8n;
const PT_LOAD = 1n;
/** Longest name of a section that is read. */
const NAME_LIMIT = 256;

function regionsOf(bytes: Bytes): Region[] {
  const file = bytes.read(0, bytes.size);
  const elf = readElf(file);
  const names = new Names();
  const cover = new Cover(file.length);
  const headerEnd = elf.header.offset + elf.header.length;
  cover.add({ ...names.of('ELF header'), kind: 'header', record: elf.header }, 0, headerEnd);
  elf.programs.forEach((record, i) => {
    cover.add({ ...names.of(`program header ${i}`), kind: 'header', record }, record.offset, record.length);
  });
  const titles = sectionNames(file, elf);
  elf.sections.forEach((record, i) => {
    const named = names.of(`header of section ${titles[i]}`);
    cover.add({ ...named, kind: 'header', record }, record.offset, record.length);
  });
  elf.sections.forEach((record, i) => {
    if (record.value('sh_type') === SHT_NOBITS) return;
    const named = names.of(`section ${titles[i]}`);
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

function sectionNames(file: Buffer, { header, sections }: ElfHeaders): string[] {
  const strings = sections[Number(header.value('e_shstrndx'))];
  const table = strings?.value('sh_offset') ?? 0n;
  return sections.map((section, i) => {
    const at = table + section.value('sh_name');
    if (!strings || at >= BigInt(file.length)) return `${i}`;
    const piece = file.subarray(Number(at), Number(at) + NAME_LIMIT);
    const nul = piece.indexOf(0);
    return piece.toString('utf8', 0, nul < 0 ? piece.length : nul) || `${i}`;
  });
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

type Named = Omit<Region, 'offset' | 'length' | 'origin' | 'record'> & {
  readonly record?: Fields;
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

  add({ record, ...named }: Named, offset: number, length: number): void {
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
      return { key, title, kind: 'content', offset, length: end - offset, origin: offset, record: null };
    });
    return [...this.#taken, ...rest].sort((a, b) => a.offset - b.offset);
  }
}
