import { hexOf, textOf } from './layout.ts';

/** One reading of the bytes at the caret, as text; null where the file ends before it. */
export interface Inspected {
  readonly name: string;
  readonly little: string | null;
  readonly big: string | null;
}

/** Most bytes that a reading takes. */
export const INSPECTED_BYTES = 8;

type Read = (view: DataView, little: boolean) => number | bigint;

const NUMBERS: readonly (readonly [name: string, bytes: number, read: Read])[] = [
  ['u8', 1, view => view.getUint8(0)],
  ['i8', 1, view => view.getInt8(0)],
  ['u16', 2, (view, little) => view.getUint16(0, little)],
  ['i16', 2, (view, little) => view.getInt16(0, little)],
  ['u32', 4, (view, little) => view.getUint32(0, little)],
  ['i32', 4, (view, little) => view.getInt32(0, little)],
  ['u64', 8, (view, little) => view.getBigUint64(0, little)],
  ['i64', 8, (view, little) => view.getBigInt64(0, little)],
  ['f32', 4, (view, little) => view.getFloat32(0, little)],
  ['f64', 8, (view, little) => view.getFloat64(0, little)],
];

/** Every reading of the bytes from the caret on, in both byte orders. Floats are as short as still tells them apart. */
export function inspect(bytes: Uint8Array): Inspected[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = NUMBERS.map(([name, length, read]) => {
    const text = (little: boolean) =>
      bytes.length < length ? null : name === 'f32' ? float32(view, little) : number(read(view, little));
    return { name, little: text(true), big: text(false) };
  });
  const byte = bytes[0];
  const only = (name: string, text: string | null): Inspected => ({ name, little: text, big: text });
  return [
    ...numbers,
    only('bits', byte === undefined ? null : byte.toString(2).padStart(8, '0')),
    only('text', byte === undefined ? null : byte >= 0x20 && byte < 0x7f ? textOf(byte) : hexOf(byte)),
  ];
}

function number(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The shortest decimal that reads back as the same single-precision number. */
function float32(view: DataView, little: boolean): string {
  const value = view.getFloat32(0, little);
  if (!Number.isFinite(value) || value === 0) return number(value);
  for (let digits = 1; digits < 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
