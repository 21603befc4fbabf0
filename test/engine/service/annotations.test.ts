import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

/** A case of the embedded kit, opened by Ada, with its bundle imported; gives its folder and the hash of its seed. */
async function imported(engine: EngineProcess): Promise<{ location: string; seed: string }> {
  const location = join(temporaryFolder(), 'case');
  await engine.ask('case.create', { location, name: 'Review', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  const [seed] = await engine.ask('seed.list', {});
  assert.ok(seed);
  return { location, seed: seed.seed.sha256 };
}

const content = (offset: number, label: string, group: string | null = null) => ({
  ranges: [{ offset, length: 2 }],
  kind: 'explained' as const,
  label,
  group,
});

test('many annotations are made, changed and removed, each as one action that undo takes back whole', async () => {
  await using engine = new EngineProcess();
  const { seed } = await imported(engine);
  const all = async () => (await engine.ask('seed.annotations', { seed })).annotations;
  const made = await engine.ask('seed.annotate-many', {
    seed,
    contents: [content(0, 'a', 'head'), content(4, 'b', 'head'), content(8, 'c')],
  });
  const ids = made.annotations.map(({ id }) => id);
  assert.equal((await all()).length, 3);
  const changed = await engine.ask('seed.change-many', { ids, kind: 'question', colour: 'violet' });
  assert.deepEqual(
    changed.annotations.map(({ kind, colour, group, label }) => [kind, colour, group, label]),
    [
      ['question', 'violet', 'head', 'a'],
      ['question', 'violet', 'head', 'b'],
      ['question', 'violet', null, 'c'],
    ],
  );
  await engine.ask('review.undo', {});
  assert.deepEqual(
    [...new Set((await all()).map(({ kind, colour }) => `${kind} ${colour}`))],
    ['explained null'],
  );
  await engine.ask('seed.remove-many', { ids: ids.slice(0, 2) });
  assert.equal((await all()).length, 1);
  await engine.ask('review.undo', {});
  assert.equal((await all()).length, 3);
  await engine.ask('review.undo', {});
  assert.equal((await all()).length, 0);
});

test('several templates of the kit are agreed to as one action', async () => {
  await using engine = new EngineProcess();
  const { seed } = await imported(engine);
  const templates = await engine.ask('seed.templates', { seed });
  assert.equal(templates[0]?.expect, '7f454c46');
  const agreed = await engine.ask('seed.accept-templates', { seed, numbers: [1, 2, 3] });
  assert.equal(agreed.annotations.length, 3);
  const again = await engine.ask('seed.accept-templates', { seed, numbers: [3, 4] });
  assert.equal(again.annotations.length, 1);
  await engine.ask('review.undo', {});
  await engine.ask('review.undo', {});
  assert.equal((await engine.ask('seed.annotations', { seed })).annotations.length, 0);
});

test('a colour is kept by a change that does not name one', async () => {
  await using engine = new EngineProcess();
  const { seed } = await imported(engine);
  const made = await engine.ask('seed.annotate', { seed, content: { ...content(0, 'a'), colour: 'rose' } });
  assert.equal(made.colour, 'rose');
  const changed = await engine.ask('seed.change', { id: made.id, content: content(0, 'b') });
  assert.deepEqual([changed.label, changed.colour], ['b', 'rose']);
  const cleared = await engine.ask('seed.change', {
    id: made.id,
    content: { ...content(0, 'b'), colour: null },
  });
  assert.equal(cleared.colour, null);
});

test('only one’s own annotations are changed: one of somebody else among many stops all', async () => {
  await using engine = new EngineProcess();
  const { location, seed } = await imported(engine);
  const theirs = await engine.ask('seed.annotate', { seed, content: content(0, 'a') });
  await engine.ask('case.open', { location, by: 'Ben' });
  const own = await engine.ask('seed.annotate', { seed, content: content(4, 'b') });
  const ids = [own.id, theirs.id];
  await assert.rejects(
    engine.ask('seed.change-many', { ids, kind: 'concern' }),
    code('annotation.not-yours'),
  );
  await assert.rejects(engine.ask('seed.remove-many', { ids }), code('annotation.not-yours'));
  const { annotations } = await engine.ask('seed.annotations', { seed });
  assert.deepEqual(
    annotations.map(({ kind }) => kind),
    ['explained', 'explained'],
  );
});

test('groups are counted, and renaming one changes one’s own annotations in one action', async () => {
  await using engine = new EngineProcess();
  const { location, seed } = await imported(engine);
  await engine.ask('seed.annotate', { seed, content: content(0, 'a', 'head') });
  await engine.ask('case.open', { location, by: 'Ben' });
  await engine.ask('seed.annotate-many', {
    seed,
    contents: [content(1, 'b', 'head'), content(8, 'c', 'head'), content(16, 'd', 'code')],
  });
  const groups = async () =>
    (await engine.ask('seed.groups', { seed })).groups.map(({ name, annotations, bytes, by }) => [
      name,
      annotations,
      bytes,
      by.join(),
    ]);
  assert.deepEqual(await groups(), [
    ['head', 3, 5, 'Ada,Ben'],
    ['code', 1, 2, 'Ben'],
  ]);
  assert.deepEqual(await engine.ask('seed.rename-group', { seed, from: 'head', to: 'header' }), {
    changed: 2,
    others: 1,
  });
  assert.deepEqual(await groups(), [
    ['head', 1, 2, 'Ada'],
    ['header', 2, 4, 'Ben'],
    ['code', 1, 2, 'Ben'],
  ]);
  await engine.ask('review.undo', {});
  assert.equal((await groups()).length, 2);
  await assert.rejects(engine.ask('seed.rename-group', { seed, from: 'none', to: 'x' }), code('group.none'));
});

test('the history of an annotation tells every event, what it changed and what was undone', async () => {
  await using engine = new EngineProcess();
  const { location, seed } = await imported(engine);
  const { id } = await engine.ask('seed.annotate', { seed, content: content(0, 'a') });
  await engine.ask('seed.change', { id, content: { ...content(0, 'b'), kind: 'question' } });
  await engine.ask('review.undo', {});
  await engine.ask('seed.change', { id, content: { ...content(2, 'a'), kind: 'concern', note: 'why' } });
  await engine.ask('case.open', { location, by: 'Ben' });
  await engine.ask('seed.resolve', { id, reason: 'it is padding' });
  await engine.ask('case.open', { location, by: 'Ada' });
  await engine.ask('seed.remove', { id });
  const { events } = await engine.ask('seed.history', { id });
  assert.deepEqual(
    events.map(({ type, by, undone, changed, reason }) => [type, by, undone, changed.join(), reason]),
    [
      ['seed-annotated', 'Ada', false, '', null],
      ['annotation-changed', 'Ada', true, 'kind,label', null],
      ['annotation-changed', 'Ada', false, 'ranges,kind,note', null],
      ['annotation-resolved', 'Ben', false, '', 'it is padding'],
      ['annotation-removed', 'Ada', false, '', null],
    ],
  );
  assert.equal(events[2]?.content?.label, 'a');
  await assert.rejects(engine.ask('seed.history', { id: 'ffffffffffff' }), code('review.unknown'));
});

test('what is being written survives a kill, belongs to one person and one seed, and is no evidence', async () => {
  const draft = {
    id: null,
    ranges: [{ offset: 0, length: 4 }],
    kind: 'question' as const,
    label: '',
    note: 'half a sent',
    group: '',
    colour: null,
  };
  await using engine = new EngineProcess();
  const { location, seed } = await imported(engine);
  const before = await engine.ask('case.summary', {});
  await engine.ask('seed.draft.set', { seed, draft });
  assert.equal((await engine.ask('case.summary', {}))?.events, before?.events);
  engine.child.kill('SIGKILL');
  await using next = new EngineProcess();
  await next.ask('case.open', { location, by: 'Ada' });
  assert.deepEqual((await next.ask('seed.draft.get', { seed })).draft, draft);
  assert.equal((await next.ask('seed.draft.get', { seed: 'a'.repeat(64) })).draft, null);
  await next.ask('case.open', { location, by: 'Ben' });
  assert.equal((await next.ask('seed.draft.get', { seed })).draft, null);
  await next.ask('case.open', { location, by: 'Ada' });
  const [file] = readdirSync(join(location, 'drafts'));
  const path = join(location, 'drafts', file ?? '');
  for (const broken of ['', '{"format":1', readFileSync(path, 'utf8').replace('"Ada"', '"Ben"')]) {
    writeFileSync(path, broken);
    assert.equal((await next.ask('seed.draft.get', { seed })).draft, null);
  }
  await next.ask('seed.draft.set', { seed, draft });
  await next.ask('seed.draft.set', { seed, draft: null });
  assert.deepEqual(await next.ask('seed.draft.get', { seed }), { draft: null, savedAt: null });
  assert.deepEqual(readdirSync(join(location, 'drafts')), []);
});
