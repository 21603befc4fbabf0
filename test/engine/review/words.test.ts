import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AssayError, fixedClock } from '../../../main/engine/base/index.ts';
import { checkedContents, importBundle, openBundle } from '../../../main/engine/bundle/index.ts';
import { createCase, openCase } from '../../../main/engine/case/index.ts';
import {
  answerItem,
  attachExhibit,
  checklistOf,
  commentOnFile,
  commentOnFinding,
  progressOf,
  raiseFinding,
  removeComment,
  resolveComment,
  resolveFinding,
  reviewFiles,
  reviewIn,
  setScope,
  undo,
  waiveFinding,
  withdrawReviews,
  withdrawWaiver,
} from '../../../main/engine/review/index.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const clock = fixedClock('2026-11-24T11:15:00Z');
const FILES = { 'a/one': 'first\nsecond\n', 'a/two': '2', 'b/three': '3', top: '4' };
let serial = 0;

/** A case of Ines with a small bundle. */
async function smallCase(files: Record<string, string> = FILES) {
  serial += 1;
  const source = join(folder, `source-${serial}`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(source, path, '..'), { recursive: true });
    writeFileSync(join(source, path), content);
  }
  const theCase = createCase(join(folder, `case-${serial}`), 'small', '0', { clock, by: 'Ines' });
  const bundle = await openBundle(theCase, await importBundle(theCase, source));
  return { theCase, bundle };
}

test('nothing is said about bytes that are looked at while they are being checked; what was said can be taken back', async () => {
  const { theCase, bundle } = await smallCase();
  using _case = theCase;
  using _bundle = bundle;
  const earlier = commentOnFile(theCase, bundle, { path: 'a/one', line: 1 }, 'Before');
  const sha256 = bundle.entry('a/one')?.sha256 ?? '';
  const endless = join(folder, 'endless');
  writeFileSync(endless, '');
  truncateSync(endless, 2 ** 40);
  const stored = () => {
    const fd = openSync(endless, 'r');
    const damaged = () => new AssayError({ kind: 'input', code: 'never', message: 'never' });
    return { sha256, size: 2 ** 40, offset: 0, fd, damaged, close: () => closeSync(fd) };
  };
  const contents = checkedContents(theCase.objects);
  const stop = new AbortController();
  const check = contents.open(stored(), { signal: stop.signal }).catch((error: unknown) => error);
  using _looked = await contents.look(stored());
  const refused = withCode('bytes.being-checked');
  const before = theCase.log.events.length;
  assert.throws(() => reviewFiles(theCase, bundle, ['a']), refused);
  assert.throws(() => commentOnFile(theCase, bundle, { path: 'a/one', line: 2 }, 'Now'), refused);
  assert.throws(() => resolveComment(theCase, earlier.id, 'Seen'), refused);
  const exhibit = { kind: 'file', path: 'a/one', sha256, line: null } as const;
  assert.throws(() => attachExhibit(theCase, 'raised:x', exhibit), refused);
  assert.equal(theCase.log.events.length, before);
  reviewFiles(theCase, bundle, ['b']);
  removeComment(theCase, earlier.id);
  stop.abort();
  await check;
  assert.equal(reviewFiles(theCase, bundle, ['a']).length, 2);
});

test('a folder is reviewed file by file, for each person, and undone as one action', async () => {
  const { theCase, bundle } = await smallCase();
  using _case = theCase;
  using _bundle = bundle;
  const progress = () =>
    Object.fromEntries(
      progressOf(reviewIn(theCase), bundle.entries()).map(({ path, files, reviewed, byTwo }) => [
        path,
        [files, reviewed, byTwo],
      ]),
    );
  assert.deepEqual(progress(), { '': [4, 0, 0], a: [2, 0, 0], b: [1, 0, 0] });
  assert.equal(reviewFiles(theCase, bundle, ['a', 'top']).length, 3);
  reviewFiles(theCase, bundle, ['a/one'], 'Jon');
  assert.deepEqual(progress(), { '': [4, 3, 1], a: [2, 2, 1], b: [1, 0, 0] });
  assert.equal(reviewFiles(theCase, bundle, ['']).length, 1);
  assert.deepEqual(progress()[''], [4, 4, 1]);
  undo(theCase);
  undo(theCase);
  assert.deepEqual(progress(), { '': [4, 1, 0], a: [2, 1, 0], b: [1, 0, 0] });
  assert.throws(() => withdrawReviews(theCase, ['a']), withCode('review.not-reviewed'));
  withdrawReviews(theCase, ['a'], 'Jon');
  assert.deepEqual(progress()[''], [4, 0, 0]);
  assert.throws(() => reviewFiles(theCase, bundle, ['c']), withCode('review.no-file'));
});

