import { holds } from '../parts.ts';
import type { BinaryRecord } from '../record.ts';
import { bytesOf, hex } from '../words.ts';
import type { ProgramField } from './layout.ts';
import { PROGRAM_TYPES } from './names.ts';
import { PF_R, PF_W, PF_X, PT_LOAD } from './read.ts';
import type { ElfReading } from './structure.ts';

const PT_GNU_STACK = 0x6474e551n;
const PAGE = 4096n;

type Say = (
  field: ProgramField,
  severity: 'problem' | 'unusual' | 'note',
  code: string,
  message: string,
) => void;

/** Says what is unusual about program headers. */
export function checkPrograms(reading: ElfReading): void {
  const { tree, elf, programIds } = reading;
  elf.programs.forEach((program, i) => {
    const say: Say = (field, ...notice) => tree.notice(`${programIds[i]}/${field}`, ...notice);
    const type = program.value('p_type');
    if (!PROGRAM_TYPES[Number(type)])
      say('p_type', 'unusual', 'elf.unknown-type', 'this type is not known here');
    if (type === PT_GNU_STACK && (program.value('p_flags') & PF_X) !== 0n)
      say('p_flags', 'unusual', 'elf.executable-stack', 'the stack is executable');
    if (type !== PT_GNU_STACK) checkPlace(program, tree.bytes.length, say);
    if (type === PT_LOAD) checkLoad(program, elf.bits, say);
  });
  const stack = elf.programs.some(program => program.value('p_type') === PT_GNU_STACK);
  const loads = elf.programs.some(program => program.value('p_type') === PT_LOAD);
  if (loads && !stack)
    tree.notice(
      'header/e_phnum',
      'note',
      'elf.no-stack',
      'no GNU_STACK header: the kernel decides whether the stack is executable',
    );
  checkLoaded(reading);
}

function checkPlace(program: BinaryRecord<ProgramField>, size: number, say: Say): void {
  const [offset, length] = [program.value('p_offset'), program.value('p_filesz')];
  if (length > 0n && offset >= BigInt(size))
    say('p_offset', 'problem', 'elf.segment-outside', 'its bytes begin beyond the file');
  else if (offset + length > BigInt(size))
    say(
      'p_filesz',
      'problem',
      'elf.segment-outside',
      `it ends ${bytesOf(offset + length - BigInt(size))} beyond the file`,
    );
}

function checkLoad(program: BinaryRecord<ProgramField>, bits: number, say: Say): void {
  const value = program.value;
  const flags = value('p_flags');
  const both = PF_W | PF_X;
  if ((flags & both) === both)
    say(
      'p_flags',
      'unusual',
      'elf.writable-code',
      'it is writable and executable: the program can change its own code',
    );
  if ((flags & (PF_R | both)) === 0n)
    say('p_flags', 'unusual', 'elf.no-rights', 'no right at all: nothing could use it');
  else if ((flags & PF_R) === 0n)
    say(
      'p_flags',
      'note',
      'elf.not-readable',
      'not readable by its flags; most processors read what they may execute',
    );
  if ((flags & ~(PF_R | both)) !== 0n)
    say('p_flags', 'unusual', 'elf.unknown-flags', 'flags that are not known here');
  if (value('p_filesz') > value('p_memsz'))
    say(
      'p_filesz',
      'problem',
      'elf.file-exceeds-memory',
      'more bytes come from the file than there is memory: Linux does not run it',
    );
  if (value('p_memsz') === 0n) say('p_memsz', 'unusual', 'elf.empty-segment', 'it loads nothing');
  if (value('p_vaddr') + value('p_memsz') > 1n << BigInt(bits))
    say('p_vaddr', 'problem', 'elf.address-overflow', 'it goes on beyond the last address');
  checkAlignment(value('p_align'), value('p_vaddr'), value('p_offset'), say);
}

function checkAlignment(align: bigint, address: bigint, offset: bigint, say: Say): void {
  if ((address - offset) % PAGE !== 0n) {
    say(
      'p_vaddr',
      'problem',
      'elf.misaligned',
      'address and offset lie differently in their pages: Linux cannot map it',
    );
    return;
  }
  if (align < 2n) return;
  if ((align & (align - 1n)) !== 0n) say('p_align', 'unusual', 'elf.bad-alignment', 'no power of two');
  else if ((address - offset) % align !== 0n)
    say('p_align', 'unusual', 'elf.misaligned', `address and offset are not equal modulo ${hex(align)}`);
}

/** What segments do to each other: addresses with two contents, bytes that are writable here and executable there. */
function checkLoaded({ tree, elf, image, programIds }: ElfReading): void {
  const ids = programIds.filter((_, i) => elf.programs[i]?.value('p_type') === PT_LOAD);
  const segments = image.segments.map((segment, i) => ({ ...segment, id: ids[i] ?? '', number: i }));
  const byAddress = segments
    .filter(({ memory }) => memory > 0n)
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : a.number - b.number));
  byAddress.forEach((segment, i) => {
    const before = byAddress[i - 1];
    if (before && before.address + before.memory > segment.address)
      tree.notice(
        `${segment.id}/p_vaddr`,
        'unusual',
        'elf.segments-overlap',
        `its addresses are also those of LOAD segment ${before.number}`,
      );
  });
  const executable = segments.filter(({ execute, length }) => execute && length > 0);
  for (const { write, execute, offset, length, id } of segments) {
    if (!write || execute || length === 0) continue;
    if (executable.some(other => holds([other], offset) || holds([{ offset, length }], other.offset)))
      tree.notice(
        `${id}/p_offset`,
        'note',
        'elf.bytes-twice',
        'bytes of the file that an executable segment loads too, here as a writable copy',
      );
  }
}
