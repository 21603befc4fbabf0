import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArtifactRow, Output, StepRow } from '../../../../main/contract/requests/index.ts';
import { matches, rowsOf, stagesOf } from '../../../../renderer/pages/chain/rows.ts';

type Plan = NonNullable<Output<'chain.plan'>>;

function step(number: number, change: Partial<StepRow> = {}): StepRow {
  return {
    number,
    id: `s${number}`,
    stage: 'one',
    title: `Step ${number}`,
    action: 'run',
    origin: { file: 'kit.toml', line: number },
    program: 'bin/tool',
    outcome: 'not-run',
    seconds: null,
    programs: null,
    wrote: 0,
    plans: `out/${number}`,
    plansMore: 0,
    ...change,
  };
}

function artifact(path: string, change: Partial<ArtifactRow> = {}): ArtifactRow {
  return {
    path,
    step: null,
    size: null,
    sha256: null,
    verdict: 'not-run',
    result: true,
    expectations: [
      { path, sha256: 'a'.repeat(64), size: null, source: 'kit', origin: { file: 'kit.toml', line: 9 } },
    ],
    waiver: null,
    ...change,
  };
}

const rows = (steps: readonly StepRow[], artifacts: readonly ArtifactRow[], running: number | null = null) =>
  rowsOf({ steps } as unknown as Plan, artifacts, running);

test('a step that has not run says what the plan and the publishers say of it', () => {
  const [planned, plain, moved] = rows(
    [step(1, { plansMore: 2 }), step(2), step(3, { plans: null, action: 'mkdir', program: null })],
    [artifact('out/1')],
    2,
  );
  assert.deepEqual(
    [planned?.writes, planned?.wrote, planned?.more, planned?.artifact?.expectations.length, planned?.words],
    ['out/1', false, 2, 1, 'not run'],
  );
  assert.deepEqual([plain?.writes, plain?.artifact, plain?.state], ['out/2', null, 'running']);
  assert.equal(moved?.writes, null);
  assert.ok(planned && matches(planned, 'OUT/1') && !matches(planned, 'out/2'));
});

test('a step that wrote nothing of what it says it writes is told from one that nobody expected anything of', () => {
  const done = { outcome: 'done', seconds: 1 } as const;
  const [nothing, missing, wrote, other] = rows(
    [step(1, done), step(2, done), step(3, { ...done, wrote: 1 }), step(4, { ...done, wrote: 1 })],
    [
      artifact('out/2', { verdict: 'missing' }),
      artifact('out/3', { step: 3, sha256: 'b'.repeat(64), verdict: null, expectations: [] }),
      artifact('out/4', { step: 9, sha256: 'b'.repeat(64) }),
    ],
  );
  assert.deepEqual([nothing?.words, nothing?.wrote], ['wrote nothing', false]);
  assert.deepEqual([missing?.state, missing?.writes], ['missing', 'out/2']);
  assert.deepEqual([wrote?.words, wrote?.wrote], ['no expectation', true]);
  assert.equal(other?.artifact, null, 'what another step wrote there is not this one’s');
  assert.deepEqual([other?.words, other?.writes, other?.wrote], ['replaced later', 'out/4', true]);
});

test('a stage counts what is not as it should be, gravest first', () => {
  const steps = [
    step(1, { outcome: 'done', wrote: 1 }),
    step(2, { outcome: 'failed' }),
    step(3, { stage: 'two' }),
    step(4, { stage: 'two' }),
  ];
  const artifacts = [artifact('out/1', { step: 1, sha256: 'b'.repeat(64), verdict: 'differs' })];
  const plan = { stages: [{ id: 'one', title: 'The first' }] };
  const stages = stagesOf(plan, rows(steps, artifacts, 3));
  const told = [...stages.values()].map(({ title, first, last, counts }) => [
    title,
    first,
    last,
    ...counts.map(({ count, words }) => `${count} ${words}`),
  ]);
  assert.deepEqual(told, [
    ['The first', 1, 2, '1 failed', '1 differs'],
    ['two', 3, 4, '1 running', '1 not run'],
  ]);
});
