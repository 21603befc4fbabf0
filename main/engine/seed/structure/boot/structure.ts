import type { ByteRange } from '../../../case/index.ts';
import { addCode, without } from '../parts.ts';
import { type BinaryRecord, readRecord } from '../record.ts';
import type { StructureTree } from '../tree.ts';
import { bytesOf, type FieldWords, hexly, named, plainly, rawly, textAt, type ValueNames } from '../words.ts';
import { BPB, type BpbField, PARTITION, type PartitionField } from './layout.ts';
import { SECTOR, SIGNATURE_AT } from './read.ts';

const PARTITIONS_AT = 446;
const DISK_SIGNATURE_AT = 440;

/** Adds the structure of a boot sector to a tree, and what follows it. Tables are named only where all of them fits. */
export function bootStructure(tree: StructureTree): void {
  const { bytes } = tree;
  const named: ByteRange[] = [{ offset: SIGNATURE_AT, length: 2 }];
  const bpb = readRecord(bytes, 0, BPB, 'little');
  if (isBpb(bpb, bytes)) {
    const about = 'a FAT file system, as its own fields say';
    tree.record({ key: 'bpb', label: 'BIOS parameter block', meaning: about }, bpb, BPB_WORDS);
    named.push({ offset: 0, length: bpb.length });
  }
  named.push(...addPartitions(tree));
  addCode(
    tree,
    without([{ offset: 0, length: SIGNATURE_AT }], named, SECTOR),
    'run in 16-bit mode at 0x7c00; it may hold data too',
  );
  const place = { offset: SIGNATURE_AT, length: 2 };
  const id = tree.add({
    key: 'signature',
    label: 'Boot signature',
    value: '55 aa',
    meaning: 'the sector can be booted',
    ...place,
  });
  tree.notice(
    id,
    'note',
    'boot.by-signature',
    'that this is a boot sector of a PC follows from these two bytes alone; nothing in it names a processor',
  );
  if (bytes.length > SECTOR) addRest(tree);
}

function addRest(tree: StructureTree): void {
  const length = tree.bytes.length - SECTOR;
  const meaning = 'the firmware loads the first sector alone; what the rest is, the code in it decides';
  tree.add({
    key: 'rest',
    label: 'Further sectors',
    value: bytesOf(length),
    meaning,
    offset: SECTOR,
    length,
  });
}

/** Whether a sector begins as FAT's does: a jump over the block, and numbers that a FAT can have. */
function isBpb({ value }: BinaryRecord<BpbField>, bytes: Uint8Array): boolean {
  const jump = (bytes[0] === 0xeb && (bytes[1] ?? 0) >= 0x22 && bytes[2] === 0x90) || bytes[0] === 0xe9;
  const cluster = value('BPB_SecPerClus');
  return (
    jump &&
    [512n, 1024n, 2048n, 4096n].includes(value('BPB_BytsPerSec')) &&
    cluster > 0n &&
    (cluster & (cluster - 1n)) === 0n &&
    value('BPB_RsvdSecCnt') > 0n &&
    [1n, 2n].includes(value('BPB_NumFATs')) &&
    (value('BPB_Media') === 0xf0n || value('BPB_Media') >= 0xf8n)
  );
}

const BPB_WORDS: FieldWords<BpbField> = {
  BS_jmpBoot: rawly('jumps over this block'),
  BS_OEMName: (_, raw) => ({ value: textAt(raw, 0, 8), meaning: 'the system that made it' }),
  BPB_BytsPerSec: plainly('bytes of a sector'),
  BPB_SecPerClus: plainly('sectors of a cluster'),
  BPB_RsvdSecCnt: plainly('sectors before the first FAT'),
  BPB_NumFATs: plainly('how many FATs there are'),
  BPB_RootEntCnt: plainly('entries of the root folder; 0 in FAT32'),
  BPB_TotSec16: plainly('sectors of the volume; 0 when more than 65,535'),
  BPB_Media: hexly('kind of medium'),
  BPB_FATSz16: plainly('sectors of one FAT; 0 in FAT32'),
  BPB_SecPerTrk: plainly('sectors of a track'),
  BPB_NumHeads: plainly('heads'),
  BPB_HiddSec: plainly('sectors before the volume'),
  BPB_TotSec32: plainly('sectors of the volume, when more than 65,535'),
};

