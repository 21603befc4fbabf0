import { holds, overlap } from '../parts.ts';
import { layoutSize } from '../record.ts';
import { bytesOf, hex } from '../words.ts';
import { type HeaderField, type IdentField, programLayout, sectionLayout } from './layout.ts';
import { MACHINES, SYSTEMS, TYPES } from './names.ts';
import type { ElfReading } from './structure.ts';

const HEADER = 'header';
const [ET_EXEC, ET_DYN] = [2n, 3n];
/** Machines that have no flags in `e_flags`: 386, x86-64, AArch64. */
const WITHOUT_FLAGS = [3n, 62n, 183n];

/** Says what is unusual about an ELF header. */
export function checkHeader(reading: ElfReading): void {
  checkIdent(reading);
  checkKinds(reading);
  checkEntry(reading);
  checkProgramTable(reading);
  checkSectionTable(reading);
  checkOverlaps(reading);
}

function checkIdent({ tree, elf }: ElfReading): void {
  const say = (field: IdentField, code: string, message: string) =>
    tree.notice(`${HEADER}/e_ident/${field}`, 'unusual', code, message);
  const read = `it is read as one of ${elf.bits} bits, ${elf.order}-endian`;
  if (![1n, 2n].includes(elf.ident.value('EI_CLASS')))
    say('EI_CLASS', 'elf.bad-class', `the format has no such class; ${read}, as its machine suggests`);
  if (![1n, 2n].includes(elf.ident.value('EI_DATA')))
    say('EI_DATA', 'elf.bad-data', `the format has no such byte order; ${read}`);
  if (elf.ident.value('EI_VERSION') !== 1n)
    say('EI_VERSION', 'elf.version', 'the only version of ELF there is is 1');
  if (!SYSTEMS[Number(elf.ident.value('EI_OSABI'))])
    say('EI_OSABI', 'elf.unknown-system', 'this system is not known here');
  if (tree.bytes.subarray(9, 16).some(byte => byte !== 0))
    say('EI_PAD', 'elf.ident-padding', 'bytes that should be zero are not: something may be kept in them');
}

function checkKinds({ tree, elf: { header, bits } }: ElfReading): void {
  const say = (field: HeaderField, code: string, message: string) =>
    tree.notice(`${HEADER}/${field}`, 'unusual', code, message);
  const machine = header.value('e_machine');
  if (!TYPES[Number(header.value('e_type'))])
    say('e_type', 'elf.unknown-type', 'this type is not known here');
  if (!MACHINES[Number(machine)]) say('e_machine', 'elf.unknown-machine', 'this machine is not known here');
  if ((machine === 3n || machine === 40n) && bits === 64)
    say('e_machine', 'elf.class-machine', 'this machine has addresses of 32 bits, and the class says 64');
  if (machine === 62n && bits === 32)
    say('e_machine', 'elf.class-machine', 'addresses of 32 bits on a machine of 64: the x32 convention');
  if (machine === 183n && bits === 32)
    say('e_machine', 'elf.class-machine', 'addresses of 32 bits on a machine of 64: the ILP32 convention');
  if (header.value('e_version') !== 1n)
    say('e_version', 'elf.version', 'the only version of ELF there is is 1');
  const size = 16 + header.length;
  if (header.value('e_ehsize') !== BigInt(size))
    say('e_ehsize', 'elf.header-size', `the header of this class has ${size} bytes`);
  if (WITHOUT_FLAGS.includes(machine) && header.value('e_flags') !== 0n)
    say('e_flags', 'elf.flags', 'this machine has no flags: something may be kept in them');
}

function checkEntry({ tree, elf, image, headers }: ElfReading): void {
  const id = `${HEADER}/e_entry`;
  const type = elf.header.value('e_type');
  if (image.entry === null) {
    if (type === ET_EXEC)
      tree.notice(id, 'unusual', 'elf.no-entry', 'a program, and no address where it begins');
    return;
  }
  if (type !== ET_EXEC && type !== ET_DYN) return;
  const { address, offset } = image.entry;
  const inside = image.segments.filter(
    segment => address >= segment.address && address < segment.address + segment.memory,
  );
  if (inside.length === 0) {
    tree.notice(id, 'problem', 'elf.entry-unloaded', 'no LOAD segment has this address: it cannot run');
    return;
  }
  if (!inside.some(({ execute }) => execute))
    tree.notice(id, 'unusual', 'elf.entry-not-executable', 'it lies in a segment that is not executable');
  if (offset === null)
    tree.notice(
      id,
      'unusual',
      'elf.entry-not-in-file',
      'no byte of the file is loaded there: it begins in zeros',
    );
  else if (holds(headers, offset))
    tree.notice(
      id,
      'unusual',
      'elf.entry-in-header',
      `it begins at offset ${hex(offset)}, within a header: the header is run as code`,
    );
}

