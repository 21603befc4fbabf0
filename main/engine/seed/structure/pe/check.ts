import { holds, overlap } from '../parts.ts';
import { bytesOf, hex } from '../words.ts';
import { peChecksum } from './checksum.ts';
import { MACHINES, MAGICS, SUBSYSTEMS } from './names.ts';
import { DIRECTORY_COUNT, SCN_CODE, SCN_EXECUTE, SCN_READ, SCN_WRITE } from './read.ts';
import type { PeReading } from './structure.ts';

/** Says what is unusual about a PE image. */
export function checkPe(reading: PeReading): void {
  checkKinds(reading);
  checkTables(reading);
  checkSum(reading);
  checkEntry(reading);
  checkSections(reading);
}

function checkKinds({ tree, pe: { dos, signature, coff, optional } }: PeReading): void {
  if (signature < dos.length)
    tree.notice(
      'signature',
      'unusual',
      'pe.headers-overlap',
      'it lies within the DOS header: its bytes are read as both',
    );
  if (!MACHINES[Number(coff.value('Machine'))])
    tree.notice('coff/Machine', 'unusual', 'pe.unknown-machine', 'this machine is not known here');
  if (!MAGICS[Number(optional.value('Magic'))])
    tree.notice(
      'optional/Magic',
      'problem',
      'pe.bad-magic',
      'no kind of optional header; it is read as PE32',
    );
  if (!SUBSYSTEMS[Number(optional.value('Subsystem'))])
    tree.notice('optional/Subsystem', 'unusual', 'pe.unknown-subsystem', 'this subsystem is not known here');
  if ((coff.value('Characteristics') & 2n) === 0n)
    tree.notice(
      'coff/Characteristics',
      'note',
      'pe.not-executable-image',
      'it does not say that it is an executable image; Windows insists on that, UEFI firmware does not',
    );
}

/** Windows looks at the checksum of drivers and of what is loaded at the start alone; firmware does not. */
function checkSum({ tree, pe: { optional } }: PeReading): void {
  const field = optional.fields.find(({ name }) => name === 'CheckSum');
  const stored = field?.value ?? 0n;
  if (!field || stored === 0n) return;
  const computed = BigInt(peChecksum(tree.bytes, field.offset));
  if (computed !== stored)
    tree.notice(
      'optional/CheckSum',
      'unusual',
      'pe.checksum',
      `the bytes of the file give ${hex(computed)}: they were changed after it was written, or it never was right`,
    );
}

function checkTables({ tree, pe, sectionIds }: PeReading): void {
  const { coff, optional, sections } = pe;
  const claimed = Number(coff.value('NumberOfSections'));
  if (sectionIds.length < claimed)
    tree.notice(
      'coff/NumberOfSections',
      'problem',
      'pe.sections-outside',
      `only ${sectionIds.length} can be read: the rest is beyond the file, or more than are read`,
    );
  if (claimed === 0) tree.notice('coff/NumberOfSections', 'note', 'pe.no-sections', 'there are no sections');
  const count = optional.value('NumberOfRvaAndSizes');
  if (count !== BigInt(DIRECTORY_COUNT))
    tree.notice(
      'optional/NumberOfRvaAndSizes',
      'unusual',
      'pe.directories',
      `the format has ${DIRECTORY_COUNT} data directories`,
    );
  const end = optional.offset + optional.length + 8 * Math.min(Number(count), DIRECTORY_COUNT);
  const table = optional.offset + Number(coff.value('SizeOfOptionalHeader'));
  if (sections.length > 0 && table < end)
    tree.notice(
      'coff/SizeOfOptionalHeader',
      'unusual',
      'pe.headers-overlap',
      `the section headers begin ${bytesOf(end - table)} before the optional header ends: those are read as both`,
    );
  checkSizes(pe, tree, table + 40 * sections.length);
}

