import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnnotationMergeRow } from '../../../../main/contract/requests/index.ts';
import {
  choicesOf,
  type Decision,
  decideGroup,
  differing,
  firstDecisions,
  inOrder,
  summaryOf,
  undecided,
  wanted,
} from '../../../../renderer/pages/seed/exchange/merge-model.ts';

const words = {
  ranges: [{ offset: 0, length: 4 }],
  kind: 'explained' as const,
  label: 'a',
  note: '',
  group: null,
  colour: null,
};
const act = { by: 'Ines', at: '2026-01-01T00:00:00Z', event: 1 };

function item(
  number: number,
  state: AnnotationMergeRow['state'],
  by: string | null = null,
): AnnotationMergeRow {
  const theirs = { id: `t${number}`, by: 'Tomasz', at: act.at, ...words };
  const rest = { ...act, seed: '', origin: null, changed: null, resolution: null };
  const ours = by === null ? null : { id: `o${number}`, ...words, ...rest, by };
  return { number, state, ranges: words.ranges, moved: false, theirs, ours };
}

const ITEMS = [
  item(1, 'same'),
  item(2, 'new'),
  item(3, 'conflict', 'Ines'),
  item(4, 'elsewhere'),
  item(5, 'changed'),
  item(6, 'conflict', 'Ada'),
];

test('what asks for a decision stands first, and only what can be done may be chosen', () => {
  assert.deepEqual(
    inOrder(ITEMS).map(each => each.number),
    [3, 6, 5, 2, 4, 1],
  );
  const choices = (number: number) => choicesOf(ITEMS[number - 1] as AnnotationMergeRow, 'Ines').join();
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(choices), [
    '',
    'keep,add',
    'keep,add,replace',
    '',
    'keep,add',
    'keep,add',
  ]);
});

test('what is new comes unless it is left out, a conflict waits, and the summary adds up', () => {
  const first = firstDecisions(ITEMS);
  assert.equal(undecided(ITEMS, first), 2);
  assert.deepEqual(wanted(first), { add: [2, 5], replace: [] });
  const decided = new Map<number, Decision>([...first, [2, 'keep'], [3, 'replace'], [6, 'add']]);
  assert.equal(undecided(ITEMS, decided), 0);
  assert.deepEqual(wanted(decided), { add: [5, 6], replace: [3] });
  assert.equal(
    summaryOf(ITEMS, decided),
    'Of 6 annotations: 2 are added, 1 replaces yours, 1 is left out, 1 is here already, 1 has no bytes here.',
  );
});

test('fields that are not the same are named, also the bytes', () => {
  const other = { ...words, label: 'b', ranges: [{ offset: 1, length: 4 }] };
  assert.deepEqual([...differing(words, other)], ['label', 'ranges']);
  assert.deepEqual([...differing(words, words)], []);
  assert.deepEqual([...differing(words, null)], []);
});

test('a group is decided at once: what is new or changed of it, no conflict and nothing of another group', () => {
  const grouped = (number: number, state: AnnotationMergeRow['state'], group: string | null) => {
    const row = item(number, state, state === 'conflict' ? 'Ines' : null);
    return { ...row, theirs: { ...row.theirs, group } };
  };
  const rows = [
    grouped(1, 'new', 'A'),
    grouped(2, 'changed', 'A'),
    grouped(3, 'conflict', 'A'),
    grouped(4, 'new', 'B'),
    grouped(5, 'same', 'A'),
  ];
  const [first] = rows;
  assert.ok(first);
  const left = decideGroup(rows, firstDecisions(rows), first, 'keep');
  assert.deepEqual(
    [...left],
    [
      [1, 'keep'],
      [2, 'keep'],
      [4, 'add'],
    ],
  );
  assert.deepEqual(wanted(decideGroup(rows, left, first, 'add')).add, [1, 2, 4]);
});
