import { type Layout, numberAt, readRecord } from '../record.ts';
import { digitsOf, type FieldWords, hexly, named, plainly, textAt, type ValueNames } from '../words.ts';
import type { DirectoryContent } from './directories.ts';

/** Most entries that are shown. */
const LIMIT = 32;

type DebugField =
  | 'Characteristics'
  | 'TimeDateStamp'
  | 'MajorVersion'
  | 'MinorVersion'
  | 'Type'
  | 'SizeOfData'
  | 'AddressOfRawData'
  | 'PointerToRawData';

const DEBUG: Layout<DebugField> = [
  ['Characteristics', 4],
  ['TimeDateStamp', 4],
  ['MajorVersion', 2],
  ['MinorVersion', 2],
  ['Type', 4],
  ['SizeOfData', 4],
  ['AddressOfRawData', 4],
  ['PointerToRawData', 4],
];
const SIZE = 28;
const CODEVIEW = 2n;

const TYPES: ValueNames = {
  0: ['UNKNOWN', 'not said'],
  1: ['COFF', 'symbols of COFF'],
  2: ['CODEVIEW', 'where the debugging facts are'],
  4: ['MISC', 'another file'],
  9: ['BORLAND', 'reserved'],
  12: ['VC_FEATURE', 'how it was compiled'],
  13: ['POGO', 'how it was optimised'],
  14: ['ILTCG', 'how it was optimised'],
  16: ['REPRO', 'its times are hashes: it was built to come out the same'],
  20: ['EX_DLLCHARACTERISTICS', 'further characteristics'],
};

const WORDS: FieldWords<DebugField> = {
  Characteristics: hexly('reserved'),
  TimeDateStamp: hexly('a time, or a part of a hash'),
  MajorVersion: plainly(),
  MinorVersion: plainly(),
  Type: named(TYPES, 'a type that is not known'),
  SizeOfData: plainly('its bytes'),
  AddressOfRawData: hexly('where it is loaded, relative to ImageBase'),
  PointerToRawData: hexly('where it is in the file'),
};

/** Adds the entries of the debug directory, and the path that one of CodeView names. */
export function addDebug({ tree, id, range }: DirectoryContent): void {
  const entries = Math.min(LIMIT, Math.floor(range.length / SIZE));
  for (let number = 0; number < entries; number += 1) {
    const record = readRecord(tree.bytes, range.offset + number * SIZE, DEBUG, 'little');
    const [value] = TYPES[Number(record.value('Type'))] ?? ['not known'];
    const plan = { parent: id, key: `entry-${number}`, label: `Debug entry ${number}`, value };
    const entry = tree.record(plan, record, WORDS);
    const [at, size] = [Number(record.value('PointerToRawData')), Number(record.value('SizeOfData'))];
    if (size === 0) continue;
    if (at + size > tree.bytes.length)
      tree.notice(entry, 'problem', 'pe.debug-outside', 'its data does not lie within the file');
    else if (record.value('Type') === CODEVIEW) addCodeView(entry, at, size, tree);
  }
}

/** `RSDS`: a GUID of 16 bytes, an age, a path. */
function addCodeView(parent: string, offset: number, length: number, tree: DirectoryContent['tree']): void {
  if (textAt(tree.bytes, offset, 4) !== 'RSDS' || length < 24) return;
  const guid = digitsOf(tree.bytes.subarray(offset + 4, offset + 20)).replaceAll(' ', '');
  const age = numberAt(tree.bytes, offset + 20, 4, 'little');
  const value = textAt(tree.bytes, offset + 24, Math.min(256, length - 24));
  const meaning = `path of the debugging facts on the machine that built it; GUID ${guid}, age ${age}`;
  tree.add({ parent, key: 'codeview', label: 'CodeView', value, meaning, offset, length });
}
