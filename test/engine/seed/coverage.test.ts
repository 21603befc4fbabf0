import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bytesIn,
  coverageOf,
  gapsIn,
  inAtLeast,
  isRangeSet,
  nextByteIn,
  rangeSet,
  rangeText,
  unexplainedBy,
} from '../../../main/engine/seed/index.ts';

const SIZE = 60;
const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: SIZE - 1 }), fc.integer({ min: 1, max: 20 }))
    .map(([offset, length]) => ({ offset, length: Math.min(length, SIZE - offset) })),
  { maxLength: 8 },
);

/** A set of bytes the slow way. */
const bits = (set: readonly { offset: number; length: number }[]) =>
  Array.from({ length: SIZE }, (_, at) =>
    set.some(({ offset, length }) => at >= offset && at < offset + length),
  );

test('a set of ranges holds exactly the bytes it was made from, in its one form', () => {
  fc.assert(
    fc.property(ranges, given => {
      const set = rangeSet(given);
      assert.deepEqual(bits(set), bits(given));
      assert.ok(isRangeSet(set, SIZE));
      assert.equal(bytesIn(set), bits(given).filter(Boolean).length);
      assert.deepEqual(
        bits(gapsIn(set, SIZE)),
        bits(given).map(bit => !bit),
      );
    }),
  );
});

test('what is in several sets is counted byte by byte', () => {
  fc.assert(
    fc.property(fc.array(ranges, { maxLength: 5 }), fc.integer({ min: 1, max: 3 }), (many, needed) => {
      const sets = many.map(rangeSet);
      const expected = Array.from(
        { length: SIZE },
        (_, at) => sets.filter(set => bits(set)[at]).length >= needed,
      );
      const found = inAtLeast(sets, needed);
      assert.deepEqual(bits(found), expected);
      assert.ok(isRangeSet(found, SIZE));
    }),
  );
});

test('the next byte is the first of the set at or after an offset, else the first of all', () => {
  fc.assert(
    fc.property(ranges, fc.integer({ min: 0, max: SIZE }), (given, offset) => {
      const members = bits(given).flatMap((bit, at) => (bit ? [at] : []));
      const expected = members.find(at => at >= offset) ?? members[0] ?? null;
      assert.equal(nextByteIn(rangeSet(given), offset), expected);
    }),
  );
});

test('only what is explained counts, for each person and for two together', () => {
  const coverage = coverageOf(100, [
    { by: 'Ines', kind: 'explained', ranges: [{ offset: 0, length: 60 }] },
    { by: 'Ines', kind: 'explained', ranges: [{ offset: 50, length: 20 }] },
    { by: 'Jon', kind: 'explained', ranges: [{ offset: 40, length: 60 }] },
    { by: 'Jon', kind: 'question', ranges: [{ offset: 0, length: 40 }] },
    { by: 'Mira', kind: 'concern', ranges: [{ offset: 0, length: 100 }] },
  ]);
  assert.deepEqual(
    coverage.reviewers.map(({ name, bytes }) => [name, bytes]),
    [
      ['Ines', 70],
      ['Jon', 60],
    ],
  );
  assert.equal(coverage.explained, 100);
  assert.equal(coverage.byTwo, 30);
  assert.deepEqual(coverage.unexplained, []);
  assert.deepEqual(coverage.notByTwo.map(rangeText), ['0x0-0x27', '0x46-0x63']);
  assert.deepEqual(unexplainedBy(coverage, 'Jon').map(rangeText), ['0x0-0x27']);
  assert.deepEqual(unexplainedBy(coverage, 'Mira').map(rangeText), ['0x0-0x63']);
});

test('a range outside the seed, an overlap and a seam are no set of its bytes', () => {
  assert.ok(isRangeSet([{ offset: 0, length: 4 }], 4));
  assert.ok(!isRangeSet([{ offset: 1, length: 4 }], 4));
  for (const second of [2, 4]) {
    assert.ok(
      !isRangeSet(
        [
          { offset: 0, length: 4 },
          { offset: second, length: 4 },
        ],
        100,
      ),
    );
  }
  assert.ok(
    !isRangeSet(
      [
        { offset: 8, length: 4 },
        { offset: 0, length: 4 },
      ],
      100,
    ),
  );
});
