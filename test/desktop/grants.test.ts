import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GRANT_KINDS } from '../../main/contract/grants.ts';
import { definitionOf, type Method, REQUESTS } from '../../main/contract/requests/index.ts';
import { Grants } from '../../main/desktop/grants.ts';
import { DesktopProblem } from '../../main/desktop/problem.ts';

const refused = (error: unknown) => error instanceof DesktopProblem && error.problem.code === 'grant.invalid';

test('a path takes the place of its grant', () => {
  const grants = new Grants();
  const { grant, label } = grants.give('case', '/cases/one');
  assert.equal(label, '/cases/one');
  assert.deepEqual(grants.resolve('case.open', { location: grant, by: 'Ada' }), {
    location: '/cases/one',
    by: 'Ada',
  });
});

test('paths, invented grants and grants of another kind are refused', () => {
  const grants = new Grants();
  const { grant } = grants.give('bundle', '/bundles/one.tar');
  const invented = `grant:${'0'.repeat(32)}`;
  for (const location of [
    '/etc',
    '../case',
    '',
    invented,
    grant.toUpperCase(),
    grant,
    7,
    [grant],
    { grant },
  ]) {
    assert.throws(() => grants.resolve('case.open', { location, by: 'Ada' }), refused, String(location));
  }
});

test('grants are never alike and die with the process that gave them', () => {
  const [one, two] = [new Grants(), new Grants()];
  const { grant } = one.give('case', '/cases/one');
  assert.notEqual(one.give('case', '/cases/one').grant, grant);
  assert.throws(() => two.resolve('case.open', { location: grant }), refused);
});

test('every field of every request that takes a path says which kinds, and no other does', () => {
  const fields = (Object.keys(REQUESTS) as Method[]).flatMap(method =>
    (definitionOf(method).grants ?? []).map(field => `${method}.${field}`),
  );
  assert.ok(fields.includes('case.open.location'));
  assert.deepEqual(Object.keys(GRANT_KINDS).sort(), fields.sort());
});
