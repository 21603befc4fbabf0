import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AnnotationRow } from '../../../../main/contract/requests/index.ts';
import {
  draftOf,
  holds,
  isChanged,
  overlaps,
  rangesOfDraft,
  withoutRange,
  withRange,
} from '../../../../renderer/pages/seed/annotation-draft.ts';

const SIZE = 64;
const range = fc
  .tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: 12 }))
  .map(([offset, length]) => ({ offset, length: Math.min(length, SIZE - offset) }));
type Range = AnnotationRow['ranges'][number];

function bytesIn(ranges: readonly Range[]): Set<number> {
  return new Set(ranges.flatMap(({ offset, length }) => Array.from({ length }, (_, i) => offset + i)));
}

function annotation(id: string, ranges: readonly Range[]): AnnotationRow {
  const rest = { group: null, colour: null, by: 'Ada', at: '2026-01-01T00:00:00Z', event: 1, origin: null };
  const words = { kind: 'explained' as const, label: id, note: '' };
  return { id, seed: '', ranges: [...ranges], ...words, ...rest, changed: null, resolution: null };
}

test('ranges that are added one by one hold exactly the bytes of all, each once and in order', () => {
  fc.assert(
    fc.property(fc.array(range, { minLength: 1, maxLength: 8 }), added => {
      let ranges: Range[] = [];
      for (const { offset, length } of added)
        ranges = withRange(ranges, { start: offset, end: offset + length });
      assert.deepEqual(
        [...bytesIn(ranges)].sort((a, b) => a - b),
        [...bytesIn(added)].sort((a, b) => a - b),
      );
      for (const [i, { offset, length }] of ranges.entries()) {
        const next = ranges[i + 1];
        if (next) assert.ok(offset + length < next.offset);
      }
      for (const { offset, length } of added)
        assert.ok(holds(ranges, { start: offset, end: offset + length }));
      const [first] = ranges;
      assert.ok(first);
      assert.equal(withoutRange(ranges, first.offset).length, ranges.length - 1);
    }),
  );
});

test('an overlap counts the bytes that two annotations share, and never the one that is edited', () => {
  fc.assert(
    fc.property(fc.array(range, { minLength: 1, maxLength: 4 }), range, (own, other) => {
      const joined = own.reduce<Range[]>(
        (all, { offset, length }) => withRange(all, { start: offset, end: offset + length }),
        [],
      );
      const others = [annotation('theirs', [other]), annotation('mine', joined)];
      const shared = [...bytesIn(joined)].filter(byte => bytesIn([other]).has(byte)).length;
      const found = overlaps(others, joined, 'mine');
      assert.deepEqual(
        found.map(({ annotation: { id }, bytes }) => [id, bytes]),
        shared === 0 ? [] : [['theirs', shared]],
      );
    }),
  );
});

test('a draft follows the selection until it has ranges, and is changed only by what it says', () => {
  const fresh = draftOf(null);
  assert.deepEqual(rangesOfDraft(fresh, { start: 4, end: 9 }), [{ offset: 4, length: 5 }]);
  assert.equal(isChanged(fresh, null), false);
  assert.equal(isChanged({ ...fresh, kind: 'concern' }, null), false);
  assert.equal(isChanged({ ...fresh, ranges: [{ offset: 1, length: 1 }] }, null), true);
  const saved = annotation('a', [{ offset: 0, length: 4 }]);
  assert.equal(isChanged(draftOf(saved), saved), false);
  assert.equal(isChanged({ ...draftOf(saved), note: 'why' }, saved), true);
  assert.equal(isChanged({ ...draftOf(saved), kind: 'question' }, saved), true);
  assert.equal(isChanged({ ...draftOf(saved), ranges: [{ offset: 0, length: 5 }] }, saved), true);
});
