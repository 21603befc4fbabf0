/** What is said of a field: its value as people of the format write it, and what that means. */
export interface Said {
  readonly value: string;
  readonly meaning: string | null;
}

/** What is said of each field of a record, from its number (0 where it is none) and its bytes. */
export type FieldWords<N extends string> = Readonly<Record<N, (value: bigint, raw: Uint8Array) => Said>>;

/** `0x400078`. */
export function hex(value: bigint | number): string {
  return `0x${value.toString(16)}`;
}

const NUMBER = new Intl.NumberFormat('en-US');
const TEXT = new TextDecoder();

/** `1 byte`, `1,024 bytes`. */
export function bytesOf(value: bigint | number): string {
  return `${NUMBER.format(value)} ${value === 1 || value === 1n ? 'byte' : 'bytes'}`;
}

/** A number of things or bytes. */
export const plainly =
  (meaning: string | null = null) =>
  (value: bigint): Said => ({ value: value.toString(), meaning });

/** An address, an offset or flags. */
export const hexly =
  (meaning: string | null = null) =>
  (value: bigint): Said => ({ value: hex(value), meaning });

/** Names of a field's values: the format's own, and what it means. */
export type ValueNames = Readonly<Record<number, readonly [name: string, meaning: string]>>;

/** A field with named values; others are shown as numbers. */
export const named =
  (names: ValueNames, unknown: string) =>
  (value: bigint): Said => {
    const [name, meaning] = names[Number(value)] ?? [hex(value), unknown];
    return { value: name, meaning: name === hex(value) ? meaning : `${hex(value)}: ${meaning}` };
  };

/** The names of the bits that are set; bits without a name as one number. */
export function flagsText(value: bigint, names: readonly (readonly [bit: bigint, name: string])[]): string {
  if (value === 0n) return '0';
  const found = names.filter(([bit]) => (value & bit) !== 0n);
  const rest = found.reduce((left, [bit]) => left & ~bit, value);
  return [...found.map(([, name]) => name), ...(rest === 0n ? [] : [hex(rest)])].join(' ');
}

/** `read, write and execute`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Text up to a NUL, of at most `limit` bytes and within the file; invalid UTF-8 is replaced. */
export function textAt(bytes: Uint8Array, offset: number, limit = 256): string {
  const end = Math.min(bytes.length, offset + limit);
  let at = offset;
  while (at < end && bytes[at] !== 0) at += 1;
  return TEXT.decode(bytes.subarray(offset, at));
}

/** Bytes as pairs of digits, at most 16 of them. */
export function digitsOf(bytes: Uint8Array): string {
  const pairs = [...bytes.subarray(0, 16)].map(byte => byte.toString(16).padStart(2, '0'));
  return `${pairs.join(' ')}${bytes.length > 16 ? ' …' : ''}`;
}

/** A field that is no number. */
export const rawly =
  (meaning: string) =>
  (_: bigint, raw: Uint8Array): Said => ({ value: digitsOf(raw), meaning });
