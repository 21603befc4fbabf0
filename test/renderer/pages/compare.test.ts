import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Account,
  agreementWords,
  cellWords,
  foldRows,
  isOdd,
  nextDifference,
  pairOf,
  type Row,
  replaysToCompare,
  standingOf,
} from '../../../renderer/pages/compare/compared.ts';
import { movedCell } from '../../../renderer/pages/compare/matrix-keys.ts';
import { columnsInView, matrixLayout } from '../../../renderer/pages/compare/matrix-layout.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];

function row(
  path: string,
  hashes: readonly (string | null)[],
  verdict: Row['verdicts'][number] = 'reproduced',
): Row {
  const known = new Set(hashes);
  return {
    path,
    step: 1,
    state: known.has(null) ? 'partial' : known.size > 1 ? 'differs' : 'agrees',
    hashes: [...hashes],
    expected: null,
    sizes: hashes.map(() => 1),
    verdicts: hashes.map(() => verdict),
  };
}

const account = (change: Partial<Account> = {}): Account => ({
  path: 'x',
  valid: true,
  verdict: 'reproduced',
  kit: null,
  bundle: null,
  signers: [],
  environment: null,
  running: false,
  kind: 'replay',
  name: 'Replay 1',
  replay: 1,
  completed: true,
  ...change,
});

test('whoever has the published file does not differ, however many have another', () => {
  const against: Row = { ...row('x', [A, B, B]), expected: A, verdicts: ['reproduced', 'differs', 'waived'] };
  const words = [0, 1, 2].map(column => cellWords(against, column, account()).word);
  assert.deepEqual(words, ['reproduced', 'differs', 'waived']);
  assert.deepEqual(pairOf(against, null), { a: 0, b: 1, hashA: A, hashB: B });
  const nobody: Row = { ...row('x', [A, B, B], 'differs'), expected: 'c'.repeat(64) };
  assert.deepEqual(pairOf(nobody, null), { a: 1, b: 0, hashA: B, hashB: A });
});

test('accounts of different kits say of which they are', () => {
  const [own, other] = [account({ kit: 'tool 1' }), account({ kit: 'bedrock 1', kind: 'report' })];
  assert.equal(standingOf(own, [own, own]), 'this case');
  assert.equal(standingOf(own, [own, other]), 'this case, kit tool 1');
  assert.equal(standingOf(other, [own, other]), 'signed by nobody, kit bedrock 1');
});

test('accounts that agree on another file than was published are to be looked at', () => {
  const rows = [
    row('1', [A, A]),
    { ...row('2', [B, B], 'differs'), expected: A },
    { ...row('3', [A, A]), expected: A },
  ];
  assert.deepEqual(rows.map(isOdd), [false, true, false]);
  assert.equal(nextDifference(rows, -1, 1), 1);
});

test('runs of artifacts that are alike fold, but not the selected one, nor what differs', () => {
  const rows = ['1', '2', '3', '4', '5'].map(path => row(path, [A, A]));
  const folded = (all: readonly Row[], opened: string[] = [], selected: string | null = null) =>
    foldRows(all, new Set(opened), selected).map(each =>
      each.kind === 'fold' ? each.rows.length : each.row.path,
    );
  assert.deepEqual(folded(rows), [5]);
  assert.deepEqual(folded(rows, ['fold 1']), ['1', '2', '3', '4', '5']);
  assert.deepEqual(folded(rows, [], '3'), ['1', '2', '3', '4', '5']);
  assert.deepEqual(folded([...rows, row('6', [A, B]), row('7', [A, A])]), [5, '6', '7']);
  const published = rows.map(each => ({ ...each, expected: B }));
  assert.deepEqual(
    folded(published),
    ['1', '2', '3', '4', '5'],
    'agreement on another file is to be looked at',
  );
  const waived = rows.map((each, i) => (i < 2 ? each : row(each.path, [A, A], 'waived')));
  assert.deepEqual(folded(waived), ['1', '2', '3', '4', '5'], 'another verdict is another run');
});

