import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  coveredSegments,
  DecorationIndex,
  type DecorationKind,
  joined,
  LEVELS,
  overlaps,
  tints,
} from '../../../../renderer/viewers/hex/decorations.ts';
import { addressAt, goTo } from '../../../../renderer/viewers/hex/go-to.ts';
import { inspect } from '../../../../renderer/viewers/hex/inspect.ts';
import {
  addressDigits,
  addressText,
  ROW_HEIGHT,
  rangeText,
} from '../../../../renderer/viewers/hex/layout.ts';
import { foundBits, placesWords, stepFrom } from '../../../../renderer/viewers/hex/places.ts';
import {
  maxTop,
  scrollHeight,
  scrollMap,
  scrollOfTop,
  topOfScroll,
  topToShow,
} from '../../../../renderer/viewers/hex/scroll-map.ts';
import {
  type HexSelection,
  selectedRange,
  selectionAfter,
} from '../../../../renderer/viewers/hex/selection.ts';

const ranges = fc
  .array(fc.tuple(fc.nat(400), fc.nat(60)), { maxLength: 20 })
  .map(list => list.map(([start, length]) => ({ start, end: start + length })));

test('every row can be reached, whatever the size, and the scroll bar ends where the file ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 100, max: 2000 }), (rows, view) => {
      const map = scrollMap(rows);
      assert.ok(map.height <= 8_000_000);
      assert.equal(topOfScroll(map, view, 0), 0);
      assert.equal(topOfScroll(map, view, scrollHeight(map, view) - view), maxTop(map, view));
      assert.equal(topOfScroll(map, view, scrollOfTop(map, view, 0)), 0);
      const end = topToShow(map, view, 0, rows - 1);
      assert.ok(end <= maxTop(map, view) && end + view >= rows * ROW_HEIGHT);
    }),
  );
});

test('a row that was moved into view is whole, and so is the first one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 27 }),
      fc.integer({ min: 0, max: 1000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      (rows, view, from, to, jump) => {
        const map = scrollMap(rows);
        const top = Math.floor(from * maxTop(map, view));
        const row = Math.floor(to * (rows - 1));
        const shown = topToShow(map, view, top, row, jump);
        if (shown !== top) assert.equal(shown % ROW_HEIGHT, 0);
        if (view < ROW_HEIGHT) return;
        assert.ok(row * ROW_HEIGHT >= shown && (row + 1) * ROW_HEIGHT <= shown + view);
      },
    ),
  );
  assert.equal(topToShow(scrollMap(18), 0, 0, 0), 0, 'a view that was not measured yet moves nothing');
});

test('what has more annotations than lines is counted', () => {
  const all = Array.from({ length: 5 }, (_, i) => ({
    id: String(i),
    ranges: [{ start: i, end: 12 - i }],
    kind: 'question' as const,
    label: '',
  }));
  const lines = new DecorationIndex(all).underlines(0, 16);
  assert.deepEqual(overlaps(lines, 14), [1, 2, 3, 4, 5, 5, 5, 5, 4, 3, 2, 1, 0, 0]);
});

test('keys never leave the file, and a move can be taken back by its opposite', () => {
  const keys = fc.constantFrom(
    'ArrowLeft',
    'ArrowRight',
    'ArrowUp',
    'ArrowDown',
    'PageUp',
    'PageDown',
    'Home',
    'End',
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.record({ key: keys, ctrl: fc.boolean(), shift: fc.boolean() }), { maxLength: 50 }),
      (size, presses) => {
        let at: HexSelection = { anchor: 0, caret: 0 };
        for (const press of presses) {
          const next = selectionAfter(at, press, size, 10);
          if (!next) continue;
          assert.ok(next.caret >= 0 && next.caret < size);
          assert.equal(next.anchor, press.shift ? at.anchor : next.caret);
          at = next;
        }
        const { start, end } = selectedRange(at, size);
        assert.ok(start < end && end <= size);
      },
    ),
  );
  const press = (caret: number, key: string, size = 100, ctrl = false) =>
    selectionAfter({ anchor: caret, caret }, { key, ctrl, shift: false }, size, 2)?.caret;
  assert.equal(press(20, 'ArrowDown'), 36);
  assert.equal(press(20, 'ArrowUp'), 4);
  assert.equal(press(4, 'ArrowUp'), 4);
  assert.equal(press(90, 'ArrowDown'), 99);
  assert.equal(press(98, 'ArrowDown'), 98);
  assert.equal(press(20, 'PageDown'), 52);
  assert.equal(press(52, 'PageUp'), 20);
  assert.equal(press(20, 'Home'), 16);
  assert.equal(press(98, 'End'), 99);
  assert.equal(press(20, 'End', 100, true), 99);
  assert.equal(press(99, 'ArrowRight'), 99);
  assert.deepEqual(selectionAfter({ anchor: 3, caret: 3 }, { key: 'a', ctrl: true, shift: false }, 9, 2), {
    anchor: 8,
    caret: 0,
  });
  assert.equal(press(3, 'Tab'), undefined);
});

