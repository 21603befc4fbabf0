import type { ByteRange } from '../../case/index.ts';
import { gapsIn, inAtLeast, rangeSet } from '../ranges.ts';
import type { StructureTree } from './tree.ts';
import { bytesOf } from './words.ts';

/** The bytes of `ranges` that are in none of `others`, both in any order, within `size` bytes. */
export function without(
  ranges: readonly ByteRange[],
  others: readonly ByteRange[],
  size: number,
): ByteRange[] {
  return inAtLeast([filled(ranges), gapsIn(filled(others), size)], 2);
}

/** Ranges that have bytes, as a set. */
export function filled(ranges: readonly ByteRange[]): ByteRange[] {
  return rangeSet(ranges.filter(({ length }) => length > 0));
}

/** Whether two stretches have a byte in common. */
export function overlap(a: ByteRange, b: ByteRange): boolean {
  return a.length > 0 && b.length > 0 && a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** Whether a byte is in one of the ranges. */
export function holds(ranges: readonly ByteRange[], offset: number): boolean {
  return ranges.some(range => offset >= range.offset && offset < range.offset + range.length);
}

/** Whether all bytes of a range are zero. */
export function isZero(bytes: Uint8Array, { offset, length }: ByteRange): boolean {
  for (let at = offset; at < offset + length; at += 1) if (bytes[at] !== 0) return false;
  return true;
}

/** Adds what is executable: one node, or several in one. The parts that a disassembler finds in it hang below. */
export function addCode(tree: StructureTree, ranges: readonly ByteRange[], meaning: string): string[] {
  const [first] = ranges;
  if (!first) return [];
  if (ranges.length === 1) return [tree.add({ key: CODE, label: 'Code', meaning, ...first })];
  const last = ranges.at(-1) ?? first;
  const length = last.offset + last.length - first.offset;
  const parent = tree.add({ key: CODE, label: 'Code', meaning, offset: first.offset, length });
  return ranges.map((range, i) => tree.add({ parent, key: String(i), label: `Part ${i}`, ...range }));
}

/** Id of the branch that holds what is executable. */
export const CODE = 'code';

/** Adds the stretches that nothing names. `about` may say more of one. */
export function addUnnamed(
  tree: StructureTree,
  named: readonly ByteRange[],
  about: (gap: ByteRange) => string | null = () => null,
): void {
  const gaps = gapsIn(filled(named), tree.bytes.length);
  const parent = tree.group('unnamed', 'Between the parts', gaps);
  for (const gap of gaps) {
    const zero = isZero(tree.bytes, gap);
    const id = tree.add({
      parent,
      key: parent === null ? `unnamed-${gap.offset}` : String(gap.offset),
      label: zero ? 'Padding' : 'Named by nothing',
      value: bytesOf(gap.length),
      meaning: zero ? 'all bytes are zero' : 'bytes that no header, section or segment names',
      ...gap,
    });
    if (zero) {
      if (gap.offset > 0 && gap.offset + gap.length === tree.bytes.length)
        tree.notice(
          id,
          'note',
          'structure.trailing',
          'the file goes on after the last thing that is named; all zeros',
        );
      continue;
    }
    const more = about(gap);
    const message = `nothing names these ${bytesOf(gap.length)}, and they are not all zero${more ? `; ${more}` : ''}`;
    tree.notice(id, 'unusual', 'structure.unnamed', message);
  }
}
