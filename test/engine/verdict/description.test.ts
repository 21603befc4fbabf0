import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan } from '../../../main/engine/chain/index.ts';
import { type Evidence, judge } from '../../../main/engine/verdict/index.ts';
import { evidenceOf, MKDIR, PUBLISHED, record, written } from '../../support/evidence.ts';

const BASE = evidenceOf();
const OTHER = 'd'.repeat(64);

/** The judgement of the small kit's replay, with a plan that was read from scripts. */
function judged(change: Partial<Plan>, evidence: Partial<Evidence> = {}) {
  const steps = BASE.plan.steps.map(step => (step.action === 'run' ? { ...step, outputs: [] } : step));
  const plan = { ...BASE.plan, steps, declares: false, description: ['go.kaem'], ...change };
  return judge(evidenceOf({ plan, ...evidence }));
}
const found = (judgement: ReturnType<typeof judge>) =>
  judgement.findings.map(({ code, severity, where }) => [code, severity, where]);

test('steps that declare nothing are not held to it', () => {
  assert.deepEqual(found(judged({})), []);
  assert.deepEqual(found(judged({ declares: true })), [['step.output-undeclared', 'low', 'run']]);
});

test('what the reader noticed is found, with its place', () => {
  const note = (code: string, line: number) => ({ code, message: 'm', origin: { file: 'go.kaem', line } });
  const judgement = judged({ notes: [note('kaem.dropped-word', 3), note('kaem.dropped-line', 7)] });
  assert.deepEqual(found(judgement), [
    ['kaem.dropped-line', 'medium', 'go.kaem:7'],
    ['kaem.dropped-word', 'note', 'go.kaem:3'],
  ]);
  assert.equal(judgement.verdict, 'reproduced');
});

test('a step that writes or removes a script the plan was read from is found', () => {
  const script = { ...written('go.kaem', OTHER) };
  const changed = judged(
    {},
    { records: [MKDIR, record({ written: [written('bin/a', PUBLISHED), script] })] },
  );
  assert.deepEqual(found(changed), [['plan.script-changed', 'high', 'go.kaem']]);
  const removed = judged({}, { records: [MKDIR, record({ removed: ['go.kaem'] })] });
  assert.deepEqual(found(removed), [['plan.script-changed', 'high', 'go.kaem']]);
});

test('before the last step an expected file that is not there was not run, after it it is missing', () => {
  const missing = (records: Evidence['records'], tree: Evidence['tree']) =>
    judged({}, { records, tree }).artifacts.map(artifact => artifact.verdict);
  const tree = { format: 1 as const, results: [], unaccounted: [] };
  assert.deepEqual(missing([MKDIR], null), ['not-run']);
  assert.deepEqual(missing([MKDIR, record({ written: [], outcome: 'failed' })], tree), ['not-run']);
  assert.deepEqual(missing([MKDIR, record({ written: [] })], tree), ['missing']);
});

test('a source that lies among the results as it came is no result; a changed one is', () => {
  const results = [written('bin/a', PUBLISHED), written('bin/note', OTHER)];
  const source =
    (sha256: string): Evidence['source'] =>
    path =>
      path === 'bin/note'
        ? {
            path,
            type: 'file',
            mode: 0o644,
            size: 4,
            offset: 0,
            sha256,
            target: null,
            kind: 'text',
            flags: [],
          }
        : undefined;
  const tree = { format: 1 as const, results, unaccounted: [] };
  assert.deepEqual(found(judged({}, { tree, source: source(OTHER) })), []);
  assert.deepEqual(found(judged({}, { tree, source: source(PUBLISHED) })), [
    ['artifact.unexpected', 'medium', 'bin/note'],
  ]);
});

test('a step that ended with another status than the description foretold says both', () => {
  const steps = BASE.plan.steps.map(step => (step.action === 'run' ? { ...step, expectedStatus: 1 } : step));
  const judgement = judged({ steps }, { records: [MKDIR, record({ outcome: 'failed' })] });
  assert.match(judgement.findings[0]?.message ?? '', /ended with status 0 instead of 1$/);
});
