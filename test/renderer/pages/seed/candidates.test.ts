import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArtifactRow, Output } from '../../../../main/contract/requests/index.ts';
import { candidatesOf } from '../../../../renderer/pages/seed/compare/candidates.ts';

type SeedRow = Output<'seed.list'>[number];
const hash = (digit: string) => digit.repeat(64);

function seed(name: string, digit: string, expected = digit): SeedRow {
  const ref = { sha256: hash(digit), size: 10 };
  const wanted = { sha256: hash(expected), size: 10 };
  return {
    name,
    path: `seed/${name}`,
    seed: ref,
    expected: wanted,
    matches: digit === expected,
    origin: 'bundle',
    source: null,
  };
}

function artifact(path: string, digit: string | null): ArtifactRow {
  const rest = { step: 1, verdict: null, result: true, expectations: [], waiver: null };
  return { path, size: 10, sha256: digit === null ? null : hash(digit), ...rest };
}

test('a seed is compared with what bears its name, what the kit names instead, and the other seeds', () => {
  const [first, second] = [seed('hex0', 'a'), seed('kaem', 'b', 'c')];
  const made = [
    artifact('out/hex0', 'a'),
    artifact('out/kaem', 'd'),
    artifact('other', 'e'),
    artifact('x/hex0', null),
  ];
  const told = (of: SeedRow) =>
    candidatesOf(of, [first, second], made).map(({ name, what, sha256 }) => [name, what, sha256[0]]);
  assert.deepEqual(told(first), [
    ['out/hex0', 'rebuilt by the chain, the same', 'a'],
    ['kaem', 'another seed of this case', 'b'],
  ]);
  assert.deepEqual(told(second), [
    ['out/kaem', 'rebuilt by the chain', 'd'],
    ['kaem', 'the one that the kit names; its bytes have to be given', 'c'],
    ['hex0', 'another seed of this case', 'a'],
  ]);
});
