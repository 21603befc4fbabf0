/** Records of binary formats: fields one after the other, each a whole number of 1, 2, 4 or 8 bytes or a run of bytes. */

export type ByteOrder = 'little' | 'big';

/** Names and sizes in bytes of a record's fields, in their order in the file. */
export type Layout<N extends string> = readonly (readonly [name: N, size: number])[];

/** A field as it stands in the file. */
export interface RecordField<N extends string = string> {
  readonly name: N;
  /** From the start of the file. */
  readonly offset: number;
  readonly size: number;
  /** The number; null when the file ends before the field does. Of a field of other sizes than 1, 2, 4 and 8 always null. */
  readonly value: bigint | null;
}

/** A record at its place. */
export interface BinaryRecord<N extends string = string> {
  readonly offset: number;
  /** Bytes that the layout has; the file may have fewer. */
  readonly length: number;
  readonly fields: readonly RecordField<N>[];
  /** The number of a field, 0 when the file ends before it. */
  readonly value: (name: N) => bigint;
}

/** An unsigned number of 1, 2, 4 or 8 bytes, or null when it is not whole within the bytes. */
export function unsignedAt(bytes: Uint8Array, offset: number, size: number, order: ByteOrder): bigint | null {
  if (![1, 2, 4, 8].includes(size) || offset < 0 || offset + size > bytes.length) return null;
  if (size < 8) return BigInt(numberAt(bytes, offset, size, order));
  const [low, high] = order === 'little' ? [offset, offset + 4] : [offset + 4, offset];
  return (BigInt(numberAt(bytes, high, 4, order)) << 32n) | BigInt(numberAt(bytes, low, 4, order));
}

/** An unsigned number of at most 4 bytes; bytes beyond the end count as 0. */
export function numberAt(bytes: Uint8Array, offset: number, size: number, order: ByteOrder): number {
  let value = 0;
  for (let i = 0; i < size; i += 1) {
    const place = order === 'little' ? offset + size - 1 - i : offset + i;
    value = value * 256 + (bytes[place] ?? 0);
  }
  return value;
}

/** Bytes of a layout. */
export function layoutSize(layout: Layout<string>): number {
  return layout.reduce((sum, [, size]) => sum + size, 0);
}

/** Reads a record; what the file does not hold has no value. */
export function readRecord<N extends string>(
  bytes: Uint8Array,
  offset: number,
  layout: Layout<N>,
  order: ByteOrder,
): BinaryRecord<N> {
  let at = offset;
  const fields = layout.map(([name, size]) => {
    const field = { name, offset: at, size, value: unsignedAt(bytes, at, size, order) };
    at += size;
    return field;
  });
  return {
    offset,
    length: at - offset,
    fields,
    value: name => fields.find(field => field.name === name)?.value ?? 0n,
  };
}

/** A place or length that a file claims, as a number that never lies beyond `size`. */
export function withinFile(value: bigint, size: number): number {
  return value > BigInt(size) ? size : Number(value);
}
