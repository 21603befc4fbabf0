import { Counts } from '../counts.ts';
import { numberAt } from '../record.ts';
import { hex } from '../words.ts';
import type { DirectoryContent } from './directories.ts';

/** Most blocks that are shown. */
const LIMIT = 1024;

/** Types of base relocations that all machines share; others are their own. */
const TYPES: Readonly<Record<number, string>> = {
  0: 'ABSOLUTE',
  1: 'HIGH',
  2: 'LOW',
  3: 'HIGHLOW',
  4: 'HIGHADJ',
  10: 'DIR64',
};

/** Adds base relocations: blocks of a page's address, a size, and two bytes for each place that is changed when the image moves. */
export function addRelocations({ tree, id, range: { offset, length } }: DirectoryContent): void {
  const { bytes } = tree;
  const end = offset + length;
  let [at, blocks] = [offset, 0];
  for (; at + 8 <= end; blocks += 1) {
    const [page, size] = [numberAt(bytes, at, 4, 'little'), numberAt(bytes, at + 4, 4, 'little')];
    if (size < 8 || at + size > end) {
      const message = `block ${blocks} has a size that does not lie within the table; what follows is not read`;
      tree.notice(id, 'problem', 'pe.relocations-end', message);
      return;
    }
    if (blocks < LIMIT) {
      const kinds = new Counts();
      for (let entry = at + 8; entry + 2 <= at + size; entry += 2)
        kinds.add(numberAt(bytes, entry, 2, 'little') >>> 12);
      const places = (size - 8) >>> 1;
      tree.add({
        parent: id,
        key: `block-${blocks}`,
        label: `Relocations of page ${hex(page)}`,
        value: String(places),
        meaning: kinds.text(type => TYPES[type] ?? `type ${type}`) || 'none',
        offset: at,
        length: size,
      });
    }
    at += size;
  }
  if (blocks > LIMIT)
    tree.notice(
      id,
      'note',
      'structure.too-many',
      `${blocks - LIMIT} more blocks are not shown; at most ${LIMIT} are`,
    );
}