function checkSizes({ optional }: PeReading['pe'], tree: PeReading['tree'], end: number): void {
  const headers = optional.value('SizeOfHeaders');
  if (headers < BigInt(end))
    tree.notice(
      'optional/SizeOfHeaders',
      'unusual',
      'pe.headers-size',
      `the headers end at ${hex(end)}, after that`,
    );
  const [inMemory, inFile] = [optional.value('SectionAlignment'), optional.value('FileAlignment')];
  if (inMemory < inFile)
    tree.notice(
      'optional/SectionAlignment',
      'unusual',
      'pe.alignment',
      'it should be no less than FileAlignment',
    );
  if (inMemory < 4096n)
    tree.notice(
      'optional/SectionAlignment',
      'note',
      'pe.alignment',
      'less than a page: firmware cannot give each section rights of its own',
    );
  for (const field of ['Win32VersionValue', 'LoaderFlags'] as const) {
    if (optional.value(field) !== 0n)
      tree.notice(
        `optional/${field}`,
        'unusual',
        'pe.reserved',
        'it should be zero: something may be kept in it',
      );
  }
}

function checkEntry({ tree, image, headers }: PeReading): void {
  const id = 'optional/AddressOfEntryPoint';
  if (image.entry === null) {
    tree.notice(id, 'unusual', 'pe.no-entry', 'no address where it begins');
    return;
  }
  const { address, offset } = image.entry;
  const sections = image.segments.slice(1);
  const inside = sections.filter(each => address >= each.address && address < each.address + each.memory);
  if (inside.length === 0) tree.notice(id, 'unusual', 'pe.entry-outside', 'no section has this address');
  else if (!inside.some(({ execute }) => execute))
    tree.notice(
      id,
      'unusual',
      'pe.entry-not-executable',
      'it lies in a section that is not marked executable; firmware that protects memory does not run it',
    );
  if (offset === null)
    tree.notice(id, 'unusual', 'pe.entry-not-in-file', 'no byte of the file is loaded there');
  else if (holds(headers, offset))
    tree.notice(
      id,
      'unusual',
      'pe.entry-in-header',
      `it begins at offset ${hex(offset)}, within a header: the header is run as code`,
    );
}

function checkSections({ tree, pe, sectionIds, headers }: PeReading): void {
  const size = BigInt(tree.bytes.length);
  pe.sections.forEach((section, i) => {
    const id = sectionIds[i] ?? '';
    checkRights(tree, `${id}/Characteristics`, section.value('Characteristics'));
    const [offset, length] = [section.value('PointerToRawData'), section.value('SizeOfRawData')];
    if (length > 0n && offset + length > size)
      tree.notice(
        `${id}/SizeOfRawData`,
        'problem',
        'pe.section-outside',
        `it ends ${bytesOf(offset + length - size)} beyond the file`,
      );
    const range = { offset: Number(offset), length: Number(length) };
    if (headers.some(header => overlap(header, range)))
      tree.notice(
        `${id}/PointerToRawData`,
        'unusual',
        'pe.section-in-header',
        'its bytes are also those of headers',
      );
  });
  checkShared({ tree, pe, sectionIds });
}

function checkRights(tree: PeReading['tree'], id: string, flags: bigint): void {
  const both = SCN_WRITE | SCN_EXECUTE;
  if ((flags & both) === both)
    tree.notice(id, 'unusual', 'pe.writable-code', 'it is writable and executable');
  if ((flags & (both | SCN_READ)) === 0n)
    tree.notice(
      id,
      'unusual',
      'pe.no-rights',
      'no right at all: it runs only where firmware does not protect memory',
    );
  if ((flags & SCN_CODE) !== 0n && (flags & SCN_EXECUTE) === 0n)
    tree.notice(id, 'unusual', 'pe.code-not-executable', 'it says that it holds code, and is not executable');
}

/** Sections that share bytes of the file or addresses with the one before. */
function checkShared({ tree, pe, sectionIds }: Pick<PeReading, 'tree' | 'pe' | 'sectionIds'>): void {
  const kinds = [
    ['PointerToRawData', 'SizeOfRawData', 'bytes'],
    ['VirtualAddress', 'VirtualSize', 'addresses'],
  ] as const;
  for (const [place, size, what] of kinds) {
    const sections = pe.sections
      .map((section, number) => ({
        number,
        offset: Number(section.value(place)),
        length: Number(section.value(size)),
      }))
      .filter(({ length }) => length > 0)
      .sort((a, b) => a.offset - b.offset || a.number - b.number);
    let reach = sections[0];
    for (const section of sections.slice(1)) {
      if (reach && overlap(reach, section))
        tree.notice(
          `${sectionIds[section.number]}/${place}`,
          'unusual',
          'pe.sections-overlap',
          `its ${what} are also those of section ${reach.number}`,
        );
      if (!reach || section.offset + section.length > reach.offset + reach.length) reach = section;
    }
  }
}