/** Types of partitions that are common. */
const PARTITION_TYPES: ValueNames = {
  0: ['empty', 'not used'],
  1: ['FAT12', 'a FAT12 file system'],
  5: ['extended', 'holds further partitions'],
  6: ['FAT16', 'a FAT16 file system'],
  7: ['NTFS/exFAT', 'an NTFS or exFAT file system'],
  11: ['FAT32', 'a FAT32 file system'],
  12: ['FAT32 LBA', 'a FAT32 file system'],
  14: ['FAT16 LBA', 'a FAT16 file system'],
  15: ['extended LBA', 'holds further partitions'],
  130: ['Linux swap', 'swap space of Linux'],
  131: ['Linux', 'a file system of Linux'],
  238: ['GPT', 'a GUID partition table follows'],
  239: ['EFI system', 'the EFI system partition'],
};

const PARTITION_WORDS: FieldWords<PartitionField> = {
  status: named({ 0: ['0x0', 'not active'], 128: ['active', 'the one to boot'] }, 'no such status'),
  'first CHS': rawly('cylinder, head and sector of its first sector'),
  type: named(PARTITION_TYPES, 'a type that is not known'),
  'last CHS': rawly('cylinder, head and sector of its last sector'),
  'first sector': plainly('from the start of the disk'),
  sectors: plainly('how many it has'),
};

/** Adds the partition table when there is one, and gives its bytes. */
function addPartitions(tree: StructureTree): ByteRange[] {
  const records = [0, 1, 2, 3].map(i => readRecord(tree.bytes, PARTITIONS_AT + i * 16, PARTITION, 'little'));
  if (!isPartitionTable(records, tree.bytes)) return [];
  const table = { offset: PARTITIONS_AT, length: 64 };
  const signature = { offset: DISK_SIGNATURE_AT, length: 6 };
  tree.add({
    key: 'disk',
    label: 'Disk signature',
    meaning: 'what systems tell disks apart by, and two reserved bytes',
    ...signature,
  });
  const parent = tree.add({ key: 'partitions', label: 'Partition table', value: '4', ...table });
  records.forEach((record, i) => {
    const id = tree.record({ parent, key: String(i), label: `Partition ${i + 1}` }, record, PARTITION_WORDS);
    checkPartition(tree, id, records, i);
  });
  return [table, signature];
}

function checkPartition(
  tree: StructureTree,
  id: string,
  records: readonly BinaryRecord<PartitionField>[],
  i: number,
): void {
  const record = records[i];
  if (!record) return;
  const [first, count] = [record.value('first sector'), record.value('sectors')];
  if (record.value('type') === 0n) return;
  const sectors = BigInt(Math.floor(tree.bytes.length / SECTOR));
  if (first + count > sectors)
    tree.notice(
      id,
      'note',
      'boot.partition-outside',
      'it goes on beyond this file, which may be the start of a disk alone',
    );
  const other = records.findIndex(
    (each, j) =>
      j < i &&
      each.value('type') !== 0n &&
      first < each.value('first sector') + each.value('sectors') &&
      each.value('first sector') < first + count,
  );
  if (other !== -1)
    tree.notice(
      id,
      'unusual',
      'boot.partitions-overlap',
      `its sectors are also those of partition ${other + 1}`,
    );
}

/** Whether four records can be a partition table: each empty or with a type, a place and a size, and one at least with them. */
function isPartitionTable(records: readonly BinaryRecord<PartitionField>[], bytes: Uint8Array): boolean {
  const used = records.filter(({ value }) => value('type') !== 0n);
  const empty = records.filter(({ value }) => value('type') === 0n);
  return (
    used.length > 0 &&
    used.every(
      ({ value }) =>
        [0n, 0x80n].includes(value('status')) && value('first sector') > 0n && value('sectors') > 0n,
    ) &&
    empty.every(({ offset, length }) => bytes.subarray(offset, offset + length).every(byte => byte === 0))
  );
}
