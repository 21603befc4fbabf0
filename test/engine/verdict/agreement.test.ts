import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Account, agree, quorum } from '../../../main/engine/verdict/index.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

const account = (
  name: string,
  ...files: [path: string, step: number | null, sha256: string | null][]
): Account => ({
  name,
  artifacts: files.map(([path, step, sha256]) => ({ path, after: null, step, sha256 })),
});

test('accounts with the same files agree, in the order of the chain', () => {
  const files: [string, number, string][] = [
    ['z', 1, A],
    ['a', 2, B],
  ];
  const agreement = agree([account('one', ...files), account('two', ...files)]);
  assert.deepEqual(
    agreement.rows.map(row => [row.path, row.state]),
    [
      ['z', 'agrees'],
      ['a', 'agrees'],
    ],
  );
  assert.equal(agreement.unanimous, true);
  assert.equal(quorum(agreement), 2);
});

test('the first divergence is the earliest in the chain, not the first by name', () => {
  const agreement = agree([
    account('one', ['a', 3, A], ['z', 1, A]),
    account('two', ['a', 3, B], ['z', 1, B]),
  ]);
  assert.equal(agreement.firstDivergence?.path, 'z');
  assert.equal(agreement.unanimous, false);
  assert.equal(quorum(agreement), 1);
});

test('a file that one account lacks is no agreement', () => {
  const agreement = agree([account('one', ['a', 1, A]), account('two'), account('three', ['a', 1, null])]);
  assert.deepEqual(agreement.rows[0]?.hashes, [A, null, null]);
  assert.equal(agreement.rows[0]?.state, 'partial');
});

test('nothing at all is no agreement', () => {
  assert.equal(agree([account('one'), account('two')]).unanimous, false);
});

test('two of three that agree are a quorum of two', () => {
  const agreement = agree([
    account('one', ['a', 1, A]),
    account('two', ['a', 1, B]),
    account('three', ['a', 1, A]),
  ]);
  assert.equal(quorum(agreement), 2);
  assert.equal(agreement.rows[0]?.state, 'differs');
});

test('the order of the accounts changes only the columns', () => {
  const file = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(3), fc.constantFrom(A, B, null));
  const accounts = fc.array(fc.uniqueArray(file, { selector: ([path]) => path }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(accounts, lists => {
      const one = agree(lists.map((files, i) => account(`${i}`, ...files)));
      const other = agree(lists.map((files, i) => account(`${i}`, ...files)).reverse());
      const states = (agreement: typeof one) => agreement.rows.map(row => `${row.path} ${row.state}`).sort();
      assert.deepEqual(states(one), states(other));
      assert.equal(quorum(one), quorum(other));
    }),
  );
});

test('what a replay that still runs does not have yet is no difference, and nothing is unanimous before it ended', () => {
  const running = { ...account('two', ['a', 1, A]), running: true };
  const whole = account('one', ['a', 1, A], ['b', 2, B]);
  const soFar = agree([whole, running]);
  assert.deepEqual(
    soFar.rows.map(row => row.state),
    ['agrees', 'agrees'],
  );
  assert.deepEqual([soFar.firstDivergence, soFar.unanimous], [null, false]);
  const ended = agree([whole, { ...running, running: false }]);
  assert.equal(ended.firstDivergence?.path, 'b');
  assert.equal(agree([whole, { ...account('two', ['a', 1, B]), running: true }]).firstDivergence?.path, 'a');
});
