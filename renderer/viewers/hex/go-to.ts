import type { ByteRange } from './byte-source.ts';

/** Bytes that lie in memory when a program runs. */
export interface AddressRange extends ByteRange {
  /** Of the first of them. */
  readonly address: number;
}

/** Where somebody is, for what counts from there. */
export interface Place {
  readonly caret: number;
  readonly size: number;
  readonly addresses?: readonly AddressRange[];
}

/**
 * Where somebody wants to go: `0x89`, `89h`, `$89`, or `0089` as the grid writes it, in hex; `137` in decimal; `end`; sums and
 * differences of these as `end-0x10`; with a sign in front, from the caret on; `50%` of the file; `@0x400078` as an address of the
 * running program. A number beyond the file is taken as such an address where it is one. Null when it is none of these or
 * outside the file.
 */
export function goTo(text: string, place: Place): number | null {
  const { caret, size } = place;
  const compact = text.replace(/[\s_,]/g, '').toLowerCase();
  const share = /^(\d{1,3}(?:\.\d+)?)%$/.exec(compact);
  if (share) return inside(Math.floor((Number(share[1]) / 100) * Math.max(0, size - 1)), size);
  const address = compact.startsWith('@');
  const sum = sumOf(address ? compact.slice(1) : compact, caret, size);
  if (sum === null) return null;
  if (address) return offsetAt(sum, place);
  // The end is behind the last byte; going there is going to that.
  return inside(sum === size ? size - 1 : sum, size) ?? offsetAt(sum, place);
}

/** The address of a byte in the running program; undefined where it has none. */
export function addressAt(
  offset: number,
  addresses: readonly AddressRange[] | undefined,
): number | undefined {
  const range = addresses?.find(({ start, end }) => offset >= start && offset < end);
  return range && range.address + offset - range.start;
}

function offsetAt(address: number, { size, addresses }: Place): number | null {
  const range = addresses?.find(
    each => address >= each.address && address < each.address + each.end - each.start,
  );
  return range ? inside(range.start + address - range.address, size) : null;
}

/** Terms with signs between them; a sign in front counts from the caret. */
function sumOf(text: string, caret: number, size: number): number | null {
  if (!/^[+-]?[^+-]+([+-][^+-]+)*$/.test(text)) return null;
  let sum = /^[+-]/.test(text) ? caret : 0;
  for (const [, sign, term = ''] of text.matchAll(/([+-]?)([^+-]+)/g)) {
    const value = term === 'end' ? size : amount(term);
    if (value === null) return null;
    sum += sign === '-' ? -value : value;
  }
  return sum;
}

function amount(text: string): number | null {
  const decimal = /^#?(0|[1-9]\d{0,14})$/.exec(text);
  if (decimal) return Number(decimal[1]);
  const hex = /^(?:0x|\$)?([0-9a-f]{1,13})h?$/.exec(text);
  return hex ? Number.parseInt(hex[1] as string, 16) : null;
}

function inside(offset: number, size: number): number | null {
  return offset >= 0 && offset < size ? offset : null;
}
