import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scrollFor, windowAt } from '../../../../renderer/viewers/log/window.ts';

const logs = fc
  .tuple(fc.integer({ min: 1, max: 60_000_000 }), fc.integer({ min: 20, max: 2000 }), fc.nat())
  .map(([lines, height, at]) => ({ lines, height, line: at % lines }));

test('every line of a log of any length can be brought into view, and few are ever drawn', () => {
  fc.assert(
    fc.property(logs, ({ lines, height, line }) => {
      const top = scrollFor(line, lines, height);
      const { first, count, height: whole } = windowAt(lines, top, height);
      assert.ok(top >= 0 && top <= Math.max(0, whole - height) + 1);
      assert.ok(first <= line && line < first + count, `${first} to ${first + count}`);
      assert.ok(count <= Math.ceil(height / 18) + 16);
      assert.ok(first >= 0 && first + count <= lines);
    }),
  );
});

test('what is drawn stands where the scroll bar is', () => {
  const { top, first } = windowAt(1000, 1800, 400);
  assert.deepEqual([first, top], [92, 92 * 18]);
  const end = windowAt(50_000_000, 8_000_000 - 400, 400);
  assert.equal(end.first + end.count, 50_000_000);
  assert.deepEqual(windowAt(0, 0, 400), { height: 0, first: 0, count: 0, top: 0 });
});