test('a byte takes the gravest kind on it, and annotations that overlap have lines of their own', () => {
  const kind = fc.constantFrom<DecorationKind>('explained', 'question', 'concern');
  fc.assert(
    fc.property(ranges, fc.array(kind, { minLength: 20, maxLength: 20 }), (list, kinds) => {
      const all = list.map((range, i) => ({
        id: String(i),
        ranges: [range],
        kind: kinds[i] as DecorationKind,
        label: '',
      }));
      const index = new DecorationIndex(all);
      const gravity = ['explained', 'question', 'concern'];
      const levels = new Map<string, number>();
      for (let start = 0; start < 480; start += 16) {
        const lines = index.underlines(start, 16);
        const shown = tints(lines, 16);
        for (let column = 0; column < 16; column += 1) {
          const here = all.filter(
            ({ ranges: [range] }) => range && range.start <= start + column && start + column < range.end,
          );
          const gravest = here
            .map(each => each.kind)
            .sort((a, b) => gravity.indexOf(b) - gravity.indexOf(a))[0];
          assert.equal(shown[column], gravest ?? null);
          const under = lines.filter(line => line.from <= column && column < line.to);
          assert.deepEqual(under.map(line => line.id).sort(), here.map(each => each.id).sort());
          assert.deepEqual(
            index
              .at(start + column)
              .map(each => each.id)
              .sort(),
            here.map(each => each.id).sort(),
          );
          const own = under.map(line => line.level).filter(level => level < LEVELS - 1);
          assert.equal(new Set(own).size, own.length);
        }
        for (const line of lines) {
          assert.equal(levels.get(line.id) ?? line.level, line.level);
          levels.set(line.id, line.level);
        }
      }
    }),
  );
});

test('the gutter shows exactly what is covered', () => {
  fc.assert(
    fc.property(ranges, list => {
      const covered = joined(list);
      for (let start = 0; start < 480; start += 16) {
        const segments = coveredSegments(covered, start, 16);
        for (let column = 0; column < 16; column += 1) {
          const expected = list.some(range => range.start <= start + column && start + column < range.end);
          assert.equal(
            segments.some(segment => segment.from <= column && column < segment.to),
            expected,
          );
        }
      }
    }),
  );
});

test('addresses have four digits and more in larger files', () => {
  assert.equal(addressDigits(0), 4);
  assert.equal(addressDigits(0x10000), 4);
  assert.equal(addressDigits(0x10001), 6);
  assert.equal(addressDigits(2 ** 31), 8);
  assert.equal(addressText(0x89, 4), '0089');
  assert.equal(rangeText(0xd8, 0xda), '0xD8–0xD9');
  assert.equal(rangeText(0xd8, 0xd9), '0xD8');
});

test('go to takes hex, decimal, sums, steps, shares and addresses, and nothing outside the file', () => {
  const addresses = [
    { start: 0, end: 0x80, address: 0x400000 },
    { start: 0x80, end: 0x100, address: 0x600000 },
  ];
  const at = (text: string) => goTo(text, { caret: 0x10, size: 0x100, addresses });
  const good: Record<string, number> = {
    '0x89': 0x89,
    '89': 89,
    '137': 137,
    '0089': 0x89,
    '89h': 0x89,
    $89: 0x89,
    '8d': 0x8d,
    '#137': 137,
    '+16': 0x20,
    '+5': 0x15,
    '-0x10': 0,
    '0x40+0x10-1': 0x4f,
    end: 0xff,
    'end-0x10': 0xf0,
    '0%': 0,
    '100%': 0xff,
    ' 0x 8 9 ': 0x89,
    '@0x400078': 0x78,
    '0x600002': 0x82,
    '@600000h+4': 0x84,
  };
  for (const [text, offset] of Object.entries(good)) assert.equal(at(text), offset, text);
  for (const text of [
    '',
    'x',
    '0x101',
    '257',
    '-17',
    '101%',
    '0x',
    '1--2',
    '+',
    'end+1',
    '@0x90',
    '0x400080',
  ])
    assert.equal(at(text), null, text);
  assert.equal(goTo('0', { caret: 0, size: 0 }), null);
  assert.equal(addressAt(0x82, addresses), 0x600002);
  assert.equal(addressAt(0x100, addresses), undefined);
});