test('many files are several events and one action', async () => {
  const files = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, `${i}`]));
  const { theCase, bundle } = await smallCase(files);
  using _case = theCase;
  using _bundle = bundle;
  const before = theCase.log.events.length;
  reviewFiles(theCase, bundle, ['']);
  assert.equal(theCase.log.events.length - before, 2);
  assert.equal(reviewIn(theCase).files().length, 1001);
  undo(theCase);
  assert.equal(reviewIn(theCase).files().length, 0);
});

test('a file of the same path with another content is not reviewed by the review of the old one', async () => {
  const { theCase, bundle } = await smallCase();
  using _case = theCase;
  reviewFiles(theCase, bundle, ['']);
  bundle.close();
  const source = join(folder, 'changed');
  mkdirSync(join(source, 'a'), { recursive: true });
  writeFileSync(join(source, 'a/one'), 'first\nsecond\n');
  writeFileSync(join(source, 'a/two'), 'changed');
  using other = await openBundle(theCase, await importBundle(theCase, source));
  const [all] = progressOf(reviewIn(theCase), other.entries());
  assert.deepEqual([all?.files, all?.reviewed], [2, 1]);
  assert.equal(reviewFiles(theCase, other, ['']).length, 1);
});

test('comments name a line that is there, are settled by anyone and removed by their author', async () => {
  const { theCase, bundle } = await smallCase();
  using _case = theCase;
  using _bundle = bundle;
  const on = (line: number | null) => ({ path: 'a/one', line });
  const comment = commentOnFile(theCase, bundle, on(2), 'why?');
  assert.throws(() => commentOnFile(theCase, bundle, on(4), 'x'), withCode('comment.no-line'));
  assert.throws(() => removeComment(theCase, comment.id, 'Jon'), withCode('comment.not-yours'));
  assert.equal(resolveComment(theCase, comment.id, 'because', 'Jon').resolution?.by, 'Jon');
  const whole = commentOnFile(theCase, bundle, on(null), 'fine');
  removeComment(theCase, comment.id.slice(0, 5));
  assert.deepEqual(
    reviewIn(theCase)
      .comments()
      .map(({ id }) => id),
    [whole.id],
  );
});

test('checklist, scope and findings say who and why, and survive being closed', async () => {
  const { theCase, bundle } = await smallCase();
  bundle.close();
  const items = [
    { id: 'one', role: 'auditor', text: 'Was it read?' },
    { id: 'two', role: 'reviewer', text: 'Again?' },
  ] as const;
  answerItem(theCase, items, 'one', { answer: 'done', note: 'twice' });
  assert.throws(
    () => answerItem(theCase, items, 'two', { answer: 'not-applicable', note: ' ' }),
    withCode('checklist.no-note'),
  );
  assert.throws(
    () => answerItem(theCase, items, 'three', { answer: 'done', note: '' }),
    withCode('checklist.unknown'),
  );
  setScope(theCase, 'The seed only.');
  const raised = raiseFinding(theCase, { severity: 'high', message: 'odd', where: 'a/one' });
  commentOnFinding(theCase, raised.key, 'see line 2', 'Jon');
  assert.throws(() => resolveFinding(theCase, 'artifact:bin/a', 'x'), withCode('finding.from-evidence'));
  waiveFinding(theCase, 'artifact:bin/a', 'known');
  assert.throws(() => withdrawWaiver(theCase, 'other', ''), withCode('waive.not-waived'));
  resolveFinding(theCase, raised.key, 'a typing error', 'Jon');
  theCase.close();

  using again = openCase(theCase.folder, { readonly: true });
  const review = reviewIn(again);
  assert.deepEqual(
    checklistOf(review, items).map(({ answer, note, answered }) => [answer, note, answered?.by]),
    [
      ['done', 'twice', 'Ines'],
      ['open', '', undefined],
    ],
  );
  assert.equal(review.scope()?.text, 'The seed only.');
  assert.equal(review.raised()[0]?.resolution?.reason, 'a typing error');
  assert.equal(review.waivers()[0]?.reason, 'known');
  assert.deepEqual(review.refused(), []);
});
