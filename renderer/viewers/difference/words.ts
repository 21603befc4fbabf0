import type { AlignmentSummary } from '../../../main/contract/documents/difference.ts';
import { counted } from '../../parts/format.ts';

/** How much differs, in words: `6 bytes in 1 place`. */
export function amountWords({ places, changed, inserted, deleted, unaligned }: AlignmentSummary): string {
  const parts = [
    [changed, 'changed'],
    [inserted, 'only in the second'],
    [deleted, 'only in the first'],
    [unaligned, 'not aligned'],
  ] as const;
  const words = parts.flatMap(([count, word]) => (count > 0 ? [`${counted(count, 'byte')} ${word}`] : []));
  return `${words.join(', ')} in ${counted(places, 'place')}`;
}
