import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NewEvent } from '../../../main/engine/case/index.ts';
import { byTwoBlind, disagreementsOf, reviewOf, seenBy } from '../../../main/engine/review/index.ts';
import { idOf, logOf, SEED, SEED_SIZE } from './events.ts';

type Done = NewEvent & { readonly by: string };

const said = (n: number, by: string, offset: number, length: number, kind = 'explained' as const): Done => ({
  type: 'seed-annotated',
  id: idOf(n),
  seed: SEED,
  ranges: [{ offset, length }],
  kind,
  label: `part ${n}`,
  note: '',
  group: null,
  colour: null,
  origin: null,
  by,
});
const changed = (n: number, by: string, offset: number, length: number): Done => {
  const {
    type: _,
    seed: _seed,
    origin: _origin,
    ...rest
  } = said(n, by, offset, length) as Extract<Done, { type: 'seed-annotated' }>;
  return { ...rest, type: 'annotation-changed', label: 'other' };
};
const CASE = '11111111-1111-4111-8111-111111111111';
const begin = (by: string): Done => ({ type: 'blind-review-begun', seed: SEED, by });
const end = (by: string): Done => ({ type: 'blind-review-ended', seed: SEED, by });
const blindBytes = (acts: readonly Done[]) => {
  const review = reviewOf(logOf(acts));
  assert.deepEqual(review.refused(), []);
  return byTwoBlind(SEED_SIZE, review.annotations(SEED), each => review.wroteBlind(each));
};

test('a blind reviewer is shown only what is their own, until it ends; others see all', () => {
  const acts = [said(1, 'Ada', 0, 8), begin('Ben'), said(2, 'Ben', 4, 8), said(3, 'Ada', 20, 4)];
  const during = reviewOf(logOf(acts));
  const ids = (viewer: string | null) =>
    seenBy(during, viewer)
      .annotations(SEED)
      .map(({ id }) => id);
  assert.deepEqual(ids('Ben'), [idOf(2)]);
  assert.deepEqual(ids('Ada'), [idOf(1), idOf(2), idOf(3)]);
  assert.deepEqual(ids(null), [idOf(1), idOf(2), idOf(3)]);
  const ben = seenBy(during, 'Ben');
  assert.equal(ben.annotation(idOf(1)), null);
  assert.deepEqual(ben.annotationHistory(idOf(1)), []);
  assert.deepEqual(
    logOf(acts).map(event => ben.hides(event)),
    [false, true, false, false, true],
  );
  const after = seenBy(reviewOf(logOf([...acts, end('Ben')])), 'Ben');
  assert.equal(after.annotations(SEED).length, 3);
});

test('the log says how much was explained when a blind review ended, and what stood there when it began', () => {
  const acts = [
    said(1, 'Ada', 0, 8),
    begin('Ben'),
    said(2, 'Ben', 0, 16),
    end('Ben'),
    said(3, 'Ben', 16, 48),
  ];
  const [review] = reviewOf(logOf(acts)).blindReviews(SEED);
  assert.deepEqual(
    [review?.begun.event, review?.ended?.event, review?.others, review?.explained, review?.whole],
    [3, 5, 1, 16, false],
  );
  const [open] = reviewOf(logOf([begin('Ben'), said(1, 'Ben', 0, SEED_SIZE)])).blindReviews(SEED);
  assert.deepEqual([open?.ended, open?.explained, open?.whole], [null, SEED_SIZE, true]);
});

test('undo neither ends nor begins a blind review, and takes back what was annotated in it', () => {
  const acts: Done[] = [begin('Ben'), said(1, 'Ben', 0, 8), { type: 'undone', event: 3, by: 'Ben' }];
  const review = reviewOf(logOf(acts));
  assert.deepEqual([...review.blindSeeds('Ben')], [SEED]);
  assert.equal(review.blindReviews(SEED)[0]?.explained, 0);
  assert.equal(review.actions.nextUndo('Ben'), null);
  const wrong = reviewOf(logOf([begin('Ben'), { type: 'undone', event: 2, by: 'Ben' }]));
  assert.deepEqual(
    wrong.refused().map(({ problem }) => problem),
    ['names no action of the review'],
  );
});

test('events of a blind review that cannot be are refused', () => {
  const problems = (acts: readonly Done[]) => reviewOf(logOf(acts)).refused().length;
  assert.equal(problems([begin('Ben'), begin('Ben')]), 1);
  assert.equal(problems([end('Ben')]), 1);
  assert.equal(problems([begin('Ben'), end('Ada')]), 1);
  assert.equal(problems([{ type: 'blind-review-begun', seed: 'b'.repeat(64), by: 'Ben' }]), 1);
  assert.equal(problems([begin('Ben'), end('Ben'), begin('Ben')]), 0);
});

