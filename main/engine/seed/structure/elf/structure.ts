import type { ByteRange } from '../../../case/index.ts';
import { elfMachine, type LoadedImage } from '../image.ts';
import { addCode, addUnnamed, CODE, holds, overlap, without } from '../parts.ts';
import type { StructureTree } from '../tree.ts';
import { textAt } from '../words.ts';
import { checkHeader } from './check-header.ts';
import { checkPrograms } from './check-programs.ts';
import { checkSections } from './check-sections.ts';
import { ElfContents, segmentRange } from './contents.ts';
import { dynamicOf } from './dynamic.ts';
import type { ElfFile } from './file.ts';
import { addLinking } from './linking.ts';
import { PROGRAM_TYPES } from './names.ts';
import { type ElfHeaders, PT_LOAD, readElf } from './read.ts';
import { calledOf, type ElfSectionPart, sectionsOf } from './sections.ts';
import { HEADER_WORDS, IDENT_WORDS, PROGRAM_WORDS, rightsText, sectionWords } from './words.ts';

/** Types of program headers whose bytes are read, where no section says what they are. */
const [PT_INTERP, PT_NOTE] = [3n, 4n];

/** What a reading of an ELF file knows, for its checks. */
export interface ElfReading extends ElfFile {
  /** Ids of the nodes of program headers and section headers, in their order. */
  readonly programIds: readonly string[];
  readonly sectionIds: readonly string[];
  /** The ELF header and both tables. */
  readonly headers: readonly ByteRange[];
}

export const HEADER = 'header';

/** Adds the structure of an ELF file to a tree. */
export function elfStructure(tree: StructureTree, image: LoadedImage): void {
  const elf = readElf(tree.bytes);
  const sections = sectionsOf(tree.bytes, elf);
  const file: ElfFile = { tree, elf, image, machine: elfMachine(elf), sections };
  const dynamic = dynamicOf(tree.bytes, elf, image, sections);
  addHeader(file);
  addLinking(file, dynamic);
  const programIds = addPrograms(tree, elf);
  const sectionIds = addSectionHeaders(tree, sections);
  const headers = [{ offset: 0, length: 16 + elf.header.length }, ...elf.programs, ...elf.sections].map(
    ({ offset, length }) => ({ offset, length: Math.min(length, tree.bytes.length - offset) }),
  );
  const reading: ElfReading = { ...file, programIds, sectionIds, headers };
  const contents = new ElfContents(file, dynamic);
  const named = sections.length > 0 ? addSections(reading, contents) : addSegments(reading, contents);
  contents.finish();
  addUnnamed(tree, [...headers, ...named], gap => loadedWith(reading, gap));
  addInterpreters(reading);
  checkHeader(reading);
  checkPrograms(reading);
  checkSections(reading);
}

function addHeader({ tree, elf, machine }: ElfFile): void {
  const length = elf.ident.length + elf.header.length;
  const about = `${elf.bits} bits, ${elf.order}-endian${machine === null ? '' : `, ${machine}`}`;
  tree.add({ key: HEADER, label: 'ELF header', meaning: about, offset: 0, length });
  tree.record(
    { parent: HEADER, key: 'e_ident', label: 'e_ident', meaning: 'what kind of ELF this is' },
    elf.ident,
    IDENT_WORDS,
  );
  tree.fields(HEADER, elf.header, HEADER_WORDS);
}

function addPrograms(tree: StructureTree, elf: ElfHeaders): string[] {
  const parent = tree.group('programs', 'Program headers', elf.programs);
  return elf.programs.map((program, number) => {
    const type = PROGRAM_TYPES[Number(program.value('p_type'))]?.[0] ?? 'type not known';
    const label = `Program header ${number}, ${type}`;
    const flags = rightsText(program.value('p_flags'));
    const value = parent === null ? null : flags || null;
    return tree.record({ parent, key: `program-${number}`, label, value }, program, PROGRAM_WORDS);
  });
}

/** Adds the path that a program names to be loaded by, below its program header. */
function addInterpreters({ tree, elf, programIds }: ElfReading): void {
  elf.programs.forEach((program, i) => {
    const range = segmentRange(program, tree.bytes.length);
    if (program.value('p_type') !== PT_INTERP || range.length === 0) return;
    const value = textAt(tree.bytes, range.offset, range.length);
    const meaning = 'the program that Linux starts in its place';
    const plan = { parent: programIds[i] ?? null, key: 'path', label: 'Path', value, meaning, ...range };
    const message = 'it does not run by itself: Linux starts this one, which loads it and what it needs';
    tree.notice(tree.add(plan), 'note', 'elf.interpreter', message);
  });
}

