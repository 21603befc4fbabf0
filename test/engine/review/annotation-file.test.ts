import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalBytes, fixedClock, sha256Of } from '../../../main/engine/base/index.ts';
import { type Case, createCase } from '../../../main/engine/case/index.ts';
import {
  type AnnotationFile,
  acceptTemplates,
  annotate,
  changeAnnotation,
  exportAnnotations,
  importAnnotations,
  mergeAnnotations,
  parseAnnotationFile,
  proposedTemplates,
  removeAnnotation,
  reviewIn,
  reviewOf,
  seedIn,
  undo,
} from '../../../main/engine/review/index.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
let serial = 0;

/** A case of one person with a checked seed of these bytes. */
function caseOf(bytes: Uint8Array, by: string): Case {
  serial += 1;
  const theCase = createCase(join(folder, `case-${serial}`), `case ${serial}`, '0', {
    clock: fixedClock('2026-11-24T11:15:00Z'),
    by,
  });
  const seed = theCase.objects.put(bytes);
  const common = { name: 'seed', path: 'seed', origin: 'file', matches: true, source: null } as const;
  theCase.log.append({ type: 'seed-checked', ...common, seed, expected: seed });
  return theCase;
}

const BYTES = Buffer.from('7f454c46020101000000000000000000deadbeefcafe0102', 'hex');
const draft = (offset: number, length: number, label: string) =>
  ({ ranges: [{ offset, length }], kind: 'explained', label }) as const;
const source = (bytes: Uint8Array) => ({ bytes, file: 'a.json' });

test('annotations travel: taken over once, as the words of whom they are, and undone as one action', () => {
  using jon = caseOf(BYTES, 'Jon');
  annotate(jon, seedIn(jon, 'seed'), [draft(0, 4, 'magic'), draft(16, 4, 'code')]);
  const file = exportAnnotations(jon, seedIn(jon, 'seed'));
  using ines = caseOf(BYTES, 'Ines');
  const seed = seedIn(ines, 'seed');
  annotate(ines, seed, [draft(16, 4, 'code')]);
  const first = importAnnotations(ines, seed, source(file));
  assert.deepEqual(
    first.items.map(({ state }) => state),
    ['new', 'same'],
  );
  const [, taken] = reviewIn(ines).annotations();
  assert.equal(taken?.by, 'Ines');
  assert.deepEqual(taken?.origin, { from: 'file', file: sha256Of(file), author: 'Jon' });
  assert.equal(importAnnotations(ines, seed, source(file)).added.length, 0);
  undo(ines);
  assert.equal(reviewIn(ines).annotations().length, 1);
});

test('what says something else under the same id is a conflict: listed, and added only when asked for', () => {
  using jon = caseOf(BYTES, 'Jon');
  const seed = seedIn(jon, 'seed');
  const [magic, code] = annotate(jon, seed, [draft(0, 4, 'magic'), draft(16, 4, 'code')]);
  const file = exportAnnotations(jon, seed);
  changeAnnotation(jon, magic?.id ?? '', { label: 'ELF magic' });
  removeAnnotation(jon, code?.id ?? '');
  const kept = importAnnotations(jon, seed, source(file));
  assert.deepEqual(
    kept.items.map(({ state, ours }) => [state, ours?.label ?? null]),
    [
      ['conflict', 'ELF magic'],
      ['conflict', null],
    ],
  );
  assert.equal(kept.added.length, 0);
  assert.equal(importAnnotations(jon, seed, source(file), { theirs: true }).added.length, 2);
  const labels = reviewIn(jon)
    .annotations()
    .map(({ label }) => label);
  assert.deepEqual(labels.sort(), ['ELF magic', 'code', 'magic']);
  assert.deepEqual(reviewIn(jon).refused(), []);
});