test('bytes by two count as blind only when the one who wrote later could not see the other', () => {
  const ada = said(1, 'Ada', 0, 8);
  assert.equal(blindBytes([ada, begin('Ben'), said(2, 'Ben', 4, 8)]), 4);
  assert.equal(blindBytes([ada, said(2, 'Ben', 4, 8)]), 0);
  assert.equal(blindBytes([begin('Ben'), said(2, 'Ben', 4, 8), end('Ben'), ada]), 0, 'Ada could see it');
  assert.equal(blindBytes([begin('Ada'), begin('Ben'), said(2, 'Ben', 4, 8), ada]), 4, 'both were blind');
  const both = [begin('Ada'), begin('Ben'), ada, said(2, 'Ben', 4, 8), changed(1, 'Ada', 0, 8)];
  assert.equal(blindBytes(both), 4, 'both were blind, one reworded');
  const late = [ada, begin('Ben'), said(2, 'Ben', 4, 8), end('Ben'), changed(2, 'Ben', 0, 8)];
  assert.equal(blindBytes(late), 0, 'reworded after it ended');
  assert.equal(blindBytes([...late.slice(0, 3), changed(2, 'Ben', 0, 8)]), 8, 'reworded within it');
  const origin = { from: 'case' as const, case: CASE, seed: SEED, author: 'Ada' };
  const taken: Done = { ...said(2, 'Ben', 4, 8), origin } as Done;
  assert.equal(blindBytes([ada, begin('Ben'), taken]), 0, 'taken from another case');
});

test('disagreements: doubted, asked and warned, said by one only', () => {
  const acts = [
    said(1, 'Ada', 0, 16),
    said(2, 'Ben', 0, 4),
    said(3, 'Ben', 4, 4, 'question' as never),
    said(4, 'Ada', 32, 8, 'question' as never),
    said(5, 'Ben', 32, 4, 'concern' as never),
    said(6, 'Ben', 36, 4, 'question' as never),
  ];
  const { annotations } = { annotations: reviewOf(logOf(acts)).annotations(SEED) };
  assert.deepEqual(
    disagreementsOf(SEED_SIZE, annotations).map(({ offset, length, what, sides }) => [
      offset,
      length,
      what,
      sides.map(({ by, kinds }) => `${by} ${kinds.join()}`),
    ]),
    [
      [4, 4, 'doubt', ['Ada explained', 'Ben question']],
      [8, 8, 'one', ['Ada explained']],
      [32, 4, 'kinds', ['Ada question', 'Ben concern']],
    ],
  );
});

test('one person cannot disagree, settled questions do not count, nothing said is nothing', () => {
  const alone = reviewOf(logOf([said(1, 'Ada', 0, 8), said(2, 'Ada', 0, 8, 'concern' as never)]));
  assert.deepEqual(disagreementsOf(SEED_SIZE, alone.annotations(SEED)), []);
  const settled = reviewOf(
    logOf([
      said(1, 'Ada', 0, 8),
      said(2, 'Ben', 0, 8),
      said(3, 'Ben', 0, 8, 'question' as never),
      { type: 'annotation-resolved', id: idOf(3), reason: 'clear now', by: 'Ada' },
    ]),
  );
  assert.deepEqual(disagreementsOf(SEED_SIZE, settled.annotations(SEED)), []);
});

test('for any annotations: disagreements ascend, do not overlap, and swapping the people changes none', () => {
  const one = fc.record({
    by: fc.constantFrom('Ada', 'Ben', 'Cleo'),
    offset: fc.nat(SEED_SIZE - 1),
    length: fc.integer({ min: 1, max: 20 }),
    kind: fc.constantFrom('explained', 'question', 'concern') as fc.Arbitrary<'explained'>,
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), marks => {
      const acts = marks.map(({ by, offset, length, kind }, i) =>
        said(i, by, offset, Math.min(length, SEED_SIZE - offset), kind),
      );
      const annotations = reviewOf(logOf(acts)).annotations(SEED);
      const found = disagreementsOf(SEED_SIZE, annotations);
      let at = 0;
      for (const { offset, length } of found) {
        assert.ok(offset >= at && length > 0);
        at = offset + length;
      }
      const bytes = (of: typeof found) => of.map(({ offset, length, what }) => `${offset} ${length} ${what}`);
      const swapped = annotations.map(each => ({
        ...each,
        by: each.by === 'Ada' ? 'Ben' : each.by === 'Ben' ? 'Ada' : 'Cleo',
      }));
      assert.deepEqual(bytes(disagreementsOf(SEED_SIZE, swapped)), bytes(found));
      for (let byte = 0; byte < SEED_SIZE; byte += 1) {
        const here = annotations.filter(
          ({ ranges: [r] }) => r && r.offset <= byte && byte < r.offset + r.length,
        );
        const people = new Set(here.map(({ by }) => by));
        const all = new Set(annotations.map(({ by }) => by)).size;
        const isFound = found.some(({ offset, length }) => offset <= byte && byte < offset + length);
        if (people.size === 0 || all < 2) assert.equal(isFound, false);
        else if (people.size === 1) assert.equal(isFound, true);
        else if (new Set(here.map(({ kind }) => kind)).size === 1) assert.equal(isFound, false);
      }
    }),
  );
});
