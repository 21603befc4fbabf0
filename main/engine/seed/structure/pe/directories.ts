import type { ByteRange } from '../../../case/index.ts';
import { fileOffsetOf, type LoadedImage } from '../image.ts';
import { withinFile } from '../record.ts';
import type { StructureTree } from '../tree.ts';
import { bytesOf } from '../words.ts';
import { addCertificates } from './certificates.ts';
import { addDebug } from './debug.ts';
import { DIRECTORIES } from './names.ts';
import type { PeHeaders } from './read.ts';
import { addRelocations } from './relocations.ts';
import { DIRECTORY_WORDS } from './words.ts';

/** What is read of what a directory names: its node, and its bytes as far as the file has them. */
export interface DirectoryContent {
  readonly tree: StructureTree;
  readonly id: string;
  readonly range: ByteRange;
}

/** Directories whose contents are read, and the one whose place is in the file, not in memory: certificates are not loaded. */
const CERTIFICATES = 'Certificate Table';
const READERS: Readonly<Record<string, (content: DirectoryContent) => void>> = {
  [CERTIFICATES]: addCertificates,
  'Base Relocation Table': addRelocations,
  Debug: addDebug,
};

/** Adds the data directories and what they name; gives the bytes that no section has and a directory names. */
export function addDirectories(tree: StructureTree, pe: PeHeaders, image: LoadedImage): ByteRange[] {
  const { directories, optional } = pe;
  const [first, last] = [directories[0], directories.at(-1)];
  if (!first || !last) return [];
  const length = last.offset + last.length - first.offset;
  const used = directories.filter(each => each.value('Size') !== 0n || each.value('VirtualAddress') !== 0n);
  const about = { value: String(directories.length), meaning: `${used.length} of them used` };
  const plan = { key: 'directories', label: 'Data directories', offset: first.offset, length, ...about };
  const parent = tree.add(plan);
  const named: ByteRange[] = [];
  directories.forEach((directory, number) => {
    const [address, size] = [directory.value('VirtualAddress'), directory.value('Size')];
    const label = DIRECTORIES[number] ?? `Directory ${number}`;
    const value = size === 0n && address === 0n ? 'none' : bytesOf(size);
    const id = tree.record({ parent, key: String(number), label, value }, directory, DIRECTORY_WORDS);
    if (size === 0n) return;
    const inFile = label === CERTIFICATES;
    const place = inFile ? Number(address) : fileOffsetOf(image, optional.value('ImageBase') + address);
    if (place === null || place >= tree.bytes.length) {
      tree.notice(id, 'problem', 'pe.directory-outside', 'no byte of the file is where it says');
      return;
    }
    const range = { offset: place, length: withinFile(size, tree.bytes.length - place) };
    if (inFile) named.push(range);
    READERS[label]?.({ tree, id, range });
  });
  return named;
}
