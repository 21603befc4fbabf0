import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION } from '../../../main/engine/base/index.ts';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

/** The embedded bundle with files in it that no chain reads. */
function source(folder: string): string {
  const made = join(folder, 'source');
  cpSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle'), made, { recursive: true });
  mkdirSync(join(made, 'more/empty'), { recursive: true });
  writeFileSync(join(made, 'more/one.txt'), 'first line\nNeedle here\nlast');
  writeFileSync(join(made, 'more/evil\u202e.txt'), 'needle\n');
  writeFileSync(join(made, 'more/program'), Buffer.from('7f454c4602010100deadbeef', 'hex'));
  return made;
}

async function opened(folder: string, engine: EngineProcess): Promise<void> {
  const location = join(folder, 'case');
  await engine.ask('case.create', { location, name: 'Review', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [source(folder)] });
}

const rowOf = async (engine: EngineProcess, path: string) => (await engine.ask('bundle.entry', { path })).row;

test('files are reviewed by two people, counted per folder, and asked for one after the other', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  await opened(folder, engine);
  const all = await engine.ask('bundle.next', { path: '' });
  assert.equal(all.left, (await engine.ask('bundle.summary', {}))?.files);
  assert.equal((await engine.ask('bundle.review', { paths: ['more'], reviewed: true })).files, 3);
  assert.equal((await engine.ask('bundle.review', { paths: ['more'], reviewed: true })).files, 0);
  const more = await rowOf(engine, 'more');
  assert.deepEqual([more.files, more.reviewed, more.byTwo], [3, 3, 0]);
  await engine.ask('case.close', {});
  await engine.ask('case.open', { location: join(folder, 'case'), by: 'Ben' });
  await engine.ask('bundle.review', { paths: ['more/one.txt'], reviewed: true });
  assert.deepEqual((await rowOf(engine, 'more/one.txt')).reviewers, ['Ada', 'Ben']);
  assert.equal((await rowOf(engine, 'more')).byTwo, 1);
  assert.deepEqual((await engine.ask('bundle.reviewers', {})).people, [
    { name: 'Ada', files: 3 },
    { name: 'Ben', files: 1 },
  ]);
  const next = await engine.ask('bundle.next', { path: 'more/one.txt' });
  assert.equal(next.left, all.left - 1);
  assert.equal(next.path, 'more/program');
  await engine.ask('review.undo', {});
  assert.equal((await rowOf(engine, 'more')).byTwo, 0);
  await assert.rejects(
    engine.ask('bundle.review', { paths: ['more/one.txt'], reviewed: false }),
    code('review.not-reviewed'),
  );
});

test('comments stand on lines, are settled and taken away, and only their author takes them away', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  await opened(folder, engine);
  const path = 'more/one.txt';
  const { id } = await engine.ask('bundle.comment', { path, line: 2, text: ' why? ' });
  await engine.ask('bundle.comment', { path, line: null, text: 'whole file' });
  await assert.rejects(engine.ask('bundle.comment', { path, line: 9, text: 'x' }), code('comment.no-line'));
  assert.equal((await rowOf(engine, 'more')).comments, 2);
  await engine.ask('bundle.settle-comment', { id, reason: 'because' });
  assert.equal((await rowOf(engine, 'more')).comments, 1);
  const { comments } = await engine.ask('bundle.comments', { path });
  assert.deepEqual(
    comments.map(({ text, on, current, resolution }) => [
      text,
      'line' in on && on.line,
      current,
      resolution?.reason ?? null,
    ]),
    [
      ['why?', 2, true, 'because'],
      ['whole file', null, true, null],
    ],
  );
  await engine.ask('case.close', {});
  await engine.ask('case.open', { location: join(folder, 'case'), by: 'Ben' });
  await assert.rejects(engine.ask('bundle.remove-comment', { id }), code('comment.not-yours'));
});

test('what the chain reads and what it does not are told apart, folders by what is in them', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  await opened(folder, engine);
  const names = async (show: 'all' | 'used' | 'unused', at = '') =>
    (await engine.ask('bundle.children', { folder: at, offset: 0, limit: 100, show })).rows.map(
      row => row.name,
    );
  const [used, unused] = [await names('used'), await names('unused')];
  assert.ok(used.includes('src') && used.includes('seed') && !used.includes('more'));
  assert.ok(unused.includes('more'));
  assert.deepEqual((await names('all')).toSorted(), [...new Set([...used, ...unused])].toSorted());
  const place = (path: string, show: 'all' | 'used' | 'unused') => engine.ask('bundle.place', { path, show });
  assert.deepEqual(await place('more', 'used'), { place: null });
  assert.deepEqual(await place('more', 'unused'), { place: unused.indexOf('more') });
  const { unused: count } = await engine.ask('bundle.flags', {});
  const summary = await engine.ask('bundle.summary', {});
  assert.equal(count, (summary?.files ?? 0) - (summary?.used ?? 0));
});

test('search by name, by text and by bytes; what import noticed; a copy of a file', async () => {
  const folder = temporaryFolder();
  await using engine = new EngineProcess();
  await opened(folder, engine);
  const search = (text: string, within: 'name' | 'content' | 'bytes', exact = false) =>
    engine.ask('bundle.search', { text, in: within, exact, limit: 10 });
  assert.deepEqual(
    (await search('one.t', 'name')).hits.map(hit => hit.path),
    ['more/one.txt'],
  );
  assert.deepEqual(
    (await search('NEEDLE', 'content')).hits.map(({ path, line }) => [path, line]),
    [
      ['more/evil\u202e.txt', 1],
      ['more/one.txt', 2],
    ],
  );
  assert.equal((await search('NEEDLE', 'content', true)).hits.length, 0);
  assert.deepEqual(
    (await search('de ad ?? ef', 'bytes')).hits.map(({ path, offset }) => [path, offset]),
    [['more/program', 8]],
  );
  await assert.rejects(search('xyz', 'bytes'), code('search.bad-pattern'));
  const notices = await engine.ask('bundle.flags', {});
  assert.deepEqual(notices.flags, [{ flag: 'bidi-name', count: 1, paths: ['more/evil\u202e.txt'] }]);
  assert.deepEqual(notices.programs.paths, ['more/program', 'seed/kaem-seed']);
  assert.deepEqual(notices.empty.paths, ['more/empty']);
  const copy = join(folder, 'copy');
  await engine.ask('bundle.export', { path: 'more/one.txt', location: copy });
  assert.equal(readFileSync(copy, 'utf8'), 'first line\nNeedle here\nlast');
  await assert.rejects(engine.ask('bundle.export', { path: 'more', location: join(folder, 'no') }));
  assert.ok(!existsSync(join(folder, 'no')));
});
