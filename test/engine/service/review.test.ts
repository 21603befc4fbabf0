import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;

async function imported(engine: EngineProcess): Promise<string> {
  const location = join(temporaryFolder(), 'case');
  await engine.ask('case.create', { location, name: 'Review', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  return location;
}

test('bytes of the seed are annotated, counted, changed, undone and done again', async () => {
  await using engine = new EngineProcess();
  const location = await imported(engine);
  const [seed] = await engine.ask('seed.list', {});
  assert.ok(seed);
  const { sha256, size } = seed.seed;
  const content = { ranges: [{ offset: 0, length: 4 }], kind: 'explained' as const, label: 'Magic' };
  const made = await engine.ask('seed.annotate', { seed: sha256, content });
  const explained = async () => (await engine.ask('seed.coverage', {})).seeds[0]?.explained;
  assert.equal(await explained(), 4);
  await engine.ask('seed.change', { id: made.id, content: { ...content, kind: 'question' as const } });
  assert.equal(await explained(), 0);
  await engine.ask('review.undo', {});
  assert.equal(await explained(), 4);
  await engine.ask('review.redo', {});
  await engine.ask('seed.resolve', { id: made.id, reason: 'it is ELF' });
  const beyond = { ...content, ranges: [{ offset: size, length: 1 }] };
  await assert.rejects(
    engine.ask('seed.annotate', { seed: sha256, content: beyond }),
    code('annotation.bad-range'),
  );
  await engine.ask('case.open', { location, by: 'Ben' });
  await assert.rejects(engine.ask('seed.change', { id: made.id, content }), code('annotation.not-yours'));
  await assert.rejects(engine.ask('review.undo', {}), code('undo.nothing'));
  const { annotations } = await engine.ask('seed.annotations', { seed: sha256 });
  assert.deepEqual(
    annotations.map(each => [each.by, each.resolution?.reason]),
    [['Ada', 'it is ELF']],
  );
});

test('the source of a seed stands beside its bytes, line by line', async () => {
  await using engine = new EngineProcess();
  await imported(engine);
  const [seed] = await engine.ask('seed.list', {});
  const source = await engine.ask('seed.source', { seed: seed?.seed.sha256 ?? '' });
  assert.ok(source?.assembles);
  const text = source.text.split('\n');
  let next = 0;
  for (const [line, offset, length] of source.lines) {
    assert.equal(offset, next);
    const digits = (text[line - 1] ?? '').replace(/[#;].*/, '').replace(/\s/g, '');
    assert.ok(digits.length >= length * 2 - 1, `line ${line}`);
    next += length;
  }
  assert.equal(next, seed?.seed.size);
  const templates = await engine.ask('seed.templates', { seed: seed?.seed.sha256 ?? '' });
  assert.ok(templates.length > 0 && templates.every(each => each.fits && each.accepted.length === 0));
  const agreed = { seed: seed?.seed.sha256 ?? '', number: 1 };
  await engine.ask('seed.accept-template', agreed);
  await engine.ask('seed.accept-template', agreed).catch(() => {});
  const { annotations } = await engine.ask('seed.annotations', { seed: agreed.seed });
  assert.deepEqual(
    annotations.map(each => [each.by, each.origin?.from]),
    [['Ada', 'template']],
  );
  assert.deepEqual((await engine.ask('seed.templates', { seed: agreed.seed }))[0]?.accepted, ['Ada']);
});

test('the checklist is answered and the scope written; a raised finding is commented and settled', async () => {
  await using engine = new EngineProcess();
  await imported(engine);
  const { items } = await engine.ask('checklist.get', {});
  const [first] = items;
  assert.ok(first);
  await engine.ask('checklist.answer', { id: first.id, answer: 'done' });
  await assert.rejects(
    engine.ask('checklist.answer', { id: first.id, answer: 'not-applicable' }),
    code('checklist.no-note'),
  );
  const answered = (await engine.ask('checklist.get', {})).items[0];
  assert.deepEqual([answered?.answer, answered?.answered?.by], ['done', 'Ada']);
  await engine.ask('scope.set', { text: 'The amd64 chain. Not covered: firmware.' });
  assert.match((await engine.ask('scope.get', {})).scope?.text ?? '', /firmware/);
  const { key } = await engine.ask('findings.raise', {
    severity: 'medium',
    message: 'The header asks for more than it needs',
    where: 'seed/hex0',
  });
  await engine.ask('findings.comment', { key, text: 'Seen in the first 64 bytes.' });
  await engine.ask('findings.resolve', { key, reason: 'Explained upstream.' });
  const finding = (await engine.ask('findings.list', {})).find(each => each.key === key);
  assert.deepEqual([finding?.state, finding?.raised?.by], ['resolved', 'Ada']);
  assert.equal((await engine.ask('findings.comments', {})).comments.length, 1);
  await assert.rejects(engine.ask('findings.comment', { key: 'nothing', text: 'x' }), code('finding.none'));
});

test('bytes that were changed under a case are not shown as the seed', async () => {
  await using engine = new EngineProcess();
  const location = await imported(engine);
  const [seed] = await engine.ask('seed.list', {});
  const { sha256, size } = seed?.seed ?? { sha256: '', size: 0 };
  const path = join(location, 'objects', sha256.slice(0, 2), sha256.slice(2));
  const bytes = readFileSync(path);
  assert.equal(bytes.length, size);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
  await assert.rejects(
    engine.ask('object.bytes', { sha256, offset: 96, length: 16 }),
    code('object.damaged'),
  );
});
