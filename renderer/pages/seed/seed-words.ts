import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { number, offset } from '../../parts/format.ts';

/** `0x0–0x3F · 64 B`, `0x78–0x7F +1 · 14 B`: the first range, how many others there are, all bytes. */
export function rangesText({ ranges }: Pick<AnnotationRow, 'ranges'>): string {
  const size = ranges.reduce((sum, range) => sum + range.length, 0);
  const [first] = ranges;
  if (!first) return '';
  return `${placeText(first)}${ranges.length > 1 ? ` +${ranges.length - 1}` : ''} · ${number(size)} B`;
}

/** Every range: `0x78–0x7F, 0x90`. At most so many that a tooltip holds them. */
export function placesText({ ranges }: Pick<AnnotationRow, 'ranges'>): string {
  const shown = ranges.slice(0, SHOWN).map(placeText).join(', ');
  return ranges.length > SHOWN ? `${shown} and ${number(ranges.length - SHOWN)} more` : shown;
}

const SHOWN = 20;

function placeText({ offset: from, length }: AnnotationRow['ranges'][number]): string {
  return length === 1 ? offset(from) : `${offset(from)}–${offset(from + length - 1)}`;
}
