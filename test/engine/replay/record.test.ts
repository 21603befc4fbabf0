import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalBytes } from '../../../main/engine/base/index.ts';
import { readStepRecord } from '../../../main/engine/replay/index.ts';
import { withCode } from '../../support/errors.ts';
import { record } from '../../support/evidence.ts';

test('a record is read back as it was written; one of another format is refused by its number', () => {
  assert.deepEqual(readStepRecord(canonicalBytes(record()), 'run'), record());
  const older = canonicalBytes({ ...record(), format: 1 });
  assert.throws(() => readStepRecord(older, 'run'), withCode('evidence.other-format'));
  assert.throws(() => readStepRecord(Buffer.from('{'), 'run'), withCode('evidence.invalid'));
  const wrong = canonicalBytes({ ...record(), outcome: 'fine' });
  assert.throws(() => readStepRecord(wrong, 'run'), withCode('evidence.invalid'));
});