function checkProgramTable({ tree, elf, programIds }: ElfReading): void {
  const { header, claimed } = elf;
  const type = header.value('e_type');
  const runs = type === ET_EXEC || type === ET_DYN;
  const say = (field: HeaderField, code: string, message: string) =>
    tree.notice(`${HEADER}/${field}`, 'problem', code, message);
  if (claimed.programs === 0 && runs)
    say('e_phnum', 'elf.no-programs', 'a program without program headers: nothing of it is loaded');
  if (programIds.length < claimed.programs)
    say('e_phoff', 'elf.programs-outside', tableMessage(claimed.programs, programIds.length, 'program'));
  const programSize = layoutSize(programLayout(elf.bits));
  if (claimed.programs > 0 && header.value('e_phentsize') !== BigInt(programSize))
    say(
      'e_phentsize',
      'elf.entry-size',
      `program headers of this class have ${programSize} bytes: Linux does not run it`,
    );
}

function checkSectionTable({ tree, elf: { header, claimed, bits }, sectionIds }: ElfReading): void {
  const say = (field: HeaderField, severity: 'problem' | 'note', code: string, message: string) =>
    tree.notice(`${HEADER}/${field}`, severity, code, message);
  if (claimed.sections === 0) {
    say(
      'e_shnum',
      'note',
      'elf.no-sections',
      'there are no section headers; no loader needs them, and seeds have none',
    );
    return;
  }
  if (sectionIds.length < claimed.sections)
    say(
      'e_shoff',
      'problem',
      'elf.sections-outside',
      tableMessage(claimed.sections, sectionIds.length, 'section'),
    );
  const sectionSize = layoutSize(sectionLayout(bits));
  if (header.value('e_shentsize') !== BigInt(sectionSize))
    say(
      'e_shentsize',
      'problem',
      'elf.entry-size',
      `section headers of this class have ${sectionSize} bytes`,
    );
  if (header.value('e_shstrndx') >= BigInt(claimed.sections))
    say('e_shstrndx', 'problem', 'elf.no-names', 'there is no such section, so the sections have no names');
}

function tableMessage(claimed: number, read: number, what: string): string {
  return `${claimed.toLocaleString('en-US')} ${what} headers are claimed, and ${read === 0 ? 'none' : `only ${read}`} can be read: the rest is beyond the file, or more than are read`;
}

/** Headers over each other: a byte that counts twice can hide what it says. */
function checkOverlaps({ tree, elf, headers: [header], programIds, sectionIds }: ElfReading): void {
  if (!header) return;
  const tables = [
    ['program', elf.programs, programIds],
    ['section', elf.sections, sectionIds],
  ] as const;
  for (const [what, records, ids] of tables) {
    records.forEach((record, i) => {
      const shared = Math.min(header.length, record.offset + record.length) - record.offset;
      if (shared > 0 && overlap(header, record))
        tree.notice(
          ids[i] ?? '',
          'unusual',
          'elf.headers-overlap',
          `its first ${bytesOf(shared)} are also the last of the ELF header: they are read as both`,
        );
      const before = records[i - 1];
      if (before && overlap(before, record))
        tree.notice(
          ids[i] ?? '',
          'unusual',
          'elf.headers-overlap',
          `it begins before ${what} header ${i - 1} ends`,
        );
    });
  }
  const [first, last] = [elf.programs[0], elf.programs.at(-1)];
  if (!first || !last) return;
  const table = { offset: first.offset, length: last.offset + last.length - first.offset };
  const across = elf.sections.findIndex(section => overlap(table, section));
  if (across !== -1)
    tree.notice(
      sectionIds[across] ?? '',
      'unusual',
      'elf.headers-overlap',
      'it lies over program headers: its bytes are read as both',
    );
}