test('a cell says its own verdict, but another file than most have always differs', () => {
  assert.equal(cellWords(row('x', [A, A]), 0, account()).word, 'reproduced');
  assert.equal(cellWords(row('x', [A, A, B]), 2, account()).word, 'differs');
  assert.equal(cellWords(row('x', [A, A], 'waived'), 0, account()).word, 'waived');
  assert.deepEqual(cellWords(row('x', [A, A], null), 0, account()), {
    mark: 'none',
    word: 'same',
    exception: false,
  });
  assert.equal(cellWords(row('x', [A, null], 'missing'), 1, account()).word, 'missing');
  assert.equal(cellWords(row('x', [A, null], null), 1, account({ completed: false })).word, 'not run');
  assert.equal(cellWords(row('x', [A, null], null), 1, account({ verdict: null })).word, 'not read');
});

test('what most have is set beside the chosen file, or the first other one', () => {
  const shared = row('x', [A, B, A, 'c'.repeat(64), null]);
  const pair = (column: number | null) => {
    const found = pairOf(shared, column);
    return found && [found.a, found.b];
  };
  assert.deepEqual(pair(null), [0, 1]);
  assert.deepEqual(pair(3), [0, 3]);
  assert.deepEqual(pair(2), [2, 1]);
  assert.deepEqual(pair(4), [0, 1]);
  assert.equal(pairOf(row('x', [A, null]), null), null);
});

test('the newest replays are compared unless somebody chose', () => {
  const numbers = [9, 8, 7, 6, 5, 4, 3, 2, 1];
  assert.deepEqual(replaysToCompare(numbers, new Map()), [4, 5, 6, 7, 8, 9]);
  assert.deepEqual(
    replaysToCompare(
      numbers,
      new Map([
        [1, true],
        [9, false],
      ]),
    ),
    [1, 4, 5, 6, 7, 8],
  );
});

test('differences are gone through around the end', () => {
  const rows = [row('1', [A, A]), row('2', [A, B]), row('3', [A, A]), row('4', [A, null])];
  assert.equal(nextDifference(rows, -1, 1), 1);
  assert.equal(nextDifference(rows, 1, 1), 3);
  assert.equal(nextDifference(rows, 3, 1), 1);
  assert.equal(nextDifference(rows, 1, -1), 3);
  assert.equal(nextDifference([row('1', [A, A])], 0, 1), -1);
});

test('up to six accounts stand in full, a hundred as marks, of which only those in view are drawn', () => {
  assert.equal(matrixLayout(6, 1248).compact, false);
  const layout = matrixLayout(100, 1248);
  assert.equal(layout.compact, true);
  const { first, end } = columnsInView(layout, 100, 32 * 40, 1248);
  assert.ok(first >= 38 && first <= 40 && end - first < 36);
  assert.deepEqual(columnsInView(layout, 100, 0, 1248).first, 0);
  assert.equal(columnsInView(layout, 100, layout.width, 1248).end, 100);
});

test('arrows go from cell to cell; left of the first column is the row', () => {
  const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, altKey: false });
  const size = { rows: 10, columns: 3, page: 4 };
  assert.deepEqual(movedCell(key('ArrowRight'), { at: 2, column: null }, size), { at: 2, column: 0 });
  assert.deepEqual(movedCell(key('ArrowLeft'), { at: 2, column: 0 }, size), { at: 2, column: null });
  assert.deepEqual(movedCell(key('End'), { at: 2, column: 0 }, size), { at: 2, column: 2 });
  assert.deepEqual(movedCell(key('End', true), { at: 2, column: 1 }, size), { at: 9, column: 1 });
  assert.deepEqual(movedCell(key('PageUp'), { at: 2, column: 1 }, size), { at: 0, column: 1 });
  assert.equal(movedCell(key('x'), { at: 2, column: 1 }, size), null);
});

test('agreement of accounts that were made alike is not called more than a repetition', () => {
  const row = (name: string, differs: boolean) => ({ name, values: ['a', 'b'], differs, together: null });
  assert.match(agreementWords({ environment: [row('kernel', false)] }), /repeats, not more/);
  assert.equal(
    agreementWords({ environment: [row('kernel', true), row('observer', false), row('processor', true)] }),
    'They do not have the same kernel, processor.',
  );
});
