import type { Layout } from '../record.ts';

/** Records of boot sectors: Microsoft's FAT specification (fatgen103) and the partition table of the IBM PC. */

export type BpbField =
  | 'BS_jmpBoot'
  | 'BS_OEMName'
  | 'BPB_BytsPerSec'
  | 'BPB_SecPerClus'
  | 'BPB_RsvdSecCnt'
  | 'BPB_NumFATs'
  | 'BPB_RootEntCnt'
  | 'BPB_TotSec16'
  | 'BPB_Media'
  | 'BPB_FATSz16'
  | 'BPB_SecPerTrk'
  | 'BPB_NumHeads'
  | 'BPB_HiddSec'
  | 'BPB_TotSec32';

/** The BIOS parameter block that FAT12, FAT16 and FAT32 share. */
export const BPB: Layout<BpbField> = [
  ['BS_jmpBoot', 3],
  ['BS_OEMName', 8],
  ['BPB_BytsPerSec', 2],
  ['BPB_SecPerClus', 1],
  ['BPB_RsvdSecCnt', 2],
  ['BPB_NumFATs', 1],
  ['BPB_RootEntCnt', 2],
  ['BPB_TotSec16', 2],
  ['BPB_Media', 1],
  ['BPB_FATSz16', 2],
  ['BPB_SecPerTrk', 2],
  ['BPB_NumHeads', 2],
  ['BPB_HiddSec', 4],
  ['BPB_TotSec32', 4],
];

export type PartitionField = 'status' | 'first CHS' | 'type' | 'last CHS' | 'first sector' | 'sectors';

export const PARTITION: Layout<PartitionField> = [
  ['status', 1],
  ['first CHS', 3],
  ['type', 1],
  ['last CHS', 3],
  ['first sector', 4],
  ['sectors', 4],
];
