import { overlap } from '../parts.ts';
import { layoutSize } from '../record.ts';
import { bytesOf } from '../words.ts';
import { symbolLayout } from './layout.ts';
import { SECTION_TYPES } from './names.ts';
import {
  calledOf,
  SHF_EXECINSTR,
  SHF_WRITE,
  SHT_DYNSYM,
  SHT_NOBITS,
  SHT_NULL,
  SHT_REL,
  SHT_RELA,
  SHT_STRTAB,
  SHT_SYMTAB,
} from './sections.ts';
import type { ElfReading } from './structure.ts';

/** Types below this are the format's own; above, those of systems, processors and programs. */
const OWN_TYPES = 0x6000_0000n;

/** Says what is unusual about sections. */
export function checkSections(reading: ElfReading): void {
  const { tree, sections, sectionIds } = reading;
  const size = BigInt(tree.bytes.length);
  sections.forEach(({ header, number }) => {
    const id = sectionIds[number] ?? '';
    const [type, flags] = [header.value('sh_type'), header.value('sh_flags')];
    if (number === 0 && type !== SHT_NULL)
      tree.notice(
        `${id}/sh_type`,
        'unusual',
        'elf.first-section',
        'the first section of a file is not used, and should be NULL',
      );
    if (!SECTION_TYPES[Number(type)] && type < OWN_TYPES)
      tree.notice(`${id}/sh_type`, 'unusual', 'elf.unknown-type', 'this type is not known here');
    if ((flags & SHF_WRITE) !== 0n && (flags & SHF_EXECINSTR) !== 0n)
      tree.notice(`${id}/sh_flags`, 'unusual', 'elf.writable-code', 'it is writable and executable');
    const end = header.value('sh_offset') + header.value('sh_size');
    if (type !== SHT_NULL && type !== SHT_NOBITS && end > size)
      tree.notice(
        `${id}/sh_size`,
        'problem',
        'elf.section-outside',
        `it ends ${bytesOf(end - size)} beyond the file`,
      );
  });
  checkNames(reading);
  checkTables(reading);
  checkShared(reading);
}

/** Names of sections that lie outside the section of names, and sections of texts that do not hold whole texts. */
function checkNames({ tree, elf, sections, sectionIds }: ElfReading): void {
  const index = Number(elf.header.value('e_shstrndx'));
  const names = index === 0 ? undefined : sections[index];
  if (names && names.header.value('sh_type') !== SHT_STRTAB)
    tree.notice('header/e_shstrndx', 'unusual', 'elf.no-texts', 'this section is not one of texts');
  for (const { header, number } of sections) {
    if (names && header.value('sh_name') >= BigInt(Math.max(1, names.length)))
      tree.notice(
        `${sectionIds[number]}/sh_name`,
        'problem',
        'elf.name-outside',
        'its name lies outside the section of names',
      );
  }
  for (const section of sections.filter(
    each => each.header.value('sh_type') === SHT_STRTAB && each.length > 0,
  )) {
    const last = tree.bytes[section.offset + section.length - 1];
    const id = sectionIds[section.number] ?? '';
    if (tree.bytes[section.offset] !== 0)
      tree.notice(
        id,
        'unusual',
        'elf.texts-begin',
        'texts begin with a zero byte, which names nothing; these do not',
      );
    if (last !== 0)
      tree.notice(
        id,
        'problem',
        'elf.texts-end',
        'its last text does not end: it goes on in the bytes that follow',
      );
  }
}

/** Tables whose entries are said to have another size than those of their kind. */
function checkTables({ tree, elf, sections, sectionIds }: ElfReading): void {
  const word = elf.bits / 8;
  const symbol = layoutSize(symbolLayout(elf.bits));
  const sizes = new Map([
    [SHT_SYMTAB, symbol],
    [SHT_DYNSYM, symbol],
    [SHT_RELA, word * 3],
    [SHT_REL, word * 2],
  ]);
  for (const { header, number, length } of sections) {
    const size = sizes.get(header.value('sh_type'));
    if (size === undefined || length === 0 || header.value('sh_entsize') === BigInt(size)) continue;
    tree.notice(
      `${sectionIds[number]}/sh_entsize`,
      'unusual',
      'elf.entry-size',
      `entries of this kind have ${size} bytes, and are read so`,
    );
  }
}

/** Sections that share bytes with the one before them in the file, or with a header. */
function checkShared({ tree, sections, sectionIds, headers }: ElfReading): void {
  const filled = sections.filter(({ length }) => length > 0).sort((a, b) => a.offset - b.offset);
  const [header] = headers;
  let reach = filled[0];
  for (const section of filled.slice(1)) {
    if (reach && overlap(reach, section))
      tree.notice(
        `${sectionIds[section.number]}/sh_offset`,
        'unusual',
        'elf.sections-overlap',
        `its bytes are also those of ${calledOf(reach)}`,
      );
    if (!reach || section.offset + section.length > reach.offset + reach.length) reach = section;
  }
  for (const section of filled) {
    if (header && overlap(header, section))
      tree.notice(
        `${sectionIds[section.number]}/sh_offset`,
        'unusual',
        'elf.section-in-header',
        'it lies over the ELF header',
      );
  }
}
