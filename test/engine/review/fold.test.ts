import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CaseEvent, NewEvent } from '../../../main/engine/case/index.ts';
import { type Annotation, type FileReview, Review, reviewOf } from '../../../main/engine/review/index.ts';
import { idOf, logOf, SEED, SEED_SIZE } from './events.ts';

type Act = NewEvent & { readonly by: string };

const by = fc.constantFrom('Ines', 'Jon');
const id = fc.integer({ min: 1, max: 4 }).map(idOf);
const sha256 = fc.constantFrom('1'.repeat(64), '2'.repeat(64));
const path = fc.constantFrom('a', 'b', 'c');
const content = fc
  .tuple(
    fc.integer({ min: 0, max: SEED_SIZE + 2 }),
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom('explained' as const, 'question' as const),
    fc.constantFrom('one', 'two'),
  )
  .map(([offset, length, kind, label]) => ({
    ranges: [{ offset, length }],
    kind,
    label,
    note: '',
    group: null,
    colour: null,
  }));
const number = fc.integer({ min: 1, max: 30 });

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(by, id, content)
        .map(
          ([by, id, rest]): Act => ({ type: 'seed-annotated', by, id, seed: SEED, ...rest, origin: null }),
        ),
    },
    fc.tuple(by, id, content).map(([by, id, rest]): Act => ({ type: 'annotation-changed', by, id, ...rest })),
    fc.tuple(by, id).map(([by, id]): Act => ({ type: 'annotation-removed', by, id })),
    fc.tuple(by, id).map(([by, id]): Act => ({ type: 'annotation-resolved', by, id, reason: 'r' })),
    fc
      .tuple(by, path, sha256)
      .map(([by, path, sha256]): Act => ({ type: 'file-reviewed', by, files: [{ path, sha256 }] })),
    fc
      .tuple(by, path, sha256)
      .map(([by, path, sha256]): Act => ({ type: 'review-withdrawn', by, files: [{ path, sha256 }] })),
    fc.tuple(by, fc.string({ maxLength: 3 })).map(([by, text]): Act => ({ type: 'scope-set', by, text })),
    { weight: 4, arbitrary: fc.tuple(by, number).map(([by, event]): Act => ({ type: 'undone', by, event })) },
    { weight: 3, arbitrary: fc.tuple(by, number).map(([by, event]): Act => ({ type: 'redone', by, event })) },
  ),
  { maxLength: 40 },
);

/** The state the slow and plain way: which events were taken, which of them are in force, and what these come to. */
function plainly(events: readonly CaseEvent[]) {
  const taken: CaseEvent[] = [];
  const undone = new Set<number>();
  const inSeed = (ranges: readonly { offset: number; length: number }[]) =>
    ranges.every(({ offset, length }) => offset + length <= SEED_SIZE);
  const maker = (id: string) => taken.find(event => event.type === 'seed-annotated' && event.id === id)?.by;
  for (const event of events) {
    if (event.type === 'undone' || event.type === 'redone') {
      const target = taken.find(other => other.seq === event.event);
      if (target?.by !== event.by || undone.has(target.seq) === (event.type === 'undone')) continue;
      if (event.type === 'undone') undone.add(target.seq);
      else undone.delete(target.seq);
    } else if (event.type === 'seed-annotated') {
      if (maker(event.id) === undefined && inSeed(event.ranges)) taken.push(event);
    } else if (event.type === 'annotation-changed') {
      if (maker(event.id) === event.by && inSeed(event.ranges)) taken.push(event);
    } else if (event.type === 'annotation-removed') {
      if (maker(event.id) === event.by) taken.push(event);
    } else if (event.type === 'annotation-resolved') {
      if (maker(event.id) !== undefined) taken.push(event);
    } else if (event.type !== 'seed-checked') taken.push(event);
  }
  const labels = new Map<string, string>();
  const files = new Map<string, string>();
  let scope = '';
  for (const event of taken.filter(({ seq }) => !undone.has(seq))) {
    if (event.type === 'seed-annotated') labels.set(event.id, event.label);
    if (event.type === 'annotation-changed' && labels.has(event.id)) labels.set(event.id, event.label);
    if (event.type === 'annotation-removed') labels.delete(event.id);
    if (event.type === 'file-reviewed')
      for (const file of event.files) files.set(`${file.path} ${event.by}`, file.sha256);
    if (event.type === 'review-withdrawn')
      for (const file of event.files) files.delete(`${file.path} ${event.by}`);
    if (event.type === 'scope-set') scope = event.text;
  }
  return { labels, files, scope };
}

