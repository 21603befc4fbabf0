import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoverageRow } from '../../../../main/contract/requests/index.ts';
import { claimAt, type KitTemplate } from '../../../../renderer/pages/seed/kit-claim.ts';

function template(
  number: number,
  offset: number,
  length: number,
  more: Partial<KitTemplate> = {},
): KitTemplate {
  const label = `template ${number}`;
  return { number, offset, length, label, note: '', fits: true, accepted: [], ...more } as KitTemplate;
}

const KIT = [
  template(1, 0, 16),
  template(2, 4, 4),
  template(3, 16, 8, { fits: false }),
  template(4, 24, 8, { accepted: ['Ines'] }),
];
const covered = (offset: number, length: number) =>
  ({ reviewers: [{ name: 'Ines', bytes: length, ranges: [{ offset, length }] }] }) as unknown as CoverageRow;
const at = (offset: number, by = 'Ines', coverage?: CoverageRow) =>
  claimAt(KIT, offset, by, coverage)?.number ?? null;

test('the kit speaks by its shortest range where a byte lies, never of other bytes than it expects', () => {
  assert.deepEqual([at(0), at(4), at(7), at(8), at(16), at(40)], [1, 2, 2, 1, null, null]);
});

test('what one agreed to or explained otherwise is not proposed again; to another person it is', () => {
  assert.deepEqual([at(24), at(24, 'Tomasz')], [null, 4]);
  assert.equal(at(4, 'Ines', covered(4, 4)), 1);
  assert.equal(at(4, 'Tomasz', covered(4, 4)), 2);
  assert.equal(at(4, 'Ines', covered(0, 20)), null);
});
