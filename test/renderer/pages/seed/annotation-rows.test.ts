import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnnotationRow } from '../../../../main/contract/requests/index.ts';
import {
  ALL,
  byGravity,
  filterWords,
  listed,
  rowsOf,
} from '../../../../renderer/pages/seed/annotation-rows.ts';

type Given = Partial<AnnotationRow> & { readonly offset: number; readonly event: number };

function annotation({ offset, ...given }: Given): AnnotationRow {
  return {
    id: `a${given.event}`,
    seed: '',
    ranges: [{ offset, length: 4 }],
    kind: 'explained',
    label: `at ${offset}`,
    note: '',
    group: null,
    colour: null,
    by: 'Ada',
    at: '2026-01-01T00:00:00Z',
    origin: null,
    changed: null,
    resolution: null,
    ...given,
  };
}

const act = { by: 'Ada', at: '2026-01-01T00:00:00Z', event: 9 };
const SAID = [
  annotation({ event: 1, offset: 40, group: 'Headers', by: 'Ines' }),
  annotation({ event: 2, offset: 8, kind: 'question', note: 'the Needle' }),
  annotation({ event: 3, offset: 0, kind: 'concern', group: 'Code', changed: act }),
  annotation({ event: 4, offset: 16, kind: 'question', resolution: { ...act, reason: 'is so' } }),
  annotation({ event: 5, offset: 20, group: 'Headers' }),
];
const numbers = (options: Partial<typeof ALL>) =>
  listed(SAID, { ...ALL, ...options }).map(({ number }) => number);

test('a list keeps the numbers of its annotations in every order', () => {
  assert.deepEqual(numbers({}), [3, 2, 4, 5, 1]);
  assert.deepEqual(numbers({ order: 'newest' }), [3, 5, 4, 2, 1]);
  assert.deepEqual(numbers({ order: 'kind' }), [3, 2, 4, 5, 1]);
  assert.deepEqual(numbers({ order: 'person' }), [3, 2, 4, 5, 1]);
});

test('a filter narrows by each of its parts, and says so', () => {
  assert.deepEqual(numbers({ kind: 'question' }), [2, 4]);
  assert.deepEqual(numbers({ open: true }), [3, 2]);
  assert.deepEqual(numbers({ by: 'Ines' }), [1]);
  assert.deepEqual(numbers({ group: 'Headers' }), [5, 1]);
  assert.deepEqual(numbers({ text: ' needle ' }), [2]);
  assert.equal(filterWords(ALL), '');
  assert.equal(filterWords({ ...ALL, order: 'newest', grouped: true }), '');
  assert.equal(
    filterWords({ ...ALL, kind: 'question', by: 'Ines\u202e', group: 'Code', open: true, text: 'x' }),
    'open questions by Ines⟦U+202E⟧, in “Code”, with “x”',
  );
});

test('groups stand under their heads, closed ones hide what is in them, and what is in none comes last', () => {
  const shown = (closed: readonly string[]) =>
    rowsOf(listed(SAID, ALL), true, new Set(closed)).map(row =>
      row.group === undefined ? row.number : `${row.group} ${row.count}`,
    );
  assert.deepEqual(shown([]), ['Code 1', 3, 'Headers 2', 5, 1, 2, 4]);
  assert.deepEqual(shown(['Headers']), ['Code 1', 3, 'Headers 2', 2, 4]);
});

test('what a person says of bytes stands under the gravest of it', () => {
  assert.deepEqual(byGravity(['explained', 'question', 'concern']), ['concern', 'question', 'explained']);
  assert.deepEqual(byGravity(['explained']), ['explained']);
});
