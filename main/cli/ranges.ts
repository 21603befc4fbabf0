import {
  ANNOTATION_COLOURS,
  ANNOTATION_KINDS,
  type AnnotationContent,
  type ByteRange,
  inputError,
} from '../engine/index.ts';
import { oneOf } from './common.ts';

/** The number of a byte as people write it: `64` or `0x40`. Throws `usage.offset`. */
export function offsetOf(text: string): number {
  const value = /^(?:0x[0-9a-f]{1,12}|\d{1,15})$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw inputError('usage.offset', `'${text}' is no offset`, undefined, 'Write it as 64 or 0x40.');
}

/** Bytes as people write them: `0x0-0x3f` with the last byte, `0x40+16` with a length, or one offset. Throws `usage.range`. */
export function rangeOf(text: string): ByteRange {
  const [from = '', sign = '', to = ''] = text.split(/([-+])/);
  const offset = offsetOf(from);
  const length = sign === '' ? 1 : sign === '+' ? offsetOf(to) : offsetOf(to) - offset + 1;
  if (length > 0) return { offset, length };
  throw inputError('usage.range', `'${text}' holds no byte`, undefined, 'Write it as 0x0-0x3f or 0x40+16.');
}

/** What the user said an annotation says. */
export interface ContentOptions {
  readonly range?: readonly string[];
  readonly kind?: string;
  readonly label?: string;
  readonly note?: string;
  readonly group?: string;
  readonly colour?: string;
}

/** The parts of an annotation that the user gave. An empty group or colour takes it away. Throws `usage.kind`, `usage.colour`. */
export function contentOf(options: ContentOptions): Partial<AnnotationContent> {
  const { range, kind, label, note, group, colour } = options;
  return {
    ...(range && { ranges: range.map(rangeOf) }),
    ...(kind !== undefined && { kind: oneOf(ANNOTATION_KINDS, kind, 'usage.kind', 'kind of annotation') }),
    ...(label !== undefined && { label }),
    ...(note !== undefined && { note }),
    ...(group !== undefined && { group: group || null }),
    ...(colour !== undefined && {
      colour: colour === '' ? null : oneOf(ANNOTATION_COLOURS, colour, 'usage.colour', 'colour'),
    }),
  };
}

/** Numbers as people write them: `4`, or `7-9` for several; at most 2,000. Throws `usage.numbers`. */
export function numbersOf(text: string): number[] {
  const [, from = '', to = from] = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(text) ?? [];
  const count = Number(to) - Number(from) + 1;
  if (from !== '' && count >= 1 && count <= 2000)
    return Array.from({ length: count }, (_, i) => Number(from) + i);
  throw inputError('usage.numbers', `'${text}' is no number and no row of numbers such as 7-9`);
}
