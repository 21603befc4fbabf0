import type { ByteRange } from '../../../case/index.ts';
import type { LoadedImage } from '../image.ts';
import { addCode, addUnnamed, holds, without } from '../parts.ts';
import type { StructureTree } from '../tree.ts';
import { bytesOf } from '../words.ts';
import { checkPe } from './check.ts';
import { addDirectories } from './directories.ts';
import { type PeHeaders, peSignature, readPe } from './read.ts';
import { COFF_WORDS, DOS_WORDS, OPTIONAL_WORDS, SECTION_WORDS, sectionName } from './words.ts';

/** What a reading of a PE image knows, for its checks. */
export interface PeReading {
  readonly tree: StructureTree;
  readonly pe: PeHeaders;
  readonly image: LoadedImage;
  readonly sectionIds: readonly string[];
  readonly headers: readonly ByteRange[];
}

const SIGNATURE_SIZE = 4;

/** Adds the structure of a PE image to a tree. */
export function peStructure(tree: StructureTree, image: LoadedImage): void {
  const pe = readPe(tree.bytes, peSignature(tree.bytes) ?? 0);
  const { dos, signature, coff, optional, directories, sections } = pe;
  tree.record({ key: 'dos', label: 'DOS header', meaning: 'what DOS would have run' }, dos, DOS_WORDS);
  addStub(tree, pe);
  const place = { offset: signature, length: SIGNATURE_SIZE };
  tree.add({
    key: 'signature',
    label: 'PE signature',
    value: 'PE',
    meaning: 'the letters PE, and two zeros',
    ...place,
  });
  tree.record({ key: 'coff', label: 'COFF header' }, coff, COFF_WORDS);
  tree.record({ key: 'optional', label: 'Optional header' }, optional, OPTIONAL_WORDS);
  const outside = addDirectories(tree, pe, image);
  const parent = tree.group('sections', 'Section headers', sections);
  const sectionIds = sections.map((section, number) => {
    const name = sectionName(tree.bytes.subarray(section.offset, section.offset + 8));
    const label = `Section header ${number}, ${name}`;
    return tree.record({ parent, key: `section-${number}`, label }, section, SECTION_WORDS);
  });
  const headers: ByteRange[] = [dos, place, coff, optional, ...directories, ...sections].map(
    ({ offset, length }) => ({ offset, length: Math.max(0, Math.min(length, tree.bytes.length - offset)) }),
  );
  const rest = optionalRest(pe, tree.bytes.length);
  if (rest.length > 0)
    tree.add({
      key: 'optional-rest',
      label: 'Rest of the optional header',
      meaning: 'SizeOfOptionalHeader counts these bytes, and no field does',
      ...rest,
    });
  const contents = addContents(tree, pe, image, [...headers, rest]);
  addUnnamed(tree, [...headers, rest, stubOf(pe), ...contents, ...outside]);
  checkPe({ tree, pe, image, sectionIds, headers });
}

function stubOf({ dos, signature }: PeHeaders): ByteRange {
  const offset = dos.offset + dos.length;
  return { offset, length: Math.max(0, signature - offset) };
}

function addStub(tree: StructureTree, pe: PeHeaders): void {
  const stub = stubOf(pe);
  if (stub.length === 0) return;
  const meaning = 'the program that DOS would have run, and what the linker put there';
  tree.add({ key: 'stub', label: 'DOS stub', value: bytesOf(stub.length), meaning, ...stub });
}

/** What SizeOfOptionalHeader counts beyond the data directories. */
function optionalRest({ coff, optional, directories }: PeHeaders, size: number): ByteRange {
  const last = directories.at(-1) ?? optional;
  const offset = Math.min(size, last.offset + last.length);
  const end = Math.min(size, optional.offset + Number(coff.value('SizeOfOptionalHeader')));
  return { offset, length: Math.max(0, end - offset) };
}

/** Adds what the sections hold, and gives their bytes. */
function addContents(
  tree: StructureTree,
  pe: PeHeaders,
  image: LoadedImage,
  headers: readonly ByteRange[],
): readonly ByteRange[] {
  const size = tree.bytes.length;
  const sections = image.segments.slice(1);
  const executable = sections.filter(({ execute }) => execute);
  const entry = image.entry?.offset ?? null;
  const entered = entry === null ? [] : sections.filter(section => holds([section], entry));
  const code = without(executable.length > 0 ? executable : entered, headers, size);
  const about =
    executable.length > 0 ? 'executable sections' : 'the section that is entered; none is marked executable';
  addCode(tree, code, about);
  without(sections, [...headers, ...code], size).forEach((range, i) => {
    tree.add({ key: `data-${i}`, label: 'Data', meaning: 'sections that are not executable', ...range });
  });
  // In the file a section may be longer than in memory; the rest is padding to whole blocks.
  return pe.sections.map((section, i) => {
    const { offset = 0, length = 0 } = sections[i] ?? {};
    const raw = Number(section.value('SizeOfRawData'));
    const end = Math.min(size, offset + raw);
    const padding = { offset: offset + length, length: Math.max(0, end - offset - length) };
    return isZeroPadding(tree, padding) ? { offset, length: end - offset } : { offset, length };
  });
}

function isZeroPadding(tree: StructureTree, { offset, length }: ByteRange): boolean {
  return tree.bytes.subarray(offset, offset + length).every(byte => byte === 0);
}
