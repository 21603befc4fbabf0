import { overlap } from '../parts.ts';
import { bytesOf } from '../words.ts';
import { SECTION_TYPES } from './names.ts';
import { calledOf, SHF_EXECINSTR, SHF_WRITE, SHT_NOBITS, SHT_NULL } from './sections.ts';
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
  checkShared(reading);
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
