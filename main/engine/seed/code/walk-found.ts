import type { CodeMap, ReadInstruction } from './code-map.ts';
import type { SystemCall } from './syscalls.ts';

/** An instruction that was met. */
export interface Met {
  readonly read: ReadInstruction;
  readonly target: number | null;
  readonly call: SystemCall | null;
  readonly order: number;
}

/** What a walk found. */
export interface Found {
  readonly instructions: ReadonlyMap<number, Met>;
  readonly indirect: ReadonlySet<number>;
  readonly outside: ReadonlySet<number>;
  readonly undecodable: ReadonlySet<number>;
  /** Why nothing that was found on the way is certain, in words; null when that is not so. */
  readonly lost: string | null;
}

/** What was written at an address: how many bytes, null where nobody knows, and by which instruction. */
export interface Written {
  readonly size: number | null;
  readonly by: number;
}

/**
 * Whether a write to an address that is known meets an instruction that was reached, in words; null when none does. `written` is by
 * address.
 */
export function overwrittenCode(
  map: CodeMap,
  reached: ReadonlyMap<number, number>,
  written: ReadonlyMap<bigint, Written>,
): string | null {
  for (const [address, { size, by }] of written) {
    const met = size === null ? anyFrom(map, reached, address) : anyIn(map, reached, address, size);
    if (met !== null) return `0x${by.toString(16)} may write over the code at 0x${met.toString(16)}`;
  }
  return null;
}

/** Bytes of the longest instruction. */
const LONGEST = 15;

function anyIn(
  map: CodeMap,
  reached: ReadonlyMap<number, number>,
  address: bigint,
  size: number,
): number | null {
  for (let back = size - 1; back > -LONGEST; back -= 1) {
    const at = address + BigInt(back);
    const offset = map.offsetOf(at);
    const length = offset !== null && reached.has(offset) ? (map.at(offset)?.decoded.length ?? 1) : 0;
    if (offset !== null && length > 0 && at + BigInt(length) > address)
      return offset + (address > at ? Number(address - at) : 0);
  }
  return null;
}

function anyFrom(map: CodeMap, reached: ReadonlyMap<number, number>, address: bigint): number | null {
  for (const offset of reached.keys()) {
    const at = map.addressOf(offset);
    if (at + BigInt(map.at(offset)?.decoded.length ?? 1) > address)
      return offset + (address > at ? Number(address - at) : 0);
  }
  return null;
}
