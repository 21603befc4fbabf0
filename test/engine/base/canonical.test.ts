import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalJson, fixedClock, INSTALLATION } from '../../../main/engine/base/index.ts';
import { withCode } from '../../support/errors.ts';

const vectors = join(INSTALLATION, '..', 'shared', 'data', 'jcs');

test('canonical JSON gives the bytes of the RFC 8785 vectors', context => {
  if (!existsSync(vectors)) return context.skip('the published vectors are not on this machine');
  for (const name of readdirSync(join(vectors, 'input'))) {
    const value: unknown = JSON.parse(readFileSync(join(vectors, 'input', name), 'utf8'));
    assert.equal(canonicalJson(value), readFileSync(join(vectors, 'output', name), 'utf8'), name);
  }
});

test('canonical JSON refuses what has no canonical form', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined]) {
    assert.throws(() => canonicalJson(value), withCode('json.not-canonical'));
  }
});

test('properties are sorted and undefined ones left out', () => {
  assert.equal(canonicalJson({ b: 1, a: undefined, A: [null, true] }), '{"A":[null,true],"b":1}');
});

test('a fixed clock tells its date in canonical form and refuses what is no date', () => {
  assert.equal(fixedClock('2026-11-24T12:15:00+01:00').now(), '2026-11-24T11:15:00.000Z');
  assert.equal(fixedClock(1000).now(), '1970-01-01T00:00:01.000Z');
  assert.throws(() => fixedClock('yesterday'), withCode('clock.bad-date'));
});
