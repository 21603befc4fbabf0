/** Bytes of a sector. */
export const SECTOR = 512;
/** Where a PC's firmware puts the boot sector and jumps to. */
export const BOOT_ADDRESS = 0x7c00n;
/** Offset of the two bytes 55 AA that make a sector bootable. */
export const SIGNATURE_AT = 510;

/** Whether a file is one or more whole sectors, the first of them bootable on a PC: it ends with 55 AA. */
export function isBootSector(bytes: Uint8Array): boolean {
  const whole = bytes.length > 0 && bytes.length % SECTOR === 0;
  return whole && bytes[SIGNATURE_AT] === 0x55 && bytes[SIGNATURE_AT + 1] === 0xaa;
}