test('steps go through all places in order, round the ends, and to those that are not listed', () => {
  const places = { length: 2, offsets: [4, 5, 90], total: 3, complete: true };
  const step = (start: number, end: number, direction: 'next' | 'previous', of = places) =>
    stepFrom(of, { start, end }, direction);
  assert.deepEqual(step(0, 1, 'next'), { to: 4, round: false });
  assert.deepEqual(step(4, 5, 'next'), { to: 4, round: false }, 'not selected yet');
  assert.deepEqual(step(4, 6, 'next'), { to: 5, round: false });
  assert.deepEqual(step(90, 92, 'next'), { to: 4, round: true });
  assert.deepEqual(step(90, 92, 'previous'), { to: 5, round: false });
  assert.deepEqual(step(95, 96, 'previous'), { to: 90, round: false });
  assert.deepEqual(step(4, 6, 'previous'), { to: 90, round: true });
  const more = { ...places, total: 9 };
  assert.deepEqual(step(90, 92, 'next', more), { ask: 91, direction: 'next' });
  assert.deepEqual(step(200, 202, 'next', more), { ask: 201, direction: 'next' });
  assert.deepEqual(step(200, 202, 'previous', more), { ask: 199, direction: 'previous' });
  assert.deepEqual(step(4, 6, 'previous', more), { ask: Infinity, direction: 'previous' });
  assert.equal(step(0, 1, 'next', { length: 2, offsets: [], total: 0, complete: true }), null);
  assert.equal(placesWords(places, { start: 5, end: 7 }), '2 of 3');
  assert.equal(placesWords(places, { start: 5, end: 6 }), '3 places');
  assert.equal(
    placesWords({ ...more, complete: false }, { start: 90, end: 92 }),
    '3 of more than 9, the first 3 marked',
  );
});

test('exactly the bytes of places are marked', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(200), { maxLength: 20 }),
      fc.integer({ min: 1, max: 40 }),
      (list, length) => {
        const offsets = list.sort((a, b) => a - b);
        const places = { length, offsets, total: offsets.length, complete: true };
        for (let row = 0; row < 256; row += 16) {
          const bits = foundBits(places, row);
          for (let column = 0; column < 16; column += 1) {
            const expected = offsets.some(at => at <= row + column && row + column < at + length);
            assert.equal((bits & (1 << column)) !== 0, expected);
          }
        }
      },
    ),
  );
});

test('the inspector reads as DataView does and says when the file ends', () => {
  const readings = (...bytes: number[]) =>
    new Map(inspect(Uint8Array.from(bytes)).map(each => [each.name, each]));
  const full = readings(0x89, 0xdf, 0xeb, 0x03, 0x6a, 0x02, 0x5f, 0x6a);
  assert.equal(full.get('u8')?.little, '137');
  assert.equal(full.get('i8')?.little, '-119');
  assert.equal(full.get('u16')?.little, '57225');
  assert.equal(full.get('u16')?.big, '35295');
  assert.equal(full.get('bits')?.big, '10001001');
  assert.equal(full.get('u64')?.little, String(0x6a5f026a03ebdf89n));
  const short = readings(0x41, 0x42);
  assert.equal(short.get('u16')?.big, '16706');
  assert.equal(short.get('u32')?.big, null);
  assert.equal(short.get('ASCII')?.big, 'A');
  assert.equal(readings(0x3d, 0xcc, 0xcc, 0xcd).get('f32')?.big, '0.1');
  assert.equal(readings(0, 0, 0, 0x80).get('f32')?.little, '-0');
  assert.equal(readings().get('u8')?.little, null);
  assert.equal(readings(0xe5, 0x8e, 0x26).get('unsigned LEB128')?.little, '624485, 3 B');
  assert.equal(readings(0xc0, 0xbb, 0x78).get('signed LEB128')?.little, '-123456, 3 B');
  assert.equal(readings(0x80, 0x80).get('unsigned LEB128')?.little, null);
  assert.equal(readings(0xe2, 0x82, 0xac).get('UTF-8')?.little, '€ U+20AC, 3 B');
  assert.equal(readings(0xff).get('UTF-8')?.little, 'no character');
  assert.equal(readings(0xe2, 0x80, 0xae).get('UTF-8')?.little, '⟦U+202E⟧ U+202E, 3 B');
  const time = readings(0x00, 0x00, 0x00, 0x00, 0x65, 0x53, 0xf1, 0x00);
  assert.equal(time.get('time_t, 64 bits')?.big, '2023-11-14T22:13:20Z');
  assert.equal(time.get('time_t, 32 bits')?.little, '1970-01-01T00:00:00Z');
  assert.equal(readings(...Array(8).fill(0x7f)).get('time_t, 64 bits')?.big, 'no date');
  fc.assert(
    fc.property(fc.float({ noNaN: true }), value => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value);
      assert.equal(Math.fround(Number(inspect(bytes).find(each => each.name === 'f32')?.big)), value);
    }),
  );
});
