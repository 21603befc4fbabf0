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
