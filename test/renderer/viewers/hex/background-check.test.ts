import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Asks, askedSource } from '../../../../renderer/viewers/hex/asked-source.ts';
import { mustBeChecked } from '../../../../renderer/viewers/hex/byte-source.ts';
import { PAGE_SIZE, PageCache } from '../../../../renderer/viewers/hex/page-cache.ts';

/** Bytes that are shown while they are being checked, over an engine whose answers the test gives. */

const LARGE = 40 << 20;

interface Check {
  tell(share: number): void;
  pass(): void;
  fail(reason: unknown): void;
}

/** A large source; every byte of it is 7. */
function largeSource() {
  const checks: Check[] = [];
  const looks: boolean[] = [];
  const answers = { held: Promise.resolve() };
  const asks: Asks = {
    check: tell =>
      new Promise((resolve, reject) => checks.push({ tell, pass: () => resolve({}), fail: reject })),
    async bytes(_, length, look) {
      looks.push(look);
      await answers.held;
      return { bytes: Buffer.alloc(length, 7).toString('base64') };
    },
    async find(query) {
      looks.push(query.look);
      return { length: 1, offsets: [0], total: 1, complete: true };
    },
    measure: () => assert.fail('nobody measures'),
  };
  const source = askedSource(LARGE, asks);
  return { source, checks, looks, answers, state: () => source.check?.state.get() };
}

const SEVENS = new Uint8Array(4).fill(7);

test('large bytes come at once, only to look at, and are what they are when the check has passed', async () => {
  const { source, checks, looks, state } = largeSource();
  assert.equal(checks.length, 0, 'nothing is checked before somebody looks');
  assert.deepEqual(await Promise.all([source.read(0, 4), source.read(9, 4)]), [SEVENS, SEVENS]);
  assert.equal(checks.length, 1, 'one check for all who look');
  assert.deepEqual(looks, [true, true]);
  assert.throws(() => mustBeChecked(source), /still being checked against their SHA-256/);
  checks[0]?.tell(0.43);
  assert.deepEqual(state(), { state: 'running', share: 0.43 });
  const query = { pattern: { as: 'hex', text: '07' }, limit: 1 } as const;
  assert.equal((await source.find?.(query, new AbortController().signal))?.total, 1);
  checks[0]?.pass();
  await nextTurn();
  assert.deepEqual(state(), { state: 'passed' });
  mustBeChecked(source);
  await source.read(0, 4);
  assert.deepEqual(looks, [true, true, true, false]);
  assert.equal(checks.length, 1);
});

test('bytes whose check fails disappear, what was under way too; checked again they wait for it', async () => {
  const { source, checks, looks, answers, state } = largeSource();
  const cache = new PageCache(source);
  cache.want(0, 16);
  await nextTurn();
  assert.equal(cache.byteAt(3), 7);
  const { promise, resolve } = Promise.withResolvers<void>();
  answers.held = promise;
  const late = source.read(PAGE_SIZE, 4);
  const damaged = new Error('damaged');
  checks[0]?.fail(damaged);
  await nextTurn();
  resolve();
  await assert.rejects(late, damaged);
  const now = state();
  assert.ok(now?.state === 'failed' && now.problem === damaged);
  cache.drop(now.problem);
  assert.equal(cache.byteAt(3), undefined);
  assert.equal(cache.failureAt(3), damaged);
  assert.equal(cache.failureAt(LARGE - 1), damaged);
  await assert.rejects(source.read(0, 4), damaged);
  assert.equal(checks.length, 1, 'reading alone does not check again');

  cache.retry();
  looks.length = 0;
  cache.want(0, 16);
  await nextTurn();
  assert.equal(checks.length, 2);
  assert.deepEqual(looks, [], 'what was wrong once is not shown before it was checked');
  assert.equal(cache.byteAt(3), undefined);
  checks[1]?.pass();
  await nextTurn();
  assert.deepEqual(looks, [false]);
  assert.equal(cache.byteAt(3), 7);
});

test('small bytes are checked before they are shown, without a word', async () => {
  const asks = smallAsks();
  const source = askedSource(276, asks);
  assert.equal(source.check, undefined);
  mustBeChecked(source);
  assert.deepEqual(await source.read(0, 4), SEVENS);
});

/** Answers of an engine that is never asked to check, and never only to look. */
function smallAsks(): Asks {
  return {
    check: () => assert.fail('the engine checks by itself'),
    async bytes(_, length, look) {
      assert.equal(look, false);
      return { bytes: Buffer.alloc(length, 7).toString('base64') };
    },
    find: () => assert.fail('nobody searches'),
    measure: () => assert.fail('nobody measures'),
  };
}
