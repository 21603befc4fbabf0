import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

const code = (expected: string) => (error: unknown) =>
  error instanceof EngineError && error.problem.code === expected;
const content = (offset: number, length: number, label: string, kind = 'explained' as const) => ({
  ranges: [{ offset, length }],
  kind,
  label,
  note: `note on ${label}`,
  group: `group of ${label}`,
});

test('no answer tells a blind reviewer what others say of the seed; ending it shows both, and where they differ', async () => {
  await using engine = new EngineProcess();
  const location = join(temporaryFolder(), 'case');
  await engine.ask('case.create', { location, name: 'Review', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  const [checked] = await engine.ask('seed.list', {});
  const seed = checked?.seed.sha256 ?? '';
  const theirs = await engine.ask('seed.annotate', { seed, content: content(0, 64, 'secret words') });
  const doubt = await engine.ask('seed.annotate', {
    seed,
    content: content(100, 4, 'secret doubt', 'question' as never),
  });
  await engine.ask('seed.accept-template', { seed, number: 1 });
  await engine.ask('case.open', { location, by: 'Ben' });
  const begun = await engine.ask('seed.blind.begin', { seed });
  assert.deepEqual([begun.hides, begun.reviews[0]?.by, begun.reviews[0]?.others], [true, 'Ben', 3]);
  await assert.rejects(engine.ask('seed.blind.begin', { seed }), code('blind.goes-on'));
  const own = await engine.ask('seed.annotate', { seed, content: content(60, 8, 'own') });
  const answers = {
    annotations: await engine.ask('seed.annotations', { seed }),
    coverage: await engine.ask('seed.coverage', {}),
    templates: await engine.ask('seed.templates', { seed }),
    groups: await engine.ask('seed.groups', { seed }),
    custody: await engine.ask('case.custody', { limit: 100 }),
    overview: await engine.ask('case.overview', {}),
    disagreements: await engine.ask('seed.disagreements', { seed }),
    status: await engine.ask('seed.blind.status', { seed }),
  };
  assert.doesNotMatch(JSON.stringify(answers), /secret/);
  assert.deepEqual(
    answers.annotations.annotations.map(({ id }) => id),
    [own.id],
  );
  const [coverage] = answers.coverage.seeds;
  assert.deepEqual([coverage?.explained, coverage?.byTwo, coverage?.reviewers.length], [8, 0, 1]);
  assert.deepEqual(coverage?.open, { questions: 0, concerns: 0 });
  assert.ok(answers.templates.every(({ accepted }) => accepted.length === 0));
  assert.equal(answers.disagreements.hidden, true);
  const alike = { ...content(68, 2, 'alike'), group: 'group of secret words' };
  await engine.ask('seed.annotate', { seed, content: alike });
  const renamed = { seed, from: 'group of secret words', to: 'other' };
  assert.deepEqual(await engine.ask('seed.rename-group', renamed), { changed: 1, others: 0 });
  await engine.ask('review.undo', {});
  await engine.ask('review.undo', {});
  await assert.rejects(engine.ask('seed.history', { id: theirs.id }), code('review.unknown'));
  await assert.rejects(
    engine.ask('seed.resolve', { id: doubt.id, reason: 'no doubt' }),
    code('review.unknown'),
  );
  await assert.rejects(engine.ask('seed.remove', { id: theirs.id }), code('review.unknown'));
  const file = join(temporaryFolder(), 'own.json');
  await engine.ask('seed.export', { seed, location: file });
  assert.doesNotMatch(readFileSync(file, 'utf8'), /secret/);
  await assert.rejects(engine.ask('seed.import-look', { seed, location: file }), code('blind.goes-on'));
  const ended = await engine.ask('seed.blind.end', { seed });
  assert.deepEqual([ended.hides, ended.reviews[0]?.explained, ended.reviews[0]?.whole], [false, 8, false]);
  await assert.rejects(engine.ask('seed.blind.end', { seed }), code('blind.not-begun'));
  const after = await engine.ask('seed.coverage', {});
  assert.equal(after.seeds[0]?.byTwo, 4);
  assert.equal(after.seeds[0]?.byTwoBlind, 4);
  const { disagreements } = await engine.ask('seed.disagreements', { seed });
  assert.deepEqual(
    disagreements.find(({ offset }) => offset === 100),
    {
      offset: 100,
      length: 4,
      what: 'one',
      sides: [{ by: 'Ada', kinds: ['question'], annotations: [doubt.id] }],
    },
  );
});

test('the draft of the report leaves out what a blind reviewer is not shown, and says so; signing is refused', async () => {
  await using engine = new EngineProcess();
  const folder = temporaryFolder();
  const location = join(folder, 'case');
  await engine.ask('case.create', { location, name: 'Whole', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  await engine.ask('replay.run', {});
  const [checked] = await engine.ask('seed.list', {});
  const seed = checked?.seed.sha256 ?? '';
  await engine.ask('seed.annotate', { seed, content: content(0, 276, 'secret words') });
  await engine.ask('case.open', { location, by: 'Ben' });
  assert.match((await engine.ask('report.preview', {})).html, /secret words/);
  await engine.ask('seed.blind.begin', { seed });
  await engine.ask('seed.annotate', { seed, content: content(0, 4, 'own words') });
  const { html } = await engine.ask('report.preview', {});
  assert.match(html, /own words/);
  assert.match(html, /You review a seed blind/);
  assert.doesNotMatch(html, /secret/);
  const open = (await engine.ask('case.overview', {})).open.map(({ text }) => text).join();
  assert.match(open, /272 of 276 bytes of hex0-seed are not explained/);
  const verdict = await engine.ask('verdict.get', {});
  assert.equal(verdict?.seedReview.explainedBytes, 4);
  const target = join(folder, 'report.tar');
  await assert.rejects(engine.ask('report.export', { location: target }), code('blind.goes-on'));
  await engine.ask('case.open', { location, by: 'Ada' });
  assert.match((await engine.ask('report.preview', {})).html, /secret words/);
  await engine.ask('report.export', { location: target });
  const { html: sealed } = await engine.ask('report.verify', { location: target });
  assert.match(
    (sealed ?? '').replace(/<[^>]*>/g, ''),
    /Ben: begun at event \d+, not ended, 4 of 276 bytes explained/,
  );
});
