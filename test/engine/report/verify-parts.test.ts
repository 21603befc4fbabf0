import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifiedParts } from '../../../main/engine/report/verify-parts.ts';

const examined = { files: 9, signatures: 1, events: 20, statements: 4, page: true };
const states = (codes: readonly string[], events: number | null = 20) =>
  Object.fromEntries(
    verifiedParts(
      codes.map(code => ({ code, where: {}, message: 'wrong' })),
      { ...examined, events },
    ).map(part => [part.id, part.state]),
  );
const good = {
  sums: 'passed',
  signatures: 'passed',
  log: 'passed',
  seeds: 'passed',
  plan: 'passed',
  statements: 'passed',
  derivation: 'passed',
};

test('every problem fails the part of the report that it speaks of', () => {
  assert.deepEqual(states([]), good);
  const cases: [string, string][] = [
    ['seal.wrong-hash', 'sums'],
    ['tar.trailing-bytes', 'sums'],
    ['seal.bad-signature', 'signatures'],
    ['signature.untrusted', 'signatures'],
    ['log.broken', 'log'],
    ['checkpoint.wrong-head', 'log'],
    ['seed.not-derived', 'seeds'],
    ['plan.not-derived', 'plan'],
    ['statement.bad-signature', 'statements'],
    ['report.not-derived', 'derivation'],
    ['evidence.missing', 'derivation'],
  ];
  for (const [code, part] of cases) assert.deepEqual(states([code]), { ...good, [part]: 'failed' }, code);
});

test('what could not be looked at is not called good', () => {
  const { sums, signatures, ...rest } = states(['seal.wrong-hash'], null);
  assert.deepEqual([sums, signatures], ['failed', 'passed']);
  assert.deepEqual([...new Set(Object.values(rest))], ['not-checked']);
});

test('several problems of one part are counted', () => {
  const twice = ['seed.not-derived', 'seed.not-derived'].map(code => ({
    code,
    where: {},
    message: 'seed a is not it',
  }));
  const seeds = verifiedParts(twice, examined).find(part => part.id === 'seeds');
  assert.equal(seeds?.detail, 'seed a is not it, and 1 more');
});
