import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArtifactRow, Output } from '../../../../main/contract/requests/index.ts';
import { candidatesOf, sidesOf } from '../../../../renderer/pages/seed/compare/candidates.ts';

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

test('a seed is compared with those that annotations were made for which somebody took over, by the file that has their bytes', () => {
  const own = seed('hex0', 'a');
  const file = (event: number, digit: string, bytes: boolean) => ({
    ...{ event, by: 'Ines', name: `${event}.json`, sha256: hash('f'), key: null },
    seed: { name: 'hex0', size: 9, sha256: hash(digit), bytes },
  });
  const [only, ...more] = candidatesOf(
    own,
    [own],
    [],
    [file(1, 'a', true), file(2, 'b', false), file(3, 'c', true)],
  );
  assert.deepEqual([only?.name, only?.sha256[0], only?.size, more], ['hex0 of 3.json', 'c', 9, []]);
  assert.ok(only);
  assert.deepEqual(sidesOf(hash('a'), only), { a: hash('a'), b: hash('f'), seedInB: true });
});
