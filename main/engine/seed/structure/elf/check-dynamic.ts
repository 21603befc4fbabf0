import type { ByteRange } from '../../../case/index.ts';
import { fileOffsetOf } from '../image.ts';
import { hex } from '../words.ts';
import { bindsNow, DT, type DynamicEntry, type ElfDynamic, tagValue } from './dynamic.ts';
import { dynamicTag } from './dynamic-names.ts';
import type { DynamicTables } from './dynamic-tables.ts';
import type { ElfFile } from './file.ts';
import { calledOf, SHT_DYNAMIC, SHT_DYNSYM, SHT_REL, SHT_RELA, SHT_RELR } from './sections.ts';

/** Tags below this are the format's own; above, those of systems, processors and programs. */
const OWN_TAGS = 0x6000_0000n;
/** Tags that may stand more than once. */
const REPEATED: readonly bigint[] = [DT.NULL, DT.NEEDED, DT.AUXILIARY, DT.FILTER, DT.AUDIT, DT.DEPAUDIT];
const DF_TEXTREL = 4n;

/** A dynamic section as it was added to the structure. */
export interface AddedDynamic {
  readonly id: string;
  /** Ids of its entries, in their order. */
  readonly entryIds: readonly string[];
  readonly dynamic: ElfDynamic;
  readonly tables: DynamicTables;
}

/** Says what is unusual about a dynamic section. */
export function checkDynamic(file: ElfFile, added: AddedDynamic): void {
  const { tree } = file;
  const { dynamic, id, entryIds } = added;
  const seen = new Set<bigint>();
  for (const entry of dynamic.entries) {
    const entryId = entryIds[entry.number] ?? '';
    checkEntry(file, dynamic, entry, entryId);
    if (seen.has(entry.tag) && !REPEATED.includes(entry.tag))
      tree.notice(
        entryId,
        'unusual',
        'elf.tag-twice',
        'this tag stood before: linkers may take the one or the other',
      );
    seen.add(entry.tag);
  }
  if (!dynamic.ended)
    tree.notice(
      id,
      'problem',
      'elf.dynamic-open',
      'no NULL ends it: what follows it in memory counts as its entries',
    );
  const functions = tagValue(dynamic.entries, DT.JMPREL) !== null;
  if (functions && !bindsNow(dynamic))
    tree.notice(
      id,
      'note',
      'elf.lazy-binding',
      'functions are bound when they are first called, so the table they are called through stays writable',
    );
  checkTables(file, added);
}

function checkEntry(file: ElfFile, dynamic: ElfDynamic, { tag, value }: DynamicEntry, id: string): void {
  const { tree, image, machine } = file;
  const known = dynamicTag(tag, machine);
  if (!known && tag < OWN_TAGS) tree.notice(id, 'unusual', 'elf.unknown-tag', 'the format has no such tag');
  if (known?.[1] === 'text') checkText(file, dynamic, { tag, value }, id);
  const placed = known?.[1] === 'address' && value !== 0n && image.segments.length > 0;
  if (placed && !loaded(file, value))
    tree.notice(id, 'problem', 'elf.address-outside', 'no segment that is loaded has this address');
  if (tag === DT.TEXTREL || (tag === DT.FLAGS && (value & DF_TEXTREL) !== 0n))
    tree.notice(
      id,
      'unusual',
      'elf.text-relocations',
      'the dynamic linker changes what is not writable, so code is made writable while it loads',
    );
  if (tag === DT.PREINIT_ARRAY)
    tree.notice(
      id,
      'note',
      'elf.runs-first',
      'these functions run before those of the shared objects it needs',
    );
}

function loaded({ image }: ElfFile, address: bigint): boolean {
  return image.segments.some(each => address >= each.address && address < each.address + each.memory);
}

const WATCHING: readonly bigint[] = [DT.AUDIT, DT.DEPAUDIT, DT.AUXILIARY, DT.FILTER];

function checkText(
  { tree }: ElfFile,
  { texts }: ElfDynamic,
  { tag, value }: Pick<DynamicEntry, 'tag' | 'value'>,
  id: string,
): void {
  if (!texts.has(value)) {
    tree.notice(id, 'problem', 'elf.name-outside', 'its text lies outside the texts of the dynamic section');
    return;
  }
  const text = texts.at(value);
  if (tag === DT.NEEDED && text.includes('/'))
    tree.notice(
      id,
      'unusual',
      'elf.needed-path',
      'a path: it is loaded from there, and looked for nowhere else',
    );
  if (tag === DT.RPATH || tag === DT.RUNPATH) {
    const moving = text.split(':').some(folder => !folder.startsWith('/'));
    const where = 'the dynamic linker looks for shared objects in these folders before those of the system';
    const more = moving ? '; one of them depends on where the program lies or is started' : '';
    tree.notice(id, 'unusual', tag === DT.RPATH ? 'elf.rpath' : 'elf.runpath', `${where}${more}`);
  }
  if (WATCHING.includes(tag))
    tree.notice(
      id,
      'unusual',
      'elf.loads-more',
      'the dynamic linker loads a shared object that is not among those needed',
    );
}

/** Tables that section headers place elsewhere: tools that read those show another program than the one that is linked. */
function checkTables(file: ElfFile, { dynamic, tables, entryIds }: AddedDynamic): void {
  const kinds = { REL: SHT_REL, RELA: SHT_RELA, RELR: SHT_RELR } as const;
  const read: readonly (readonly [readonly bigint[], bigint, ByteRange | null])[] = [
    [[], SHT_DYNAMIC, dynamic],
    [[DT.SYMTAB], SHT_DYNSYM, tables.symbols],
    ...tables.relocations.map(
      ({ kind, range }) => [[DT.RELA, DT.REL, DT.JMPREL, DT.RELR], kinds[kind], range] as const,
    ),
  ];
  for (const [tags, type, range] of read) {
    const sections = file.sections.filter(({ header }) => header.value('sh_type') === type);
    if (range === null || sections.length === 0 || sections.some(each => covers(each, range))) continue;
    const entry = dynamic.entries.find(
      each => tags.includes(each.tag) && fileOffsetOf(file.image, each.value) === range.offset,
    );
    const id = entry ? entryIds[entry.number] : undefined;
    const message = `${calledOf(sections[0] as (typeof sections)[0])} is placed elsewhere by its section header; the dynamic linker reads it at offset ${hex(range.offset)}`;
    file.tree.notice(id ?? entryIds[0] ?? '', 'unusual', 'elf.dynamic-differs', message);
  }
}

/** Whether a section begins in a range, or the range in it: linkers join tables, and leave sections for parts of them. */
function covers(section: ByteRange, range: ByteRange): boolean {
  const [from, to] = [section.offset, section.offset + section.length];
  return (
    (range.offset >= from && range.offset < to) ||
    (from >= range.offset && from < range.offset + range.length)
  );
}
