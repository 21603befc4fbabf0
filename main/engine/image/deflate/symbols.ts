import { assignCodes, emptyCode, type PrefixCode } from './prefix-code.ts';

/** Symbols for bytes, the end of a block and lengths, as far as an encoder uses them. */
export const LITERALS = 286;
/** Symbols for distances. */
export const DISTANCES = 30;
/** The symbol that ends a block. */
export const END_OF_BLOCK = 256;
/** The symbol of the shortest match; longer ones follow. */
export const FIRST_LENGTH = 257;
/** The shortest match that the format can express. */
export const SHORTEST_LENGTH = 3;
/** The longest match that the format can express. */
export const LONGEST_LENGTH = 258;

/** Extra bits of each length symbol (RFC 1951, 3.2.5). */
export const LENGTH_EXTRA = Uint8Array.from({ length: 29 }, (_, i) =>
  i < 8 || i === 28 ? 0 : Math.floor(i / 4) - 1,
);
/** Extra bits of each distance symbol. */
export const DISTANCE_EXTRA = Uint8Array.from({ length: DISTANCES }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
/** The shortest length of each length symbol, less the shortest of all. */
export const LENGTH_BASE = bases(LENGTH_EXTRA);
// The longest length has a symbol of its own, although the one before could express it.
LENGTH_BASE[28] = LONGEST_LENGTH - SHORTEST_LENGTH;
/** The shortest distance of each distance symbol, less one. */
export const DISTANCE_BASE = bases(DISTANCE_EXTRA);

/** The symbol of each length less the shortest, counted from the first length symbol. */
export const LENGTH_SYMBOL = new Uint8Array(256);
for (const [symbol, base] of LENGTH_BASE.entries()) LENGTH_SYMBOL.fill(symbol, base);

const NEAR = new Uint8Array(256);
for (let i = 0; i < 16; i += 1) NEAR.fill(i, DISTANCE_BASE[i]);

/** The symbol of a distance less one. */
export function distanceSymbol(distance: number): number {
  // Every 128th distance from 256 on begins a symbol, fourteen symbols on.
  return distance < 256 ? (NEAR[distance] ?? 0) : (NEAR[distance >> 7] ?? 0) + 14;
}

function bases(extra: Uint8Array): Uint16Array {
  const result = new Uint16Array(extra.length);
  for (let i = 1; i < extra.length; i += 1) result[i] = (result[i - 1] ?? 0) + (1 << (extra[i - 1] ?? 0));
  return result;
}

/** The codes of fixed blocks (RFC 1951, 3.2.6). */
export const FIXED_LITERALS: PrefixCode = emptyCode(288);
FIXED_LITERALS.lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
assignCodes(FIXED_LITERALS);
export const FIXED_DISTANCES: PrefixCode = emptyCode(DISTANCES);
FIXED_DISTANCES.lengths.fill(5);
assignCodes(FIXED_DISTANCES);