function seenIn(review: Review) {
  const label = ({ id, label }: Annotation): [string, string] => [id, label];
  const file = ({ path, by, sha256 }: FileReview): [string, string] => [`${path} ${by}`, sha256];
  return {
    labels: new Map(review.annotations().map(label)),
    files: new Map(review.files().map(file)),
    scope: review.scope()?.text ?? '',
  };
}

test('the fold gives what the events in force come to, also when it is asked after each event', () => {
  fc.assert(
    fc.property(acts, given => {
      const events = logOf(given);
      const step = new Review();
      events.forEach((event, i) => {
        step.apply(event);
        assert.deepEqual(seenIn(step), plainly(events.slice(0, i + 1)));
      });
      assert.deepEqual(seenIn(reviewOf(events)), seenIn(step));
    }),
    { numRuns: 300 },
  );
});

test('undoing everything leaves nothing, doing it again leaves everything', () => {
  const works = acts.map(given => given.filter(({ type }) => type !== 'undone' && type !== 'redone'));
  fc.assert(
    fc.property(works, given => {
      const events = logOf(given);
      const review = reviewOf(events);
      const before = seenIn(review);
      let seq = events.length;
      const apply = (type: 'undone' | 'redone', event: number, by: string) => {
        seq += 1;
        review.apply({ type, event, by, seq, at: events[0]?.at ?? '' });
      };
      for (const by of ['Ines', 'Jon']) {
        for (let next = review.actions.nextUndo(by); next; next = review.actions.nextUndo(by))
          apply('undone', next.first, by);
      }
      assert.deepEqual(seenIn(review), { labels: new Map(), files: new Map(), scope: '' });
      for (const by of ['Ines', 'Jon']) {
        for (let next = review.actions.nextRedo(by); next; next = review.actions.nextRedo(by))
          apply('redone', next.first, by);
      }
      assert.deepEqual(seenIn(review), before);
    }),
  );
});

test('something new ends what could be done again', () => {
  const review = reviewOf(
    logOf([
      { type: 'scope-set', by: 'Ines', text: 'one' },
      { type: 'undone', by: 'Ines', event: 2 },
      { type: 'scope-set', by: 'Jon', text: 'two' },
    ]),
  );
  assert.equal(review.actions.nextRedo('Ines')?.first, 2);
  review.apply({ type: 'scope-set', by: 'Ines', text: 'three', seq: 5, at: '2026-11-24T11:15:00.000Z' });
  assert.equal(review.actions.nextRedo('Ines'), null);
  assert.equal(review.actions.nextUndo('Ines')?.first, 5);
});

test('several events of one action are undone together, and nothing joins an action later', () => {
  const files = (path: string) => [{ path, sha256: '1'.repeat(64) }];
  const review = reviewOf(
    logOf([
      { type: 'file-reviewed', by: 'Ines', files: files('a'), action: 2 },
      { type: 'file-reviewed', by: 'Ines', files: files('b'), action: 2 },
      { type: 'file-reviewed', by: 'Jon', files: files('c'), action: 2 },
      { type: 'file-reviewed', by: 'Ines', files: files('d'), action: 2 },
      { type: 'undone', by: 'Ines', event: 3 },
      { type: 'undone', by: 'Ines', event: 2 },
    ]),
  );
  assert.deepEqual(review.files(), []);
  assert.deepEqual(
    review.refused().map(({ event }) => event),
    [4, 5, 6],
  );
});

test('what is not one’s own stays as it is, and is told', () => {
  const made: Act = {
    type: 'seed-annotated',
    by: 'Ines',
    id: idOf(1),
    seed: SEED,
    ranges: [{ offset: 0, length: 4 }],
    kind: 'question',
    label: 'mine',
    note: '',
    group: null,
    colour: null,
    origin: null,
  };
  const { type: _, id: __, seed: ___, origin: ____, by: _____, ...rest } = { ...made, label: 'yours' };
  const review = reviewOf(
    logOf([
      made,
      { type: 'annotation-changed', by: 'Jon', id: idOf(1), ...rest },
      { type: 'annotation-removed', by: 'Jon', id: idOf(1) },
      { type: 'undone', by: 'Jon', event: 2 },
      { type: 'annotation-resolved', by: 'Jon', id: idOf(1), reason: 'looked up' },
    ]),
  );
  assert.equal(review.annotation(idOf(1))?.label, 'mine');
  assert.equal(review.annotation(idOf(1))?.resolution?.by, 'Jon');
  assert.deepEqual(
    review.refused().map(({ event }) => event),
    [3, 4, 5],
  );
});
