import { inertText } from '../../../main/contract/inert.ts';
import { hexOf, textOf } from './layout.ts';

/** One reading of the bytes at the caret, as text; null where the file ends before it. */
export interface Inspected {
  readonly name: string;
  readonly little: string | null;
  readonly big: string | null;
}

/** Most bytes that a reading takes. */
export const INSPECTED_BYTES = 10;

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
  const time = (length: 4 | 8) => (little: boolean) =>
    bytes.length < length
      ? null
      : instant(length === 4 ? view.getInt32(0, little) : view.getBigInt64(0, little));
  const [time32, time64] = [time(4), time(8)];
  return [
    ...numbers,
    only('unsigned LEB128', leb128(bytes, false)),
    only('signed LEB128', leb128(bytes, true)),
    { name: 'time_t, 32 bits', little: time32(true), big: time32(false) },
    { name: 'time_t, 64 bits', little: time64(true), big: time64(false) },
    only('bits', byte === undefined ? null : byte.toString(2).padStart(8, '0')),
    only('ASCII', byte === undefined ? null : byte >= 0x20 && byte < 0x7f ? textOf(byte) : hexOf(byte)),
    only('UTF-8', utf8(bytes)),
  ];
}

/** A number of groups of seven bits, and how many bytes it takes; null where none of ten bytes, or of those left, ends it. */
function leb128(bytes: Uint8Array, signed: boolean): string | null {
  let value = 0n;
  for (const [at, byte] of bytes.subarray(0, 10).entries()) {
    value |= BigInt(byte & 0x7f) << BigInt(at * 7);
    if (byte >= 0x80) continue;
    if (signed && byte & 0x40) value -= 1n << BigInt((at + 1) * 7);
    return `${value}, ${at + 1} B`;
  }
  return null;
}

/** The instant of a count of seconds since 1970, as ISO 8601 in UTC. */
function instant(seconds: number | bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString().replace('.000Z', 'Z');
}

/** The character that begins here, by its number; what does not show is not shown. */
function utf8(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  for (let length = 1; length <= Math.min(4, bytes.length); length += 1) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        bytes.subarray(0, length),
      );
      const point = `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
      return `${inertText(text)} ${point}, ${length} B`;
    } catch {
      // The character may have more bytes.
    }
  }
  return 'no character';
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
