import { type ByteOrder, numberAt } from '../record.ts';
import { digitsOf, flagsText, hex, textAt } from '../words.ts';
import { GNU_NOTES } from './names.ts';

/** What a note says: its type by name, and its content in words. */
export interface NoteWords {
  readonly type: string;
  readonly meaning: string | null;
}

/** Where a note is read: its file, byte order and alignment (4, or 8 for properties of 64 bits). */
export interface NotePlace {
  readonly bytes: Uint8Array;
  readonly order: ByteOrder;
  readonly align: 4 | 8;
}

/** The content of a note in words; what is not known is shown as digits. */
export function noteWords(
  { bytes, order, align }: NotePlace,
  name: string,
  type: number,
  content: { readonly offset: number; readonly length: number },
): NoteWords {
  const raw = bytes.subarray(content.offset, content.offset + content.length);
  if (name === 'Go' && type === 4)
    return { type: 'Go build ID', meaning: `the build, by hash: ${textAt(raw, 0)}` };
  const [called, meaning] = (name === 'GNU' ? GNU_NOTES[type] : undefined) ?? [`type ${hex(type)}`, null];
  if (meaning === null) return { type: called, meaning: digitsOf(raw) || null };
  if (type === 1) return { type: called, meaning: `${meaning}: ${abiText(raw, order)}` };
  if (type === 3)
    return { type: called, meaning: `${meaning}: ${Buffer.from(raw.subarray(0, 64)).toString('hex')}` };
  if (type === 4) return { type: called, meaning: `${meaning}: ${textAt(raw, 0)}` };
  if (type === 5) return { type: called, meaning: `${meaning}: ${propertiesText(raw, order, align)}` };
  return { type: called, meaning: `${meaning}: ${digitsOf(raw)}` };
}

const ABI_SYSTEMS = ['Linux', 'Hurd', 'Solaris', 'FreeBSD'];

function abiText(raw: Uint8Array, order: ByteOrder): string {
  if (raw.length < 16) return digitsOf(raw);
  const [system, ...version] = [0, 4, 8, 12].map(at => numberAt(raw, at, 4, order));
  return `${ABI_SYSTEMS[system ?? -1] ?? `system ${system}`} ${version.join('.')}`;
}

type Bits = readonly (readonly [bigint, string])[];

const X86_FEATURES: Bits = [
  [1n, 'IBT'],
  [2n, 'SHSTK'],
  [4n, 'LAM_U48'],
  [8n, 'LAM_U57'],
];
const X86_LEVELS: Bits = [
  [1n, 'x86-64-baseline'],
  [2n, 'x86-64-v2'],
  [4n, 'x86-64-v3'],
  [8n, 'x86-64-v4'],
];
const ARM_FEATURES: Bits = [
  [1n, 'BTI'],
  [2n, 'PAC'],
];

/** Properties, from the Linux extensions to the gABI and the processor supplements of x86-64 and AArch64. */
const PROPERTIES: Readonly<Record<number, readonly [what: string, bits: Bits]>> = {
  1: ['bytes of stack', []],
  2: ['no copies of protected data', []],
  3221225472: ['AArch64 features', ARM_FEATURES],
  3221225474: ['x86 features', X86_FEATURES],
  3221258242: ['x86 instructions needed', X86_LEVELS],
  3221291009: ['x86 registers used', []],
  3221291010: ['x86 instructions used', X86_LEVELS],
};

/** Most properties of a note that are told. */
const PROPERTY_LIMIT = 16;

function propertiesText(raw: Uint8Array, order: ByteOrder, align: 4 | 8): string {
  const said: string[] = [];
  for (let at = 0; at + 8 <= raw.length && said.length < PROPERTY_LIMIT; ) {
    const [type, size] = [numberAt(raw, at, 4, order), numberAt(raw, at + 4, 4, order)];
    const [what, bits] = PROPERTIES[type] ?? [`property ${hex(type)}`, []];
    const value = BigInt(size === 4 && at + 12 <= raw.length ? numberAt(raw, at + 8, 4, order) : 0);
    const data = raw.subarray(at + 8, Math.min(raw.length, at + 8 + size));
    said.push(`${what} ${size === 4 ? flagsText(value, bits) : digitsOf(data)}`.trim());
    at += 8 + Math.ceil(size / align) * align;
  }
  return said.join('; ') || 'none';
}
