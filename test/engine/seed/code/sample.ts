import {
  type CodeListing,
  callText,
  disassemble,
  type ListingOptions,
  type LoadedImage,
  type Processor,
} from '../../../../main/engine/seed/index.ts';

/** Where the samples are loaded. */
export const BASE = 0x40_0000n;

/** Bytes, written in hexadecimal, as a program that is code from its first byte to its last. */
export function imageOf(bytes: Uint8Array, machine: Processor): LoadedImage {
  const address = machine === 'x86-16' ? 0x7c00n : BASE;
  const memory = BigInt(bytes.length);
  return {
    format: machine === 'x86-16' ? 'boot-sector' : 'flat',
    machine,
    bits: 64,
    byteOrder: 'little',
    entry: { address, offset: 0 },
    segments: [{ offset: 0, length: bytes.length, address, memory, read: true, write: false, execute: true }],
  };
}

/** Reads code that is written in hexadecimal. */
export async function codeOf(
  hex: string,
  machine: Processor,
  options?: ListingOptions,
): Promise<CodeListing> {
  const bytes = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
  const listing = await disassemble(bytes, imageOf(bytes, machine), options);
  if (!listing) throw new Error('no code');
  return listing;
}

/** `0 mov eax, 1`: one line a row. */
export function linesOf({ rows }: CodeListing): string[] {
  return rows.map(({ offset, mnemonic, operands, kind }) =>
    `${offset.toString(16)} ${kind === 'data' ? 'data' : mnemonic} ${operands}`.trim(),
  );
}

/** What the system calls say, in order. */
export function callsOf({ rows }: CodeListing): string[] {
  return rows.flatMap(({ call }) => (call ? [callText(call)] : []));
}
