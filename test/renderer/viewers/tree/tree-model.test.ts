import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { treeKey } from '../../../../renderer/viewers/tree/tree-keys.ts';
import { CHILD_PAGE, type TreeItem, TreeModel } from '../../../../renderer/viewers/tree/tree-model.ts';

/** Children of every branch of a made-up tree: names by place, every third a branch, three levels. */
function childrenOf(key: string, widths: readonly number[]): TreeItem[] {
  const level = key === '' ? 0 : key.split('/').length;
  const width = widths[level] ?? 0;
  return Array.from({ length: width }, (_, i) => ({
    key: key === '' ? `n${i}` : `${key}/n${i}`,
    name: `n${i}`,
    branch: i % 3 === 0 && level + 1 < widths.length,
  }));
}

function load(
  model: TreeModel<TreeItem>,
  widths: readonly number[],
  from = 0,
  to = Number.POSITIVE_INFINITY,
): void {
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const missing = model.missing(from, Math.min(to, model.length));
    if (missing.length === 0) return;
    for (const { key, offset } of missing) {
      const all = childrenOf(key, widths);
      model.take(key, offset, { total: all.length, items: all.slice(offset, offset + CHILD_PAGE) });
    }
  }
  assert.fail('pages are asked for without end');
}

function flat(widths: readonly number[], open: ReadonlySet<string>, key = ''): TreeItem[] {
  return childrenOf(key, widths).flatMap(item =>
    open.has(item.key) ? [item, ...flat(widths, open, item.key)] : [item],
  );
}

test('rows are those of the tree written out, however it is opened and closed', () => {
  const widths = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(8), fc.nat(5));
  fc.assert(
    fc.property(widths, fc.array(fc.nat(300), { maxLength: 40 }), (sizes, presses) => {
      const model = new TreeModel<TreeItem>();
      const open = new Set<string>();
      load(model, sizes);
      for (const press of presses) {
        const row = model.rowAt(press % Math.max(1, model.length));
        if (!row?.item?.branch) continue;
        const { key } = row.item;
        if (model.isOpen(key)) {
          model.close(key);
          for (const each of open) if (each === key || each.startsWith(`${key}/`)) open.delete(each);
        } else {
          model.open(key, row.parent);
          open.add(key);
        }
        load(model, sizes);
        const expected = flat(sizes, open);
        assert.equal(model.length, expected.length);
        expected.forEach((item, i) => {
          const shown = model.rowAt(i);
          assert.equal(shown?.item?.key, item.key);
          assert.equal(shown?.level, item.key.split('/').length);
          assert.equal(shown?.open, open.has(item.key));
          assert.equal(model.indexOf(item.key, shown?.parent ?? ''), i);
          if (open.has(item.key)) assert.equal(model.indexOfBranch(item.key), i);
        });
      }
      assert.equal(model.rowAt(model.length), undefined);
    }),
    { numRuns: 60 },
  );
});

test('a folder of 100,000 files asks only for the pages that are looked at', () => {
  const model = new TreeModel<TreeItem>();
  assert.deepEqual(model.missing(0, 30), [{ key: '', offset: 0 }]);
  load(model, [100_000], 0, 30);
  assert.equal(model.length, 100_000);
  assert.deepEqual(model.missing(70_300, 70_340), [{ key: '', offset: 70_000 }]);
  assert.equal(model.rowAt(70_300)?.item, undefined);
  load(model, [100_000], 70_300, 70_340);
  assert.equal(model.rowAt(70_300)?.item?.name, 'n70300');
  assert.deepEqual(
    model.pagesAt(70_480, 70_510).map(page => page.offset),
    [70_000, 70_500],
  );
});

test('an opened branch stands with one row until its children come; an empty one then has none', () => {
  const model = new TreeModel<TreeItem>();
  load(model, [4, 0]);
  assert.equal(model.length, 4);
  const changed = [...childrenOf('', [4, 0])];
  model.take('', 0, { total: 4, items: changed.map(item => ({ ...item, branch: true })) });
  model.open('n1', '');
  assert.equal(model.length, 5);
  assert.deepEqual(model.missing(0, 5), [{ key: 'n1', offset: 0 }]);
  model.take('n1', 0, { total: 0, items: [] });
  assert.equal(model.length, 4);
});

test('typing goes round from where one stands', () => {
  const model = new TreeModel<TreeItem>();
  const names = ['alpha', 'beta', 'Alps', 'gamma'];
  model.take('', 0, { total: 4, items: names.map(name => ({ key: name, name, branch: false })) });
  assert.equal(model.find('al', 1), 2);
  assert.equal(model.find('al', 3), 0);
  assert.equal(model.find('x', 0), -1);
});

test('Right opens, then goes in; Left closes, then goes out', () => {
  const model = new TreeModel<TreeItem>();
  load(model, [3, 2]);
  const key = (name: string, at: number) =>
    treeKey({ key: name, ctrlKey: false, altKey: false, metaKey: false }, model, at, 10);
  assert.deepEqual(key('ArrowRight', 0), { act: 'open', key: 'n0', parent: '' });
  assert.equal(key('ArrowRight', 1), null);
  assert.equal(key('ArrowLeft', 1), null);
  model.open('n0', '');
  load(model, [3, 2]);
  assert.deepEqual(key('ArrowRight', 0), { act: 'go', index: 1 });
  assert.deepEqual(key('ArrowLeft', 2), { act: 'go', index: 0 });
  assert.deepEqual(key('ArrowLeft', 0), { act: 'close', key: 'n0' });
  assert.deepEqual(key('Enter', 1), { act: 'choose' });
});
