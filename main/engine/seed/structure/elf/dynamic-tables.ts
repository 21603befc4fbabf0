import type { ByteRange } from '../../../case/index.ts';
import { fileOffsetOf } from '../image.ts';
import { layoutSize, numberAt, withinFile } from '../record.ts';
import { DT, type ElfDynamic, tagValue } from './dynamic.ts';
import type { ElfFile } from './file.ts';
import { symbolLayout } from './layout.ts';
import type { RelocationKind } from './relocations.ts';

/** Where the tables are that a dynamic section names, as its dynamic linker finds them. */
export interface DynamicTables {
  readonly symbols: ByteRange | null;
  readonly relocations: readonly { readonly kind: RelocationKind; readonly range: ByteRange }[];
}

/** The tables that a dynamic section names; those that the file does not hold are left out. */
export function dynamicTables(file: ElfFile, dynamic: ElfDynamic): DynamicTables {
  const { entries } = dynamic;
  const at = (place: bigint, size: bigint) =>
    rangeAt(file, tagValue(entries, place), tagValue(entries, size));
  const functions: RelocationKind = tagValue(entries, DT.PLTREL) === DT.REL ? 'REL' : 'RELA';
  const relocations = [
    { kind: 'RELA' as const, range: at(DT.RELA, DT.RELASZ) },
    { kind: 'REL' as const, range: at(DT.REL, DT.RELSZ) },
    { kind: functions, range: at(DT.JMPREL, DT.PLTRELSZ) },
    { kind: 'RELR' as const, range: at(DT.RELR, DT.RELRSZ) },
  ];
  return {
    symbols: symbolsOf(file, dynamic),
    relocations: relocations.flatMap(({ kind, range }) => (range ? [{ kind, range }] : [])),
  };
}

function rangeAt({ tree, image }: ElfFile, address: bigint | null, size: bigint | null): ByteRange | null {
  const offset = address === null ? null : fileOffsetOf(image, address);
  if (offset === null || size === null || size === 0n) return null;
  return { offset, length: withinFile(size, tree.bytes.length - offset) };
}

/** The symbols: only the hashes of their names say how many there are. */
function symbolsOf(file: ElfFile, { entries }: ElfDynamic): ByteRange | null {
  const count = countByHash(file, entries) ?? countByGnuHash(file, entries);
  if (count === null) return null;
  const size = BigInt(count) * BigInt(layoutSize(symbolLayout(file.elf.bits)));
  return rangeAt(file, tagValue(entries, DT.SYMTAB), size);
}

/** `nchain` of the table of hashes, which has a chain for each symbol. */
function countByHash({ tree, elf, image }: ElfFile, entries: ElfDynamic['entries']): number | null {
  const address = tagValue(entries, DT.HASH);
  const offset = address === null ? null : fileOffsetOf(image, address);
  return offset === null ? null : numberAt(tree.bytes, offset + 4, 4, elf.order);
}

/** The end of the last chain: the last of a chain has its lowest bit set. */
function countByGnuHash({ tree, elf, image }: ElfFile, entries: ElfDynamic['entries']): number | null {
  const address = tagValue(entries, DT.GNU_HASH);
  const offset = address === null ? null : fileOffsetOf(image, address);
  if (offset === null) return null;
  const word = (at: number) => numberAt(tree.bytes, at, 4, elf.order);
  const [buckets, first, bloom] = [word(offset), word(offset + 4), word(offset + 8)];
  const table = offset + 16 + bloom * (elf.bits / 8);
  const chains = table + buckets * 4;
  if (chains > tree.bytes.length) return null;
  let last = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) last = Math.max(last, word(table + bucket * 4));
  if (last < first) return first;
  for (let at = chains + (last - first) * 4; at + 4 <= tree.bytes.length; at += 4, last += 1)
    if ((word(at) & 1) === 1) return last + 1;
  return null;
}
