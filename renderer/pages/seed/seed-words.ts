import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { number, offset } from '../../parts/format.ts';

/** `0x0–0x3F · 64 B`, `0x78–0x7F and 1 more · 14 B`. */
export function rangesText({ ranges }: Pick<AnnotationRow, 'ranges'>): string {
  const size = ranges.reduce((sum, range) => sum + range.length, 0);
  const [first] = ranges;
  if (!first) return '';
  const last = first.offset + first.length - 1;
  const words = first.length === 1 ? offset(first.offset) : `${offset(first.offset)}–${offset(last)}`;
  return `${words}${ranges.length > 1 ? ` and ${ranges.length - 1} more` : ''} · ${number(size)} B`;
}
