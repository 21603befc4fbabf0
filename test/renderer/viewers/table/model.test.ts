import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { itemOf, itemsOf } from '../../../../renderer/viewers/table/items.ts';
import {
  asTsv,
  beginning,
  type Column,
  moved,
  nextSorting,
  type Sorting,
  sorted,
} from '../../../../renderer/viewers/table/model.ts';

interface Row {
  readonly name: string;
  readonly size: number;
}
const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'size',
    title: 'Size',
    num: true,
    text: row => String(row.size),
    order: row => row.size,
    render: () => null,
  },
  { id: 'name', title: 'Name', text: row => row.name, render: () => null },
];
const rows = fc.array(fc.record({ name: fc.string({ unit: 'binary' }), size: fc.nat() }), { maxLength: 30 });

test('a sorted table has the same rows, in order, and equal ones as they came', () => {
  fc.assert(
    fc.property(rows, fc.boolean(), (list, descending) => {
      const result = sorted(list, COLUMNS, { column: 'size', descending });
      assert.deepEqual(new Set(result), new Set(list));
      assert.equal(result.length, list.length);
      result.forEach((row, i) => {
        const next = result[i + 1];
        if (!next) return;
        assert.ok(descending ? row.size >= next.size : row.size <= next.size);
        if (row.size === next.size) assert.ok(list.indexOf(row) <= list.indexOf(next));
      });
      assert.equal(sorted(list, COLUMNS, null), list);
    }),
  );
});

test('a head sorts up, then down, then not at all', () => {
  let sorting: Sorting | null = null;
  const seen = [0, 1, 2].map(() => {
    sorting = nextSorting(sorting, 'name');
    return sorting;
  });
  assert.deepEqual(seen, [{ column: 'name', descending: false }, { column: 'name', descending: true }, null]);
});

test('what is copied has a line for each row and a field for each column, whatever the values hold', () => {
  fc.assert(
    fc.property(rows, list => {
      const lines = asTsv(list, COLUMNS).split('\n');
      assert.equal(lines.length, list.length + 1);
      for (const line of lines) assert.equal(line.split('\t').length, 2);
    }),
  );
});

test('typing finds the next row by its name, whatever the case, going round', () => {
  const list = ['M1', 'hex2', 'M2-Planet', 'kaem'].map((name, size) => ({ name, size }));
  assert.equal(beginning(list, COLUMNS, 'm', 1), 2);
  assert.equal(beginning(list, COLUMNS, 'm', 3), 0);
  assert.equal(beginning(list, COLUMNS, 'M2', 0), 2);
  assert.equal(beginning(list, COLUMNS, '2', 0), -1);
  assert.equal(beginning([], COLUMNS, 'm', 0), -1);
});

test('keys never lead outside the table', () => {
  const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x');
  fc.assert(
    fc.property(keys, fc.integer({ min: -1, max: 20 }), fc.nat(20), (key, from, count) => {
      const to = moved(key, from, count, 5);
      assert.ok(to === null ? key === 'x' || count === 0 : to >= 0 && to < count);
    }),
  );
});

test('each run of rows of a group has its heading, and a row is found among them', () => {
  const items = itemsOf(['a1', 'a2', 'b1', 'a3'], row => row[0] ?? '');
  assert.deepEqual(
    items.map(item => (item.kind === 'row' ? item.row : `${item.group}:`)),
    ['a:', 'a1', 'a2', 'b:', 'b1', 'a:', 'a3'],
  );
  assert.deepEqual(
    [0, 2, 3, -1, 9].map(at => itemOf(items, at)),
    [1, 4, 6, -1, -1],
  );
  assert.deepEqual(itemsOf(['x'], undefined), [{ kind: 'row', row: 'x', at: 0 }]);
});
