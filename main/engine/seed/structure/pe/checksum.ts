import { numberAt } from '../record.ts';

/**
 * The checksum of a PE image: the sum of its words of two bytes, carries added in, the field itself counted as zero, plus the length
 * of the file. Microsoft's PE Format specification leaves the sum to IMAGHELP.DLL; this is what that computes.
 */
export function peChecksum(bytes: Uint8Array, field: number): number {
  let sum = 0;
  const even = bytes.length - (bytes.length % 2);
  for (let at = 0; at < even; at += 2) sum += (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  if (even < bytes.length) sum += bytes[even] as number;
  // The four bytes of the field may begin at an odd place: each counts where it stands in its word.
  for (let at = field; at < Math.min(field + 4, bytes.length); at += 1)
    sum -= numberAt(bytes, at, 1, 'little') << (at % 2 === 0 ? 0 : 8);
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return sum + bytes.length;
}