function addSectionHeaders(tree: StructureTree, sections: readonly ElfSectionPart[]): string[] {
  const parent = tree.group(
    'sections',
    'Section headers',
    sections.map(({ header }) => header),
  );
  return sections.map(({ number, header, name }) => {
    const label = `Section header ${number}${name === '' ? '' : `, ${name}`}`;
    return tree.record({ parent, key: `section-${number}`, label }, header, sectionWords(name));
  });
}

/** Adds what the sections name, code and data apart, and gives the bytes of all of them. */
function addSections({ tree, sections }: ElfReading, contents: ElfContents): readonly ElfSectionPart[] {
  const filled = sections.filter(({ length }) => length > 0);
  for (const execute of [true, false]) {
    const parts = filled.filter(section => section.execute === execute).sort((a, b) => a.offset - b.offset);
    const [first, last] = [parts[0], parts.at(-1)];
    if (!first || !last) continue;
    const parent = tree.add({
      key: execute ? CODE : 'data',
      label: execute ? 'Code' : 'Data',
      meaning: execute ? 'sections that are executable' : 'sections that are not executable',
      offset: first.offset,
      length: last.offset + last.length - first.offset,
    });
    for (const section of parts) {
      const { value = null, meaning } = contents.about(section) ?? {};
      const about = `the bytes of section ${section.number}${meaning ? `: ${meaning}` : ''}`;
      const plan = {
        parent,
        key: `section-${section.number}`,
        label: calledOf(section),
        value,
        meaning: about,
      };
      contents.addSection(tree.add({ ...plan, ...placeOf(section) }), section);
    }
  }
  return filled;
}

const placeOf = ({ offset, length }: ByteRange): ByteRange => ({ offset, length });

/** Adds what the segments of a file without sections hold, and gives the bytes of all of them. */
function addSegments(reading: ElfReading, contents: ElfContents): readonly ByteRange[] {
  const { tree, elf, image, headers } = reading;
  const size = tree.bytes.length;
  const code = without(codeSegments(image), headers, size);
  addCode(tree, code, 'executable bytes that are no headers');
  const data = without(image.segments, [...headers, ...code], size);
  data.forEach((range, i) => {
    const meaning = 'loaded, and not executable';
    tree.add({ key: `data-${i}`, label: 'Data', meaning, ...range });
  });
  const named = elf.programs.map((program, number) => {
    const range = segmentRange(program, size);
    const type = program.value('p_type');
    const plan = { key: `content-${number}`, meaning: `the bytes of program header ${number}`, ...range };
    if (type === PT_NOTE && range.length > 0)
      contents.addNotes(tree.add({ ...plan, label: 'Notes' }), range, program.value('p_align'));
    return range;
  });
  return named;
}

/** Segments that are executable; when none is, the one that is entered. */
function codeSegments({ segments, entry }: LoadedImage): readonly ByteRange[] {
  const executable = segments.filter(({ execute }) => execute);
  if (executable.length > 0 || entry === null) return executable;
  return segments.filter(
    ({ offset, length }) => entry.offset !== null && holds([{ offset, length }], entry.offset),
  );
}

/** Bytes of a page, which Linux maps whole. Machines with larger pages map more. */
const PAGE = 4096;

/** How bytes that nothing names get into memory all the same. */
function loadedWith({ image, elf }: ElfReading, gap: ByteRange): string | null {
  const index = image.segments.findIndex(segment => overlap(segment, gap));
  if (index !== -1) return `they are loaded with LOAD segment ${index} (${rightsOf(elf, index)})`;
  const before = image.segments.findIndex(({ offset, length }) => {
    const end = offset + length;
    return length > 0 && end === gap.offset && end % PAGE !== 0;
  });
  if (before === -1) return null;
  return `they follow LOAD segment ${before} in the same page, so Linux maps them with it (${rightsOf(elf, before)})`;
}

function rightsOf(elf: ElfHeaders, load: number): string {
  const program = elf.programs.filter(each => each.value('p_type') === PT_LOAD)[load];
  return rightsText(program?.value('p_flags') ?? 0n) || 'no rights';
}
