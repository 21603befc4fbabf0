import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hitIn } from '../../../../renderer/viewers/log/hit.ts';

test('a text is found in a line as the engine finds it', () => {
  const line = 'cc1: FATAL Error İstanbul error';
  assert.deepEqual(hitIn(line, { text: 'error', matchCase: false }), { from: 11, to: 16 });
  assert.deepEqual(hitIn(line, { text: 'error', matchCase: true }), { from: 26, to: 31 });
  assert.deepEqual(hitIn(line, { text: 'İSTANBUL', matchCase: false }), { from: 17, to: 25 });
  assert.equal(hitIn(line, { text: 'istanbul', matchCase: false }), null, 'only letters of ASCII are alike');
  assert.equal(hitIn(line, { text: '', matchCase: false }), null);
});