test('in another version of the seed an annotation stands on the same bytes or nowhere', () => {
  const bytes = fc.uint8Array({ minLength: 8, maxLength: 60 });
  const places = fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 12 })), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(bytes, bytes, places, fc.nat(60), (old, inserted, wanted, at) => {
      const ranges = wanted
        .map(([offset, length]) => ({ offset: offset % old.length, length }))
        .map(({ offset, length }) => ({ offset, length: Math.min(length, old.length - offset) }));
      const file: AnnotationFile = {
        format: 1,
        what: 'assay-annotations',
        seed: { name: 'seed', size: old.length, sha256: sha256Of(old) },
        annotations: ranges.map((range, i) => ({
          id: i.toString(16).padStart(12, '0'),
          by: 'Jon',
          at: '2026-11-24T11:15:00.000Z',
          ranges: [range],
          kind: 'explained',
          label: 'x',
          note: '',
          group: null,
          colour: null,
          content: [
            Buffer.from(old)
              .subarray(range.offset, range.offset + range.length)
              .toString('hex'),
          ],
        })),
      };
      const cut = at % (old.length + 1);
      const changed = Buffer.concat([old.subarray(0, cut), inserted, old.subarray(cut)]);
      const items = mergeAnnotations(reviewOf([]), { sha256: sha256Of(changed), bytes: changed }, file);
      for (const [i, item] of items.entries()) {
        const [found] = item.ranges ?? [];
        if (!found) {
          assert.equal(item.state, 'elsewhere');
          continue;
        }
        const content = changed.subarray(found.offset, found.offset + found.length).toString('hex');
        assert.equal(content, file.annotations[i]?.content?.[0]);
      }
      const whole = ranges[0] ?? { offset: 0, length: 0 };
      if (whole.offset + whole.length <= cut) assert.equal(items[0]?.ranges?.[0]?.offset, whole.offset);
    }),
  );
});

test('a file that is none, or not of its form, is refused', () => {
  using theCase = caseOf(BYTES, 'Ines');
  annotate(theCase, seedIn(theCase, 'seed'), [draft(0, 4, 'magic')]);
  const good = exportAnnotations(theCase, seedIn(theCase, 'seed'));
  const changed = (change: (file: Record<string, unknown>) => void) => {
    const value = JSON.parse(good.toString('utf8')) as Record<string, unknown>;
    change(value);
    return canonicalBytes(value);
  };
  for (const bytes of [
    Buffer.from('{'),
    Buffer.from('[]'),
    changed(file => Object.assign(file, { format: 2 })),
    changed(file => Object.assign(file, { more: 1 })),
    changed(file => Object.assign((file.annotations as object[])[0] ?? {}, { content: [] })),
    changed(file =>
      Object.assign((file.annotations as object[])[0] ?? {}, { ranges: [{ offset: -1, length: 1 }] }),
    ),
  ]) {
    assert.throws(() => parseAnnotationFile(bytes, 'a.json'), withCode('annotation-file.invalid'));
  }
});

test('a template explains nothing until a person agrees, and only where the seed has its bytes', () => {
  using theCase = caseOf(BYTES, 'Ines');
  const seed = seedIn(theCase, 'seed');
  const kit = {
    kit: 'a'.repeat(64),
    templates: [
      { offset: 0, length: 4, label: 'magic', expect: '7f454c46' },
      { offset: 4, length: 1, label: 'class', expect: '01' },
      { offset: 20, length: 10, label: 'outside' },
    ],
  };
  const proposed = () => proposedTemplates(reviewIn(theCase), seed, BYTES, kit);
  assert.deepEqual(
    proposed().map(({ number, fits, accepted }) => [number, fits, accepted.length]),
    [
      [1, true, 0],
      [2, false, 0],
      [3, false, 0],
    ],
  );
  assert.equal(acceptTemplates(theCase, seed, kit, [1, 1]).length, 1);
  assert.equal(acceptTemplates(theCase, seed, kit, [1]).length, 0);
  assert.equal(acceptTemplates(theCase, seed, kit, [1], 'Jon').length, 1);
  assert.deepEqual(proposed()[0]?.accepted, ['Ines', 'Jon']);
  assert.throws(() => acceptTemplates(theCase, seed, kit, [2]), withCode('template.does-not-fit'));
  assert.throws(() => acceptTemplates(theCase, seed, kit, [3]), withCode('template.does-not-fit'));
  assert.throws(() => acceptTemplates(theCase, seed, kit, [4]), withCode('template.unknown'));
});
